package porthole.cli.conformance;

/** Bitmaps of ClearCodec, MS-RDPEGFX 2.2.4.1. */
final class Clear {
    static final int GLYPH_INDEX = 1;
    static final int GLYPH_HIT = 2;
    static final int CACHE_RESET = 4;
    private static int sequence;

    private byte[] residual = new byte[0];
    private byte[] bands = new byte[0];
    private byte[] subcodecs = new byte[0];

    /** A glyph hit, without any layer. */
    static byte[] hit(int glyph) {
        return new Octets().u8(GLYPH_INDEX | GLYPH_HIT, sequence++).u16(glyph).done();
    }

    /** Runs of colours: a colour, then how long; a run length is written as it should be. */
    Clear residual(int... colorsAndRuns) {
        Octets out = new Octets();
        for (int i = 0; i < colorsAndRuns.length; i += 2) {
            int run = colorsAndRuns[i + 1];
            out.bgr(colorsAndRuns[i]);
            if (run < 0xFF) {
                out.u8(run);
            } else if (run < 0xFFFF) {
                out.u8(0xFF).u16(run);
            } else {
                out.u8(0xFF).u16(0xFFFF).u32(run);
            }
        }
        residual = out.done();
        return this;
    }

    Clear residualOctets(byte[] octets) {
        residual = octets;
        return this;
    }

    /** A band whose columns are all misses of the caches: the colour in the rows from 1 on, the background in row 0. */
    Clear band(int x, int y, int width, int height, int background, int color) {
        Octets out =
                new Octets().raw(bands).u16(x, x + width - 1, y, y + height - 1).bgr(background);
        for (int i = 0; i < width; i++) {
            out.u16(1 | height << 8);
            for (int row = 1; row < height; row++) {
                out.bgr(color);
            }
        }
        bands = out.done();
        return this;
    }

    /** A band whose columns are all kept ones, from {@code first} on. */
    Clear bandOfKept(int x, int y, int width, int height, int first) {
        Octets out =
                new Octets().raw(bands).u16(x, x + width - 1, y, y + height - 1).bgr(0);
        for (int i = 0; i < width; i++) {
            out.u16(0x8000 | first + i);
        }
        bands = out.done();
        return this;
    }

    Clear uncompressed(int x, int y, int width, int height, int color) {
        Octets pixels = new Octets();
        for (int i = 0; i < width * height; i++) {
            pixels.bgr(color);
        }
        return subcodec(x, y, width, height, 0, pixels.done());
    }

    Clear subcodec(int x, int y, int width, int height, int id, byte[] data) {
        subcodecs = new Octets()
                .raw(subcodecs)
                .u16(x, y, width, height)
                .u32(data.length)
                .u8(id)
                .raw(data)
                .done();
        return this;
    }

    byte[] done() {
        return done(0, -1);
    }

    byte[] done(int flags, int glyph) {
        Octets out = new Octets().u8(flags, sequence++);
        if (glyph >= 0) {
            out.u16(glyph);
        }
        return out.u32(residual.length, bands.length, subcodecs.length)
                .raw(residual, bands, subcodecs)
                .done();
    }
}
