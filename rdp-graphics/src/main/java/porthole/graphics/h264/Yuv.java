package porthole.graphics.h264;

/** Full-range BT.709 to RGB, with the eight-bit factors that other clients use. MS-RDPEGFX 3.3.8.3.1. */
final class Yuv {
    private static final int RED = 403;
    private static final int GREEN_U = -48;
    private static final int GREEN_V = -120;
    private static final int BLUE = 475;

    private Yuv() {}

    /** A row of pixels that share their chroma two by two, from an even pixel on. */
    static void row420(byte[] y, int luma, byte[] u, byte[] v, int chroma, int x, int count, int[] out, int to) {
        for (int i = 0; i < count; i++) {
            int c = chroma + (x + i >> 1);
            out[to + i] = argb(y[luma + x + i] & 0xFF, (u[c] & 0xFF) - 128, (v[c] & 0xFF) - 128);
        }
    }

    /** A row of pixels that have chroma of their own. */
    static void row444(byte[] y, byte[] u, byte[] v, int from, int count, int[] out, int to) {
        for (int i = 0; i < count; i++) {
            out[to + i] = argb(y[from + i] & 0xFF, (u[from + i] & 0xFF) - 128, (v[from + i] & 0xFF) - 128);
        }
    }

    static int argb(int y, int u, int v) {
        int r = (y << 8) + RED * v >> 8;
        int g = (y << 8) + GREEN_U * u + GREEN_V * v >> 8;
        int b = (y << 8) + BLUE * u >> 8;
        return 0xFF000000
                | Math.max(0, Math.min(255, r)) << 16
                | Math.max(0, Math.min(255, g)) << 8
                | Math.max(0, Math.min(255, b));
    }
}
