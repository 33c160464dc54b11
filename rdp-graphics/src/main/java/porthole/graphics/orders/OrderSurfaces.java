package porthole.graphics.orders;

import porthole.graphics.cache.OffscreenBitmaps;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.cache.SourceBitmap;
import porthole.graphics.rop.Blitter;
import porthole.graphics.rop.Damage;
import porthole.graphics.rop.Raster;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.SwitchSurface;

/** Which surface the orders draw into: the screen, or one that nobody sees. MS-RDPEGDI 3.1.1.1.5. Not thread-safe. */
final class OrderSurfaces {
    private static final Raster NONE = new Raster(0, 0, new int[0]);

    private final OffscreenBitmaps bitmaps;
    private final Blitter blitter;
    private Raster screen = NONE;
    private Damage damage = Damage.NONE;
    private int current = SwitchSurface.SCREEN_BITMAP_SURFACE;

    OrderSurfaces(OffscreenBitmaps bitmaps, Blitter blitter) {
        this.bitmaps = bitmaps;
        this.blitter = blitter;
    }

    /** Draws on from here into these pixels of the screen, or into the surface that was chosen before. */
    void begin(int[] pixels, int width, int height, Damage painted) {
        if (screen.pixels() != pixels || screen.width() != width || screen.height() != height) {
            screen = new Raster(width, height, pixels);
        }
        damage = painted;
        select();
    }

    Raster screen() {
        return screen;
    }

    private void select() {
        if (current == SwitchSurface.SCREEN_BITMAP_SURFACE) {
            blitter.target(screen, damage);
            return;
        }
        SourceBitmap surface = bitmaps.get("SwitchSurface", "bitmapId", current);
        // What is drawn into a surface that was deleted meanwhile goes nowhere.
        blitter.target(surface == null ? NONE : surface.raster(), Damage.NONE);
    }

    void switchTo(SwitchSurface order) {
        if (order.bitmapId() != SwitchSurface.SCREEN_BITMAP_SURFACE
                && bitmaps.get("SwitchSurface", "bitmapId", order.bitmapId()) == null) {
            throw OrderErrors.error(
                    "SwitchSurface",
                    "bitmapId",
                    String.valueOf(order.bitmapId()),
                    "a surface that was created",
                    "MS-RDPEGDI 2.2.2.2.1.3.3");
        }
        current = order.bitmapId();
        select();
    }

    void create(CreateOffscreenBitmap order) {
        if (order.deleteList().isPresent()) {
            for (int id : order.deleteList().get()) {
                bitmaps.delete(id);
            }
        }
        bitmaps.create(order.offscreenBitmapId(), order.cx(), order.cy());
        select();
    }

    void clip(OrderBounds bounds) {
        blitter.clip(bounds.left(), bounds.top(), bounds.right() + 1, bounds.bottom() + 1);
    }
}
