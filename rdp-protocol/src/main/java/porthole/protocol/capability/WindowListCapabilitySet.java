package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPERP 2.2.1.1.2 Window List Capability Set: support for window orders, and the icon caches. */
public record WindowListCapabilitySet(long wndSupportLevel, int numIconCaches, int numIconCacheEntries, Bytes trailing)
        implements CapabilitySet {
    static WindowListCapabilitySet decodeBody(WireReader in) {
        return new WindowListCapabilitySet(
                in.u32le("wndSupportLevel"),
                in.u8("numIconCaches"),
                in.u16le("numIconCacheEntries"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return WINDOW;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(wndSupportLevel);
        out.u8(numIconCaches);
        out.u16le(numIconCacheEntries);
        out.bytes(trailing);
    }
}
