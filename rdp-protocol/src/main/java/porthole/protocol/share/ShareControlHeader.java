package porthole.protocol.share;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.8.1.1.1.1 Share Control Header (TS_SHARECONTROLHEADER).
 *
 * @param totalLength octets of the PDU with this header; 4 where a peer left {@code pduSource} out
 * @param pduType the lower four bits of the field of that name: one of {@code PDUTYPE_*}
 * @param pduVersion the other twelve bits, 1 as the specification has it
 * @param pduSource channel id of the sender; zero where it was left out
 */
public record ShareControlHeader(int totalLength, int pduType, int pduVersion, int pduSource) implements Pdu {
    public static final int PDUTYPE_DEMANDACTIVEPDU = 0x1;
    public static final int PDUTYPE_CONFIRMACTIVEPDU = 0x3;
    public static final int PDUTYPE_DEACTIVATEALLPDU = 0x6;
    public static final int PDUTYPE_DATAPDU = 0x7;
    public static final int PDUTYPE_SERVER_REDIR_PKT = 0xA;
    /** TS_PROTOCOL_VERSION, shifted down. */
    public static final int TS_PROTOCOL_VERSION = 1;
    /** Octets on the wire, {@code pduSource} included. */
    public static final int SIZE = 6;

    static final int SHORT_SIZE = 4;

    public static ShareControlHeader decode(WireReader in) {
        int totalLength = in.u16le("totalLength");
        int type = in.u16le("pduType");
        in.check(totalLength == SHORT_SIZE || totalLength >= SIZE, "totalLength", totalLength, "4, or 6 and more");
        int source = totalLength == SHORT_SIZE ? 0 : in.u16le("pduSource");
        return new ShareControlHeader(totalLength, type & 0xF, type >>> 4, source);
    }

    /** Octets of this header. */
    public int size() {
        return totalLength == SHORT_SIZE ? SHORT_SIZE : SIZE;
    }

    public boolean isData() {
        return pduType == PDUTYPE_DATAPDU;
    }

    /** What follows this header in {@code in}, up to the end of this PDU; {@code in} goes on behind it. */
    public WireReader body(WireReader in) {
        return in.sub(totalLength - size(), "body");
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(totalLength).u16le(pduType | pduVersion << 4);
        if (totalLength != SHORT_SIZE) {
            out.u16le(pduSource);
        }
    }
}
