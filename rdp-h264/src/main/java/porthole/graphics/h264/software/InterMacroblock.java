package porthole.graphics.h264.software;

import java.util.Arrays;
import porthole.protocol.failure.WireException;

/** Reads how a macroblock moves, and predicts its samples so. ITU-T H.264 7.3.5.1, 7.3.5.2 and 8.4. */
final class InterMacroblock {
    private static final int LIST_0 = 1;
    private static final int LIST_1 = 2;
    /** P mb_types. Table 7-13. */
    private static final int P_16X16 = 0;

    private static final int P_8X8 = 3;
    private static final int P_8X8_REF0 = 4;
    /** Which lists the partitions of B mb_types 4 and 5, 6 and 7 and so on use. Table 7-14. */
    private static final int[][] PREDICTED = {{1, 1}, {2, 2}, {1, 2}, {2, 1}, {1, 3}, {2, 3}, {3, 1}, {3, 2}, {3, 3}};
    /** Sub-macroblock shapes: 8x8, 8x4, 4x8, 4x4. */
    private static final int[] SUB_WIDTH = {2, 2, 1, 1};

    private static final int[] SUB_HEIGHT = {2, 1, 2, 1};
    /** By B sub_mb_type, from 1 on. Table 7-18. */
    private static final int[] SUB_LISTS = {1, 2, 3, 1, 1, 2, 2, 3, 3, 1, 2, 3};

    private static final int[] SUB_SHAPES = {0, 0, 0, 1, 2, 1, 2, 1, 2, 3, 3, 3};
    private static final int LARGEST_MVD = 64; // more makes no difference to contexts

    private final Macroblock mb;
    private final Frame[][] lists;
    private final Direct direct;
    private final InterPrediction prediction = new InterPrediction();
    private final int[] partLists = new int[4];
    private final int[] subShapes = new int[4];
    private final boolean[] subDirect = new boolean[4];
    private Entropy entropy;
    private boolean arithmetic;
    private boolean b;
    private boolean subPartitioned;

    InterMacroblock(Macroblock mb, Frame[][] lists) {
        this.mb = mb;
        this.lists = lists;
        direct = new Direct(mb, lists);
    }

    void begin(Entropy newEntropy) {
        entropy = newEntropy;
        arithmetic = mb.slice.pps.entropyCodingMode;
        b = mb.slice.sliceType == SliceHeader.B;
    }

    /** P_Skip: moves as its neighbours do. */
    void skipP() {
        int vector = MotionPrediction.skipped(mb);
        check(0, 0);
        int address = mb.address;
        Frame frame = mb.frame;
        Arrays.fill(frame.vectors[0], address * 16, address * 16 + 16, vector);
        int serial = lists[0][0].serial;
        for (int i = address * 4; i < address * 4 + 4; i++) {
            frame.refIdx[0][i] = 0;
            frame.refSerial[0][i] = serial;
        }
        mb.state.whole[address] = true;
        mb.refIdx[0][Macroblock.ORIGIN] = 0;
        mb.vectors[0][Macroblock.ORIGIN] = vector;
        prediction.predict(mb, lists, 0, 0, 4, 4);
    }

    /** B_Skip and B_Direct_16x16, which has a residual. */
    void direct16x16() {
        mb.loadMotion(0);
        mb.loadMotion(1);
        direct.begin();
        for (int quarter = 0; quarter < 4; quarter++) {
            direct.set(quarter);
        }
        mb.state.direct[mb.address] = 15;
        store();
    }

