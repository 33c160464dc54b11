package porthole.graphics.codec;

/**
 * Tiles of RemoteFX: 64 x 64 pixels.
 *
 * <p>Samples of a component are four planes of 32 x 32, as the wavelet transform leaves them: even rows first, and in both halves
 * even columns first.
 */
final class Tile {
    static final int SIDE = 64;
    static final int PIXELS = SIDE * SIDE;
    static final int QUARTER = PIXELS / 4;

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

    /** Room for the samples of one component. */
    static int[][] samples() {
        return new int[4][QUARTER];
    }

    /**
     * Samples with five bits of fraction become 0xFFRRGGBB, in rows.
     *
     * @param quarters for what lies between, as of {@link #samples}
     */
    static void toArgb(int[][] luma, int[][] cb, int[][] cr, int[][] quarters, int[] argb) {
        for (int i = 0; i < quarters.length; i++) {
            toArgb(luma[i], cb[i], cr[i], quarters[i]);
        }
        Lifting.interleave(quarters, SIDE / 2, SIDE / 2, SIDE / 2, SIDE, argb, 0);
    }

    private static void toArgb(int[] luma, int[] cb, int[] cr, int[] argb) {
        for (int i = 0; i < QUARTER; i++) {
            int y = luma[i] + LUMA_OFFSET >> 2;
            int r = y + (cr[i] * CR_TO_RED >> 16) >> 3;
            int g = y + (cb[i] * CB_TO_GREEN >> 16) + (cr[i] * CR_TO_GREEN >> 16) >> 3;
            int b = y + (cb[i] * CB_TO_BLUE >> 16) >> 3;
            argb[i] = 0xFF000000 | octet(r) << 16 | octet(g) << 8 | octet(b);
        }
    }

    /** Between 0 and 255, without a branch or a minimum, neither of which would be a vector instruction. */
    static int octet(int value) {
        int over = 255 - value;
        int capped = 255 - (over & ~(over >> 31));
        return capped & ~(capped >> 31);
    }
}
