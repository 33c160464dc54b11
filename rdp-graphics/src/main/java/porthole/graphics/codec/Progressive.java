package porthole.graphics.codec;

import porthole.graphics.codec.ProgressiveSurface.TileState;

/**
 * RemoteFX Progressive: tiles that come in one pass, or in a first one and upgrades. MS-RDPEGFX 2.2.4.2 and 3.2.8.1.
 *
 * <p>What a tile has so far is kept in its {@link ProgressiveSurface}; the buffers here serve all surfaces. Not thread-safe.
 */
public final class Progressive {
    static final CodecErrors ERRORS = new CodecErrors("RFX_PROGRESSIVE_BITMAP_STREAM", "MS-RDPEGFX 2.2.4.2");

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
    private final ClipRects clip = new ClipRects();
    private final ProgressiveTile[] decoders;
    private final TileBatch<ProgressiveTile.Pass> batch;

    private boolean inFrame;
    private int regions;
    private boolean extrapolates;
    private int quantFrom;
    private int quantCount;
    private int progressiveFrom;
    private int progressiveCount;

    public Progressive() {
        this(TileRunner.SEQUENTIAL);
    }

    /** @param runner decodes the tiles of a region */
    public Progressive(TileRunner runner) {
        decoders = new ProgressiveTile[runner.workers()];
        batch = new TileBatch<>(runner, ProgressiveTile.Pass::new, this::decode);
    }

    private void decode(int worker, ProgressiveTile.Pass pass) {
        if (decoders[worker] == null) {
            decoders[worker] = new ProgressiveTile();
        }
        decoders[worker].decode(pass);
    }

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
        try {
            for (int i = 0; i < tiles; i++) {
                int type = cut(block, tile, "tile.blockType");
                switch (type) {
                    case WBT_TILE_SIMPLE -> first(surface, true, sink);
                    case WBT_TILE_FIRST -> first(surface, false, sink);
                    case WBT_TILE_UPGRADE -> upgrade(surface, sink);
                    default -> throw block.error("tile.blockType", String.format("0x%04X", type), "0xCCC5 to 0xCCC7");
                }
            }
        } finally { // tiles before one that is refused come first, and so do their errors
            batch.flush(clip, sink);
        }
    }

    private int quantizer(int at, int band) {
        return SubBands.quantizer(block.array(), at, SubBands.PROGRESSIVE_NIBBLE, band);
    }

    private void first(ProgressiveSurface surface, boolean simple, PixelSink sink) {
        ProgressiveTile.Pass pass = pass(surface, sink);
        pass.isUpgrade = false;
        pass.difference = (tile.u8("tile.flags") & RFX_TILE_DIFFERENCE) != 0;
        pass.quality = quality(simple ? FULL_QUALITY : tile.u8("tile.quality"));
        pass.lengths[0] = tile.u16("tile.yLen");
        pass.lengths[1] = tile.u16("tile.cbLen");
        pass.lengths[2] = tile.u16("tile.crLen");
        tile.u16("tile.tailLen");
        pass.from = tile.skip((long) pass.lengths[0] + pass.lengths[1] + pass.lengths[2], "tile.yData");
        pass.state.begun = true;
        add(pass, sink);
    }

    private void upgrade(ProgressiveSurface surface, PixelSink sink) {
        ProgressiveTile.Pass pass = pass(surface, sink);
        tile.check(pass.state.begun, "tile.blockType", "an upgrade", "a first pass of this tile before its upgrades");
        pass.isUpgrade = true;
        pass.quality = quality(tile.u8("tile.quality"));
        pass.lengths[0] = tile.u16("tile.ySrlLen");
        pass.lengths[1] = tile.u16("tile.yRawLen");
        pass.lengths[2] = tile.u16("tile.cbSrlLen");
        pass.lengths[3] = tile.u16("tile.cbRawLen");
        pass.lengths[4] = tile.u16("tile.crSrlLen");
        pass.lengths[5] = tile.u16("tile.crRawLen");
        long octets = 0;
        for (int length : pass.lengths) {
            octets += length;
        }
        pass.from = tile.skip(octets, "tile.ySrlData");
        add(pass, sink);
    }

    /** What all passes begin with. */
    private ProgressiveTile.Pass pass(ProgressiveSurface surface, PixelSink sink) {
        int quantY = quant("tile.quantIdxY");
        int quantCb = quant("tile.quantIdxCb");
        int quantCr = quant("tile.quantIdxCr");
        int column = tile.u16("tile.xIdx");
        int row = tile.u16("tile.yIdx");
        TileState state = state(surface, column, row);
        if (state.waiting) { // passes of one tile build on each other
            batch.flush(clip, sink);
        }
        ProgressiveTile.Pass pass = batch.next();
        pass.state = state;
        pass.in = tile.array();
        pass.x = column * Tile.SIDE;
        pass.y = row * Tile.SIDE;
        pass.extrapolates = extrapolates;
        pass.quant[0] = quantY;
        pass.quant[1] = quantCb;
        pass.quant[2] = quantCr;
        return pass;
    }

    private void add(ProgressiveTile.Pass pass, PixelSink sink) {
        pass.state.waiting = true;
        batch.add(clip, sink);
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
