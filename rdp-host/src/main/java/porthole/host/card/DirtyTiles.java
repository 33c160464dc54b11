package porthole.host.card;

import java.util.BitSet;

/** Which tiles of a picture changed since they were last sent. Not thread-safe. */
public final class DirtyTiles {
    /** Width and height of a tile in pixels; 64 by 64 pixels of 32 bits fit into one fast-path PDU. */
    public static final int TILE = 64;

    private final int width;
    private final int height;
    private final int columns;
    private final int rows;
    private final BitSet dirty = new BitSet();

    /** A tile cut to the picture: all in pixels. */
    public record Tile(int x, int y, int width, int height) {}

    /** Sizes in pixels; all tiles begin dirty. */
    public DirtyTiles(int width, int height) {
        this.width = width;
        this.height = height;
        this.columns = (width + TILE - 1) / TILE;
        this.rows = (height + TILE - 1) / TILE;
        markAll();
    }

    public void markAll() {
        dirty.set(0, columns * rows);
    }

    /** Marks the tiles that a rectangle touches; parts outside the picture are ignored. */
    public void mark(int x, int y, int w, int h) {
        int right = Math.min(width, x + w);
        int bottom = Math.min(height, y + h);
        for (int row = Math.max(0, y) / TILE; row * TILE < bottom; row++) {
            for (int column = Math.max(0, x) / TILE; column * TILE < right; column++) {
                dirty.set(row * columns + column);
            }
        }
    }

    public boolean isClean() {
        return dirty.isEmpty();
    }

    /** The first dirty tile, which is clean from now on; only to be called while there is one. */
    public Tile take() {
        int index = dirty.nextSetBit(0);
        dirty.clear(index);
        int x = index % columns * TILE;
        int y = index / columns * TILE;
        return new Tile(x, y, Math.min(TILE, width - x), Math.min(TILE, height - y));
    }
}
