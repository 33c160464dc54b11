package porthole.graphics.cache;

import java.util.Arrays;

/**
 * What a host may keep at the client for its drawing orders: the numbers that the client's capability sets announce.
 *
 * @param bitmapCacheEntries of each bitmap cache, without the slot of the waiting list; MS-RDPBCGR 2.2.7.1.4
 * @param glyphCacheEntries of each glyph cache; MS-RDPBCGR 2.2.7.1.8
 * @param offscreenEntries surfaces that exist at one time; MS-RDPBCGR 2.2.7.1.9
 * @param offscreenPixels of one surface, and of all together
 * @param nineGridEntries bitmaps that are drawn in nine parts; MS-RDPEGDI 2.2.1.2
 * @param cachePixels of all bitmaps together, those of nine parts included; four octets each
 * @param glyphOctets of all glyphs together
 */
public record OrderLimits(
        int[] bitmapCacheEntries,
        int[] glyphCacheEntries,
        int offscreenEntries,
        long offscreenPixels,
        int nineGridEntries,
        long cachePixels,
        int glyphOctets) {
    /** The sizes that FreeRDP announces, and memory for the largest bitmaps in each slot of a usual session. */
    public static final OrderLimits DEFAULT = new OrderLimits(
            new int[] {600, 600, 2048, 4096, 2048},
            new int[] {254, 254, 254, 254, 254, 254, 254, 254, 254, 64},
            2000,
            4L << 20,
            256,
            48L << 20,
            4 << 20);

    public OrderLimits {
        bitmapCacheEntries = bitmapCacheEntries.clone();
        glyphCacheEntries = glyphCacheEntries.clone();
    }

    @Override
    public int[] bitmapCacheEntries() {
        return bitmapCacheEntries.clone();
    }

    @Override
    public int[] glyphCacheEntries() {
        return glyphCacheEntries.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderLimits limits
                && Arrays.equals(bitmapCacheEntries, limits.bitmapCacheEntries)
                && Arrays.equals(glyphCacheEntries, limits.glyphCacheEntries)
                && offscreenEntries == limits.offscreenEntries
                && offscreenPixels == limits.offscreenPixels
                && nineGridEntries == limits.nineGridEntries
                && cachePixels == limits.cachePixels
                && glyphOctets == limits.glyphOctets;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bitmapCacheEntries) * 31 + Arrays.hashCode(glyphCacheEntries);
    }
}
