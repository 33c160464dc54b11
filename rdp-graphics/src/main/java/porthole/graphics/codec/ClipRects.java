package porthole.graphics.codec;

/** The rectangles of a region, to which its tiles are cut. Not thread-safe. */
final class ClipRects {
    /** Every tile is held against every rectangle, so a host may not send as many as it likes. */
    static final int MOST = 4096;

    private int[] edges = new int[4 * 16];
    private int count;

    /** Reads {@code number} rectangles of TS_RFX_RECT and cuts them to the bitmap. MS-RDPRFX 2.2.2.1.6. */
    void read(CodecReader in, int number, int width, int height) {
        in.require(8L * number, "region.rects");
        if (edges.length < 4 * number) {
            edges = new int[4 * number];
        }
        for (int i = 0; i < number; i++) {
            int x = in.u16("region.rects.x");
            int y = in.u16("region.rects.y");
            set(
                    i,
                    x,
                    y,
                    Math.min(width, x + in.u16("region.rects.width")),
                    Math.min(height, y + in.u16("region.rects.height")));
        }
        count = number;
    }

    /** One rectangle that is all of the bitmap. */
    void whole(int width, int height) {
        set(0, 0, 0, width, height);
        count = 1;
    }

    void clear() {
        count = 0;
    }

    private void set(int index, int left, int top, int right, int bottom) {
        edges[4 * index] = left;
        edges[4 * index + 1] = top;
        edges[4 * index + 2] = right;
        edges[4 * index + 3] = bottom;
    }

    /** How many rectangles show anything of the tile at these pixels. */
    int touching(int x, int y) {
        int touching = 0;
        for (int i = 0; i < 4 * count; i += 4) {
            if (edges[i] < x + Tile.SIDE && x < edges[i + 2] && edges[i + 1] < y + Tile.SIDE && y < edges[i + 3]) {
                touching++;
            }
        }
        return touching;
    }

    /** Hands those parts of a tile over that are shown. */
    void show(int x, int y, int[] argb, PixelSink sink) {
        for (int i = 0; i < 4 * count; i += 4) {
            int left = Math.max(x, edges[i]);
            int top = Math.max(y, edges[i + 1]);
            int right = Math.min(x + Tile.SIDE, edges[i + 2]);
            int bottom = Math.min(y + Tile.SIDE, edges[i + 3]);
            if (left < right && top < bottom) {
                int offset = (top - y) * Tile.SIDE + left - x;
                sink.pixels(left, top, right - left, bottom - top, argb, offset, Tile.SIDE);
            }
        }
    }
}
