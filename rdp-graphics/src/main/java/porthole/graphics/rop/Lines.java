package porthole.graphics.rop;

/** Straight lines one pixel wide, by Bresenham's algorithm; the last pixel is not drawn, as MS-RDPEGDI's lines have it. */
public final class Lines {
    private Lines() {}

    /**
     * Draws a line.
     *
     * @param rop of the pen as pattern, without a source
     * @param argb of the pen
     */
    public static void line(Blitter blitter, int rop, int fromX, int fromY, int toX, int toY, int argb) {
        int left = Math.min(fromX, toX);
        int top = Math.min(fromY, toY);
        int width = Math.max(fromX, toX) - left + 1;
        int height = Math.max(fromY, toY) - top + 1;
        if (left >= blitter.clipRight()
                || top >= blitter.clipBottom()
                || left + width <= blitter.clipLeft()
                || top + height <= blitter.clipTop()) {
            return;
        }
        blitter.painted(left, top, width, height);
        int and = Rop3.and(rop, argb);
        int xor = Rop3.xor(rop, argb);
        int[] pixels = blitter.target().pixels();
        int stride = blitter.target().width();
        int dx = width - 1;
        int dy = height - 1;
        int stepX = fromX < toX ? 1 : -1;
        int stepY = fromY < toY ? 1 : -1;
        int error = dx - dy;
        int x = fromX;
        int y = fromY;
        while (x != toX || y != toY) {
            if (x >= blitter.clipLeft()
                    && x < blitter.clipRight()
                    && y >= blitter.clipTop()
                    && y < blitter.clipBottom()) {
                int at = y * stride + x;
                pixels[at] = pixels[at] & and ^ xor | Raster.OPAQUE;
            }
            int twice = 2 * error;
            if (twice > -dy) {
                error -= dy;
                x += stepX;
            }
            if (twice < dx) {
                error += dx;
                y += stepY;
            }
        }
    }
}
