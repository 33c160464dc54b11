package porthole.graphics.codec;

/** What RemoteFX Progressive remembers of one surface: the coefficients of each tile, as far as they have come. */
public final class ProgressiveSurface {
    final int width;
    final int height;
    final int columns;
    private final TileState[] tiles;

    /** The coefficients of one tile; about 36 kB, so it exists only for tiles that were drawn. */
    static final class TileState {
        /** Luma, blue and red difference, as far as they are refined. */
        final short[] current = new short[3 * Tile.PIXELS];
        /** The sign of each coefficient that is known not to be zero; LL3 has none. */
        final byte[] sign = new byte[3 * Tile.PIXELS];
        /** Of each component: whether its signs are there, as only upgrades need them. */
        final boolean[] signed = new boolean[3];
        /** Of each component and subband: the bit position down to which coefficients have come. */
        final byte[] bitPosition = new byte[3 * SubBands.COUNT];
        /** Whether a first pass has come, which upgrades refine. */
        boolean begun;
        /** Whether a pass is read that is not decoded yet. */
        boolean waiting;

        /** Before the first upgrade signs are those of the coefficients. */
        void knowSigns(int component) {
            if (!signed[component]) {
                for (int i = component * Tile.PIXELS; i < (component + 1) * Tile.PIXELS; i++) {
                    sign[i] = (byte) Integer.signum(current[i]);
                }
                signed[component] = true;
            }
        }
    }

    /** @param width of the surface in pixels; the caller keeps it within its budget */
    public ProgressiveSurface(int width, int height) {
        this.width = width;
        this.height = height;
        columns = (width + Tile.SIDE - 1) / Tile.SIDE;
        tiles = new TileState[columns * ((height + Tile.SIDE - 1) / Tile.SIDE)];
    }

    boolean has(int column, int row) {
        return column < columns && row < tiles.length / Math.max(1, columns);
    }

    TileState tile(int column, int row) {
        int index = row * columns + column;
        if (tiles[index] == null) {
            tiles[index] = new TileState();
        }
        return tiles[index];
    }
}
