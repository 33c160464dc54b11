package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.5.2 Server Status Info PDU (TS_STATUS_INFO_PDU), sent while a broker prepares the session. */
public record StatusInfoPdu(long statusCode, Bytes trailing) implements ShareDataBody {
    public static final int TS_STATUS_FINDING_DESTINATION = 0x0401;
    public static final int TS_STATUS_LOADING_DESTINATION = 0x0402;
    public static final int TS_STATUS_BRINGING_SESSION_ONLINE = 0x0403;
    public static final int TS_STATUS_REDIRECTING_TO_DESTINATION = 0x0404;
    public static final int TS_STATUS_VM_LOADING = 0x0501;
    public static final int TS_STATUS_VM_WAKING = 0x0502;
    public static final int TS_STATUS_VM_STARTING = 0x0503;
    public static final int TS_STATUS_VM_STARTING_MONITORING = 0x0504;
    public static final int TS_STATUS_VM_RETRYING_MONITORING = 0x0505;

    public static StatusInfoPdu of(long statusCode) {
        return new StatusInfoPdu(statusCode, Bytes.EMPTY);
    }

    static StatusInfoPdu decode(WireReader in) {
        return new StatusInfoPdu(in.u32le("statusCode"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_STATUS_INFO_PDU;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(statusCode);
        out.bytes(trailing);
    }
}
