package porthole.graphics.codec;

import porthole.graphics.codec.ProgressiveSurface.TileState;

/**
 * RemoteFX Progressive: tiles that come in one pass, or in a first one and upgrades. MS-RDPEGFX 2.2.4.2 and 3.2.8.1.
 *
 * <p>What a tile has so far is kept in its {@link ProgressiveSurface}; the buffers here serve all surfaces. Not thread-safe.
 */
public final class Progressive {
    private static final CodecErrors ERRORS = new CodecErrors("RFX_PROGRESSIVE_BITMAP_STREAM", "MS-RDPEGFX 2.2.4.2");

    private static final int WBT_SYNC = 0xCCC0;
    private static final int WBT_FRAME_BEGIN = 0xCCC1;
    private static final int WBT_FRAME_END = 0xCCC2;
    private static final int WBT_CONTEXT = 0xCCC3;
    private static final int WBT_REGION = 0xCCC4;
    private static final int WBT_TILE_SIMPLE = 0xCCC5;
    private static final int WBT_TILE_FIRST = 0xCCC6;
    private static final int WBT_TILE_UPGRADE = 0xCCC7;
    private static final int RFX_DWT_REDUCE_EXTRAPOLATE = 0x01;
    private static final int RFX_TILE_DIFFERENCE = 0x01;
    private static final long SYNC_MAGIC = 0xCACCACCAL;
    private static final int QUANT_OCTETS = 5;
    private static final int PROGRESSIVE_QUANT_OCTETS = 1 + 3 * QUANT_OCTETS;
    private static final int FULL_QUALITY = 0xFF;
    private static final int LEAST_QUANTIZER = 6;
    private static final int MOST_QUANTS = 7;

    private final CodecReader message = new CodecReader(ERRORS);
    private final CodecReader block = new CodecReader(ERRORS);
    private final CodecReader tile = new CodecReader(ERRORS);
    private final Rlgr rlgr = new Rlgr();
    private final InverseDwt plain = new InverseDwt();
    private final ExtrapolatedDwt extrapolated = new ExtrapolatedDwt();
    private final UpgradeReader upgrade = new UpgradeReader();
    private final int[] coefficients = new int[Tile.PIXELS];
    private final int[][][] samples = {Tile.samples(), Tile.samples(), Tile.samples()};
    private final int[][] quarters = Tile.samples();
    private final int[] argb = new int[Tile.PIXELS];
    private final ClipRects clip = new ClipRects();

    private boolean inFrame;
    private int regions;
    private boolean extrapolates;
    private int[] bands = SubBands.PLAIN;
    private int quantFrom;
    private int quantCount;
    private int progressiveFrom;
    private int progressiveCount;

    /**
     * Decodes one bitmap stream; finished pixels go to {@code sink}, cut to the rectangles of their region and to the
     * surface.
     *
     * @param in borrowed for the call
     */
    public void decode(byte[] in, int from, int to, ProgressiveSurface surface, PixelSink sink) {
        message.over(in, from, to);
        inFrame = false;
        while (message.hasRemaining()) {
            int type = cut(message, block, "blockType");
            switch (type) {
                case WBT_SYNC -> {
                    long magic = block.u32("sync.magic");
                    if (magic != SYNC_MAGIC) {
                        throw block.error("sync.magic", Long.toHexString(magic), "0xCACCACCA");
                    }
                    int version = block.u16("sync.version");
                    block.check(version == 0x0100, "sync.version", version, "0x0100");
                }
                case WBT_FRAME_BEGIN -> {
                    message.check(!inFrame, "blockType", "a frame within a frame", "0xCCC2 (end of frame) first");
                    inFrame = true;
                    block.u32("frameBegin.frameIndex");
                    regions = block.u16("frameBegin.regionCount");
                }
                case WBT_FRAME_END -> {
                    message.check(inFrame, "blockType", "the end of no frame", "0xCCC1 (begin of frame) first");
                    if (regions != 0) {
                        throw message.error(
                                "frameBegin.regionCount", regions + " regions missing", "as many as follow");
                    }
                    inFrame = false;
                }
                case WBT_CONTEXT -> {
                    block.u8("context.ctxId");
                    int tileSize = block.u16("context.tileSize");
                    block.check(tileSize == Tile.SIDE, "context.tileSize", tileSize, "64");
                    block.u8("context.flags");
                }
                case WBT_REGION -> {
                    message.check(inFrame, "blockType", "a region outside of frames", "0xCCC1 (begin of frame) first");
                    message.check(regions-- > 0, "frameBegin.regionCount", "one region more", "as many as follow");
                    region(surface, sink);
                }
                default -> throw message.error("blockType", String.format("0x%04X", type), "0xCCC0 to 0xCCC4");
            }
            if (block.hasRemaining()) {
                throw message.error("blockLen", block.remaining() + " octets too many", "the fields' octets");
            }
        }
        message.check(!inFrame, "blockType", "the end of the stream", "0xCCC2 (end of frame) before");
    }

