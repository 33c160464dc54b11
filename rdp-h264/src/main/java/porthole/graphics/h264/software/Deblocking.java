package porthole.graphics.h264.software;

/** The deblocking filter, over a whole picture. ITU-T H.264 8.7. */
final class Deblocking {
    private static final int STRONGEST = 4;
    private static final int INTRA = 3;
    private static final int CODED = 2;
    /** How much vectors may differ, in quarter samples. */
    private static final int FAR = 4;

    private final EdgeFilter filter = new EdgeFilter();
    private final int[] strengths = new int[4];
    private PictureState state;
    private Frame frame;
    private boolean second;

    void filter(PictureState picture, Frame of, boolean monochrome) {
        state = picture;
        frame = of;
        second = of.hasList1();
        int address = 0;
        for (int y = 0; y < picture.heightInMbs; y++) {
            for (int x = 0; x < picture.widthInMbs; x++, address++) {
                macroblock(address, x, y, monochrome);
            }
        }
    }

    private void macroblock(int address, int x, int y, boolean monochrome) {
        int slice = state.slice[address];
        int idc = state.disableDeblockingFilterIdc(slice);
        if (idc == 1) {
            return;
        }
        filter.begin(state, slice);
        boolean intra = state.isIntra(address);
        boolean inside = intra || !state.whole[address] || state.coded[address] != 0;
        if (x > 0 && (idc == 0 || state.slice[address - 1] == slice)) {
            edge(address, address - 1, 0, x, y, true, intra, monochrome);
        }
        if (inside) {
            inside(address, x, y, true, intra, monochrome);
        }
        if (y > 0 && (idc == 0 || state.slice[address - state.widthInMbs] == slice)) {
            edge(address, address - state.widthInMbs, 0, x, y, false, intra, monochrome);
        }
        if (inside) {
            inside(address, x, y, false, intra, monochrome);
        }
    }

    private void inside(int address, int x, int y, boolean vertical, boolean intra, boolean monochrome) {
        int step = state.transform8x8[address] ? 2 : 1;
        for (int edge = step; edge < 4; edge += step) {
            edge(address, address, edge, x, y, vertical, intra, monochrome);
        }
    }

    /** An edge between blocks q of this macroblock and p on the other side. */
    private void edge(int q, int p, int edge, int x, int y, boolean vertical, boolean intra, boolean monochrome) {
        int qpP = state.qp[p];
        int qpQ = state.qp[q];
        boolean acrossMacroblocks = p != q;
        if (intra || acrossMacroblocks && state.isIntra(p)) {
            java.util.Arrays.fill(strengths, acrossMacroblocks ? STRONGEST : INTRA);
        } else if (!inter(q, p, edge, vertical)) {
            return;
        }
        int stride = state.widthInMbs * 16;
        int at = y * 16 * stride + x * 16 + (vertical ? edge * 4 : edge * 4 * stride);
        filter.luma(frame.planes[0], at, vertical ? 1 : stride, vertical ? stride : 1, qpP, qpQ, strengths);
        if ((edge & 1) == 0 && !monochrome) {
            int half = state.widthInMbs * 8;
            int to = y * 8 * half + x * 8 + (vertical ? edge * 2 : edge * 2 * half);
            for (int plane = 1; plane <= 2; plane++) {
                filter.chroma(
                        frame.planes[plane], plane, to, vertical ? 1 : half, vertical ? half : 1, qpP, qpQ, strengths);
            }
        }
    }

    /** 8.7.2.1: strengths where neither side is intra. */
    private boolean inter(int q, int p, int edge, boolean vertical) {
        int codedQ = state.coded[q];
        int codedP = state.coded[p];
        boolean alike = p == q ? state.whole[q] : state.whole[q] && state.whole[p];
        boolean moved = alike && p != q && differs(p, 0, q, 0);
        if (alike && !moved && (codedQ | codedP) == 0) {
            return false;
        }
        int any = 0;
        for (int i = 0; i < 4; i++) {
            int blockQ = vertical ? 4 * i + edge : 4 * edge + i;
            int blockP = vertical ? 4 * i + (edge + 3 & 3) : 4 * (edge + 3 & 3) + i;
            int strength;
            if ((codedQ >> blockQ & 1 | codedP >> blockP & 1) != 0) {
                strength = CODED;
            } else {
                strength = (alike ? moved : differs(p, blockP, q, blockQ)) ? 1 : 0;
            }
            strengths[i] = strength;
            any |= strength;
        }
        return any != 0;
    }

    /** Whether blocks refer to different pictures, or different places of them. */
    private boolean differs(int p, int blockP, int q, int blockQ) {
        int quarterP = p * 4 + (blockP >> 3 << 1) + (blockP >> 1 & 1);
        int quarterQ = q * 4 + (blockQ >> 3 << 1) + (blockQ >> 1 & 1);
        int atP = p * 16 + blockP;
        int atQ = q * 16 + blockQ;
        int p0 = frame.refSerial[0][quarterP];
        int q0 = frame.refSerial[0][quarterQ];
        int[] vectors0 = frame.vectors[0];
        if (!second) {
            return p0 != q0 || far(vectors0[atP], vectors0[atQ]);
        }
        int p1 = frame.refSerial[1][quarterP];
        int q1 = frame.refSerial[1][quarterQ];
        int[] vectors1 = frame.vectors[1];
        boolean straight = p0 == q0 && p1 == q1;
        boolean crossed = p0 == q1 && p1 == q0;
        if (straight
                && !(p0 != 0 && far(vectors0[atP], vectors0[atQ]))
                && !(p1 != 0 && far(vectors1[atP], vectors1[atQ]))) {
            return false;
        }
        return !crossed || p0 != 0 && far(vectors0[atP], vectors1[atQ]) || p1 != 0 && far(vectors1[atP], vectors0[atQ]);
    }

    private static boolean far(int one, int other) {
        return one != other
                && (Math.abs((short) one - (short) other) >= FAR || Math.abs((one >> 16) - (other >> 16)) >= FAR);
    }
}
