package porthole.graphics.codec;

/** The subbands of a tile in the order of the stream: HL1, LH1, HH1, HL2, LH2, HH2, HL3, LH3, HH3, LL3. */
final class SubBands {
    static final int COUNT = 10;
    static final int LL3 = 9;

    /** Where each subband begins, and the end of the last one. MS-RDPRFX 3.1.8.1.4. */
    static final int[] PLAIN = {0, 1024, 2048, 3072, 3328, 3584, 3840, 3904, 3968, 4032, 4096};

    /** The same where the bands overlap their neighbours. MS-RDPEGFX 3.2.8.1.2.2. */
    static final int[] EXTRAPOLATED = {0, 1023, 2046, 3007, 3279, 3551, 3807, 3879, 3951, 4015, 4096};

    /** Where the quantizer of each subband stands among the nibbles of TS_RFX_CODEC_QUANT. MS-RDPRFX 2.2.2.1.5. */
    static final int[] RFX_NIBBLE = {8, 7, 9, 5, 4, 6, 2, 1, 3, 0};

    /** The same for RFX_COMPONENT_CODEC_QUANT, which has them in another order. MS-RDPEGFX 2.2.4.2.1.5.2. */
    static final int[] PROGRESSIVE_NIBBLE = {7, 8, 9, 4, 5, 6, 1, 2, 3, 0};

    private SubBands() {}

    /** The quantizer of {@code band} in the five octets from {@code at} on: 0 to 15. */
    static int quantizer(byte[] octets, int at, int[] nibbles, int band) {
        int nibble = nibbles[band];
        return octets[at + nibble / 2] >> 4 * (nibble & 1) & 0x0F;
    }

    /** LL3 is coded as differences from one coefficient to the next. */
    static void addUp(int[] tile, int[] bands) {
        for (int i = bands[LL3] + 1; i < Tile.PIXELS; i++) {
            tile[i] += tile[i - 1];
        }
    }

    static void scale(int[] tile, int from, int to, int shift) {
        for (int i = from; i < to; i++) {
            tile[i] <<= shift;
        }
    }
}
