package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.7 Large Pointer Capability Set: which pointers above 32 by 32 pixels are taken. */
public record LargePointerCapabilitySet(int largePointerSupportFlags, Bytes trailing) implements CapabilitySet {
    public static final int LARGE_POINTER_FLAG_96x96 = 1;
    public static final int LARGE_POINTER_FLAG_384x384 = 0x02;

    static LargePointerCapabilitySet decodeBody(WireReader in) {
        return new LargePointerCapabilitySet(in.u16le("largePointerSupportFlags"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return LARGE_POINTER;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(largePointerSupportFlags);
        out.bytes(trailing);
    }
}
