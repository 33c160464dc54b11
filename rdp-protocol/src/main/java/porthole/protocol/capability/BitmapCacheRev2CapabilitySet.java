package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.4.2 Revision 2 Bitmap Cache Capability Set: entries of up to five bitmap caches; the top bit of a cell info says that the cache is persistent. */
public record BitmapCacheRev2CapabilitySet(
        int cacheFlags,
        int pad2,
        int numCellCaches,
        long bitmapCache0CellInfo,
        long bitmapCache1CellInfo,
        long bitmapCache2CellInfo,
        long bitmapCache3CellInfo,
        long bitmapCache4CellInfo,
        Bytes pad3,
        Bytes trailing)
        implements CapabilitySet {
    public static final int PERSISTENT_KEYS_EXPECTED_FLAG = 1;
    public static final int ALLOW_CACHE_WAITING_LIST_FLAG = 0x02;

    public BitmapCacheRev2CapabilitySet {
        CapabilitySet.requireSize(pad3, 12, "pad3");
    }

    static BitmapCacheRev2CapabilitySet decodeBody(WireReader in) {
        return new BitmapCacheRev2CapabilitySet(
                in.u16le("cacheFlags"),
                in.u8("pad2"),
                in.u8("numCellCaches"),
                in.u32le("bitmapCache0CellInfo"),
                in.u32le("bitmapCache1CellInfo"),
                in.u32le("bitmapCache2CellInfo"),
                in.u32le("bitmapCache3CellInfo"),
                in.u32le("bitmapCache4CellInfo"),
                in.bytes(12, "pad3"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return BITMAP_CACHE_REV2;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(cacheFlags);
        out.u8(pad2);
        out.u8(numCellCaches);
        out.u32le(bitmapCache0CellInfo);
        out.u32le(bitmapCache1CellInfo);
        out.u32le(bitmapCache2CellInfo);
        out.u32le(bitmapCache3CellInfo);
        out.u32le(bitmapCache4CellInfo);
        out.bytes(pad3);
        out.bytes(trailing);
    }
}
