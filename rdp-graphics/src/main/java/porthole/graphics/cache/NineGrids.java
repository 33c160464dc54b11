package porthole.graphics.cache;

/** The NineGrid bitmap cache. MS-RDPEGDI 3.1.1.1.6. Not thread-safe. */
public final class NineGrids {
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.4";

    private final NineGrid[] bitmaps;
    private final Allowance pixels;

    public NineGrids(OrderLimits limits, BitmapBudget budget) {
        bitmaps = new NineGrid[limits.nineGridEntries()];
        pixels = budget.pixels();
    }

    /** Whether a bitmap of this size may take a place; it counts from now on, so {@link #put} must follow. */
    public void reserve(int id, int width, int height) {
        OrderErrors.index(id, bitmaps.length, "CreateNineGridBitmap", "BitmapId", SECTION);
        if (width < 1 || height < 1) {
            throw OrderErrors.error(
                    "CreateNineGridBitmap", "cx", width + " x " + height, "at least one pixel", SECTION);
        }
        NineGrid before = bitmaps[id];
        pixels.exchange(
                before == null
                        ? 0
                        : (long) before.raster().width() * before.raster().height(),
                (long) width * height,
                "CreateNineGridBitmap",
                "cx",
                SECTION);
        bitmaps[id] = null;
    }

    /** Keeps a bitmap in the place that was reserved for it. */
    public void put(int id, NineGrid bitmap) {
        bitmaps[id] = bitmap;
    }

    /** The bitmap in a place, or null where the host never put one. */
    public NineGrid get(String order, int id) {
        OrderErrors.index(id, bitmaps.length, order, "bitmapId", SECTION);
        return bitmaps[id];
    }
}
