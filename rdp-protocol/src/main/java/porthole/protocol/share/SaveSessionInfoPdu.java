package porthole.protocol.share;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.10.1.1 Save Session Info PDU Data (TS_SAVE_SESSION_INFO_PDU_DATA): the user was logged on, or not. */
public record SaveSessionInfoPdu(SessionInfo infoData) implements ShareDataBody {
    static SaveSessionInfoPdu decode(WireReader in) {
        return new SaveSessionInfoPdu(SessionInfo.decode(in));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SAVE_SESSION_INFO;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(infoData.infoType()).pdu(infoData);
    }
}
