package porthole.graphics.picture;

import java.util.Arrays;

/**
 * A bitmap with the key that the host gave it.
 *
 * @param key of MS-RDPEGFX 2.2.2.6 or MS-RDPEGDI 2.2.2.2.1.2.3; means something to the host only
 * @param pixels {@code width * height}, the top row first; not copied, so nobody may write to them
 */
public record CachedBitmap(long key, int width, int height, int[] pixels) {
    public CachedBitmap {
        if (width < 1 || height < 1 || width > 0xFFFF || height > 0xFFFF || (long) width * height != pixels.length) {
            throw new IllegalArgumentException(pixels.length + " pixels do not make " + width + " x " + height);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CachedBitmap that
                && key == that.key
                && width == that.width
                && height == that.height
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(key);
    }

    @Override
    public String toString() {
        return String.format("CachedBitmap[%016x, %d x %d]", key, width, height);
    }
}
