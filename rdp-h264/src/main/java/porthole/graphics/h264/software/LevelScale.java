package porthole.graphics.h264.software;

/** By what levels of transform coefficients are multiplied, for each quantiser, by position in a block. ITU-T H.264 8.5.9. */
final class LevelScale {
    static final int QUANTISERS = 52;
    /** What is left to shift off to the right, rounded, behind a multiplication by {@link #of4x4}. */
    static final int SHIFT_4X4 = 4;

    static final int SHIFT_8X8 = 6;

    private static final int[][] NORM_4X4 = {
        {10, 16, 13}, {11, 18, 14}, {13, 20, 16}, {14, 23, 18}, {16, 25, 20}, {18, 29, 23}
    };
    private static final int[][] NORM_8X8 = {
        {20, 18, 32, 19, 25, 24},
        {22, 19, 35, 21, 28, 26},
        {26, 23, 42, 24, 33, 31},
        {28, 25, 45, 26, 35, 33},
        {32, 28, 51, 30, 40, 38},
        {36, 32, 58, 34, 46, 43}
    };

    private final int[][][] of4x4 = new int[6][QUANTISERS][16];
    private final int[][][] of8x8 = new int[2][QUANTISERS][64];

    LevelScale(ScalingLists lists) {
        for (int qp = 0; qp < QUANTISERS; qp++) {
            for (int list = 0; list < 6; list++) {
                for (int k = 0; k < 16; k++) {
                    int at = ScalingLists.ZIGZAG_4X4[k];
                    of4x4[list][qp][at] = (lists.list(list)[k] & 0xFF) * norm4x4(qp % 6, at) << qp / 6;
                }
            }
            for (int list = 0; list < 2; list++) {
                for (int k = 0; k < 64; k++) {
                    int at = ScalingLists.ZIGZAG_8X8[k];
                    of8x8[list][qp][at] = (lists.list(6 + list)[k] & 0xFF) * norm8x8(qp % 6, at) << qp / 6;
                }
            }
        }
    }

    private static int norm4x4(int m, int at) {
        int odd = (at & 1) + (at >> 2 & 1);
        return NORM_4X4[m][odd == 0 ? 0 : odd == 2 ? 1 : 2];
    }

    private static int norm8x8(int m, int at) {
        int x = at & 7;
        int y = at >> 3;
        int[] norm = NORM_8X8[m];
        if ((x & 3) == 0 && (y & 3) == 0) {
            return norm[0];
        }
        if ((x & 1) == 1 && (y & 1) == 1) {
            return norm[1];
        }
        if ((x & 3) == 2 && (y & 3) == 2) {
            return norm[2];
        }
        if ((x & 3) == 0 && (y & 1) == 1 || (x & 1) == 1 && (y & 3) == 0) {
            return norm[3];
        }
        return (x & 3) == 0 || (y & 3) == 0 ? norm[4] : norm[5];
    }

    /** @param list 0 to 2 for intra Y, Cb and Cr, 3 to 5 for inter */
    int[] of4x4(int list, int qp) {
        return of4x4[list][qp];
    }

    /** @param list 0 for intra, 1 for inter */
    int[] of8x8(int list, int qp) {
        return of8x8[list][qp];
    }
}
