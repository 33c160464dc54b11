package porthole.client;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.orders.OrderListener;
import porthole.graphics.orders.OrderPainter;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.pointer.PointerState;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.OrdersUpdate;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.SlowPathPointer;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The picture of one session: paints updates of either path. One thread paints, any thread may look. */
final class SessionScreen {
    /** What our capability sets announce at most; a host may fall back to fewer. */
    private static final int POINTER_CACHE = 128;

    private final Framebuffer screen;
    private final ScreenPainter painter;
    private final OrderPainter orders;
    private final PointerState pointer = new PointerState(POINTER_CACHE);
    private final Consumer<String> skipped;
    private final LongConsumer frameEnds;

    /**
     * @param tiles decodes the tiles of RemoteFX
     * @param skipped is told what was passed over as nobody offered to draw it
     * @param frameEnds is told the id of each frame of surface commands that is painted
     */
    SessionScreen(int width, int height, TileRunner tiles, Consumer<String> skipped, LongConsumer frameEnds) {
        this.screen = new Framebuffer(width, height);
        this.painter = new ScreenPainter(screen, tiles);
        this.orders = new OrderPainter(screen, 32, OrderLimits.DEFAULT, new OrderNotes());
        this.skipped = skipped;
        this.frameEnds = frameEnds;
    }

    /** What the graphics channel draws into, in the same queue. */
    Framebuffer framebuffer() {
        return screen;
    }

    private final class OrderNotes implements OrderListener {
        @Override
        public void skipped(String order) {
            skipped.accept("the drawing order " + order);
        }
    }

    /**
     * Gives the desktop its size and depth; one that stays the same size keeps its pixels until the host paints them anew.
     * What orders refer to is forgotten, as it is whenever capabilities are exchanged.
     */
    void resize(int width, int height, int bitsPerPixel) {
        orders.reset(bitsPerPixel);
        if (screen.width() != width || screen.height() != height) {
            screen.resize(width, height);
        }
    }

    /** What draws orders, and keeps bitmaps for them. */
    OrderPainter orders() {
        return orders;
    }

    void fastPath(int updateCode, WireReader data) {
        if (FastPathPointer.handles(updateCode)) {
            pointer.apply(FastPathPointer.decode(updateCode, data).update(), painter.palette());
            return;
        }
        switch (updateCode) {
            case FastPathUpdate.BITMAP -> painter.bitmapUpdate(data);
            case FastPathUpdate.PALETTE -> palette(PaletteUpdate.decode(data));
            case FastPathUpdate.SURFCMDS -> painter.surfaceCommands(data, this::marker);
            case FastPathUpdate.ORDERS -> {
                OrdersUpdate update = OrdersUpdate.decode(data);
                orders(update.numberOrders(), update.orderData());
            }
            case FastPathUpdate.SYNCHRONIZE -> {} // means nothing (MS-RDPBCGR 2.2.9.1.2.1.3)
            default -> skipped.accept("an update with code " + updateCode);
        }
    }

    private void palette(PaletteUpdate update) {
        painter.palette(update);
        orders.palette(update);
    }

    private void orders(int numberOrders, Bytes orderData) {
        orders.update(WireReader.of(orderData, "OrdersUpdate.orderData", OrdersUpdate.SECTION), numberOrders);
    }

    private void marker(SurfaceCommand.FrameMarker marker) {
        if (marker.frameAction() == SurfaceCommand.FrameMarker.END) {
            marker.frameId().ifPresent(frameEnds);
        }
    }

    void slowPath(WireReader body) {
        int type = SlowPathUpdate.peekType(body);
        if (type == SlowPathUpdate.UPDATETYPE_BITMAP) {
            painter.bitmapUpdate(body);
            return;
        }
        SlowPathUpdate update = SlowPathUpdate.decode(body);
        if (update instanceof SlowPathUpdate.Palette palette) {
            palette(palette.update());
        } else if (update instanceof SlowPathUpdate.Orders drawing) {
            orders(drawing.numberOrders(), drawing.orderData());
        } else if (update instanceof SlowPathUpdate.Unknown) {
            skipped.accept("an update of type " + type);
        }
    }

    void slowPathPointer(WireReader body) {
        pointer.apply(SlowPathPointer.decode(body).update(), painter.palette());
    }

    /** The user moved the pointer; hosts do not send that back. */
    void pointerAt(int x, int y) {
        pointer.moveTo(x, y);
    }

    Picture snapshot(boolean withPointer) {
        Picture picture = screen.snapshot();
        return withPointer ? pointer.drawOnto(picture) : picture;
    }

    List<PixelRect> takeDirty() {
        return screen.takeDirty();
    }

    long frames() {
        return screen.frames();
    }

    int width() {
        return screen.width();
    }

    int height() {
        return screen.height();
    }
}
