package porthole.graphics.rop;

import java.util.Arrays;

/**
 * Draws rectangles and rows of pixels into one raster, cut to a clipping rectangle.
 *
 * <p>Rectangles may have any coordinates; what is outside is not drawn. Keeps its buffers. Not thread-safe.
 */
public final class Blitter {
    private Raster target = new Raster(0, 0, new int[0]);
    private Damage damage = Damage.NONE;
    private int clipLeft;
    private int clipTop;
    private int clipRight;
    private int clipBottom;
    /** What {@link #cut} left of a rectangle. */
    private int left;

    private int top;
    private int right;
    private int bottom;
    private int[] patternRow = new int[0];
    private int[] sourceRow = new int[0];

    /** Draws into another raster, all of it. */
    public void target(Raster raster, Damage painted) {
        target = raster;
        damage = painted;
        unclip();
        if (patternRow.length < raster.width()) {
            patternRow = new int[raster.width()];
            sourceRow = new int[raster.width()];
        }
    }

    public Raster target() {
        return target;
    }

    /** Draws only inside this rectangle; right and bottom are exclusive. */
    public void clip(int fromX, int fromY, int toX, int toY) {
        clipLeft = Math.max(0, fromX);
        clipTop = Math.max(0, fromY);
        clipRight = Math.min(target.width(), toX);
        clipBottom = Math.min(target.height(), toY);
    }

    /** Draws on the whole raster again. */
    public void unclip() {
        clip(0, 0, target.width(), target.height());
    }

    int clipTop() {
        return clipTop;
    }

    int clipBottom() {
        return clipBottom;
    }

    int clipLeft() {
        return clipLeft;
    }

    int clipRight() {
        return clipRight;
    }

    /** Cuts a rectangle to the clipping rectangle; sums in 64 bits, as a host chooses the numbers. */
    private boolean cut(int x, int y, int width, int height) {
        left = Math.max(clipLeft, x);
        top = Math.max(clipTop, y);
        right = (int) Math.max(left, Math.min(clipRight, (long) x + width));
        bottom = (int) Math.max(top, Math.min(clipBottom, (long) y + height));
        return left < right && top < bottom;
    }

    private void painted() {
        damage.add(left, top, right - left, bottom - top);
    }

    /** Reports a rectangle, cut to the clipping rectangle, as painted. */
    void painted(int x, int y, int width, int height) {
        if (cut(x, y, width, height)) {
            painted();
        }
    }

    /** Fills a rectangle with one colour of 0xFFRRGGBB. */
    public void fill(int x, int y, int width, int height, int argb) {
        if (cut(x, y, width, height)) {
            int[] pixels = target.pixels();
            for (int row = top; row < bottom; row++) {
                int at = row * target.width();
                Arrays.fill(pixels, at + left, at + right, argb);
            }
            painted();
        }
    }

    /** Joins a rectangle with a brush by an operation that knows no source. */
    public void paint(int rop, int x, int y, int width, int height, Brush brush) {
        if (rop != Rop3.DSTCOPY && cut(x, y, width, height)) {
            for (int row = top; row < bottom; row++) {
                paintRow(rop, left, right, row, brush);
            }
            painted();
        }
    }

    /** Joins the pixels {@code [fromX, toX)} of a row, cut to the clipping rectangle, with a brush. */
    void span(int rop, int fromX, int toX, int y, Brush brush) {
        int from = Math.max(clipLeft, fromX);
        int to = Math.min(clipRight, toX);
        if (from < to && y >= clipTop && y < clipBottom) {
            paintRow(rop, from, to, y, brush);
        }
    }

