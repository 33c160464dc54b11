package porthole.graphics.cache;

/** The memory that the bitmap caches and the bitmaps of nine parts share. Not thread-safe. */
public final class BitmapBudget {
    private final Allowance pixels;

    public BitmapBudget(OrderLimits limits) {
        pixels = new Allowance(limits.cachePixels(), "pixels");
    }

    Allowance pixels() {
        return pixels;
    }
}
