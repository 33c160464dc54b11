package porthole.graphics.h264.software;

/** A picture with what later pictures want to know of it. Its arrays are used again for other pictures of its size. */
final class Frame {
    private static final int UNUSED = 0;
    private static final int SHORT = 1;
    private static final int LONG = 2;

    /** Unsigned samples of Y, Cb and Cr in whole macroblocks; rows follow each other without a gap. */
    final byte[][] planes;

    /** By list: horizontal in the lower half, vertical in the upper half, of each 4x4 block in raster order of its macroblock. */
    final int[][] vectors = new int[2][];

    /** By list: reference index of each 8x8 block, negative for none. */
    final byte[][] refIdx = new byte[2][];

    /** By list: {@link #serial} of the picture that each 8x8 block refers to, 0 for none. */
    final int[][] refSerial = new int[2][];

    /** Another one for each picture of the stream. */
    int serial;

    int frameNum;
    /** 8.2.4.1: PicNum of a short-term picture, LongTermPicNum of a long-term one. */
    int picNum;

    int longTermFrameIdx;
    int topFieldOrderCnt;
    int bottomFieldOrderCnt;
    /** PicOrderCnt of the frame. */
    int pictureOrder;

    /** Whether the stream left it out, by a gap in frame_num. 8.2.5.2. */
    boolean nonExisting;

    private int marking;

    Frame(int widthInMbs, int heightInMbs) {
        int macroblocks = widthInMbs * heightInMbs;
        planes = new byte[][] {new byte[macroblocks * 256], new byte[macroblocks * 64], new byte[macroblocks * 64]};
        addList(0, macroblocks);
    }

    /** Makes room for motion of the second list, which only B slices have. */
    void addList1() {
        if (vectors[1] == null) {
            addList(1, refIdx[0].length / 4);
            java.util.Arrays.fill(refIdx[1], (byte) -1);
        }
    }

    private void addList(int list, int macroblocks) {
        vectors[list] = new int[macroblocks * 16];
        refIdx[list] = new byte[macroblocks * 4];
        refSerial[list] = new int[macroblocks * 4];
    }

    boolean hasList1() {
        return vectors[1] != null;
    }

    boolean isReference() {
        return marking != UNUSED;
    }

    boolean isShortTerm() {
        return marking == SHORT;
    }

    boolean isLongTerm() {
        return marking == LONG;
    }

    void markUnused() {
        marking = UNUSED;
    }

    void markShortTerm() {
        marking = SHORT;
    }

    void markLongTerm(int index) {
        marking = LONG;
        longTermFrameIdx = index;
    }
}
