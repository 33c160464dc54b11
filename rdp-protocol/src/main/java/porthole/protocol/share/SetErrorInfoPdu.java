package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.5.1.1 Set Error Info PDU Data (TS_SET_ERROR_INFO_PDU); {@link porthole.protocol.errorinfo.ErrorInfo} explains the number. */
public record SetErrorInfoPdu(long errorInfo, Bytes trailing) implements ShareDataBody {
    public static SetErrorInfoPdu of(long errorInfo) {
        return new SetErrorInfoPdu(errorInfo, Bytes.EMPTY);
    }

    static SetErrorInfoPdu decode(WireReader in) {
        return new SetErrorInfoPdu(in.u32le("errorInfo"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SET_ERROR_INFO_PDU;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(errorInfo);
        out.bytes(trailing);
    }
}
