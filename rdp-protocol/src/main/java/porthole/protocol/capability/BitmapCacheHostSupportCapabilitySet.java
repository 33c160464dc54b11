package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.1 Bitmap Cache Host Support Capability Set: the server takes persistent bitmap caches. */
public record BitmapCacheHostSupportCapabilitySet(int cacheVersion, int pad1, int pad2, Bytes trailing)
        implements CapabilitySet {
    static BitmapCacheHostSupportCapabilitySet decodeBody(WireReader in) {
        return new BitmapCacheHostSupportCapabilitySet(
                in.u8("cacheVersion"), in.u8("pad1"), in.u16le("pad2"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return BITMAP_CACHE_HOST_SUPPORT;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(cacheVersion);
        out.u8(pad1);
        out.u16le(pad2);
        out.bytes(trailing);
    }
}