    /** Cuts a block out of {@code outer} for {@code inner} and returns its type. */
    private static int cut(CodecReader outer, CodecReader inner, String field) {
        int begin = outer.position();
        int type = outer.u16(field);
        long length = outer.u32("blockLen");
        outer.check(length >= 6, "blockLen", length, "at least the 6 octets of the block header");
        inner.over(outer.array(), outer.position(), begin + outer.length(length - 6, "blockLen") + 6);
        outer.skip(length - 6, "block");
        return type;
    }

    private void region(ProgressiveSurface surface, PixelSink sink) {
        int tileSize = block.u8("region.tileSize");
        block.check(tileSize == Tile.SIDE, "region.tileSize", tileSize, "64");
        int rects = block.u16("region.numRects");
        block.check(rects > 0 && rects <= ClipRects.MOST, "region.numRects", rects, "1 to " + ClipRects.MOST);
        quantCount = block.u8("region.numQuant");
        block.check(quantCount <= MOST_QUANTS, "region.numQuant", quantCount, "at most " + MOST_QUANTS);
        progressiveCount = block.u8("region.numProgQuant");
        extrapolates = (block.u8("region.flags") & RFX_DWT_REDUCE_EXTRAPOLATE) != 0;
        bands = extrapolates ? SubBands.EXTRAPOLATED : SubBands.PLAIN;
        int tiles = block.u16("region.numTiles");
        block.u32("region.tileDataSize");
        clip.read(block, rects, surface.width, surface.height);
        quantFrom = block.skip((long) quantCount * QUANT_OCTETS, "region.quantVals");
        for (int i = 0; i < quantCount; i++) {
            for (int band = 0; band < SubBands.COUNT; band++) {
                int quantizer = quantizer(quantFrom + i * QUANT_OCTETS, band);
                block.check(quantizer >= LEAST_QUANTIZER, "region.quantVals", quantizer, "6 to 15");
            }
        }
        progressiveFrom = block.skip((long) progressiveCount * PROGRESSIVE_QUANT_OCTETS, "region.quantProgVals");
        for (int i = 0; i < tiles; i++) {
            int type = cut(block, tile, "tile.blockType");
            switch (type) {
                case WBT_TILE_SIMPLE -> first(surface, true, sink);
                case WBT_TILE_FIRST -> first(surface, false, sink);
                case WBT_TILE_UPGRADE -> upgrade(surface, sink);
                default -> throw block.error("tile.blockType", String.format("0x%04X", type), "0xCCC5 to 0xCCC7");
            }
        }
    }

    private int quantizer(int at, int band) {
        return SubBands.quantizer(block.array(), at, SubBands.PROGRESSIVE_NIBBLE, band);
    }

    private void first(ProgressiveSurface surface, boolean simple, PixelSink sink) {
        int quantY = quant("tile.quantIdxY");
        int quantCb = quant("tile.quantIdxCb");
        int quantCr = quant("tile.quantIdxCr");
        int column = tile.u16("tile.xIdx");
        int row = tile.u16("tile.yIdx");
        TileState state = state(surface, column, row);
        boolean difference = (tile.u8("tile.flags") & RFX_TILE_DIFFERENCE) != 0;
        int quality = quality(simple ? FULL_QUALITY : tile.u8("tile.quality"));
        int lengthY = tile.u16("tile.yLen");
        int lengthCb = tile.u16("tile.cbLen");
        int lengthCr = tile.u16("tile.crLen");
        tile.u16("tile.tailLen");
        int from = tile.skip((long) lengthY + lengthCb + lengthCr, "tile.yData");
        state.begun = true;
        firstComponent(0, state, from, lengthY, quantY, quality, difference);
        firstComponent(1, state, from + lengthY, lengthCb, quantCb, quality, difference);
        firstComponent(2, state, from + lengthY + lengthCb, lengthCr, quantCr, quality, difference);
        show(column * Tile.SIDE, row * Tile.SIDE, sink);
    }

