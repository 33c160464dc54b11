package porthole.graphics.h264;

import porthole.graphics.codec.PackedPixels;

/**
 * Rows of full-range BT.709 to RGB, with the eight-bit factors that other clients use. MS-RDPEGFX 3.3.8.3.1. Not thread-safe.
 *
 * <p>A row passes two loops, as C2 of JDK 17 makes no vector instructions of one that does all.
 */
final class Yuv {
    private static final int V_TO_RED = 403;
    private static final int U_TO_GREEN = 48;
    private static final int V_TO_GREEN = 120;
    private static final int U_TO_BLUE = 475;
    /** What stands for no chroma. */
    private static final int ZERO = 128;

    private static final int OPAQUE = 0xFF000000;

    private int[] row = new int[0];
    private int[] redAndBlue = new int[0];

    /** Pixels that share their chroma two by two, from the first of a pair on; borrowed until the next call. */
    int[] row420(byte[] y, int luma, byte[] u, byte[] v, int chroma, int count) {
        room(count);
        PackedPixels.packPairs(y, luma, u, chroma, v, chroma, count, row, 0);
        return toArgb(count);
    }

    /** Pixels that have chroma of their own; borrowed until the next call. */
    int[] row444(byte[] y, byte[] u, byte[] v, int from, int count) {
        room(count);
        PackedPixels.pack(y, from, u, from, v, from, count, row, 0);
        return toArgb(count);
    }

    static int argb(int y, int u, int v) {
        return redAndBlue(y, u, v) | green(y, u, v);
    }

    private void room(int count) {
        if (row.length < count) {
            row = new int[count];
            redAndBlue = new int[count];
        }
    }

    private int[] toArgb(int count) {
        redAndBlue(row, redAndBlue, count);
        green(row, redAndBlue, count);
        return row;
    }

    private static void redAndBlue(int[] yuv, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            int pixel = yuv[i];
            to[i] = redAndBlue(pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF);
        }
    }

    private static void green(int[] pixels, int[] others, int count) {
        for (int i = 0; i < count; i++) {
            int pixel = pixels[i];
            pixels[i] = others[i] | green(pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF);
        }
    }

    private static int redAndBlue(int y, int u, int v) {
        int red = y + (V_TO_RED * v - V_TO_RED * ZERO >> 8);
        int blue = y + (U_TO_BLUE * u - U_TO_BLUE * ZERO >> 8);
        return OPAQUE | octet(red) << 16 | octet(blue);
    }

    /** Its factors are negative; what is taken off is rounded up instead, so that they can be positive. */
    private static int green(int y, int u, int v) {
        int off = U_TO_GREEN * u + V_TO_GREEN * v + 255 - (U_TO_GREEN + V_TO_GREEN) * ZERO >> 8;
        return octet(y - off) << 8;
    }

    /** Between 0 and 255, without a branch or a minimum, neither of which would be a vector instruction. */
    private static int octet(int value) {
        int over = 255 - value;
        int capped = 255 - (over & ~(over >> 31));
        return capped & ~(capped >> 31);
    }
}
