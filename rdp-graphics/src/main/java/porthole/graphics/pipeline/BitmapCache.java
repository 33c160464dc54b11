package porthole.graphics.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.picture.PixelRect;

/** Bitmaps that the host keeps at the client, by slot. MS-RDPEGFX 3.3.1.4. Not thread-safe. */
final class BitmapCache {
    private final GraphicsLimits limits;
    /** The one that was used last is last. */
    private final Map<Integer, CachedBitmap> slots = new LinkedHashMap<>(16, 0.75f, true);

    private long pixels;

    BitmapCache(GraphicsLimits limits) {
        this.limits = limits;
    }

    void put(int slot, long cacheKey, Surface from, PixelRect source) {
        makeRoom(slot, source.area());
        int[] copy = new int[(int) source.area()];
        for (int y = 0; y < source.height(); y++) {
            System.arraycopy(
                    from.pixels,
                    (source.y() + y) * from.width() + source.x(),
                    copy,
                    y * source.width(),
                    source.width());
        }
        put(slot, new CachedBitmap(cacheKey, source.width(), source.height(), copy));
    }

    /** Puts a bitmap of an earlier session into a slot. */
    void restore(int slot, CachedBitmap bitmap) {
        makeRoom(slot, bitmap.pixels().length);
        put(slot, bitmap);
    }

    private void makeRoom(int slot, long area) {
        checkSlot(slot);
        evict(slot);
        if (pixels + area > limits.cachePixels()) {
            throw GraphicsPipeline.error(
                    "cacheSlot",
                    pixels + area + " pixels in all",
                    "at most " + limits.cachePixels(),
                    "MS-RDPEGFX 3.3.1.4");
        }
    }

    private void put(int slot, CachedBitmap bitmap) {
        pixels += bitmap.pixels().length;
        slots.put(slot, bitmap);
    }

    /** All bitmaps, the one that was used last first. */
    List<CachedBitmap> bitmaps() {
        List<CachedBitmap> all = new ArrayList<>(slots.values());
        Collections.reverse(all);
        return all;
    }

    CachedBitmap get(int slot) {
        CachedBitmap bitmap = slots.get(slot);
        if (bitmap == null) {
            throw GraphicsPipeline.error(
                    "cacheSlot", String.valueOf(slot), "a slot that has a bitmap", "MS-RDPEGFX 2.2.2.8");
        }
        return bitmap;
    }

    void evict(int slot) {
        checkSlot(slot);
        CachedBitmap evicted = slots.remove(slot);
        if (evicted != null) {
            pixels -= evicted.pixels().length;
        }
    }

    private void checkSlot(int slot) {
        if (slot < 1 || slot > limits.cacheSlots()) {
            throw GraphicsPipeline.error(
                    "cacheSlot", String.valueOf(slot), "1 to " + limits.cacheSlots(), "MS-RDPEGFX 3.3.1.4");
        }
    }
}
