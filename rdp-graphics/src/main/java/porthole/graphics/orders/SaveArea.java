package porthole.graphics.orders;

import porthole.graphics.cache.OrderErrors;
import porthole.graphics.rop.Blitter;
import porthole.graphics.rop.Damage;
import porthole.graphics.rop.Raster;
import porthole.graphics.rop.Rop3;
import porthole.protocol.orders.SaveBitmap;

/**
 * The Save Bitmap: 480 x 480 pixels in which rectangles of the screen are put away and fetched back. MS-RDPEGDI 3.2.1.2.
 *
 * <p>It is one strip of columns, as high as the granularity, that goes on in the next line; a rectangle is cut into strips
 * that lie there one behind the other. Not thread-safe.
 */
final class SaveArea {
    private static final int SIDE = 480;
    /** desktopSaveYGranularity of MS-RDPBCGR 2.2.7.1.3, which is always 20; that of X is 1. */
    private static final int GRANULARITY = 20;

    private static final int COLUMNS = SIDE * SIDE / GRANULARITY;

    private final Raster pixels = Raster.black(SIDE, SIDE);
    private final Blitter saver = new Blitter();

    SaveArea() {
        saver.target(pixels, Damage.NONE);
    }

    /** Saves from, or restores to, what {@code blitter} draws into. */
    void run(SaveBitmap order, Blitter blitter) {
        int width = order.nRightRect() - order.nLeftRect() + 1;
        int height = order.nBottomRect() - order.nTopRect() + 1;
        if (width <= 0 || height <= 0) {
            return;
        }
        long strips = (height + GRANULARITY - 1L) / GRANULARITY;
        long column = order.savedBitmapPosition() / GRANULARITY;
        if (column + strips * width > COLUMNS) {
            throw OrderErrors.error(
                    "SaveBitmap",
                    "savedBitmapPosition",
                    order.savedBitmapPosition() + " for " + width + " x " + height,
                    "a place within " + SIDE + " x " + SIDE + " pixels",
                    "MS-RDPEGDI 2.2.2.2.1.1.2.12");
        }
        boolean restore = order.operation() == SaveBitmap.SV_RESTOREBITS;
        for (int strip = 0; strip < height; strip += GRANULARITY) {
            int rows = Math.min(GRANULARITY, height - strip);
            for (int x = 0; x < width; ) {
                int at = (int) column % SIDE;
                int line = (int) column / SIDE * GRANULARITY;
                int count = Math.min(width - x, SIDE - at);
                if (restore) {
                    blitter.copy(
                            Rop3.SRCCOPY,
                            order.nLeftRect() + x,
                            order.nTopRect() + strip,
                            count,
                            rows,
                            pixels,
                            at,
                            line,
                            null,
                            null);
                } else {
                    save(blitter.target(), order.nLeftRect() + x, order.nTopRect() + strip, count, rows, at, line);
                }
                x += count;
                column += count;
            }
        }
    }

    /** What is outside of the screen stays as it was. */
    private void save(Raster screen, int x, int y, int width, int height, int toX, int toY) {
        int left = Math.max(0, x);
        int top = Math.max(0, y);
        int right = Math.min(screen.width(), x + width);
        int bottom = Math.min(screen.height(), y + height);
        saver.copy(
                Rop3.SRCCOPY, toX + left - x, toY + top - y, right - left, bottom - top, screen, left, top, null, null);
    }
}
