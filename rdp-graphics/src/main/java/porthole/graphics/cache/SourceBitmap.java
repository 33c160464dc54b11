package porthole.graphics.cache;

import porthole.graphics.rop.Raster;

/**
 * A bitmap that orders copy from.
 *
 * @param raster the pixels; colours, or at 8 bits per pixel places in a colour table
 * @param indexed whether they are places in a colour table
 * @param key by which the host knows the bitmap in another session; {@link #NO_KEY} where it gave none
 */
public record SourceBitmap(Raster raster, boolean indexed, long key) {
    public static final long NO_KEY = 0;

    /** Takes the place of {@code before}, whose memory is used again where the size is the same. */
    static SourceBitmap bottomUp(
            SourceBitmap before, int width, int height, boolean indexed, long key, int[] bottomUp) {
        SourceBitmap bitmap = before != null && before.raster.width() == width && before.raster.height() == height
                ? before
                : new SourceBitmap(new Raster(width, height, new int[width * height]), indexed, key);
        int[] pixels = bitmap.raster.pixels();
        for (int y = 0; y < height; y++) {
            System.arraycopy(bottomUp, (height - 1 - y) * width, pixels, y * width, width);
        }
        return bitmap.indexed == indexed && bitmap.key == key ? bitmap : new SourceBitmap(bitmap.raster, indexed, key);
    }

    long area() {
        return (long) raster.width() * raster.height();
    }
}
