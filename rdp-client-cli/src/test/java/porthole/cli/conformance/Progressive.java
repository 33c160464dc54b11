package porthole.cli.conformance;

import porthole.fixtures.RlgrEncoder;

/** Streams of RemoteFX Progressive, MS-RDPEGFX 2.2.4.2, made of tiles of one grey each. */
final class Progressive {
    static final int DIFFERENCE = 1;
    static final int EXTRAPOLATE = 1;
    /** Bits of LL3 that the first pass leaves out; all other bands come whole. */
    static final int WITHHELD = 3;

    private static final int SIDE = 64;

    private Progressive() {}

    static byte[] sync() {
        return Rfx.block(0xCCC0, new Octets().u32(0xCACCACCAL).u16(0x0100).done());
    }

    /** @param flags 1 for subband diffing */
    static byte[] context(int flags) {
        return Rfx.block(0xCCC3, new Octets().u8(0).u16(SIDE).u8(flags).done());
    }

    static byte[] frameBegin(int regions) {
        return Rfx.block(0xCCC1, new Octets().u32(0).u16(regions).done());
    }

    static byte[] frameEnd() {
        return Rfx.block(0xCCC2, new byte[0]);
    }

    /** A region of the rectangle at the origin, with the tiles. */
    static byte[] region(int flags, int width, int height, byte[]... tiles) {
        return new Region(flags, width, height, tiles).done();
    }

    /** A region, of which everything can be wrong. */
    static final class Region {
        int tileSize = SIDE;
        int rects = 1;
        int quants = 1;
        int progressiveQuants = 1;
        int tileCount;
        int delta;
        private final int flags;
        private final int width;
        private final int height;
        private final byte[][] tiles;

        Region(int flags, int width, int height, byte[]... tiles) {
            this.flags = flags;
            this.width = width;
            this.height = height;
            this.tiles = tiles;
            tileCount = tiles.length;
        }

        byte[] done() {
            byte[] data = new Octets().raw(tiles).done();
            Octets out = new Octets()
                    .u8(tileSize)
                    .u16(rects)
                    .u8(quants, progressiveQuants, flags)
                    .u16(tileCount)
                    .u32(data.length);
            if (rects > 0) {
                out.u16(0, 0, width, height);
            }
            if (quants > 0) {
                out.raw(Rfx.QUANT);
            }
            if (progressiveQuants > 0) {
                out.u8(50);
                for (int component = 0; component < 3; component++) {
                    out.u8(WITHHELD, 0, 0, 0, 0);
                }
            }
            return Rfx.block(0xCCC4, out.raw(data).done(), delta);
        }
    }

    static byte[] stream(byte[]... regions) {
        return new Octets()
                .raw(context(1), frameBegin(regions.length))
                .raw(regions)
                .raw(frameEnd())
                .done();
    }

    private static byte[] luma(int flags, int value) {
        int[] coefficients = new int[Rfx.PIXELS];
        coefficients[ll3(flags)] = value;
        return RlgrEncoder.encode(coefficients);
    }

    private static int ll3(int flags) {
        return (flags & EXTRAPOLATE) != 0 ? 4015 : 4032;
    }

    /** A tile in one pass: all samples of luma, less 128. */
    static byte[] simple(int flags, int column, int row, int luma, int tileFlags) {
        byte[] data = luma(flags, luma);
        return Rfx.block(
                0xCCC5,
                new Octets()
                        .u8(0, 0, 0)
                        .u16(column, row)
                        .u8(tileFlags)
                        .u16(data.length, 0, 0, 0)
                        .raw(data)
                        .done());
    }

    /** The first pass of a tile, of which an upgrade brings the low bits. */
    static byte[] first(int flags, int column, int row, int luma, int tileFlags) {
        byte[] data = luma(flags, luma >> WITHHELD);
        return Rfx.block(
                0xCCC6,
                new Octets()
                        .u8(0, 0, 0)
                        .u16(column, row)
                        .u8(tileFlags, 0)
                        .u16(data.length, 0, 0, 0)
                        .raw(data)
                        .done());
    }

    /** The low bits of luma; blue and red difference stay zero. */
    static byte[] upgrade(int flags, int column, int row, int luma) {
        byte[] raw = rawBits(flags, luma);
        byte[] none = rawBits(flags, 0);
        return Rfx.block(
                0xCCC7,
                new Octets()
                        .u8(0, 0, 0)
                        .u16(column, row)
                        .u8(0xFF)
                        .u16(0, raw.length, 0, none.length, 0, none.length)
                        .raw(raw, none, none)
                        .done());
    }

    private static byte[] rawBits(int flags, int value) {
        RlgrEncoder bits = new RlgrEncoder();
        for (int i = ll3(flags); i < Rfx.PIXELS; i++) {
            bits.bits(value & (1 << WITHHELD) - 1, WITHHELD);
        }
        return bits.finish();
    }
}
