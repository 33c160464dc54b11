package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.2.1.1 Shutdown Request PDU Data (TS_SHUTDOWN_REQ_PDU). */
public record ShutdownRequestPdu(Bytes trailing) implements ShareDataBody {
    public static ShutdownRequestPdu of() {
        return new ShutdownRequestPdu(Bytes.EMPTY);
    }

    static ShutdownRequestPdu decode(WireReader in) {
        return new ShutdownRequestPdu(in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SHUTDOWN_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(trailing);
    }
}
