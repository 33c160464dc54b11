package porthole.graphics.codec;

/** Measures of a RemoteFX tile, and its colours. MS-RDPRFX 3.1.8. */
final class Tile {
    static final int SIDE = 64;
    static final int PIXELS = SIDE * SIDE;

    // The irreversible colour transform of MS-RDPRFX 3.1.8.1.3, times 2^14. Samples are cut to three bits of fraction
    // between
    // the steps, as in the vector code of other clients, so that pictures can be compared pixel by pixel.
    private static final int CR_TO_RED = 22987;
    private static final int CR_TO_GREEN = -11698;
    private static final int CB_TO_GREEN = -5636;
    private static final int CB_TO_BLUE = 29000;
    /** 128 in samples that have five bits of fraction. */
    private static final int LUMA_OFFSET = 128 << 5;

    private Tile() {}

    /** Samples with five bits of fraction become 0xFFRRGGBB. */
    static void toArgb(int[] luma, int[] cb, int[] cr, int[] argb) {
        for (int i = 0; i < PIXELS; i++) {
            int y = luma[i] + LUMA_OFFSET >> 2;
            int r = y + (cr[i] * CR_TO_RED >> 16) >> 3;
            int g = y + (cb[i] * CB_TO_GREEN >> 16) + (cr[i] * CR_TO_GREEN >> 16) >> 3;
            int b = y + (cb[i] * CB_TO_BLUE >> 16) >> 3;
            argb[i] = 0xFF000000
                    | Math.max(0, Math.min(255, r)) << 16
                    | Math.max(0, Math.min(255, g)) << 8
                    | Math.max(0, Math.min(255, b));
        }
    }
}
