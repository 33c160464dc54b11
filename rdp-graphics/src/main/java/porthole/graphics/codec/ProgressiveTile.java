package porthole.graphics.codec;

import porthole.graphics.codec.ProgressiveSurface.TileState;

/** Decodes tiles of RemoteFX Progressive, one pass of one tile at a time. MS-RDPEGFX 3.2.8.1. Not thread-safe. */
final class ProgressiveTile {
    private static final int QUANT_OCTETS = 5;

    private final Rlgr rlgr = new Rlgr();
    private final InverseDwt plain = new InverseDwt();
    private final ExtrapolatedDwt extrapolated = new ExtrapolatedDwt();
    private final UpgradeReader upgrade = new UpgradeReader();
    private final int[] coefficients = new int[Tile.PIXELS];
    private final int[][][] samples = {Tile.samples(), Tile.samples(), Tile.samples()};
    private final int[][] quarters = Tile.samples();

    /** One pass of one tile, as its header has it; offsets are those of {@link #in}. */
    static final class Pass extends TileBatch.Job {
        TileState state;
        boolean extrapolates;
        boolean isUpgrade;
        /** Whether a first pass adds to what is there. */
        boolean difference;
        /** Where the quantization tables of the components begin. */
        final int[] quant = new int[3];
        /** Where the progressive quantization table begins; -1 for full quality. */
        int quality;
        /** Where the data begins: one stream for each component, or an SRL and a raw one in an upgrade. */
        int from;

        final int[] lengths = new int[6];

        /** The quantizer of a band, and the progressive one, together. */
        int bitPosition(int component, int band) {
            int progressive = quality < 0
                    ? 0
                    : quantizer(quality + 1 + component * QUANT_OCTETS, band); // behind its quality octet
            return quantizer(quant[component], band) + progressive;
        }

        private int quantizer(int at, int band) {
            return SubBands.quantizer(in, at, SubBands.PROGRESSIVE_NIBBLE, band);
        }
    }

    /** Decodes a pass to the pixels that the tile has from now on. */
    void decode(Pass pass) {
        pass.state.waiting = false;
        int from = pass.from;
        for (int component = 0; component < 3; component++) {
            if (pass.isUpgrade) {
                int srl = pass.lengths[2 * component];
                int raw = pass.lengths[2 * component + 1];
                upgrade(pass, component, from, srl, raw);
                from += srl + raw;
            } else {
                first(pass, component, from, pass.lengths[component]);
                from += pass.lengths[component];
            }
            if (pass.extrapolates) {
                extrapolated.transform(coefficients, samples[component]);
            } else {
                plain.transform(coefficients, samples[component]);
            }
        }
        Tile.toArgb(samples[0], samples[1], samples[2], quarters, pass.argb);
    }

    private static int[] bands(Pass pass) {
        return pass.extrapolates ? SubBands.EXTRAPOLATED : SubBands.PLAIN;
    }

    private void first(Pass pass, int index, int from, int length) {
        TileState state = pass.state;
        int[] bands = bands(pass);
        rlgr.decode(false, pass.in, from, from + length, coefficients, 0, Tile.PIXELS);
        int base = index * Tile.PIXELS;
        state.signed[index] = pass.difference;
        if (pass.difference) {
            for (int i = 0; i < Tile.PIXELS; i++) {
                state.sign[base + i] = (byte) Integer.signum(coefficients[i]);
            }
        }
        SubBands.addUp(coefficients, bands);
        for (int band = 0; band < SubBands.COUNT; band++) {
            int bitPosition = pass.bitPosition(index, band);
            state.bitPosition[index * SubBands.COUNT + band] = (byte) bitPosition;
            SubBands.scale(coefficients, bands[band], bands[band + 1], bitPosition - 1);
        }
        short[] current = state.current;
        if (pass.difference) {
            for (int i = 0; i < Tile.PIXELS; i++) {
                coefficients[i] = current[base + i] += (short) coefficients[i];
            }
        } else {
            for (int i = 0; i < Tile.PIXELS; i++) {
                coefficients[i] = coefficients[i] << 16 >> 16;
            }
            for (int i = 0; i < Tile.PIXELS; i++) {
                current[base + i] = (short) coefficients[i];
            }
        }
    }

    private void upgrade(Pass pass, int index, int from, int srlLength, int rawLength) {
        TileState state = pass.state;
        int[] bands = bands(pass);
        upgrade.begin(pass.in, from, srlLength, from + srlLength, rawLength);
        int base = index * Tile.PIXELS;
        state.knowSigns(index);
        for (int band = 0; band < SubBands.COUNT; band++) {
            int at = index * SubBands.COUNT + band;
            int bitPosition = pass.bitPosition(index, band);
            int bits = state.bitPosition[at] - bitPosition;
            if (bits < 0) {
                throw Progressive.ERRORS.error(
                        "tile.quality",
                        end(pass),
                        String.valueOf(bitPosition),
                        "a bit position of at most " + state.bitPosition[at]);
            }
            state.bitPosition[at] = (byte) bitPosition;
            if (bits == 0) {
                continue;
            }
            int first = base + bands[band];
            int end = base + bands[band + 1];
            if (band == SubBands.LL3) {
                upgrade.refineUnsigned(state.current, first, end, bitPosition - 1, bits);
            } else {
                upgrade.refine(state.current, state.sign, first, end, bitPosition - 1, bits);
            }
        }
        for (int i = 0; i < Tile.PIXELS; i++) {
            coefficients[i] = state.current[base + i];
        }
    }

    private static int end(Pass pass) {
        int end = pass.from;
        for (int length : pass.lengths) {
            end += length;
        }
        return end;
    }
}
