package porthole.graphics.codec;

/** Octets of the three components of one RemoteFX tile to pixels. MS-RDPRFX 3.1.8. Not thread-safe. */
final class TileDecoder {
    private final Rlgr rlgr = new Rlgr();
    private final InverseDwt dwt = new InverseDwt();
    private final int[] coefficients = new int[Tile.PIXELS];
    private final int[][][] samples = {Tile.samples(), Tile.samples(), Tile.samples()};
    private final int[][] quarters = Tile.samples();

    /**
     * Decodes luma (0), blue (1) or red (2) difference.
     *
     * @param quant where the five octets of its quantization table begin in {@code in}
     */
    void component(int index, boolean triple, byte[] in, int from, int length, int quant) {
        int[] tile = coefficients;
        rlgr.decode(triple, in, from, from + length, tile, 0, Tile.PIXELS);
        SubBands.addUp(tile, SubBands.PLAIN);
        for (int band = 0; band < SubBands.COUNT; band++) {
            int shift = SubBands.quantizer(in, quant, SubBands.RFX_NIBBLE, band) - 1;
            SubBands.scale(tile, SubBands.PLAIN[band], SubBands.PLAIN[band + 1], Math.max(0, shift));
        }
        dwt.transform(tile, samples[index]);
    }

    /** The pixels of the three components that were decoded last. */
    void argb(int[] out) {
        Tile.toArgb(samples[0], samples[1], samples[2], quarters, out);
    }
}
