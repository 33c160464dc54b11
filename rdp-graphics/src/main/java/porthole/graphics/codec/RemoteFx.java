package porthole.graphics.codec;

/**
 * RemoteFX: tiles of wavelet coefficients, entropy-coded with RLGR1 or RLGR3. MS-RDPRFX 2.2 and 3.1.8.
 *
 * <p>Remembers the context that a host announced once for all later messages. Keeps its buffers from call to call: a frame
 * allocates nothing. Not thread-safe.
 */
public final class RemoteFx {
    private static final CodecErrors ERRORS = new CodecErrors("TS_RFX_BLOCKT", "MS-RDPRFX 2.2.2.1.1");

    private static final int WBT_SYNC = 0xCCC0;
    private static final int WBT_CODEC_VERSIONS = 0xCCC1;
    private static final int WBT_CHANNELS = 0xCCC2;
    private static final int WBT_CONTEXT = 0xCCC3;
    private static final int WBT_FRAME_BEGIN = 0xCCC4;
    private static final int WBT_FRAME_END = 0xCCC5;
    private static final int WBT_REGION = 0xCCC6;
    private static final int WBT_EXTENSION = 0xCCC7;
    private static final int CBT_REGION = 0xCAC1;
    private static final int CBT_TILESET = 0xCAC2;
    private static final int CBT_TILE = 0xCAC3;
    private static final long WF_MAGIC = 0xCACCACCAL;
    private static final int CLW_ENTROPY_RLGR1 = 1;
    private static final int CLW_ENTROPY_RLGR3 = 4;
    private static final int QUANT_OCTETS = 5;
    private static final int TILE_HEADER = 19;
    private static final int CHANNEL_OCTETS = 5;
    private static final int FRAME_BEGIN_OCTETS = 6;

    private final CodecReader message = new CodecReader(ERRORS);
    private final CodecReader block = new CodecReader(ERRORS);
    private final CodecReader tile = new CodecReader(ERRORS);
    private final TileDecoder[] decoders;
    private final TileBatch<TileDecoder.Coded> batch;
    private final ClipRects clip = new ClipRects();
    private final TileCount counted = new TileCount();
    private int quantFrom;
    private int quantCount;

    public RemoteFx() {
        this(TileRunner.SEQUENTIAL);
    }

    /** @param runner decodes the tiles of a set */
    public RemoteFx(TileRunner runner) {
        decoders = new TileDecoder[runner.workers()];
        batch = new TileBatch<>(runner, TileDecoder.Coded::new, this::decode);
    }

    private void decode(int worker, TileDecoder.Coded coded) {
        if (decoders[worker] == null) {
            decoders[worker] = new TileDecoder();
        }
        decoders[worker].decode(coded);
    }

    /**
     * Decodes one encoded message; finished pixels go to {@code sink}, cut to the rectangles of their region.
     *
     * @param in borrowed for the call
     * @param width and height of the bitmap, in pixels, to which regions are cut
     */
    public void decode(byte[] in, int from, int to, int width, int height, PixelSink sink) {
        message.over(in, from, to);
        clip.clear();
        while (message.hasRemaining()) {
            int begin = message.position();
            int type = message.u16("blockType");
            long length = message.u32("blockLen");
            message.check(length >= 6, "blockLen", length, "at least the 6 octets of the block header");
            block.over(in, message.position(), begin + message.length(length - 6, "blockLen") + 6);
            message.skip(length - 6, "block");
            switch (type) {
                case WBT_SYNC -> sync();
                case WBT_CODEC_VERSIONS -> {
                    // nothing in it changes a pixel: there is one version of one codec
                }
                case WBT_CHANNELS -> channels();
                case WBT_FRAME_BEGIN -> {
                    codecChannel("frameBegin.codecId", "frameBegin.channelId");
                    block.skip(FRAME_BEGIN_OCTETS, "frameBegin.frameIdx"); // hosts leave frames uncounted
                }
                case WBT_FRAME_END -> codecChannel("frameEnd.codecId", "frameEnd.channelId");
                case WBT_CONTEXT -> context();
                case WBT_REGION -> region(width, height);
                case WBT_EXTENSION -> tileset(width, height, sink);
                default -> throw message.error("blockType", String.format("0x%04X", type), "0xCCC0 to 0xCCC7");
            }
        }
    }

    private void sync() {
        long magic = block.u32("sync.magic");
        if (magic != WF_MAGIC) {
            throw block.error("sync.magic", Long.toHexString(magic), "0xCACCACCA");
        }
        int version = block.u16("sync.version");
        block.check(version == 0x0100, "sync.version", version, "0x0100");
    }

    private void channels() {
        int count = block.u8("channels.numChannels");
        block.require((long) count * CHANNEL_OCTETS, "channels.channels");
        for (int i = 0; i < count; i++) {
            int id = block.u8("channels.channelId");
            block.check(id == 0, "channels.channelId", id, "0");
            block.skip(CHANNEL_OCTETS - 1, "channels.width");
        }
    }

