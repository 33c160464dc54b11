package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.6 Input Capability Set: which input events are taken, and the keyboard; {@code imeFileName} is a field of 64 octets of UTF-16LE. */
public record InputCapabilitySet(
        int inputFlags,
        int pad2octetsA,
        long keyboardLayout,
        long keyboardType,
        long keyboardSubType,
        long keyboardFunctionKey,
        Bytes imeFileName,
        Bytes trailing)
        implements CapabilitySet {
    public static final int INPUT_FLAG_SCANCODES = 1;
    public static final int INPUT_FLAG_MOUSEX = 0x04;
    public static final int INPUT_FLAG_FASTPATH_INPUT = 0x08;
    public static final int INPUT_FLAG_UNICODE = 0x10;
    public static final int INPUT_FLAG_FASTPATH_INPUT2 = 0x20;
    public static final int INPUT_FLAG_UNUSED1 = 0x40;
    public static final int INPUT_FLAG_MOUSE_RELATIVE = 0x80;
    public static final int TS_INPUT_FLAG_MOUSE_HWHEEL = 0x0100;
    public static final int TS_INPUT_FLAG_QOE_TIMESTAMPS = 0x0200;

    public InputCapabilitySet {
        CapabilitySet.requireSize(imeFileName, 64, "imeFileName");
    }

    static InputCapabilitySet decodeBody(WireReader in) {
        return new InputCapabilitySet(
                in.u16le("inputFlags"),
                in.u16le("pad2octetsA"),
                in.u32le("keyboardLayout"),
                in.u32le("keyboardType"),
                in.u32le("keyboardSubType"),
                in.u32le("keyboardFunctionKey"),
                in.bytes(64, "imeFileName"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return INPUT;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(inputFlags);
        out.u16le(pad2octetsA);
        out.u32le(keyboardLayout);
        out.u32le(keyboardType);
        out.u32le(keyboardSubType);
        out.u32le(keyboardFunctionKey);
        out.bytes(imeFileName);
        out.bytes(trailing);
    }
}
