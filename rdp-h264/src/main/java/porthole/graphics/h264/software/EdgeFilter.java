package porthole.graphics.h264.software;

/** Filters samples on both sides of an edge. ITU-T H.264 8.7.2.2 to 8.7.2.4. */
final class EdgeFilter {
    private static final int STRONGEST = 4;
    /** Table 8-16: alpha' by indexA from 16 on; 0 below. */
    private static final short[] ALPHA = {
        4, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 17, 20, 22, 25, 28, 32, 36, 40, 45, 50, 56, 63, 71, 80, 90, 101, 113, 127,
        144, 162, 182, 203, 226, 255, 255
    };

    private static final byte[] BETA = {
        2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16, 16,
        17, 17, 18, 18
    };

    private static final int FIRST = 16;
    /** Table 8-17: tC0' by indexA from 17 on, for bS 1, 2 and 3. */
    private static final byte[][] TC0 = {
        {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8, 9, 10, 11, 13},
        {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 10, 11, 12, 13, 15, 17},
        {
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20,
            23, 25
        }
    };

    private PictureParameterSet pps;
    private int offsetA;
    private int offsetB;
    private int indexA;
    private int alpha;
    private int beta;

    /** Takes what holds for a slice. */
    void begin(PictureState state, int slice) {
        pps = state.parameters(slice);
        offsetA = state.filterOffsetA(slice);
        offsetB = state.filterOffsetB(slice);
    }

    /** @return whether anything can change */
    private boolean thresholds(int mean) {
        indexA = Math.max(0, Math.min(51, mean + offsetA));
        int indexB = Math.max(0, Math.min(51, mean + offsetB));
        if (indexA < FIRST || indexB < FIRST) {
            return false;
        }
        alpha = ALPHA[indexA - FIRST];
        beta = BETA[indexB - FIRST];
        return true;
    }

    private int tc0(int strength) {
        return indexA == FIRST ? 0 : TC0[strength - 1][indexA - FIRST - 1];
    }

    /**
     * @param at of the first sample q0
     * @param across from p to q
     * @param along the edge
     */
    void luma(byte[] s, int at, int across, int along, int qpP, int qpQ, int[] strengths) {
        if (!thresholds(qpP + qpQ + 1 >> 1)) {
            return;
        }
        if (strengths[0] == STRONGEST) {
            strongLuma(s, at, across, along);
            return;
        }
        for (int i = 0; i < 4; i++) {
            if (strengths[i] != 0) {
                luma(s, at + 4 * i * along, across, along, tc0(strengths[i]));
            }
        }
    }

    private void luma(byte[] s, int from, int across, int along, int tc0) {
        int a = alpha;
        int b = beta;
        for (int i = 0, q = from; i < 4; i++, q += along) {
            int p0 = s[q - across] & 0xFF;
            int q0 = s[q] & 0xFF;
            int p1 = s[q - 2 * across] & 0xFF;
            int q1 = s[q + across] & 0xFF;
            if (Math.abs(p0 - q0) >= a || Math.abs(p1 - p0) >= b || Math.abs(q1 - q0) >= b) {
                continue;
            }
            int p2 = s[q - 3 * across] & 0xFF;
            int q2 = s[q + 2 * across] & 0xFF;
            int tc = tc0;
            int middle = p0 + q0 + 1 >> 1;
            if (Math.abs(p2 - p0) < b) {
                tc++;
                s[q - 2 * across] = (byte) (p1 + clip(tc0, p2 + middle - 2 * p1 >> 1));
            }
            if (Math.abs(q2 - q0) < b) {
                tc++;
                s[q + across] = (byte) (q1 + clip(tc0, q2 + middle - 2 * q1 >> 1));
            }
            int delta = clip(tc, 4 * (q0 - p0) + (p1 - q1) + 4 >> 3);
            s[q - across] = Transform.clip(p0 + delta);
            s[q] = Transform.clip(q0 - delta);
        }
    }

    private static int clip(int most, int value) {
        return Math.max(-most, Math.min(most, value));
    }

    private void strongLuma(byte[] s, int from, int across, int along) {
        int a = alpha;
        int b = beta;
        int near = (a >> 2) + 2;
        for (int i = 0, q = from; i < 16; i++, q += along) {
            int p0 = s[q - across] & 0xFF;
            int q0 = s[q] & 0xFF;
            int p1 = s[q - 2 * across] & 0xFF;
            int q1 = s[q + across] & 0xFF;
            int gap = Math.abs(p0 - q0);
            if (gap >= a || Math.abs(p1 - p0) >= b || Math.abs(q1 - q0) >= b) {
                continue;
            }
            int p2 = s[q - 3 * across] & 0xFF;
            int q2 = s[q + 2 * across] & 0xFF;
            if (gap < near && Math.abs(p2 - p0) < b) {
                int p3 = s[q - 4 * across] & 0xFF;
                s[q - across] = (byte) (p2 + 2 * p1 + 2 * p0 + 2 * q0 + q1 + 4 >> 3);
                s[q - 2 * across] = (byte) (p2 + p1 + p0 + q0 + 2 >> 2);
                s[q - 3 * across] = (byte) (2 * p3 + 3 * p2 + p1 + p0 + q0 + 4 >> 3);
            } else {
                s[q - across] = (byte) (2 * p1 + p0 + q1 + 2 >> 2);
            }
            if (gap < near && Math.abs(q2 - q0) < b) {
                int q3 = s[q + 3 * across] & 0xFF;
                s[q] = (byte) (p1 + 2 * p0 + 2 * q0 + 2 * q1 + q2 + 4 >> 3);
                s[q + across] = (byte) (p0 + q0 + q1 + q2 + 2 >> 2);
                s[q + 2 * across] = (byte) (2 * q3 + 3 * q2 + q1 + q0 + p0 + 4 >> 3);
            } else {
                s[q] = (byte) (2 * q1 + q0 + p1 + 2 >> 2);
            }
        }
    }

    /** @param plane 1 for Cb, 2 for Cr */
    void chroma(byte[] s, int plane, int at, int across, int along, int qpP, int qpQ, int[] strengths) {
        byte[] table = pps.chromaQp[plane - 1];
        if (!thresholds(table[qpP] + table[qpQ] + 1 >> 1)) {
            return;
        }
        int a = alpha;
        int b = beta;
        for (int i = 0, q = at; i < 8; i++, q += along) {
            int strength = strengths[i >> 1];
            if (strength == 0) {
                continue;
            }
            int p0 = s[q - across] & 0xFF;
            int q0 = s[q] & 0xFF;
            int p1 = s[q - 2 * across] & 0xFF;
            int q1 = s[q + across] & 0xFF;
            if (Math.abs(p0 - q0) >= a || Math.abs(p1 - p0) >= b || Math.abs(q1 - q0) >= b) {
                continue;
            }
            if (strength == STRONGEST) {
                s[q - across] = (byte) (2 * p1 + p0 + q1 + 2 >> 2);
                s[q] = (byte) (2 * q1 + q0 + p1 + 2 >> 2);
            } else {
                int delta = clip(tc0(strength) + 1, 4 * (q0 - p0) + (p1 - q1) + 4 >> 3);
                s[q - across] = Transform.clip(p0 + delta);
                s[q] = Transform.clip(q0 - delta);
            }
        }
    }
}
