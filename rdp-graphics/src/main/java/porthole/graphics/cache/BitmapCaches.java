package porthole.graphics.cache;

/** The bitmap caches of all three revisions. MS-RDPEGDI 3.1.1.1.1. Not thread-safe. */
public final class BitmapCaches {
    /** The index of a bitmap that is drawn, but not kept: each cache has one place for it. MS-RDPEGDI 2.2.2.2.1.1.2.9. */
    public static final int WAITING_LIST_INDEX = 0x7FFF;

    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.3";

    private final CachedBitmap[][] caches;
    private final Allowance pixels;

    public BitmapCaches(OrderLimits limits, BitmapBudget budget) {
        int[] entries = limits.bitmapCacheEntries();
        caches = new CachedBitmap[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            caches[i] = new CachedBitmap[entries[i] + 1];
        }
        pixels = budget.pixels();
    }

    /**
     * Keeps a copy of a bitmap.
     *
     * @param order names the place of an error
     * @param indexed whether the pixels are places in a colour table
     * @param bottomUp {@code width * height} pixels, the bottom row first
     */
    public void put(String order, int cacheId, int cacheIndex, int width, int height, boolean indexed, int[] bottomUp) {
        CachedBitmap[] cache = cache(order, cacheId);
        int slot = slot(order, cache, cacheIndex);
        CachedBitmap before = cache[slot];
        pixels.exchange(before == null ? 0 : before.area(), (long) width * height, order, "bitmapWidth", SECTION);
        cache[slot] = CachedBitmap.bottomUp(before, width, height, indexed, bottomUp);
    }

    /** The bitmap in a slot, or null where the host never put one. */
    public CachedBitmap get(String order, int cacheId, int cacheIndex) {
        CachedBitmap[] cache = cache(order, cacheId);
        return cache[slot(order, cache, cacheIndex)];
    }

    private CachedBitmap[] cache(String order, int cacheId) {
        OrderErrors.index(cacheId, caches.length, order, "cacheId", SECTION);
        return caches[cacheId];
    }

    private static int slot(String order, CachedBitmap[] cache, int cacheIndex) {
        if (cacheIndex == WAITING_LIST_INDEX) {
            return cache.length - 1;
        }
        OrderErrors.index(cacheIndex, cache.length - 1, order, "cacheIndex", SECTION);
        return cacheIndex;
    }
}