    /** TS_RFX_CODEC_CHANNELT, MS-RDPRFX 2.2.2.1.2: there is one codec and one channel. */
    private void codecChannel(String codecField, String channelField) {
        int codec = block.u8(codecField);
        block.check(codec == 1, codecField, codec, "1");
        int channel = block.u8(channelField);
        block.check(channel == 0, channelField, channel, "0");
    }

    private void context() {
        block.u8("context.codecId");
        block.u8("context.channelId");
        block.u8("context.ctxId");
        int tileSize = block.u16("context.tileSize");
        block.check(tileSize == Tile.SIDE, "context.tileSize", tileSize, "64");
        block.u16("context.properties");
    }

    private void region(int width, int height) {
        codecChannel("region.codecId", "region.channelId");
        block.u8("region.regionFlags");
        int count = block.u16("region.numRects");
        block.check(count <= ClipRects.MOST, "region.numRects", count, "at most " + ClipRects.MOST);
        clip.read(block, count, width, height);
        if (count == 0) { // MS-RDPRFX 2.2.2.3.3: no rectangle stands for all of the bitmap
            clip.whole(width, height);
        }
        int regionType = block.u16("region.regionType");
        if (regionType != CBT_REGION) {
            throw block.error("region.regionType", String.format("0x%04X", regionType), "0xCAC1");
        }
    }

    private void tileset(int width, int height, PixelSink sink) {
        codecChannel("tileset.codecId", "tileset.channelId");
        int subtype = block.u16("tileset.subtype");
        if (subtype != CBT_TILESET) {
            throw block.error("tileset.subtype", String.format("0x%04X", subtype), "0xCAC2");
        }
        block.u16("tileset.idx");
        int entropy = block.u16("tileset.properties") >> 10 & 0x0F;
        block.check(
                entropy == CLW_ENTROPY_RLGR1 || entropy == CLW_ENTROPY_RLGR3,
                "tileset.properties.et",
                entropy,
                "1 (RLGR1) or 4 (RLGR3)");
        quantCount = block.u8("tileset.numQuant");
        int tileSize = block.u8("tileset.tileSize");
        block.check(tileSize == Tile.SIDE, "tileset.tileSize", tileSize, "64");
        int tiles = block.u16("tileset.numTiles");
        block.u32("tileset.tilesDataSize");
        quantFrom = block.skip((long) quantCount * QUANT_OCTETS, "tileset.quantVals");
        block.require((long) tiles * TILE_HEADER, "tileset.tiles");
        counted.begin(width, height);
        try {
            for (int i = 0; i < tiles; i++) {
                int begin = block.position();
                int type = block.u16("tile.blockType");
                if (type != CBT_TILE) {
                    throw block.error("tile.blockType", String.format("0x%04X", type), "0xCAC3");
                }
                long length = block.u32("tile.blockLen");
                block.check(length >= TILE_HEADER, "tile.blockLen", length, "at least " + TILE_HEADER);
                tile.over(block.array(), block.position(), begin + block.length(length - 6, "tile.blockLen") + 6);
                block.skip(length - 6, "tile");
                tile(entropy == CLW_ENTROPY_RLGR3, sink);
            }
        } finally { // tiles before one that is refused are drawn all the same
            batch.flush(clip, sink);
        }
    }

    private void tile(boolean triple, PixelSink sink) {
        int quantY = quant("tile.quantIdxY");
        int quantCb = quant("tile.quantIdxCb");
        int quantCr = quant("tile.quantIdxCr");
        int x = tile.u16("tile.xIdx") * Tile.SIDE;
        int y = tile.u16("tile.yIdx") * Tile.SIDE;
        int lengthY = tile.u16("tile.YLen");
        int lengthCb = tile.u16("tile.CbLen");
        int lengthCr = tile.u16("tile.CrLen");
        int from = tile.skip((long) lengthY + lengthCb + lengthCr, "tile.YData");
        int rects = clip.touching(x, y);
        if (rects == 0) {
            return;
        }
        int seen = counted.add(x / Tile.SIDE, y / Tile.SIDE);
        if (seen > rects) {
            throw tile.error("tile.xIdx", "the tile at " + x + ", " + y + " again", "once for each rectangle");
        }
        TileDecoder.Coded coded = batch.next();
        coded.x = x;
        coded.y = y;
        coded.in = tile.array();
        coded.triple = triple;
        coded.from = from;
        coded.lengths[0] = lengthY;
        coded.lengths[1] = lengthCb;
        coded.lengths[2] = lengthCr;
        coded.quant[0] = quantY;
        coded.quant[1] = quantCb;
        coded.quant[2] = quantCr;
        batch.add(clip, sink);
    }

    /** Where the five octets of a quantization table begin. */
    private int quant(String field) {
        int index = tile.u8(field);
        if (index >= quantCount) {
            throw tile.error(field, String.valueOf(index), "below the numQuant of " + quantCount);
        }
        return quantFrom + index * QUANT_OCTETS;
    }
}
