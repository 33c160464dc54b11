package porthole.graphics.cache;

import porthole.graphics.rop.Raster;

/**
 * A bitmap that orders copy from.
 *
 * @param raster the pixels; colours, or at 8 bits per pixel places in a colour table
 * @param indexed whether they are places in a colour table
 */
public record CachedBitmap(Raster raster, boolean indexed) {
    /** Takes the place of {@code before}, whose memory is used again where the size is the same. */
    static CachedBitmap bottomUp(CachedBitmap before, int width, int height, boolean indexed, int[] bottomUp) {
        CachedBitmap bitmap = before != null && before.raster.width() == width && before.raster.height() == height
                ? before
                : new CachedBitmap(new Raster(width, height, new int[width * height]), indexed);
        int[] pixels = bitmap.raster.pixels();
        for (int y = 0; y < height; y++) {
            System.arraycopy(bottomUp, (height - 1 - y) * width, pixels, y * width, width);
        }
        return bitmap.indexed == indexed ? bitmap : new CachedBitmap(bitmap.raster, indexed);
    }

    long area() {
        return (long) raster.width() * raster.height();
    }
}
