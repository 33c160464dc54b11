package porthole.graphics.cache;

import java.util.ArrayList;
import java.util.List;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.rop.Raster;
import porthole.protocol.orders.PrimaryOrder;

/** The bitmap caches of all three revisions. MS-RDPEGDI 3.1.1.1.1. Not thread-safe. */
public final class BitmapCaches {
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.3";

    private final SourceBitmap[][] caches;
    private final Allowance pixels;

    public BitmapCaches(OrderLimits limits, BitmapBudget budget) {
        int[] entries = limits.bitmapCacheEntries();
        caches = new SourceBitmap[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            caches[i] = new SourceBitmap[entries[i] + 1];
        }
        pixels = budget.pixels();
    }

    /**
     * Keeps a copy of a bitmap.
     *
     * @param order names the place of an error
     * @param indexed whether the pixels are places in a colour table
     * @param key of the bitmap, or {@link SourceBitmap#NO_KEY}
     * @param bottomUp {@code width * height} pixels, the bottom row first
     */
    public void put(
            String order,
            int cacheId,
            int cacheIndex,
            int width,
            int height,
            boolean indexed,
            long key,
            int[] bottomUp) {
        SourceBitmap[] cache = cache(order, cacheId);
        int slot = slot(order, cache, cacheIndex);
        SourceBitmap before = cache[slot];
        pixels.exchange(before == null ? 0 : before.area(), (long) width * height, order, "bitmapWidth", SECTION);
        cache[slot] = SourceBitmap.bottomUp(before, width, height, indexed, key, bottomUp);
    }

    /** Puts bitmaps of an earlier session into the first entries of a cache, as far as they fit. MS-RDPEGDI 3.2.1.4. */
    public void preload(int cacheId, List<CachedBitmap> bitmaps) {
        SourceBitmap[] cache = cache("PersistentKeyList", cacheId);
        for (int i = 0; i < Math.min(bitmaps.size(), cache.length - 1); i++) {
            CachedBitmap bitmap = bitmaps.get(i);
            pixels.exchange(0, bitmap.pixels().length, "PersistentKeyList", "entries", SECTION);
            Raster raster =
                    new Raster(bitmap.width(), bitmap.height(), bitmap.pixels().clone());
            cache[i] = new SourceBitmap(raster, false, bitmap.key());
        }
    }

    /** The colour bitmaps of a cache that have a key, as copies, in the order of their entries. */
    public List<CachedBitmap> persistent(int cacheId) {
        List<CachedBitmap> kept = new ArrayList<>();
        SourceBitmap[] cache = cache("PersistentKeyList", cacheId);
        for (int i = 0; i < cache.length - 1; i++) {
            SourceBitmap bitmap = cache[i];
            if (bitmap != null && bitmap.key() != SourceBitmap.NO_KEY && !bitmap.indexed()) {
                Raster raster = bitmap.raster();
                kept.add(new CachedBitmap(
                        bitmap.key(),
                        raster.width(),
                        raster.height(),
                        raster.pixels().clone()));
            }
        }
        return kept;
    }

    /** The bitmap in a slot, or null where the host never put one. */
    public SourceBitmap get(String order, int cacheId, int cacheIndex) {
        SourceBitmap[] cache = cache(order, cacheId);
        return cache[slot(order, cache, cacheIndex)];
    }

    private SourceBitmap[] cache(String order, int cacheId) {
        OrderErrors.index(cacheId, caches.length, order, "cacheId", SECTION);
        return caches[cacheId];
    }

    private static int slot(String order, SourceBitmap[] cache, int cacheIndex) {
        if (cacheIndex == PrimaryOrder.WAITING_LIST_INDEX) {
            return cache.length - 1;
        }
        OrderErrors.index(cacheIndex, cache.length - 1, order, "cacheIndex", SECTION);
        return cacheIndex;
    }
}
