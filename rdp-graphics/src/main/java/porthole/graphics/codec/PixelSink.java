package porthole.graphics.codec;

/** Where a codec puts pixels that are finished. */
@FunctionalInterface
public interface PixelSink {
    /**
     * Takes a rectangle of pixels, the top row first.
     *
     * @param x of the left edge, counted from the bitmap's own corner; the rectangle may lie outside of any screen
     * @param argb 0xFFRRGGBB, borrowed for the call
     * @param offset of the first pixel in {@code argb}
     * @param stride from row to row in {@code argb}
     */
    void pixels(int x, int y, int width, int height, int[] argb, int offset, int stride);
}
