package porthole.graphics.rop;

import java.util.Arrays;

/**
 * Pixels that are drawn into or copied from.
 *
 * @param pixels 0xFFRRGGBB, the top row first, {@code width * height} at least; shared, not copied
 */
public record Raster(int width, int height, int[] pixels) {
    static final int OPAQUE = 0xFF000000;

    /** A black one. */
    public static Raster black(int width, int height) {
        int[] pixels = new int[Math.multiplyExact(width, height)];
        Arrays.fill(pixels, OPAQUE);
        return new Raster(width, height, pixels);
    }
}
