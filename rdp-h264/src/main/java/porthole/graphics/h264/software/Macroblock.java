package porthole.graphics.h264.software;

import java.util.Arrays;

/**
 * The macroblock that is being decoded, and what its neighbours within the slice tell of it. ITU-T H.264 6.4.
 *
 * <p>What lies around it is kept in grids of eight columns: the block at (x, y) stands at {@link #at}, its left neighbour one and
 * its upper one eight places before.
 */
final class Macroblock {
    static final int ROW = 8;
    static final int ORIGIN = 12;
    static final int GRID = 40;
    /** In {@link #nonZero}. */
    static final int CB = GRID;

    static final int CR = 2 * GRID;
    /** total_coeff of a neighbour that is none. */
    static final byte NO_BLOCK = 64;

    static final byte NOT_AVAILABLE = -2;
    static final byte NOT_USED = -1;

    /** Grid positions of 4x4 blocks in decoding order. 6.4.3. */
    static final int[] BLOCK = new int[16];

    /** Raster positions of 4x4 blocks in decoding order. */
    static final int[] RASTER = new int[16];

    static {
        for (int i = 0; i < 16; i++) {
            int x = (i & 1) + (i >> 1 & 2);
            int y = (i >> 1 & 1) + (i >> 2 & 2);
            BLOCK[i] = at(x, y);
            RASTER[i] = 4 * y + x;
        }
    }

    PictureState state;
    Frame frame;
    SliceHeader slice;
    int sliceNumber;
    int address;
    int x;
    int y;
    /** Addresses of neighbours within the slice, or negative. */
    int left;

    int top;
    int topRight;
    int topLeft;

    boolean intra;
    boolean transform8x8;
    int codedBlockPattern;
    int intraChromaMode;
    /** QPY of this macroblock, or the one before it. */
    int qp;

    boolean lastHadQpDelta;
    int codedDc;

    final byte[] nonZero = new byte[3 * GRID];
    final byte[] intraModes = new byte[GRID];
    final byte[][] refIdx = new byte[2][GRID];
    final int[][] vectors = new int[2][GRID];
    final short[][] mvd = new short[2][GRID];
    final byte[] direct = new byte[GRID];

    /** Coefficients: luma in blocks of 16 (or 64), then Cb and Cr. All are zero between macroblocks. */
    final int[] coefficients = new int[24 * 16];

    /** DC coefficients of luma, or of Cb and Cr. */
    final int[] dc = new int[16];

    Macroblock() {
        for (int list = 0; list < 2; list++) {
            Arrays.fill(refIdx[list], NOT_AVAILABLE);
        }
    }

    static int at(int x, int y) {
        return ORIGIN + x + ROW * y;
    }

    void begin(int newAddress) {
        address = newAddress;
        int width = state.widthInMbs;
        x = newAddress % width;
        y = newAddress / width;
        left = x > 0 ? inSlice(newAddress - 1) : -1;
        top = inSlice(newAddress - width);
        topRight = x + 1 < width ? inSlice(newAddress - width + 1) : -1;
        topLeft = x > 0 ? inSlice(newAddress - width - 1) : -1;
        transform8x8 = false;
        codedBlockPattern = 0;
        intraChromaMode = 0;
        codedDc = 0;
    }

    private int inSlice(int other) {
        return other >= 0 && state.slice[other] == sliceNumber ? other : -1;
    }

    /** Brings total_coeff of the neighbours. */
    void loadNonZero() {
        byte[] grid = nonZero;
        byte[] all = state.nonZero;
        if (top < 0) {
            Arrays.fill(grid, 4, 8, NO_BLOCK);
            Arrays.fill(grid, CB + 4, CB + 6, NO_BLOCK);
            Arrays.fill(grid, CR + 4, CR + 6, NO_BLOCK);
        } else {
            int from = top * PictureState.BLOCKS;
            for (int i = 0; i < 4; i++) {
                grid[4 + i] = all[from + 12 + i];
            }
            for (int i = 0; i < 2; i++) {
                grid[CB + 4 + i] = all[from + PictureState.CB + 2 + i];
                grid[CR + 4 + i] = all[from + PictureState.CR + 2 + i];
            }
        }
        int from = left * PictureState.BLOCKS;
        for (int i = 0; i < 4; i++) {
            grid[ORIGIN - 1 + ROW * i] = left < 0 ? NO_BLOCK : all[from + 3 + 4 * i];
        }
        for (int i = 0; i < 2; i++) {
            grid[CB + ORIGIN - 1 + ROW * i] = left < 0 ? NO_BLOCK : all[from + PictureState.CB + 1 + 2 * i];
            grid[CR + ORIGIN - 1 + ROW * i] = left < 0 ? NO_BLOCK : all[from + PictureState.CR + 1 + 2 * i];
        }
        for (int i = 0; i < 4; i++) {
            Arrays.fill(grid, ORIGIN + ROW * i, ORIGIN + ROW * i + 4, (byte) 0);
        }
        for (int i = 0; i < 2; i++) {
            Arrays.fill(grid, CB + ORIGIN + ROW * i, CB + ORIGIN + ROW * i + 2, (byte) 0);
            Arrays.fill(grid, CR + ORIGIN + ROW * i, CR + ORIGIN + ROW * i + 2, (byte) 0);
        }
    }

