package porthole.graphics.codec;

/** Widens pixels of 8 to 32 bits to 0xFFRRGGBB. */
public final class PixelFormat {
    private static final int OPAQUE = 0xFF000000;

    private PixelFormat() {}

    /** Octets of a pixel in memory; 0 for a depth that bitmaps do not have. */
    public static int bytesPerPixel(int bitsPerPixel) {
        return switch (bitsPerPixel) {
            case 8 -> 1;
            case 15, 16 -> 2;
            case 24 -> 3;
            case 32 -> 4;
            default -> 0;
        };
    }

    /**
     * Widens {@code count} pixels in place.
     *
     * @param palette 256 colours; used at 8 bits per pixel only
     */
    public static void widen(int[] pixels, int count, int bitsPerPixel, int[] palette) {
        switch (bitsPerPixel) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = palette[pixels[i] & 0xFF];
                }
            }
            case 15 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = rgb555(pixels[i]);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = rgb565(pixels[i]);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] |= OPAQUE;
                }
            }
        }
    }

    /** The colour of five bits each; the top bits fill up the low ones. */
    public static int rgb555(int pixel) {
        return OPAQUE | five(pixel >> 10) << 16 | five(pixel >> 5) << 8 | five(pixel);
    }

    /**
     * The colour of five, six and five bits. Green is widened by an eighth of its value, up to 255, as FreeRDP does it, so
     * that pictures of the two can be compared pixel by pixel.
     */
    public static int rgb565(int pixel) {
        int green = pixel >> 5 & 0x3F;
        return OPAQUE | five(pixel >> 11) << 16 | Math.min(0xFF, (green << 2) + (green >> 3)) << 8 | five(pixel);
    }

    private static int five(int bits) {
        int value = bits & 0x1F;
        return value << 3 | value >> 2;
    }
}
