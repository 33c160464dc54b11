package porthole.cli.conformance;

import java.util.SplittableRandom;
import porthole.fixtures.RlgrEncoder;

/** Messages of RemoteFX, MS-RDPRFX 2.2.2, made of tiles of one grey each. */
final class Rfx {
    static final int SIDE = 64;
    static final int PIXELS = SIDE * SIDE;
    private static final int LL3 = 4032;
    /** Every quantizer is 6: coefficients are whole units of a sample. */
    static final byte[] QUANT = {0x66, 0x66, 0x66, 0x66, 0x66};

    private Rfx() {}

    static byte[] block(int type, byte[] body) {
        return block(type, body, 0);
    }

    /** A block whose length is wrong by {@code delta}. */
    static byte[] block(int type, byte[] body, int delta) {
        return new Octets().u16(type).u32(6 + body.length + delta).raw(body).done();
    }

    static byte[] sync() {
        return block(0xCCC0, new Octets().u32(0xCACCACCAL).u16(0x0100).done());
    }

    static byte[] versions() {
        return block(0xCCC1, new Octets().u8(1, 1).u16(0x0100).done());
    }

    static byte[] channels(int width, int height) {
        return block(0xCCC2, new Octets().u8(1, 0).u16(width, height).done());
    }

    /** @param imageMode otherwise video mode */
    static byte[] context(boolean imageMode, boolean rlgr3) {
        int properties = (imageMode ? 2 : 0) | 1 << 3 | 1 << 5 | (rlgr3 ? 4 : 1) << 9 | 1 << 13;
        return block(0xCCC3, new Octets().u8(1, 0xFF, 0).u16(SIDE, properties).done());
    }

    static byte[] headers(boolean imageMode, boolean rlgr3) {
        return new Octets()
                .raw(sync(), versions(), channels(640, 480), context(imageMode, rlgr3))
                .done();
    }

    static byte[] frameBegin() {
        return block(0xCCC4, new Octets().u8(1, 0).u32(0).u16(1).done());
    }

    static byte[] frameEnd() {
        return block(0xCCC5, new byte[] {1, 0});
    }

    /** Rectangles as x, y, width and height by turns. */
    static byte[] region(int... rects) {
        return block(
                0xCCC6,
                new Octets()
                        .u8(1, 0, 1)
                        .u16(rects.length / 4)
                        .u16(rects)
                        .u16(0xCAC1, 1)
                        .done());
    }

    /** A tile of one grey: the value of all samples of luma, less 128. */
    static byte[] tile(int column, int row, int luma) {
        return tile(column, row, grey(luma), 0);
    }

    static byte[] tile(int column, int row, byte[] luma, int quant) {
        return block(
                0xCAC3,
                new Octets()
                        .u8(quant, 0, 0)
                        .u16(column, row, luma.length, 0, 0)
                        .raw(luma)
                        .done());
    }

    static byte[] grey(int luma) {
        int[] coefficients = new int[PIXELS];
        coefficients[LL3] = luma;
        return RlgrEncoder.encode(coefficients);
    }

    /** Coefficients of something uneven, of which every other one is not zero. */
    static int[] uneven(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] coefficients = new int[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            coefficients[i] = random.nextBoolean() ? random.nextInt(-9, 10) : 0;
        }
        return coefficients;
    }

    static byte[] tileset(boolean rlgr3, byte[]... tiles) {
        return tileset(rlgr3 ? 4 : 1, QUANT, tiles);
    }

    static byte[] tileset(int entropy, byte[] quants, byte[]... tiles) {
        byte[] data = new Octets().raw(tiles).done();
        int properties = 1 | 1 << 4 | 1 << 6 | entropy << 10 | 1 << 14;
        return block(
                0xCCC7,
                new Octets()
                        .u8(1, 0)
                        .u16(0xCAC2, 0, properties)
                        .u8(quants.length / 5, SIDE)
                        .u16(tiles.length)
                        .u32(data.length)
                        .raw(quants, data)
                        .done());
    }

    static byte[] frame(byte[] region, byte[] tileset) {
        return new Octets().raw(frameBegin(), region, tileset, frameEnd()).done();
    }

    /** A whole message: headers, and one frame. */
    static byte[] message(boolean imageMode, boolean rlgr3, byte[] region, byte[]... tiles) {
        return new Octets()
                .raw(headers(imageMode, rlgr3), frame(region, tileset(rlgr3, tiles)))
                .done();
    }
}
