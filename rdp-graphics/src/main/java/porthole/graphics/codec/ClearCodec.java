package porthole.graphics.codec;

import java.util.Arrays;

/**
 * ClearCodec: a residual layer, bands of vertical bars, and rectangles in other codecs, one over the other; small bitmaps are
 * kept as glyphs. MS-RDPEGFX 2.2.4.1 and 3.3.8.1.
 *
 * <p>Its caches are those of one graphics channel. Keeps its buffers from call to call. Not thread-safe.
 */
public final class ClearCodec {
    private static final CodecErrors ERRORS = new CodecErrors("CLEARCODEC_BITMAP_STREAM", "MS-RDPEGFX 2.2.4.1");

    private static final int FLAG_GLYPH_INDEX = 0x01;
    private static final int FLAG_GLYPH_HIT = 0x02;
    private static final int FLAG_CACHE_RESET = 0x04;
    private static final int GLYPHS = 4000;
    private static final int LARGEST_GLYPH = 1024;

    private static final int UNCOMPRESSED = 0;
    private static final int NSCODEC = 1;
    private static final int RLEX = 2;
    private static final int OPAQUE = 0xFF000000;

    private final CodecReader in = new CodecReader(ERRORS);
    private final CodecReader part = new CodecReader(ERRORS);
    private final VerticalBars bars = new VerticalBars();
    private final int[][] glyphs = new int[GLYPHS][];
    private final int[] palette = new int[128];
    private final NsCodec nsCodec = new NsCodec();
    private int[] scratch = new int[0];

    /**
     * Decodes one bitmap over what the target has.
     *
     * @param octets borrowed for the call
     * @param target 0xFFRRGGBB; all of the bitmap's rectangle lies within it
     * @param offset of the rectangle's first pixel in {@code target}
     * @param stride from row to row in {@code target}
     */
    public void decode(byte[] octets, int from, int to, int width, int height, int[] target, int offset, int stride) {
        in.over(octets, from, to);
        int flags = in.u8("flags");
        in.u8("seqNumber");
        if ((flags & FLAG_CACHE_RESET) != 0) {
            bars.reset();
        }
        boolean indexed = (flags & FLAG_GLYPH_INDEX) != 0;
        boolean hit = (flags & FLAG_GLYPH_HIT) != 0;
        in.check(indexed || !hit, "flags", flags, "CLEARCODEC_FLAG_GLYPH_INDEX with CLEARCODEC_FLAG_GLYPH_HIT");
        int glyph = indexed ? in.u16("glyphIndex") : -1;
        if (indexed) {
            in.check(glyph < GLYPHS, "glyphIndex", glyph, "0 to " + (GLYPHS - 1));
            if ((long) width * height > LARGEST_GLYPH) {
                throw in.error("glyphIndex", width + " x " + height, "at most " + LARGEST_GLYPH + " pixels");
            }
        }
        if (hit) {
            if (in.hasRemaining()) {
                throw in.error("compositePayload", in.remaining() + " octets", "none behind a glyph hit");
            }
            glyph(glyph, width, height, target, offset, stride);
            return;
        }
        if (in.hasRemaining()) {
            composite(width, height, target, offset, stride);
        }
        if (indexed) {
            keep(glyph, width, height, target, offset, stride);
        }
    }

    private void glyph(int index, int width, int height, int[] target, int offset, int stride) {
        int[] glyph = glyphs[index];
        if (glyph == null || glyph.length < width * height) {
            throw in.error(
                    "glyphIndex", index + " for " + width + " x " + height, "a glyph of that size, stored before");
        }
        for (int y = 0; y < height; y++) {
            System.arraycopy(glyph, y * width, target, offset + y * stride, width);
        }
    }

    private void keep(int index, int width, int height, int[] target, int offset, int stride) {
        int[] glyph = glyphs[index];
        int pixels = width * height;
        if (glyph == null || glyph.length != pixels) {
            glyphs[index] = glyph = new int[pixels];
        }
        for (int y = 0; y < height; y++) {
            System.arraycopy(target, offset + y * stride, glyph, y * width, width);
        }
    }

    private void composite(int width, int height, int[] target, int offset, int stride) {
        long residual = in.u32("residualByteCount");
        long bands = in.u32("bandsByteCount");
        long subcodecs = in.u32("subcodecByteCount");
        if (residual > 0) {
            layer(residual, "residualData");
            residual(width, height, target, offset, stride);
        }
        if (bands > 0) {
            layer(bands, "bandsData");
            bars.draw(part, width, height, target, offset, stride);
        }
        if (subcodecs > 0) {
            layer(subcodecs, "subcodecData");
            while (part.hasRemaining()) {
                subcodec(width, height, target, offset, stride);
            }
        }
    }

    private void layer(long count, String field) {
        int length = in.length(count, field);
        int begin = in.skip(length, field);
        part.over(in.array(), begin, begin + length);
    }

