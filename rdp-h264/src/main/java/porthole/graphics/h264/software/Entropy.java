package porthole.graphics.h264.software;

/** How syntax elements of a macroblock are read: {@link Cavlc} or {@link Cabac}. ITU-T H.264 7.3.5. */
interface Entropy {
    /** Values of a block's category, ctxBlockCat. Table 9-42. */
    int LUMA_DC = 0;

    int LUMA_AC = 1;
    int LUMA_4X4 = 2;
    int CHROMA_DC = 3;
    int CHROMA_AC = 4;
    int LUMA_8X8 = 5;

    /** @return mb_type as numbered for the slice's type, intra ones behind the others in P and B slices. */
    int mbType();

    int subMbType();

    /** @param at of the partition's first block, in grids of {@link Macroblock} */
    int refIdx(int list, int at, int most);

    /** @param vertical 1 for the vertical component, else 0 */
    int mvd(int list, int at, int vertical);

    /** @return rem_intra4x4_pred_mode, or -1 where the mode is the predicted one */
    int intraMode();

    int intraChromaPredMode();

    int codedBlockPattern();

    boolean transformSize8x8Flag();

    int mbQpDelta();

    /**
     * Reads a block of coefficients to {@code to}, each multiplied by its scale and shifted.
     *
     * @param at of the block in {@link Macroblock#nonZero}, where its number goes; of DC blocks the plane
     * @param first index in the scan
     * @param last index in the scan, excluded
     * @return how many are not zero
     */
    int residual(int category, int at, int[] to, int base, byte[] scan, int first, int last, int[] scale, int shift);

    /** Reads an 8x8 block of luma. */
    void residual8x8(int at, int[] to, int base, int[] scale);

    /** Moves to the samples of an I_PCM macroblock, which lie in octets. */
    void beginPcm();

    /** Goes on behind them. */
    void endPcm();
}
