package porthole.graphics.codec;

/** How often each tile of a bitmap came in one set of tiles; used again without being cleared. Not thread-safe. */
final class TileCount {
    private static final int BITS = 16;

    /** The set in the upper half, how often in the lower. */
    private int[] counts = new int[0];

    private int set;
    private int columns;

    /** Begins a set of tiles of a bitmap, whose size in pixels the caller keeps within its budget. */
    void begin(int width, int height) {
        columns = (width + Tile.SIDE - 1) / Tile.SIDE;
        int tiles = columns * ((height + Tile.SIDE - 1) / Tile.SIDE);
        set = set + 1 & (1 << BITS) - 1;
        if (counts.length < tiles || set == 0) {
            counts = new int[Math.max(tiles, counts.length)];
            set = 1;
        }
    }

    /** Counts a tile that lies within the bitmap, and returns how often it came. */
    int add(int column, int row) {
        int index = row * columns + column;
        counts[index] = (counts[index] >>> BITS == set ? counts[index] : set << BITS) + 1;
        return counts[index] & (1 << BITS) - 1;
    }
}
