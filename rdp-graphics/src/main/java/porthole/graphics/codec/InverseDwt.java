package porthole.graphics.codec;

/** The inverse of the discrete wavelet transform with the 5/3 filter on tiles of 64 x 64. MS-RDPRFX 3.1.8.1.4. */
final class InverseDwt {
    private final int[] rows = new int[Tile.PIXELS];

    /** Turns the subbands of a tile, HL1 first and LL3 last, into samples, in place. */
    void transform(int[] tile) {
        level(tile, 3840, 8);
        level(tile, 3072, 16);
        level(tile, 0, 32);
    }

    /** One level: the bands HL, LH, HH and LL, {@code n x n} each, from {@code base} on, become {@code 2n x 2n} samples. */
    private void level(int[] tile, int base, int n) {
        int band = n * n;
        int width = 2 * n;
        for (int y = 0; y < n; y++) {
            int row = y * n;
            horizontal(tile, base + 3 * band + row, base + row, n, y * width);
            horizontal(tile, base + band + row, base + 2 * band + row, n, (n + y) * width);
        }
        vertical(tile, base, n);
    }

    /** A row of low and high coefficients becomes a row of twice as many samples. */
    private void horizontal(int[] tile, int low, int high, int n, int to) {
        int[] out = rows;
        int before = tile[high];
        int even = tile[low] - (2 * before + 1 >> 1);
        out[to] = even;
        for (int i = 1; i < n; i++) {
            int after = tile[high + i];
            int next = tile[low + i] - (before + after + 1 >> 1);
            out[to + 2 * i - 1] = (before << 1) + (even + next >> 1);
            out[to + 2 * i] = next;
            before = after;
            even = next;
        }
        out[to + 2 * n - 1] = (before << 1) + even;
    }

    /** Whole rows at a time, which the compiler turns into vector instructions. */
    private void vertical(int[] tile, int base, int n) {
        int width = 2 * n;
        int high = n * width; // where the high rows begin
        for (int y = 0; y < n; y++) {
            evenRow(tile, base + 2 * y * width, y * width, high + Math.max(0, y - 1) * width, high + y * width, width);
        }
        for (int y = 0; y < n; y++) {
            int even = base + 2 * y * width;
            oddRow(tile, even + width, high + y * width, even, y == n - 1 ? even : even + 2 * width, width);
        }
    }

    private void evenRow(int[] out, int to, int low, int before, int after, int width) {
        int[] in = rows;
        for (int x = 0; x < width; x++) {
            out[to + x] = in[low + x] - (in[before + x] + in[after + x] + 1 >> 1);
        }
    }

    private void oddRow(int[] out, int to, int high, int above, int below, int width) {
        int[] in = rows;
        for (int x = 0; x < width; x++) {
            out[to + x] = (in[high + x] << 1) + (out[above + x] + out[below + x] >> 1);
        }
    }
}
