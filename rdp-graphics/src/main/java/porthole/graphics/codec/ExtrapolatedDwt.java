package porthole.graphics.codec;

/**
 * The inverse of the wavelet transform whose bands are one coefficient longer than half, so that tiles meet without seams:
 * the "reduce extrapolate" form of MS-RDPEGFX 3.2.8.1.2.2.
 *
 * <p>Samples are kept within 16 bits. Halves are cut towards zero, as hosts reckon with.
 */
final class ExtrapolatedDwt {
    /** Where the bands of each level begin: 33 low and 31 high coefficients, 17 and 16, 9 and 8. */
    private static final int LEVEL_2 = 3007;

    private static final int LEVEL_3 = 3807;

    private final int[] rows = new int[Tile.PIXELS];

    /** Turns the subbands of a tile, HL1 first and LL3 last, into 64 x 64 samples, in place. */
    void transform(int[] tile) {
        level(tile, LEVEL_3, 9, 8);
        level(tile, LEVEL_2, 17, 16);
        level(tile, 0, 33, 31);
    }

    private void level(int[] tile, int base, int low, int high) {
        int lh = base + low * high;
        int hh = lh + low * high;
        int ll = hh + high * high;
        int width = low + high;
        for (int y = 0; y < low; y++) {
            horizontal(tile, ll + y * low, base + y * high, low, high, y * width);
        }
        for (int y = 0; y < high; y++) {
            horizontal(tile, lh + y * low, hh + y * high, low, high, (low + y) * width);
        }
        vertical(tile, base, low, high);
    }

    private void horizontal(int[] tile, int low, int high, int lows, int highs, int to) {
        int[] out = rows;
        int before = tile[high];
        int even = clamp(tile[low] - before);
        out[to] = even;
        for (int i = 1; i < highs; i++) {
            int after = tile[high + i];
            int next = clamp(tile[low + i] - (before + after) / 2);
            out[to + 2 * i - 1] = clamp((even + next) / 2 + 2 * before);
            out[to + 2 * i] = next;
            before = after;
            even = next;
        }
        // one low coefficient is left, or two
        int at = to + 2 * highs - 1;
        int last = lows == highs + 1 ? before : before / 2;
        int next = clamp(tile[low + highs] - last);
        out[at] = clamp((even + next) / 2 + 2 * before);
        out[at + 1] = next;
        if (lows > highs + 1) {
            out[at + 2] = clamp((next + tile[low + highs + 1]) / 2);
        }
    }

    /** Whole rows at a time, which the compiler turns into vector instructions. */
    private void vertical(int[] tile, int base, int lows, int highs) {
        int width = lows + highs;
        int high = lows * width; // where the high rows begin
        evenRow(tile, base, 0, high, high, width);
        for (int i = 1; i < highs; i++) {
            evenRow(tile, base + 2 * i * width, i * width, high + (i - 1) * width, high + i * width, width);
        }
        int lastHigh = high + (highs - 1) * width;
        int even = base + 2 * highs * width;
        if (lows == highs + 1) {
            evenRow(tile, even, highs * width, lastHigh, lastHigh, width);
        } else {
            lastRows(tile, even, highs * width, lastHigh, width);
        }
        for (int i = 0; i < highs; i++) {
            oddRow(tile, base + (2 * i + 1) * width, high + i * width, width);
        }
    }

    private void evenRow(int[] out, int to, int low, int before, int after, int width) {
        int[] in = rows;
        for (int x = 0; x < width; x++) {
            out[to + x] = clamp(in[low + x] - (in[before + x] + in[after + x]) / 2);
        }
    }

    /** The last even row, of which only half a high coefficient is taken, and the row that has none. */
    private void lastRows(int[] out, int to, int low, int high, int width) {
        int[] in = rows;
        for (int x = 0; x < width; x++) {
            int even = clamp(in[low + x] - in[high + x] / 2);
            out[to + x] = even;
            out[to + width + x] = clamp((even + in[low + width + x]) / 2);
        }
    }

    /** A row between two even ones that are there already. */
    private void oddRow(int[] out, int to, int high, int width) {
        int[] in = rows;
        for (int x = 0; x < width; x++) {
            out[to + x] = clamp((out[to - width + x] + out[to + width + x]) / 2 + 2 * in[high + x]);
        }
    }

    private static int clamp(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
