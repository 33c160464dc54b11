package porthole.graphics.codec;

/** Luma with orange and green chroma to red, green and blue, as NSCodec and planar bitmaps use it. MS-RDPNSC 3.1.8. */
final class AyCoCg {
    private static final int ALPHA = 0xFF000000;

    private AyCoCg() {}

    /**
     * Turns pixels of luma, orange and green chroma, from the top below alpha, into 0xAARRGGBB in place.
     *
     * @param loss how many low bits the chroma lacks
     */
    static void toArgb(int[] pixels, int from, int to, int loss) {
        int orange = 16 + loss;
        int green = 24 + loss;
        for (int i = from; i < to; i++) {
            int pixel = pixels[i];
            int y = pixel >> 16 & 0xFF;
            int co = (pixel & 0xFF00) << orange >> 24;
            int cg = pixel << green >> 24;
            int t = y - cg;
            pixels[i] = pixel & ALPHA | Tile.octet(t + co) << 16 | Tile.octet(y + cg) << 8 | Tile.octet(t - co);
        }
    }
}
