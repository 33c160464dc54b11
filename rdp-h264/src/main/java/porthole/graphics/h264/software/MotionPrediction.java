package porthole.graphics.h264.software;

import java.util.Arrays;

/** Prediction of vectors from those of neighbouring blocks. ITU-T H.264 8.4.1. */
final class MotionPrediction {
    private static final byte NEVER = 100;
    /** When blocks of the grid are decoded: neighbours above before all, those to the right never. */
    private static final byte[] ORDER = new byte[Macroblock.GRID];

    static {
        Arrays.fill(ORDER, NEVER);
        Arrays.fill(ORDER, 0, Macroblock.ORIGIN - 3, (byte) -1);
        for (int i = 0; i < 16; i++) {
            ORDER[Macroblock.BLOCK[i]] = (byte) i;
        }
    }

    private MotionPrediction() {}

    static int vector(int x, int y) {
        return x & 0xFFFF | y << 16;
    }

    /** Where the neighbour C of a partition is, or D in its place. 6.4.11.7. */
    private static int c(byte[] refs, int at, int width) {
        int c = at - Macroblock.ROW + width;
        return ORDER[c] < ORDER[at] && refs[c] != Macroblock.NOT_AVAILABLE ? c : at - Macroblock.ROW - 1;
    }

    /** 8.4.1.3. */
    static int median(Macroblock mb, int list, int at, int width, int ref) {
        byte[] refs = mb.refIdx[list];
        int[] vectors = mb.vectors[list];
        int a = at - 1;
        int b = at - Macroblock.ROW;
        int c = c(refs, at, width);
        if (refs[b] == Macroblock.NOT_AVAILABLE
                && refs[c] == Macroblock.NOT_AVAILABLE
                && refs[a] != Macroblock.NOT_AVAILABLE) {
            return vectors[a];
        }
        boolean ofA = refs[a] == ref;
        boolean ofB = refs[b] == ref;
        boolean ofC = refs[c] == ref;
        if (ofA && !ofB && !ofC) {
            return vectors[a];
        }
        if (ofB && !ofA && !ofC) {
            return vectors[b];
        }
        if (ofC && !ofA && !ofB) {
            return vectors[c];
        }
        int va = vectors[a];
        int vb = vectors[b];
        int vc = vectors[c];
        return vector(median((short) va, (short) vb, (short) vc), median(va >> 16, vb >> 16, vc >> 16));
    }

    private static int median(int a, int b, int c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Partitions of 16x8. */
    static int wide(Macroblock mb, int list, int part, int ref) {
        int at = Macroblock.at(0, 2 * part);
        int neighbour = part == 0 ? at - Macroblock.ROW : at - 1;
        return mb.refIdx[list][neighbour] == ref ? mb.vectors[list][neighbour] : median(mb, list, at, 4, ref);
    }

    /** Partitions of 8x16. */
    static int tall(Macroblock mb, int list, int part, int ref) {
        int at = Macroblock.at(2 * part, 0);
        int neighbour = part == 0 ? at - 1 : c(mb.refIdx[list], at, 2);
        return mb.refIdx[list][neighbour] == ref ? mb.vectors[list][neighbour] : median(mb, list, at, 2, ref);
    }

    /** 8.4.1.1: P_Skip. */
    static int skipped(Macroblock mb) {
        if (mb.left < 0 || mb.top < 0) {
            return 0;
        }
        Frame frame = mb.frame;
        byte[] refs = frame.refIdx[0];
        int[] vectors = frame.vectors[0];
        if (refs[mb.left * 4 + 1] == 0 && vectors[mb.left * 16 + 3] == 0
                || refs[mb.top * 4 + 2] == 0 && vectors[mb.top * 16 + 12] == 0) {
            return 0;
        }
        mb.loadMotion(0);
        return median(mb, 0, Macroblock.ORIGIN, 4, 0);
    }

    /** 8.4.1.2.2: the reference index that a direct macroblock takes over. */
    static int directRef(Macroblock mb, int list) {
        byte[] refs = mb.refIdx[list];
        int at = Macroblock.ORIGIN;
        return least(refs[at - 1], least(refs[at - Macroblock.ROW], refs[c(refs, at, 4)]));
    }

    /** MinPositive. */
    private static int least(int a, int b) {
        return a >= 0 && b >= 0 ? Math.min(a, b) : Math.max(a, b);
    }
}
