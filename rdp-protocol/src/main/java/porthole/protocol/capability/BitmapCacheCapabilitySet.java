package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.4.1 Revision 1 Bitmap Cache Capability Set: entries, and octets of the largest cell, of three bitmap caches. */
public record BitmapCacheCapabilitySet(
        long pad1,
        long pad2,
        long pad3,
        long pad4,
        long pad5,
        long pad6,
        int cache0Entries,
        int cache0MaximumCellSize,
        int cache1Entries,
        int cache1MaximumCellSize,
        int cache2Entries,
        int cache2MaximumCellSize,
        Bytes trailing)
        implements CapabilitySet {
    static BitmapCacheCapabilitySet decodeBody(WireReader in) {
        return new BitmapCacheCapabilitySet(
                in.u32le("pad1"),
                in.u32le("pad2"),
                in.u32le("pad3"),
                in.u32le("pad4"),
                in.u32le("pad5"),
                in.u32le("pad6"),
                in.u16le("cache0Entries"),
                in.u16le("cache0MaximumCellSize"),
                in.u16le("cache1Entries"),
                in.u16le("cache1MaximumCellSize"),
                in.u16le("cache2Entries"),
                in.u16le("cache2MaximumCellSize"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return BITMAP_CACHE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(pad1);
        out.u32le(pad2);
        out.u32le(pad3);
        out.u32le(pad4);
        out.u32le(pad5);
        out.u32le(pad6);
        out.u16le(cache0Entries);
        out.u16le(cache0MaximumCellSize);
        out.u16le(cache1Entries);
        out.u16le(cache1MaximumCellSize);
        out.u16le(cache2Entries);
        out.u16le(cache2MaximumCellSize);
        out.bytes(trailing);
    }
}
