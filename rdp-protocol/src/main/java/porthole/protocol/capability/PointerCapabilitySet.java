package porthole.protocol.capability;

import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.5 Pointer Capability Set: entries of the pointer caches; without {@code pointerCacheSize} there is no New Pointer Update. */
public record PointerCapabilitySet(
        int colorPointerFlag, int colorPointerCacheSize, OptionalInt pointerCacheSize, Bytes trailing)
        implements CapabilitySet {
    public PointerCapabilitySet {
        if (!trailing.isEmpty() && pointerCacheSize.isEmpty()) {
            throw new IllegalArgumentException("nothing can follow a missing pointerCacheSize");
        }
    }

    static PointerCapabilitySet decodeBody(WireReader in) {
        int colorPointerFlag = in.u16le("colorPointerFlag");
        int colorPointerCacheSize = in.u16le("colorPointerCacheSize");
        OptionalInt pointerCacheSize =
                in.hasRemaining() ? OptionalInt.of(in.u16le("pointerCacheSize")) : OptionalInt.empty();
        return new PointerCapabilitySet(colorPointerFlag, colorPointerCacheSize, pointerCacheSize, in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return POINTER;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(colorPointerFlag);
        out.u16le(colorPointerCacheSize);
        pointerCacheSize.ifPresent(out::u16le);
        out.bytes(trailing);
    }
}
