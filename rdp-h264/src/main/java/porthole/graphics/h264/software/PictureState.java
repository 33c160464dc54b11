package porthole.graphics.h264.software;

import java.util.Arrays;

/** What is known of each macroblock of the picture that is being decoded; its neighbours and the deblocking filter ask for it. */
final class PictureState {
    /** Values of {@link #type}. */
    static final byte INTER = 0;

    static final byte SKIP = 1;
    static final byte INTRA_NXN = 2;
    static final byte INTRA_16X16 = 3;
    static final byte PCM = 4;
    /** Values of {@link #nonZero} for a macroblock: luma in raster order, then Cb and Cr. */
    static final int BLOCKS = 24;

    static final int CB = 16;
    static final int CR = 20;

    final int widthInMbs;
    final int heightInMbs;
    final byte[] type;
    final boolean[] transform8x8;
    /** Number of the slice within the picture, -1 as long as none came. */
    final int[] slice;

    final byte[] qp;
    final byte[] codedBlockPattern;
    /** total_coeff by block. */
    final byte[] nonZero;

    /** A bit for each 4x4 block in raster order whose transform block has coefficients. */
    final short[] coded;

    /** Intra4x4PredMode by block in raster order. */
    final byte[] intraModes;

    final byte[] intraChromaMode;
    /** coded_block_flag of the DC blocks: 1 for luma, 2 for Cb, 4 for Cr. */
    final byte[] codedDc;

    /** Bits of 8x8 blocks that were predicted directly. */
    final byte[] direct;

    /** By list: how much vectors differ from their prediction, vertically in the upper octet. */
    final short[][] mvd;

    /** Whether mb_type was B_Direct_16x16. */
    final boolean[] directWhole;

    /** Whether all of the macroblock moves alike. */
    final boolean[] whole;

    /** By slice. */
    private byte[] deblocking = new byte[16];

    private byte[] offsetA = new byte[16];
    private byte[] offsetB = new byte[16];
    private PictureParameterSet[] parameters = new PictureParameterSet[16];
    int slices;
    int decoded;

    PictureState(int widthInMbs, int heightInMbs) {
        this.widthInMbs = widthInMbs;
        this.heightInMbs = heightInMbs;
        int count = widthInMbs * heightInMbs;
        type = new byte[count];
        transform8x8 = new boolean[count];
        slice = new int[count];
        qp = new byte[count];
        codedBlockPattern = new byte[count];
        nonZero = new byte[count * BLOCKS];
        coded = new short[count];
        intraModes = new byte[count * 16];
        intraChromaMode = new byte[count];
        codedDc = new byte[count];
        direct = new byte[count];
        mvd = new short[2][count * 16];
        directWhole = new boolean[count];
        whole = new boolean[count];
    }

    /** A new picture, of which nothing is known. */
    void begin(Frame frame) {
        slices = 0;
        decoded = 0;
        Arrays.fill(slice, -1);
        Arrays.fill(transform8x8, false);
        Arrays.fill(codedBlockPattern, (byte) 0);
        Arrays.fill(nonZero, (byte) 0);
        Arrays.fill(coded, (short) 0);
        Arrays.fill(intraChromaMode, (byte) 0);
        Arrays.fill(codedDc, (byte) 0);
        Arrays.fill(direct, (byte) 0);
        Arrays.fill(directWhole, false);
        Arrays.fill(whole, false);
        for (int list = 0; list < 2; list++) {
            if (frame.refIdx[list] != null) {
                Arrays.fill(frame.refIdx[list], (byte) -1);
                Arrays.fill(frame.refSerial[list], 0);
            }
        }
        mvdIsClear = false;
    }

    private boolean mvdIsClear;

    /** @return its number */
    int beginSlice(SliceHeader header) {
        if (slices == deblocking.length) {
            deblocking = Arrays.copyOf(deblocking, 2 * slices);
            offsetA = Arrays.copyOf(offsetA, 2 * slices);
            offsetB = Arrays.copyOf(offsetB, 2 * slices);
            parameters = Arrays.copyOf(parameters, 2 * slices);
        }
        deblocking[slices] = (byte) header.disableDeblockingFilterIdc;
        offsetA[slices] = (byte) header.filterOffsetA;
        offsetB[slices] = (byte) header.filterOffsetB;
        parameters[slices] = header.pps;
        if (header.pps.entropyCodingMode && header.sliceType != SliceHeader.I && !mvdIsClear) {
            Arrays.fill(mvd[0], (short) 0);
            Arrays.fill(mvd[1], (short) 0);
            mvdIsClear = true;
        }
        return slices++;
    }

    int disableDeblockingFilterIdc(int index) {
        return deblocking[index];
    }

    int filterOffsetA(int index) {
        return offsetA[index];
    }

    int filterOffsetB(int index) {
        return offsetB[index];
    }

    PictureParameterSet parameters(int index) {
        return parameters[index];
    }

    boolean isIntra(int address) {
        return type[address] >= INTRA_NXN;
    }
}
