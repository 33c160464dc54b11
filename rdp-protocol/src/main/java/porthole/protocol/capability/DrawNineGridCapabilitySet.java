package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPEGDI 2.2.1.2 DrawNineGrid Cache Capability Set: size in kibibytes and entries of the cache. */
public record DrawNineGridCapabilitySet(
        long drawNineGridSupportLevel, int drawNineGridCacheSize, int drawNineGridCacheEntries, Bytes trailing)
        implements CapabilitySet {
    static DrawNineGridCapabilitySet decodeBody(WireReader in) {
        return new DrawNineGridCapabilitySet(
                in.u32le("drawNineGridSupportLevel"),
                in.u16le("drawNineGridCacheSize"),
                in.u16le("drawNineGridCacheEntries"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return DRAW_NINE_GRID;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(drawNineGridSupportLevel);
        out.u16le(drawNineGridCacheSize);
        out.u16le(drawNineGridCacheEntries);
        out.bytes(trailing);
    }
}
