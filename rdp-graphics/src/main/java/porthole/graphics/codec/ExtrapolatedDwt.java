package porthole.graphics.codec;

import java.util.Arrays;

/**
 * The inverse of the wavelet transform whose bands are one coefficient longer than half, so that tiles meet without seams:
 * the "reduce extrapolate" form of MS-RDPEGFX 3.2.8.1.2.2.
 *
 * <p>Samples are kept within 16 bits. Halves are cut towards zero, as hosts reckon with. Not thread-safe.
 */
final class ExtrapolatedDwt {
    /** Where the bands of each level begin: 33 low and 31 high coefficients, 17 and 16, 9 and 8. */
    private static final int LEVEL_2 = 3007;

    private static final int LEVEL_3 = 3807;

    private final int[] low = new int[Tile.QUARTER];
    private final int[] high = new int[Tile.QUARTER];
    private final int[] neighbour = new int[Tile.QUARTER];
    /** Even and odd columns of low rows, then of high rows; the low rows of the finest level are one more than its samples. */
    private final int[][] columns = new int[4][Tile.QUARTER + Tile.SIDE];

    private final int[][] quarters = new int[4][Tile.QUARTER];

    /**
     * Turns the subbands of a tile into samples.
     *
     * @param tile HL1 first and LL3 last; its coarse bands are overwritten
     * @param samples as {@link Tile} has them
     */
    void transform(int[] tile, int[][] samples) {
        level(tile, LEVEL_3, 9, 8, quarters);
        Lifting.interleave(quarters, 9, 9, 8, 17, tile, LEVEL_3);
        level(tile, LEVEL_2, 17, 16, quarters);
        Lifting.interleave(quarters, 17, 17, 16, 33, tile, LEVEL_2);
        level(tile, 0, 33, 31, samples);
    }

    /**
     * One level. With one low coefficient more than high ones the last high one counts twice; with two more, the last high one
     * is zero, and the last low one stands for the even sample behind the edge.
     */
    private void level(int[] tile, int base, int lows, int highs, int[][] out) {
        int lh = base + lows * highs;
        int hh = lh + lows * highs;
        int ll = hh + highs * highs;
        int n = Math.min(lows, highs + 1);
        horizontal(tile, ll, base, lows, highs, lows, columns[0], columns[1]);
        horizontal(tile, lh, hh, lows, highs, highs, columns[2], columns[3]);
        vertical(columns[0], columns[2], n, lows, highs, out[0], out[2]);
        vertical(columns[1], columns[3], n, lows, highs, out[1], out[3]);
    }

    private void horizontal(int[] tile, int lowAt, int highAt, int lows, int highs, int rows, int[] even, int[] odd) {
        int n = Math.min(lows, highs + 1);
        for (int y = 0; y < rows; y += Tile.SIDE / 2) { // the extra row of the finest level does not fit into a quarter
            int now = Math.min(rows - y, Tile.SIDE / 2);
            horizontal(tile, lowAt + y * lows, highAt + y * highs, lows, highs, n, now);
            System.arraycopy(evens, 0, even, y * n, now * n);
            System.arraycopy(odds, 0, odd, y * n, now * n);
        }
    }

    private final int[] evens = new int[Tile.QUARTER];
    private final int[] odds = new int[Tile.QUARTER];

    private void horizontal(int[] tile, int lowAt, int highAt, int lows, int highs, int n, int rows) {
        for (int y = 0; y < rows; y++) {
            int row = y * n;
            System.arraycopy(tile, lowAt + y * lows, low, row, n);
            System.arraycopy(tile, highAt + y * highs, high, row, highs);
            high[row + n - 1] = lows == n ? high[row + n - 2] : 0;
        }
        int count = rows * n;
        System.arraycopy(high, 0, neighbour, 1, count - 1);
        for (int row = 0; row < count; row += n) {
            neighbour[row] = high[row];
        }
        Lifting.evenWithin16(low, neighbour, high, evens, count);
        System.arraycopy(evens, 1, neighbour, 0, count - 1);
        if (lows > n) {
            for (int y = 0; y < rows; y++) {
                neighbour[y * n + n - 1] = tile[lowAt + y * lows + n];
            }
        }
        Lifting.oddWithin16(high, evens, neighbour, odds, count);
    }

    private void vertical(int[] lowRows, int[] highRows, int n, int lows, int highs, int[] even, int[] odd) {
        int count = n * n;
        int last = count - n;
        if (lows > n) {
            Arrays.fill(highRows, last, count, 0);
        } else {
            System.arraycopy(highRows, last - n, highRows, last, n);
        }
        System.arraycopy(highRows, 0, neighbour, 0, n);
        System.arraycopy(highRows, 0, neighbour, n, last);
        Lifting.evenWithin16(lowRows, neighbour, highRows, even, count);
        System.arraycopy(even, n, neighbour, 0, last);
        if (lows > n) {
            System.arraycopy(lowRows, count, neighbour, last, n);
        }
        Lifting.oddWithin16(highRows, even, neighbour, odd, count);
    }
}
