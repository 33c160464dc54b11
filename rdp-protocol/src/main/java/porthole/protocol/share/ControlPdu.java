package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.1.15.1 Control PDU Data (TS_CONTROL_PDU). */
public record ControlPdu(int action, int grantId, long controlId, Bytes trailing) implements ShareDataBody {
    public static final int CTRLACTION_REQUEST_CONTROL = 0x0001;
    public static final int CTRLACTION_GRANTED_CONTROL = 0x0002;
    public static final int CTRLACTION_DETACH = 0x0003;
    public static final int CTRLACTION_COOPERATE = 0x0004;

    /** With both ids zero, as a client sends it. */
    public static ControlPdu of(int action) {
        return new ControlPdu(action, 0, 0, Bytes.EMPTY);
    }

    static ControlPdu decode(WireReader in) {
        return new ControlPdu(in.u16le("action"), in.u16le("grantId"), in.u32le("controlId"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_CONTROL;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(action);
        out.u16le(grantId);
        out.u32le(controlId);
        out.bytes(trailing);
    }
}
