package porthole.protocol.orders;

import porthole.protocol.graphics.SurfaceBits.BitmapDataEx;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Bitmap, revision 3: a bitmap of a bitmap codec for a cache that may outlive the session. MS-RDPEGDI 2.2.2.2.1.2.8.
 *
 * @param extraFlags cacheId in three bits, bitsPerPixelId in four, and flags CBR3_* in nine
 * @param cacheIndex as sent, see {@link #slot}
 * @param key key1 in the low and key2 in the high half
 * @param bitmapData size, depth and codec of the bitmap
 * @param bitmapDataStream the bitmap as the codec has it
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheBitmapRev3(
        int controlFlags,
        int extraFlags,
        int cacheIndex,
        long key,
        BitmapDataEx bitmapData,
        Bytes bitmapDataStream,
        Bytes trailing)
        implements SecondaryOrder {
    public static final int CBR3_IGNORABLE_FLAG = 0x08;
    public static final int CBR3_DO_NOT_CACHE = 0x10;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.8";

    /** A bitmap for the entry {@code cacheIndex} of a cache; the size in {@code bitmapData} is that of {@code data}. */
    public static CacheBitmapRev3 of(int cacheId, int cacheIndex, long key, BitmapDataEx bitmapData, Bytes data) {
        return new CacheBitmapRev3(
                TS_STANDARD | TS_SECONDARY,
                BitmapCacheFlags.of(cacheId, bitmapData.bpp(), 0),
                cacheIndex,
                key,
                bitmapData,
                data,
                Bytes.EMPTY);
    }

    @Override
    public int orderType() {
        return TS_CACHE_BITMAP_COMPRESSED_REV3;
    }

    /** The bitmap cache, 0 to 7. */
    public int cacheId() {
        return BitmapCacheFlags.cacheId(extraFlags);
    }

    /** 8, 16, 24 or 32; zero where the order names another depth. */
    public int bitsPerPixel() {
        return BitmapCacheFlags.bitsPerPixel(extraFlags);
    }

    /** CBR3_*. */
    public int flags() {
        return BitmapCacheFlags.flags(extraFlags);
    }

    /** Where the bitmap goes in its cache; {@link PrimaryOrder#WAITING_LIST_INDEX} is the last entry. */
    public int slot() {
        return (flags() & CBR3_DO_NOT_CACHE) != 0 ? PrimaryOrder.WAITING_LIST_INDEX : cacheIndex;
    }

    static CacheBitmapRev3 decode(WireReader in, Header header) {
        int cacheIndex = in.u16le("cacheIndex");
        long key = in.s64le("key");
        BitmapDataEx data = in.within("bitmapData", "MS-RDPBCGR 2.2.9.2.1.1", BitmapDataEx::decode);
        int length = in.count(data.bitmapDataLength(), 1, "bitmapData.bitmapDataLength");
        return new CacheBitmapRev3(
                header.controlFlags(),
                header.extraFlags(),
                cacheIndex,
                key,
                data,
                in.bytes(length, "bitmapDataStream"),
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(cacheIndex).s64le(key).pdu(bitmapData).bytes(bitmapDataStream).bytes(trailing);
    }
}
