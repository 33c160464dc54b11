package porthole.protocol.security;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.8.1.1.2.1 Basic (TS_SECURITY_HEADER).
 *
 * @param flags the {@code SEC_*} flags; unknown bits stay
 * @param flagsHi meant to be ignored unless {@link #SEC_FLAGSHI_VALID} is set; some servers put a length there
 */
public record BasicSecurityHeader(int flags, int flagsHi) implements Pdu {
    public static final int SEC_EXCHANGE_PKT = 0x0001;
    public static final int SEC_TRANSPORT_REQ = 0x0002;
    public static final int SEC_TRANSPORT_RSP = 0x0004;
    public static final int SEC_ENCRYPT = 0x0008;
    public static final int SEC_RESET_SEQNO = 0x0010;
    public static final int SEC_IGNORE_SEQNO = 0x0020;
    public static final int SEC_INFO_PKT = 0x0040;
    public static final int SEC_LICENSE_PKT = 0x0080;
    /** The peer takes encrypted licensing PDUs; the same bit in both directions. */
    public static final int SEC_LICENSE_ENCRYPT = 0x0200;

    public static final int SEC_REDIRECTION_PKT = 0x0400;
    public static final int SEC_SECURE_CHECKSUM = 0x0800;
    public static final int SEC_AUTODETECT_REQ = 0x1000;
    public static final int SEC_AUTODETECT_RSP = 0x2000;
    public static final int SEC_HEARTBEAT = 0x4000;
    public static final int SEC_FLAGSHI_VALID = 0x8000;

    /** Octets on the wire. */
    public static final int SIZE = 4;

    public static BasicSecurityHeader of(int flags) {
        return new BasicSecurityHeader(flags, 0);
    }

    public static BasicSecurityHeader decode(WireReader in) {
        return new BasicSecurityHeader(in.u16le("flags"), in.u16le("flagsHi"));
    }

    /** Whether all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /** This header and then {@code body}: the form in which licensing, auto-detect and the like are sent. */
    public Pdu before(Pdu body) {
        return out -> out.pdu(this).pdu(body);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(flags).u16le(flagsHi);
    }
}