    /** Leaves total_coeff for later neighbours, and which blocks the deblocking filter takes for coded. */
    void storeNonZero() {
        byte[] all = state.nonZero;
        int to = address * PictureState.BLOCKS;
        int bits = 0;
        for (int i = 0; i < 16; i++) {
            byte count = nonZero[ORIGIN + (i & 3) + ROW * (i >> 2)];
            all[to + i] = count;
            bits |= (count != 0 ? 1 : 0) << i;
        }
        for (int i = 0; i < 4; i++) {
            all[to + PictureState.CB + i] = nonZero[CB + ORIGIN + (i & 1) + ROW * (i >> 1)];
            all[to + PictureState.CR + i] = nonZero[CR + ORIGIN + (i & 1) + ROW * (i >> 1)];
        }
        if (transform8x8) {
            bits = spread(bits, 0x0033) | spread(bits, 0x00CC) | spread(bits, 0x3300) | spread(bits, 0xCC00);
        }
        state.coded[address] = (short) bits;
    }

    private static int spread(int bits, int quarter) {
        return (bits & quarter) != 0 ? quarter : 0;
    }

    /** 8.3.1.1: modes of neighbours, -1 where one makes DC the prediction. */
    void loadIntraModes(boolean constrained) {
        for (int i = 0; i < 4; i++) {
            intraModes[4 + i] = intraMode(top, 12 + i, constrained);
            intraModes[ORIGIN - 1 + ROW * i] = intraMode(left, 3 + 4 * i, constrained);
        }
    }

    private byte intraMode(int neighbour, int block, boolean constrained) {
        if (neighbour < 0 || constrained && !state.isIntra(neighbour)) {
            return -1;
        }
        return state.type[neighbour] == PictureState.INTRA_NXN
                ? state.intraModes[neighbour * 16 + block]
                : IntraPrediction.DC;
    }

    void storeIntraModes() {
        int to = address * 16;
        for (int i = 0; i < 16; i++) {
            state.intraModes[to + i] = intraModes[ORIGIN + (i & 3) + ROW * (i >> 2)];
        }
    }

    /** Brings vectors and reference indices of the neighbours. */
    void loadMotion(int list) {
        byte[] refs = refIdx[list];
        int[] grid = vectors[list];
        byte[] allRefs = frame.refIdx[list];
        int[] all = frame.vectors[list];
        for (int i = 0; i < 4; i++) {
            load(refs, grid, 4 + i, allRefs, all, top, 2 + (i >> 1), 12 + i);
            load(refs, grid, ORIGIN - 1 + ROW * i, allRefs, all, left, 1 + (i & 2), 3 + 4 * i);
        }
        load(refs, grid, 8, allRefs, all, topRight, 2, 12);
        load(refs, grid, 3, allRefs, all, topLeft, 3, 15);
    }

    private static void load(
            byte[] refs, int[] grid, int to, byte[] allRefs, int[] all, int from, int quarter, int block) {
        if (from < 0) {
            refs[to] = NOT_AVAILABLE;
            grid[to] = 0;
        } else {
            byte ref = allRefs[from * 4 + quarter];
            refs[to] = ref;
            grid[to] = ref < 0 ? 0 : all[from * 16 + block];
        }
    }

    /** Brings what CABAC asks for about motion of the neighbours. */
    void loadMvd(int list) {
        short[] grid = mvd[list];
        short[] all = state.mvd[list];
        for (int i = 0; i < 4; i++) {
            grid[4 + i] = top < 0 ? 0 : all[top * 16 + 12 + i];
            grid[ORIGIN - 1 + ROW * i] = left < 0 ? 0 : all[left * 16 + 3 + 4 * i];
        }
        for (int i = 0; i < 2; i++) {
            byte above = top < 0 ? 0 : (byte) (state.direct[top] >> 2 + i & 1);
            byte beside = left < 0 ? 0 : (byte) (state.direct[left] >> 1 + 2 * i & 1);
            direct[4 + 2 * i] = above;
            direct[5 + 2 * i] = above;
            direct[ORIGIN - 1 + 2 * ROW * i] = beside;
            direct[ORIGIN - 1 + 2 * ROW * i + ROW] = beside;
        }
    }

    void storeMvd(int list) {
        short[] grid = mvd[list];
        short[] all = state.mvd[list];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(grid, ORIGIN + ROW * i, all, address * 16 + 4 * i, 4);
        }
    }

    /** Leaves vectors and reference indices for later macroblocks, pictures, and the deblocking filter. */
    void storeMotion(int list, Frame[] references) {
        int[] grid = vectors[list];
        int[] all = frame.vectors[list];
        int to = address * 16;
        for (int i = 0; i < 4; i++) {
            System.arraycopy(grid, ORIGIN + ROW * i, all, to + 4 * i, 4);
        }
        for (int i = 0; i < 4; i++) {
            byte ref = refIdx[list][ORIGIN + 2 * (i & 1) + ROW * (i & 2)];
            frame.refIdx[list][address * 4 + i] = ref;
            frame.refSerial[list][address * 4 + i] = ref < 0 ? 0 : references[ref].serial;
        }
    }

    /** Sets a rectangle of blocks of this macroblock. */
    void setVector(int list, int at, int width, int height, int vector) {
        int[] grid = vectors[list];
        for (int row = at; row < at + ROW * height; row += ROW) {
            for (int i = row; i < row + width; i++) {
                grid[i] = vector;
            }
        }
    }

    void setRefIdx(int list, int at, int width, int height, int ref) {
        byte[] grid = refIdx[list];
        for (int row = at; row < at + ROW * height; row += ROW) {
            for (int i = row; i < row + width; i++) {
                grid[i] = (byte) ref;
            }
        }
    }

    void setMvd(int list, int at, int width, int height, int value) {
        short[] grid = mvd[list];
        for (int row = at; row < at + ROW * height; row += ROW) {
            for (int i = row; i < row + width; i++) {
                grid[i] = (short) value;
            }
        }
    }

    void setDirect(int at, int width, int height, int value) {
        for (int row = at; row < at + ROW * height; row += ROW) {
            for (int i = row; i < row + width; i++) {
                direct[i] = (byte) value;
            }
        }
    }
}
