package porthole.graphics.codec;

/** Octets of the three components of one RemoteFX tile to pixels. MS-RDPRFX 3.1.8. Not thread-safe. */
final class TileDecoder {
    private final Rlgr rlgr = new Rlgr();
    private final InverseDwt dwt = new InverseDwt();
    private final int[] coefficients = new int[Tile.PIXELS];
    private final int[][][] samples = {Tile.samples(), Tile.samples(), Tile.samples()};
    private final int[][] quarters = Tile.samples();

    /** A tile as it comes; offsets are those of {@link #in}. */
    static final class Coded extends TileBatch.Job {
        /** RLGR3, otherwise RLGR1. */
        boolean triple;
        /** Where the data begins: luma, blue and red difference. */
        int from;

        final int[] lengths = new int[3];
        /** Where the five octets of the components' quantization tables begin. */
        final int[] quant = new int[3];
    }

    /** Decodes a tile to its pixels. */
    void decode(Coded coded) {
        int from = coded.from;
        for (int component = 0; component < 3; component++) {
            int to = from + coded.lengths[component];
            rlgr.decode(coded.triple, coded.in, from, to, coefficients, 0, Tile.PIXELS);
            SubBands.addUp(coefficients, SubBands.PLAIN);
            for (int band = 0; band < SubBands.COUNT; band++) {
                int shift = SubBands.quantizer(coded.in, coded.quant[component], SubBands.RFX_NIBBLE, band) - 1;
                SubBands.scale(coefficients, SubBands.PLAIN[band], SubBands.PLAIN[band + 1], Math.max(0, shift));
            }
            dwt.transform(coefficients, samples[component]);
            from = to;
        }
        Tile.toArgb(samples[0], samples[1], samples[2], quarters, coded.argb);
    }
}