    private void paintRow(int rop, int fromX, int toX, int y, Brush brush) {
        int[] pixels = target.pixels();
        int at = y * target.width() + fromX;
        int count = toX - fromX;
        if (brush.isSolid()) {
            int and = Rop3.and(rop, brush.color());
            int xor = Rop3.xor(rop, brush.color());
            if (and == 0) {
                Arrays.fill(pixels, at, at + count, xor | Raster.OPAQUE);
            } else {
                Rop3.row(and, xor, pixels, at, count);
            }
            return;
        }
        brush.row(fromX, y, count, patternRow);
        if (!brush.isTransparent()) {
            Rop3.row(rop, pixels, at, patternRow, 0, patternRow, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!brush.leaves(fromX + i, y)) {
                int p = patternRow[i];
                pixels[at + i] = pixels[at + i] & Rop3.and(rop, p) ^ Rop3.xor(rop, p) | Raster.OPAQUE;
            }
        }
    }

    /**
     * Joins a rectangle with pixels of another raster, or of the same one, even where the two overlap.
     *
     * <p>A rectangle that leaves the source is moved back inside, as FreeRDP does it; one that is larger is cut.
     *
     * @param brush null is black
     * @param colors what the pixels of the source stand for, or null where they are colours
     */
    public void copy(
            int rop,
            int x,
            int y,
            int width,
            int height,
            Raster source,
            int sourceX,
            int sourceY,
            Brush brush,
            int[] colors) {
        if (!cut(x, y, width, height)) {
            return;
        }
        right = Math.min(right, left + source.width());
        bottom = Math.min(bottom, top + source.height());
        int fromX = inside((long) sourceX + left - x, right - left, source.width());
        int fromY = inside((long) sourceY + top - y, bottom - top, source.height());
        boolean upwards = source.pixels() == target.pixels() && fromY < top;
        boolean patterned = brush != null && !brush.isSolid() && Rop3.usesPattern(rop);
        if (!patterned) {
            Arrays.fill(patternRow, 0, right - left, brush == null ? Raster.OPAQUE : brush.color());
        }
        for (int i = 0; i < bottom - top; i++) {
            int row = upwards ? bottom - top - 1 - i : i;
            if (patterned) {
                brush.row(left, top + row, right - left, patternRow);
            }
            copyRow(rop, row, source, fromX, fromY, colors);
        }
        painted();
    }

    private void copyRow(int rop, int row, Raster source, int fromX, int fromY, int[] colors) {
        int count = right - left;
        int at = (top + row) * target.width() + left;
        int from = (fromY + row) * source.width() + fromX;
        int[] pixels = source.pixels();
        if (colors != null) {
            for (int i = 0; i < count; i++) {
                sourceRow[i] = colors[pixels[from + i] & 0xFF];
            }
            pixels = sourceRow;
            from = 0;
        } else if (pixels == target.pixels() && fromY == top && rop != Rop3.SRCCOPY) {
            System.arraycopy(pixels, from, sourceRow, 0, count); // the row overlaps itself
            pixels = sourceRow;
            from = 0;
        }
        Rop3.row(rop, target.pixels(), at, pixels, from, patternRow, 0, count);
    }

    private static int inside(long from, int size, int available) {
        return (int) Math.max(0, Math.min(from, available - size));
    }

    /**
     * Paints one colour where a bitmap of one bit per pixel is set.
     *
     * @param bits rows of whole octets, the top row first, the left pixel in the top bit
     * @param width of a row of {@code bits}
     * @param skipX pixels of the bitmap that are left of the rectangle
     * @param skipY rows of the bitmap that are above the rectangle
     */
    public void stencil(
            int x, int y, int shownWidth, int shownHeight, byte[] bits, int width, int skipX, int skipY, int argb) {
        if (!cut(x, y, shownWidth, shownHeight)) {
            return;
        }
        int stride = (width + 7) / 8;
        int[] pixels = target.pixels();
        for (int row = top; row < bottom; row++) {
            int at = row * target.width();
            int from = (row - y + skipY) * stride;
            for (int column = left; column < right; column++) {
                int bit = column - x + skipX;
                if ((bits[from + (bit >> 3)] & 0x80 >> (bit & 7)) != 0) {
                    pixels[at + column] = argb;
                }
            }
        }
        painted();
    }
}