    private void firstComponent(
            int index, TileState state, int from, int length, int quant, int quality, boolean difference) {
        rlgr.decode(false, tile.array(), from, from + length, coefficients, 0, Tile.PIXELS);
        int base = index * Tile.PIXELS;
        state.signed[index] = difference;
        if (difference) {
            for (int i = 0; i < Tile.PIXELS; i++) {
                state.sign[base + i] = (byte) Integer.signum(coefficients[i]);
            }
        }
        SubBands.addUp(coefficients, bands);
        for (int band = 0; band < SubBands.COUNT; band++) {
            int bitPosition = bitPosition(index, band, quant, quality);
            state.bitPosition[index * SubBands.COUNT + band] = (byte) bitPosition;
            SubBands.scale(coefficients, bands[band], bands[band + 1], bitPosition - 1);
        }
        short[] current = state.current;
        if (difference) {
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
        transform(samples[index]);
    }

    private void upgrade(ProgressiveSurface surface, PixelSink sink) {
        int quantY = quant("tile.quantIdxY");
        int quantCb = quant("tile.quantIdxCb");
        int quantCr = quant("tile.quantIdxCr");
        int column = tile.u16("tile.xIdx");
        int row = tile.u16("tile.yIdx");
        TileState state = state(surface, column, row);
        tile.check(state.begun, "tile.blockType", "an upgrade", "a first pass of this tile before its upgrades");
        int quality = quality(tile.u8("tile.quality"));
        int srlY = tile.u16("tile.ySrlLen");
        int rawY = tile.u16("tile.yRawLen");
        int srlCb = tile.u16("tile.cbSrlLen");
        int rawCb = tile.u16("tile.cbRawLen");
        int srlCr = tile.u16("tile.crSrlLen");
        int rawCr = tile.u16("tile.crRawLen");
        int from = tile.skip((long) srlY + rawY + srlCb + rawCb + srlCr + rawCr, "tile.ySrlData");
        upgradeComponent(0, state, from, srlY, rawY, quantY, quality);
        from += srlY + rawY;
        upgradeComponent(1, state, from, srlCb, rawCb, quantCb, quality);
        from += srlCb + rawCb;
        upgradeComponent(2, state, from, srlCr, rawCr, quantCr, quality);
        show(column * Tile.SIDE, row * Tile.SIDE, sink);
    }

    private void upgradeComponent(
            int index, TileState state, int from, int srlLength, int rawLength, int quant, int quality) {
        upgrade.begin(tile.array(), from, srlLength, from + srlLength, rawLength);
        int base = index * Tile.PIXELS;
        state.knowSigns(index);
        for (int band = 0; band < SubBands.COUNT; band++) {
            int at = index * SubBands.COUNT + band;
            int bitPosition = bitPosition(index, band, quant, quality);
            int bits = state.bitPosition[at] - bitPosition;
            if (bits < 0) {
                throw tile.error(
                        "tile.quality",
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
        transform(samples[index]);
    }

    /** Quantizer and progressive quantizer together. */
    private int bitPosition(int component, int band, int quant, int quality) {
        int progressive =
                quality < 0 ? 0 : quantizer(quality + 1 + component * QUANT_OCTETS, band); // behind its quality octet
        return quantizer(quant, band) + progressive;
    }

    private void transform(int[][] component) {
        if (extrapolates) {
            extrapolated.transform(coefficients, component);
        } else {
            plain.transform(coefficients, component);
        }
    }

    private void show(int x, int y, PixelSink sink) {
        Tile.toArgb(samples[0], samples[1], samples[2], quarters, argb);
        clip.show(x, y, argb, sink);
    }

    private TileState state(ProgressiveSurface surface, int column, int row) {
        if (!surface.has(column, row)) {
            throw tile.error(
                    "tile.xIdx",
                    column + ", " + row,
                    "a tile of the surface of " + surface.width + " x " + surface.height);
        }
        return surface.tile(column, row);
    }

    /** Where the five octets of a quantization table begin. */
    private int quant(String field) {
        int index = tile.u8(field);
        if (index >= quantCount) {
            throw tile.error(field, String.valueOf(index), "below the numQuant of " + quantCount);
        }
        return quantFrom + index * QUANT_OCTETS;
    }

    /** Where the octets of a progressive quantization table begin; -1 for full quality. */
    private int quality(int index) {
        if (index == FULL_QUALITY) {
            return -1;
        }
        if (index >= progressiveCount) {
            throw tile.error(
                    "tile.quality", String.valueOf(index), "255, or below the numProgQuant of " + progressiveCount);
        }
        return progressiveFrom + index * PROGRESSIVE_QUANT_OCTETS;
    }
}
