package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.8.2.2.1 Set Keyboard IME Status PDU Data (TS_SET_KEYBOARD_IME_STATUS_PDU). */
public record SetKeyboardImeStatusPdu(int unitId, long imeOpen, long imeConvMode, Bytes trailing)
        implements ShareDataBody {
    static SetKeyboardImeStatusPdu decode(WireReader in) {
        return new SetKeyboardImeStatusPdu(
                in.u16le("unitId"), in.u32le("imeOpen"), in.u32le("imeConvMode"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SET_KEYBOARD_IME_STATUS;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(unitId);
        out.u32le(imeOpen);
        out.u32le(imeConvMode);
        out.bytes(trailing);
    }
}
