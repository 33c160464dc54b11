package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.8.2.1.1 Set Keyboard Indicators PDU Data (TS_SET_KEYBOARD_INDICATORS_PDU). */
public record SetKeyboardIndicatorsPdu(int unitId, int ledFlags, Bytes trailing) implements ShareDataBody {
    public static final int TS_SYNC_SCROLL_LOCK = 0x0001;
    public static final int TS_SYNC_NUM_LOCK = 0x0002;
    public static final int TS_SYNC_CAPS_LOCK = 0x0004;
    public static final int TS_SYNC_KANA_LOCK = 0x0008;

    public static SetKeyboardIndicatorsPdu of(int ledFlags) {
        return new SetKeyboardIndicatorsPdu(0, ledFlags, Bytes.EMPTY);
    }

    static SetKeyboardIndicatorsPdu decode(WireReader in) {
        return new SetKeyboardIndicatorsPdu(in.u16le("unitId"), in.u16le("ledFlags"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SET_KEYBOARD_INDICATORS;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(unitId);
        out.u16le(ledFlags);
        out.bytes(trailing);
    }
}
