package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.2.2.1 Shutdown Request Denied PDU Data (TS_SHUTDOWN_DENIED_PDU). */
public record ShutdownDeniedPdu(Bytes trailing) implements ShareDataBody {
    public static ShutdownDeniedPdu of() {
        return new ShutdownDeniedPdu(Bytes.EMPTY);
    }

    static ShutdownDeniedPdu decode(WireReader in) {
        return new ShutdownDeniedPdu(in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SHUTDOWN_DENIED;
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(trailing);
    }
}
