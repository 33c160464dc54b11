package porthole.graphics.codec;

/** The inverse of the discrete wavelet transform with the 5/3 filter on tiles of 64 x 64. MS-RDPRFX 3.1.8.1.4. Not thread-safe. */
final class InverseDwt {
    private final int[] low = new int[Tile.QUARTER];
    private final int[] high = new int[Tile.QUARTER];
    private final int[] neighbour = new int[Tile.QUARTER];
    private final int[][] columns = new int[4][Tile.QUARTER];
    private final int[][] quarters = new int[4][Tile.QUARTER];

    /**
     * Turns the subbands of a tile into samples.
     *
     * @param tile HL1 first and LL3 last; its coarse bands are overwritten
     * @param samples as {@link Tile} has them
     */
    void transform(int[] tile, int[][] samples) {
        level(tile, 3840, 8, quarters);
        Lifting.interleave(quarters, 8, 8, 8, 16, tile, 3840);
        level(tile, 3072, 16, quarters);
        Lifting.interleave(quarters, 16, 16, 16, 32, tile, 3072);
        level(tile, 0, 32, samples);
    }

    /** One level: the bands HL, LH, HH and LL, {@code n x n} each, from {@code base} on, become as many samples. */
    private void level(int[] tile, int base, int n, int[][] out) {
        int band = n * n;
        horizontal(tile, base + 3 * band, base, n, columns[0], columns[1]);
        horizontal(tile, base + band, base + 2 * band, n, columns[2], columns[3]);
        vertical(columns[0], columns[2], n, out[0], out[2]);
        vertical(columns[1], columns[3], n, out[1], out[3]);
    }

    private void horizontal(int[] tile, int lowAt, int highAt, int n, int[] even, int[] odd) {
        int count = n * n;
        System.arraycopy(tile, lowAt, low, 0, count);
        System.arraycopy(tile, highAt, high, 0, count);
        System.arraycopy(tile, highAt, neighbour, 1, count - 1);
        for (int row = 0; row < count; row += n) {
            neighbour[row] = high[row];
        }
        Lifting.even(low, neighbour, high, even, count);
        System.arraycopy(even, 1, neighbour, 0, count - 1);
        for (int last = n - 1; last < count; last += n) {
            neighbour[last] = even[last];
        }
        Lifting.odd(high, even, neighbour, odd, count);
    }

    private void vertical(int[] lows, int[] highs, int n, int[] even, int[] odd) {
        int count = n * n;
        System.arraycopy(highs, 0, neighbour, 0, n);
        System.arraycopy(highs, 0, neighbour, n, count - n);
        Lifting.even(lows, neighbour, highs, even, count);
        System.arraycopy(even, n, neighbour, 0, count - n);
        System.arraycopy(even, count - n, neighbour, count - n, n);
        Lifting.odd(highs, even, neighbour, odd, count);
    }
}