    /** Runs of one colour that fill all of the bitmap. */
    private void residual(int width, int height, int[] target, int offset, int stride) {
        long left = (long) width * height;
        int x = 0;
        int row = offset;
        while (part.hasRemaining()) {
            int color = part.bgr("residualData.color");
            long run = runLength("residualData.runLengthFactor");
            if (run > left) {
                throw part.error(
                        "residualData.runLengthFactor", String.valueOf(run), "at most the " + left + " pixels left");
            }
            left -= run;
            while (run > 0) {
                int now = (int) Math.min(run, width - x);
                Arrays.fill(target, row + x, row + x + now, color);
                run -= now;
                x += now;
                if (x == width) {
                    x = 0;
                    row += stride;
                }
            }
        }
        if (left != 0) {
            throw part.error("residualData", left + " pixels left", "runs for all pixels");
        }
    }

    /** One octet, or behind 0xFF two, or behind 0xFFFF four. */
    private long runLength(String field) {
        long run = part.u8(field);
        if (run == 0xFF) {
            run = part.u16(field);
            if (run == 0xFFFF) {
                run = part.u32(field);
            }
        }
        return run;
    }

    private void subcodec(int width, int height, int[] target, int offset, int stride) {
        int x = part.u16("subcodec.xStart");
        int y = part.u16("subcodec.yStart");
        int w = part.u16("subcodec.width");
        int h = part.u16("subcodec.height");
        if (x + w > width || y + h > height) {
            throw part.error(
                    "subcodec.width",
                    w + " x " + h + " at " + x + ", " + y,
                    "a rectangle within " + width + " x " + height);
        }
        int length = part.length(part.u32("subcodec.bitmapDataByteCount"), "subcodec.bitmapDataByteCount");
        int id = part.u8("subcodec.subCodecId");
        if (id == RLEX && length > 3L * w * h) {
            throw part.error(
                    "subcodec.bitmapDataByteCount",
                    String.valueOf(length),
                    "at most the " + 3L * w * h + " of the pixels");
        }
        int from = part.skip(length, "subcodec.bitmapData");
        int to = offset + y * stride + x;
        int pixels = w * h;
        if (scratch.length < pixels) {
            scratch = new int[pixels];
        }
        switch (id) {
            case UNCOMPRESSED -> uncompressed(from, length, pixels);
            case NSCODEC -> {
                if (pixels > 0) {
                    nsCodec.decode(part.array(), from, from + length, w, h, scratch);
                }
            }
            case RLEX -> rlex(from, from + length, pixels);
            default -> throw part.error("subcodec.subCodecId", String.valueOf(id), "0, 1 or 2");
        }
        for (int row = 0; row < h; row++) {
            System.arraycopy(scratch, row * w, target, to + row * stride, w);
        }
    }

    private void uncompressed(int from, int length, int pixels) {
        if (length != 3 * pixels) {
            throw part.error(
                    "subcodec.bitmapDataByteCount", String.valueOf(length), "the " + 3 * pixels + " of the pixels");
        }
        byte[] octets = part.array();
        for (int i = 0, at = from; i < pixels; i++, at += 3) {
            scratch[i] = OPAQUE | (octets[at + 2] & 0xFF) << 16 | (octets[at + 1] & 0xFF) << 8 | octets[at] & 0xFF;
        }
    }

    /** Runs of a palette colour, each followed by a suite of neighbouring palette colours. MS-RDPEGFX 2.2.4.1.1.3.1.3. */
    private void rlex(int from, int to, int pixels) {
        int outer = part.position();
        int end = part.end();
        part.over(part.array(), from, to);
        int colors = part.u8("rlex.paletteCount");
        part.check(colors >= 1 && colors <= 127, "rlex.paletteCount", colors, "1 to 127");
        for (int i = 0; i < colors; i++) {
            palette[i] = part.bgr("rlex.paletteEntries");
        }
        int stopBits = colors == 1 ? 1 : 32 - Integer.numberOfLeadingZeros(colors - 1);
        int out = 0;
        while (part.hasRemaining()) {
            int packed = part.u8("rlex.stopIndex");
            int stop = packed & (1 << stopBits) - 1;
            int depth = packed >> stopBits;
            int start = stop - depth;
            if (stop >= colors || start < 0) {
                throw part.error("rlex.stopIndex", start + " to " + stop, "0 to " + (colors - 1));
            }
            long run = runLength("rlex.runLengthFactor");
            if (run + depth + 1 > pixels - out) {
                throw part.error(
                        "rlex.runLengthFactor",
                        run + " and " + (depth + 1),
                        "at most the " + (pixels - out) + " pixels left");
            }
            Arrays.fill(scratch, out, out + (int) run, palette[start]);
            out += (int) run;
            System.arraycopy(palette, start, scratch, out, depth + 1);
            out += depth + 1;
        }
        if (out != pixels) {
            throw part.error("rlex", out + " pixels", "all " + pixels);
        }
        part.over(part.array(), outer, end);
    }
}
