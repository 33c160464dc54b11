package porthole.graphics.orders;

import porthole.graphics.cache.NineGrid;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.rop.Blitter;
import porthole.graphics.rop.Raster;
import porthole.graphics.rop.Rop3;
import porthole.protocol.orders.CreateNineGridBitmap.NineGridBitmapInfo;

/** Draws bitmaps of nine parts: the corners as they are, the rest stretched or repeated. MS-RDPEGDI 4.4. Not thread-safe. */
final class NineGridPainter {
    private static final int OPAQUE = 0xFF000000;
    private static final int RGB = 0xFFFFFF;

    private final Blitter blitter;
    private Raster line = new Raster(0, 1, new int[0]);

    NineGridPainter(Blitter blitter) {
        this.blitter = blitter;
    }

    /**
     * Draws a part of the bitmap, cut to what the blitter clips to.
     *
     * @param order names the place of an error
     * @param srcLeft of the part; right and bottom are exclusive
     * @param left of the rectangle that the part is made to fill; right and bottom are exclusive
     */
    void draw(
            String order,
            NineGrid grid,
            int srcLeft,
            int srcTop,
            int srcRight,
            int srcBottom,
            int left,
            int top,
            int right,
            int bottom) {
        Raster source = grid.raster();
        if (srcLeft < 0
                || srcTop < 0
                || srcRight > source.width()
                || srcBottom > source.height()
                || srcLeft >= srcRight
                || srcTop >= srcBottom) {
            throw OrderErrors.error(
                    order,
                    "srcLeft",
                    srcLeft + "," + srcTop + " to " + srcRight + "," + srcBottom,
                    "a rectangle within " + source.width() + " x " + source.height(),
                    "MS-RDPEGDI 2.2.2.2.1.1.2.21");
        }
        Raster target = blitter.target();
        int fromX = Math.max(0, left);
        int toX = Math.min(target.width(), right);
        if (line.width() < target.width()) {
            line = new Raster(target.width(), 1, new int[target.width()]);
        }
        int width = srcRight - srcLeft;
        int height = srcBottom - srcTop;
        for (int y = Math.max(0, top); y < Math.min(target.height(), bottom); y++) {
            int row = srcTop
                    + place(
                            y - top,
                            bottom - top,
                            height,
                            grid.info().ulTopHeight(),
                            grid.info().ulBottomHeight(),
                            grid);
            if (row < srcTop || fromX >= toX) {
                continue;
            }
            for (int x = fromX; x < toX; x++) {
                int column = place(
                        x - left,
                        right - left,
                        width,
                        grid.info().ulLeftWidth(),
                        grid.info().ulRightWidth(),
                        grid);
                int under = target.pixels()[y * target.width() + x];
                int mirrored = grid.has(NineGridBitmapInfo.DSDNG_MUSTFLIP) ? width - 1 - column : column;
                line.pixels()[x - fromX] = column < 0
                        ? under
                        : blend(grid, source.pixels()[row * source.width() + srcLeft + mirrored], under);
            }
            blitter.copy(Rop3.SRCCOPY, fromX, y, toX - fromX, 1, line, 0, 0, null, null);
        }
    }

    /** Which pixel of the source belongs to one of the rectangle; -1 where none does. */
    private static int place(int at, int size, int source, int before, int after, NineGrid grid) {
        if (grid.has(NineGridBitmapInfo.DSDNG_TRUESIZE)) {
            return at < source ? at : -1;
        }
        int first = Math.min(before, source);
        int last = Math.min(after, source - first);
        if (at < first && at < size) {
            return at;
        }
        if (at >= size - last) {
            return source - (size - at);
        }
        int middle = source - first - last;
        if (middle <= 0) {
            return Math.max(0, first - 1);
        }
        int offset = at - first;
        return grid.has(NineGridBitmapInfo.DSDNG_TILE)
                ? first + offset % middle
                : first + (int) ((long) offset * middle / (size - first - last));
    }

    private static int blend(NineGrid grid, int pixel, int under) {
        if (grid.has(NineGridBitmapInfo.DSDNG_PERPIXELALPHA)) {
            int rest = 255 - (pixel >>> 24);
            return OPAQUE
                    | over(pixel >> 16, under >> 16, rest) << 16
                    | over(pixel >> 8, under >> 8, rest) << 8
                    | over(pixel, under, rest);
        }
        if (grid.has(NineGridBitmapInfo.DSDNG_TRANSPARENT) && (pixel & RGB) == grid.transparent()) {
            return under;
        }
        return OPAQUE | pixel;
    }

    /** The source of AlphaBlend is multiplied with its alpha already. */
    private static int over(int source, int under, int rest) {
        return Math.min(255, (source & 0xFF) + ((under & 0xFF) * rest + 127) / 255);
    }
}
