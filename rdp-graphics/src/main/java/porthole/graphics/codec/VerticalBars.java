package porthole.graphics.codec;

import java.util.Arrays;

/** The bands of ClearCodec, whose columns are kept for later bands. MS-RDPEGFX 2.2.4.1.1.2. Not thread-safe. */
final class VerticalBars {
    private static final int BARS = 1 << 15;
    private static final int SHORT_BARS = 1 << 14;
    private static final int MOST_ROWS = 52;
    private static final int OPAQUE = 0xFF000000;

    // Each bar has its place, so that bands allocate nothing; made with the first band, as most channels see none.
    private int[] bars = new int[0];
    private int[] shortBars = new int[0];
    private byte[] shortRows = new byte[0];
    private int cursor;
    private int shortCursor;

    /** What is kept stays valid; new bars go to the beginning. */
    void reset() {
        cursor = 0;
        shortCursor = 0;
    }

    /** Draws all bands of {@code in}. */
    void draw(CodecReader in, int width, int height, int[] target, int offset, int stride) {
        if (bars.length == 0) {
            bars = new int[BARS * MOST_ROWS];
            shortBars = new int[SHORT_BARS * MOST_ROWS];
            shortRows = new byte[SHORT_BARS];
        }
        while (in.hasRemaining()) {
            band(in, width, height, target, offset, stride);
        }
    }

    private void band(CodecReader in, int width, int height, int[] target, int offset, int stride) {
        int left = in.u16("band.xStart");
        int right = in.u16("band.xEnd");
        if (left > right || right >= width) {
            throw in.error("band.xEnd", left + " to " + right, "columns below " + width);
        }
        int top = in.u16("band.yStart");
        int bottom = in.u16("band.yEnd");
        if (top > bottom || bottom >= height) {
            throw in.error("band.yEnd", top + " to " + bottom, "rows below " + height);
        }
        int rows = bottom - top + 1;
        if (rows > MOST_ROWS) {
            throw in.error("band.yEnd", rows + " rows", "at most " + MOST_ROWS);
        }
        int background = in.bgr("band.bkg");
        for (int x = left; x <= right; x++) {
            int bar = bar(in, rows, background) * MOST_ROWS;
            int to = offset + top * stride + x;
            for (int y = 0; y < rows; y++, to += stride) {
                target[to] = bars[bar + y];
            }
        }
    }

    /** The place of the next column's bar. */
    private int bar(CodecReader in, int rows, int background) {
        int header = in.u16("vBar.header");
        if ((header & 0x8000) != 0) { // kept; one that was never stored is transparent black, as with other clients
            int index = header & 0x7FFF;
            for (int i = index * MOST_ROWS; i < index * MOST_ROWS + rows; i++) {
                bars[i] |= OPAQUE;
            }
            return index;
        }
        int place;
        int first;
        if ((header & 0x4000) != 0) {
            place = header & 0x3FFF;
            first = in.u8("vBar.shortVBarYOn");
        } else {
            first = header & 0xFF;
            int end = header >> 8 & 0x3F;
            if (first > end || end - first > MOST_ROWS) {
                throw in.error("vBar.shortVBarYOff", first + " to " + end, "0 to 52 rows");
            }
            place = shortCursor;
            shortCursor = (shortCursor + 1) % SHORT_BARS;
            shortRows[place] = (byte) (end - first);
            for (int i = 0; i < end - first; i++) {
                shortBars[place * MOST_ROWS + i] = in.bgr("vBar.shortVBarPixels");
            }
        }
        int index = cursor;
        cursor = (cursor + 1) % BARS;
        int to = index * MOST_ROWS;
        int begin = Math.min(rows, first);
        int end = Math.min(rows, first + shortRows[place]);
        Arrays.fill(bars, to, to + begin, background);
        System.arraycopy(shortBars, place * MOST_ROWS, bars, to + begin, end - begin);
        Arrays.fill(bars, to + end, to + rows, background);
        return index;
    }
}
