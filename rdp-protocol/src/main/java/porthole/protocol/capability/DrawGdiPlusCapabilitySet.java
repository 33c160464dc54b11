package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPEGDI 2.2.1.3 Draw GDI+ Cache Capability Set: the three cache descriptions are kept as octets of 16-bit numbers. */
public record DrawGdiPlusCapabilitySet(
        long drawGdiPlusSupportLevel,
        long gdipVersion,
        long drawGdiplusCacheLevel,
        Bytes gdipCacheEntries,
        Bytes gdipCacheChunkSize,
        Bytes gdipImageCacheProperties,
        Bytes trailing)
        implements CapabilitySet {
    public DrawGdiPlusCapabilitySet {
        CapabilitySet.requireSize(gdipCacheEntries, 10, "gdipCacheEntries");
        CapabilitySet.requireSize(gdipCacheChunkSize, 8, "gdipCacheChunkSize");
        CapabilitySet.requireSize(gdipImageCacheProperties, 6, "gdipImageCacheProperties");
    }

    static DrawGdiPlusCapabilitySet decodeBody(WireReader in) {
        return new DrawGdiPlusCapabilitySet(
                in.u32le("drawGdiPlusSupportLevel"),
                in.u32le("gdipVersion"),
                in.u32le("drawGdiplusCacheLevel"),
                in.bytes(10, "gdipCacheEntries"),
                in.bytes(8, "gdipCacheChunkSize"),
                in.bytes(6, "gdipImageCacheProperties"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return DRAW_GDIPLUS;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(drawGdiPlusSupportLevel);
        out.u32le(gdipVersion);
        out.u32le(drawGdiplusCacheLevel);
        out.bytes(gdipCacheEntries);
        out.bytes(gdipCacheChunkSize);
        out.bytes(gdipImageCacheProperties);
        out.bytes(trailing);
    }
}