    private void store() {
        for (int list = 0; list < (b ? 2 : 1); list++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                int ref = mb.refIdx[list][Macroblock.BLOCK[4 * quarter]];
                if (ref >= 0) {
                    check(list, ref);
                }
            }
            mb.storeMotion(list, lists[list]);
        }
    }

    private void check(int list, int ref) {
        Frame frame = lists[list][ref];
        if (frame == null || frame.nonExisting) {
            throw Syntax.error(
                    list == 0 ? "ref_idx_l0" : "ref_idx_l1", ref, "a picture that was decoded before", "8.4.2.1");
        }
    }

    /** @param type mb_type of a P slice, 0 to 4, or of a B slice, 1 to 22 */
    void read(int type) {
        mb.loadMotion(0);
        if (b) {
            mb.loadMotion(1);
        }
        if (arithmetic) {
            for (int list = 0; list < (b ? 2 : 1); list++) {
                mb.loadMvd(list);
            }
            mb.setDirect(Macroblock.ORIGIN, 4, 4, 0);
        }
        subPartitioned = false;
        if (type == (b ? MacroblockParser.B_8X8 : P_8X8) || !b && type == P_8X8_REF0) {
            quarters(!b && type == P_8X8_REF0);
        } else if (b ? type <= 3 : type == P_16X16) {
            partLists[0] = b ? type : LIST_0;
            parts(1, 4, 4);
            mb.state.whole[mb.address] = true;
        } else {
            int[] predicted = b ? PREDICTED[type - 4 >> 1] : PREDICTED[0];
            partLists[0] = predicted[0];
            partLists[1] = predicted[1];
            boolean wide = b ? (type & 1) == 0 : type == 1;
            parts(2, wide ? 4 : 2, wide ? 2 : 4);
        }
        if (arithmetic) {
            for (int list = 0; list < (b ? 2 : 1); list++) {
                mb.storeMvd(list);
            }
        }
        store();
    }

    private static int partAt(int part, int width, int height) {
        return part == 0 ? Macroblock.ORIGIN : width == 4 ? Macroblock.at(0, height) : Macroblock.at(width, 0);
    }

    private void parts(int count, int width, int height) {
        for (int list = 0; list < (b ? 2 : 1); list++) {
            for (int part = 0; part < count; part++) {
                int at = partAt(part, width, height);
                int ref = (partLists[part] & 1 << list) == 0 ? Macroblock.NOT_USED : refIdx(list, at);
                mb.setRefIdx(list, at, width, height, ref);
            }
        }
        for (int list = 0; list < (b ? 2 : 1); list++) {
            for (int part = 0; part < count; part++) {
                int at = partAt(part, width, height);
                int ref = mb.refIdx[list][at];
                if (ref < 0) {
                    mb.setVector(list, at, width, height, 0);
                    mb.setMvd(list, at, width, height, 0);
                    continue;
                }
                int predicted;
                if (count == 1) {
                    predicted = MotionPrediction.median(mb, list, at, 4, ref);
                } else if (width == 4) {
                    predicted = MotionPrediction.wide(mb, list, part, ref);
                } else {
                    predicted = MotionPrediction.tall(mb, list, part, ref);
                }
                vector(list, at, width, height, predicted);
            }
        }
    }

    private int refIdx(int list, int at) {
        int active = mb.slice.numRefIdxActive[list];
        if (active == 1) {
            return 0;
        }
        int ref = entropy.refIdx(list, at, active - 1);
        if (ref >= active) {
            throw Syntax.error(list == 0 ? "ref_idx_l0" : "ref_idx_l1", ref, "at most " + (active - 1), "7.4.5.1");
        }
        return ref;
    }

    private void vector(int list, int at, int width, int height, int predicted) {
        int x = entropy.mvd(list, at, 0);
        int y = entropy.mvd(list, at, 1);
        if (arithmetic) {
            mb.setMvd(
                    list,
                    at,
                    width,
                    height,
                    Math.min(LARGEST_MVD, Math.abs(y)) << 8 | Math.min(LARGEST_MVD, Math.abs(x)));
        }
        mb.setVector(list, at, width, height, MotionPrediction.vector((short) predicted + x, (predicted >> 16) + y));
    }

    private void quarters(boolean ref0) {
        int directQuarters = 0;
        for (int quarter = 0; quarter < 4; quarter++) {
            int type = entropy.subMbType();
            if (type < 0 || type > (b ? 12 : 3)) {
                throw error("sub_mb_type", type);
            }
            subDirect[quarter] = b && type == 0;
            if (subDirect[quarter]) {
                directQuarters |= 1 << quarter;
                subPartitioned |= !mb.slice.sps.direct8x8Inference;
            } else {
                partLists[quarter] = b ? SUB_LISTS[type - 1] : LIST_0;
                subShapes[quarter] = b ? SUB_SHAPES[type - 1] : type;
                subPartitioned |= subShapes[quarter] != 0;
            }
        }
        if (directQuarters != 0) {
            direct.begin();
            mb.state.direct[mb.address] = (byte) directQuarters;
        }
        for (int quarter = 0; quarter < 4; quarter++) {
            if (subDirect[quarter]) {
                direct.set(quarter);
                mb.setDirect(Macroblock.BLOCK[4 * quarter], 2, 2, 1);
            }
        }
        for (int list = 0; list < (b ? 2 : 1); list++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                if (!subDirect[quarter]) {
                    int at = Macroblock.BLOCK[4 * quarter];
                    boolean used = (partLists[quarter] & 1 << list) != 0;
                    int ref = used ? ref0 ? 0 : refIdx(list, at) : Macroblock.NOT_USED;
                    mb.setRefIdx(list, at, 2, 2, ref);
                }
            }
        }
        for (int list = 0; list < (b ? 2 : 1); list++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                subVectors(list, quarter);
            }
        }
    }

    private void subVectors(int list, int quarter) {
        int at = Macroblock.BLOCK[4 * quarter];
        int ref = mb.refIdx[list][at];
        if (subDirect[quarter] || ref < 0) {
            mb.setMvd(list, at, 2, 2, 0);
            if (ref < 0) {
                mb.setVector(list, at, 2, 2, 0);
            }
            return;
        }
        int width = SUB_WIDTH[subShapes[quarter]];
        int height = SUB_HEIGHT[subShapes[quarter]];
        for (int y = 0; y < 2; y += height) {
            for (int x = 0; x < 2; x += width) {
                int block = at + x + Macroblock.ROW * y;
                vector(list, block, width, height, MotionPrediction.median(mb, list, block, width, ref));
            }
        }
    }

    /** Whether all parts are large enough for 8x8 transforms: NoSubMbPartSizeLessThan8x8Flag. */
    boolean allows8x8() {
        return !subPartitioned;
    }

    /** Predicts the samples, in parts as large as motion allows. */
    void predict() {
        if (mb.state.whole[mb.address]) {
            prediction.predict(mb, lists, 0, 0, 4, 4);
            return;
        }
        int shape = 0;
        for (int list = 0; list < (b ? 2 : 1); list++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                int at = Macroblock.BLOCK[4 * quarter];
                if (!alike(list, at, at + 1)
                        || !alike(list, at, at + Macroblock.ROW)
                        || !alike(list, at, at + Macroblock.ROW + 1)) {
                    shape |= 1 << quarter;
                }
            }
        }
        if (shape == 0 && alikeQuarters(0, 1) && alikeQuarters(0, 2) && alikeQuarters(0, 3)) {
            mb.state.whole[mb.address] = true;
            prediction.predict(mb, lists, 0, 0, 4, 4);
        } else if (shape == 0 && alikeQuarters(0, 1) && alikeQuarters(2, 3)) {
            prediction.predict(mb, lists, 0, 0, 4, 2);
            prediction.predict(mb, lists, 0, 2, 4, 2);
        } else if (shape == 0 && alikeQuarters(0, 2) && alikeQuarters(1, 3)) {
            prediction.predict(mb, lists, 0, 0, 2, 4);
            prediction.predict(mb, lists, 2, 0, 2, 4);
        } else {
            for (int quarter = 0; quarter < 4; quarter++) {
                predict(quarter, (shape & 1 << quarter) == 0);
            }
        }
    }

    private void predict(int quarter, boolean asOne) {
        int x = 2 * (quarter & 1);
        int y = quarter & 2;
        if (asOne) {
            prediction.predict(mb, lists, x, y, 2, 2);
        } else {
            for (int i = 0; i < 4; i++) {
                prediction.predict(mb, lists, x + (i & 1), y + (i >> 1), 1, 1);
            }
        }
    }

    private boolean alikeQuarters(int one, int other) {
        int first = Macroblock.BLOCK[4 * one];
        int second = Macroblock.BLOCK[4 * other];
        return alike(0, first, second) && (!b || alike(1, first, second));
    }

    private boolean alike(int list, int one, int other) {
        return mb.refIdx[list][one] == mb.refIdx[list][other] && mb.vectors[list][one] == mb.vectors[list][other];
    }

    private static WireException error(String field, int seen) {
        return Syntax.error(field, seen, "a type of table 7-17 or 7-18", "7.4.5.2");
    }
}
