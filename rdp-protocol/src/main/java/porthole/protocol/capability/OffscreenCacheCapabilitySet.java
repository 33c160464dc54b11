package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.9 Offscreen Bitmap Cache Capability Set: size in kibibytes and entries of the offscreen bitmap cache. */
public record OffscreenCacheCapabilitySet(
        long offscreenSupportLevel, int offscreenCacheSize, int offscreenCacheEntries, Bytes trailing)
        implements CapabilitySet {
    static OffscreenCacheCapabilitySet decodeBody(WireReader in) {
        return new OffscreenCacheCapabilitySet(
                in.u32le("offscreenSupportLevel"),
                in.u16le("offscreenCacheSize"),
                in.u16le("offscreenCacheEntries"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return OFFSCREEN_CACHE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(offscreenSupportLevel);
        out.u16le(offscreenCacheSize);
        out.u16le(offscreenCacheEntries);
        out.bytes(trailing);
    }
}
