package porthole.graphics.orders;

import java.util.List;
import porthole.graphics.cache.BitmapBudget;
import porthole.graphics.cache.BitmapCaches;
import porthole.graphics.cache.BrushCaches;
import porthole.graphics.cache.ColorTables;
import porthole.graphics.cache.GlyphCaches;
import porthole.graphics.cache.NineGrids;
import porthole.graphics.cache.OffscreenBitmaps;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.rop.Blitter;
import porthole.graphics.rop.Damage;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.orders.CreateNineGridBitmap;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.DesktopComposition;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.FrameMarker;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.orders.SecondaryOrder;
import porthole.protocol.orders.StreamBitmapFirst;
import porthole.protocol.orders.StreamBitmapNext;
import porthole.protocol.orders.SwitchSurface;
import porthole.protocol.orders.Windowing;
import porthole.protocol.wire.WireReader;

/**
 * Draws orders onto the screen of a session, and keeps what hosts keep at the client for that.
 *
 * <p>Pixels are those of FreeRDP's software GDI where that draws an order as the specification has it. What refers to a cache
 * entry that the host never filled is passed over (MS-RDPEGDI 3.2.5.1.1.1); a number beyond the limits ends the session with a
 * {@link porthole.protocol.failure.WireException}. Not thread-safe.
 */
public final class OrderPainter {
    private final Framebuffer screen;
    private final OrderLimits limits;
    private final OrderListener listener;
    private final PrimaryOrderHistory history = new PrimaryOrderHistory();
    private final OrderColors colors;
    private final Blitter blitter = new Blitter();
    private BitmapCaches bitmaps;
    private OrderSurfaces surfaces;
    private CacheFiller caches;
    private StreamedBitmap streamed;
    private PrimaryPainter primary;

    /**
     * @param bitsPerPixel of the session: what the colours of orders mean
     * @param listener is told of orders that draw nothing
     */
    public OrderPainter(Framebuffer screen, int bitsPerPixel, OrderLimits limits, OrderListener listener) {
        this.screen = screen;
        this.limits = limits;
        this.listener = listener;
        this.colors = new OrderColors(bitsPerPixel);
    }

    /** Forgets all caches and what orders leave out, as both sides do when capabilities are exchanged anew. */
    public void reset(int bitsPerPixel) {
        colors.depth(bitsPerPixel);
        history.clear();
        primary = null;
    }

    /** Draws on into the screen or the surface that was chosen before; the caches are made when the first order comes. */
    private void begin(int[] pixels, int width, int height, Damage painted) {
        makeCachesOnce();
        surfaces.begin(pixels, width, height, painted);
    }

    private void makeCachesOnce() {
        if (primary != null) {
            return;
        }
        BitmapBudget budget = new BitmapBudget(limits);
        bitmaps = new BitmapCaches(limits, budget);
        NineGrids nineGrids = new NineGrids(limits, budget);
        OffscreenBitmaps offscreen = new OffscreenBitmaps(limits);
        GlyphCaches glyphs = new GlyphCaches(limits);
        BrushCaches brushes = new BrushCaches();
        ColorTables tables = new ColorTables();
        surfaces = new OrderSurfaces(offscreen, blitter);
        caches = new CacheFiller(colors, bitmaps, glyphs, brushes, tables);
        streamed = new StreamedBitmap(nineGrids);
        primary = new PrimaryPainter(
                blitter,
                surfaces,
                colors,
                new Brushes(colors, brushes),
                bitmaps,
                offscreen,
                tables,
                nineGrids,
                new Texts(blitter, colors, glyphs, caches),
                listener);
    }

    /** Puts bitmaps of an earlier session into the first entries of a bitmap cache, right after {@link #reset}. */
    public void preload(int cacheId, List<CachedBitmap> kept) {
        makeCachesOnce();
        bitmaps.preload(cacheId, kept);
    }

    /** The bitmaps of a cache that another session may begin with: those to which the host gave a key. */
    public List<CachedBitmap> persistentBitmaps(int cacheId) {
        return primary == null ? List.of() : bitmaps.persistent(cacheId);
    }

    /** Takes over a palette for the orders to come. */
    public void palette(PaletteUpdate update) {
        colors.palette(update);
    }

    /**
     * Draws the orders of one update as one frame.
     *
     * @param in stands at the first order
     */
    public void update(WireReader in, int numberOrders) {
        screen.draw((pixels, width, height, dirty) -> {
            begin(pixels, width, height, dirty);
            DrawingOrder.forEach(in, numberOrders, history, this::draw);
        });
    }

    /** Draws orders that were read already, as one frame. */
    public void update(Iterable<? extends DrawingOrder> orders) {
        screen.draw((pixels, width, height, dirty) -> {
            begin(pixels, width, height, dirty);
            orders.forEach(this::draw);
        });
    }

    private void draw(DrawingOrder order) {
        if (order instanceof PrimaryDrawingOrder drawing) {
            primary.paint(drawing);
        } else if (order instanceof SecondaryOrder secondary) {
            caches.fill(secondary);
        } else if (order instanceof SwitchSurface target) {
            surfaces.switchTo(target);
        } else if (order instanceof CreateOffscreenBitmap create) {
            surfaces.create(create);
        } else if (order instanceof StreamBitmapFirst first) {
            streamed.begin(first);
        } else if (order instanceof StreamBitmapNext next) {
            streamed.next(next);
        } else if (order instanceof CreateNineGridBitmap create) {
            streamed.create(create);
        } else if (order instanceof FrameMarker marker) {
            listener.frameMarker(marker.action() == FrameMarker.TS_FRAME_END);
        } else if (order instanceof Windowing || order instanceof DesktopComposition) {
            listener.windowing(order);
        } else {
            listener.skipped(order.getClass().getSimpleName());
        }
    }
}
