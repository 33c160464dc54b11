package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.4.1.1 Auto-Reconnect Status PDU Data (TS_AUTORECONNECT_STATUS_PDU): the automatic reconnection was refused. */
public record AutoReconnectStatusPdu(long arcStatus, Bytes trailing) implements ShareDataBody {
    public static AutoReconnectStatusPdu of(long arcStatus) {
        return new AutoReconnectStatusPdu(arcStatus, Bytes.EMPTY);
    }

    static AutoReconnectStatusPdu decode(WireReader in) {
        return new AutoReconnectStatusPdu(in.u32le("arcStatus"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_ARC_STATUS_PDU;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(arcStatus);
        out.bytes(trailing);
    }
}
