package porthole.graphics.pipeline;

import java.util.HashMap;
import java.util.Map;
import porthole.graphics.picture.PixelRect;

/** Bitmaps that the host keeps at the client, by slot. MS-RDPEGFX 3.3.1.4. Not thread-safe. */
final class BitmapCache {
    /** A cached bitmap; 0xAARRGGBB, the top row first. */
    record Bitmap(int width, int height, int[] pixels) {}

    private final GraphicsLimits limits;
    private final Map<Integer, Bitmap> slots = new HashMap<>();
    private long pixels;

    BitmapCache(GraphicsLimits limits) {
        this.limits = limits;
    }

    void put(int slot, Surface from, PixelRect source) {
        checkSlot(slot);
        evict(slot);
        if (pixels + source.area() > limits.cachePixels()) {
            throw GraphicsPipeline.error(
                    "cacheSlot",
                    pixels + source.area() + " pixels in all",
                    "at most " + limits.cachePixels(),
                    "MS-RDPEGFX 3.3.1.4");
        }
        int[] copy = new int[(int) source.area()];
        for (int y = 0; y < source.height(); y++) {
            System.arraycopy(
                    from.pixels,
                    (source.y() + y) * from.width() + source.x(),
                    copy,
                    y * source.width(),
                    source.width());
        }
        pixels += copy.length;
        slots.put(slot, new Bitmap(source.width(), source.height(), copy));
    }

    Bitmap get(int slot) {
        Bitmap bitmap = slots.get(slot);
        if (bitmap == null) {
            throw GraphicsPipeline.error(
                    "cacheSlot", String.valueOf(slot), "a slot that has a bitmap", "MS-RDPEGFX 2.2.2.8");
        }
        return bitmap;
    }

    void evict(int slot) {
        checkSlot(slot);
        Bitmap evicted = slots.remove(slot);
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
