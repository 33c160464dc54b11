package porthole.graphics.orders;

import porthole.graphics.cache.BitmapCaches;
import porthole.graphics.cache.ColorTables;
import porthole.graphics.cache.NineGrid;
import porthole.graphics.cache.NineGrids;
import porthole.graphics.cache.OffscreenBitmaps;
import porthole.graphics.cache.SourceBitmap;
import porthole.graphics.rop.Blitter;
import porthole.graphics.rop.Brush;
import porthole.graphics.rop.Rop3;
import porthole.protocol.orders.DrawNineGrid;
import porthole.protocol.orders.DstBlt;
import porthole.protocol.orders.EllipseCb;
import porthole.protocol.orders.EllipseSc;
import porthole.protocol.orders.FastGlyph;
import porthole.protocol.orders.FastIndex;
import porthole.protocol.orders.GlyphIndex;
import porthole.protocol.orders.LineTo;
import porthole.protocol.orders.Mem3Blt;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.MultiDrawNineGrid;
import porthole.protocol.orders.MultiDstBlt;
import porthole.protocol.orders.MultiOpaqueRect;
import porthole.protocol.orders.MultiPatBlt;
import porthole.protocol.orders.MultiScrBlt;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.OrderRectangle;
import porthole.protocol.orders.PatBlt;
import porthole.protocol.orders.PolygonCb;
import porthole.protocol.orders.PolygonSc;
import porthole.protocol.orders.Polyline;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrder;
import porthole.protocol.orders.SaveBitmap;
import porthole.protocol.orders.ScrBlt;
import porthole.protocol.orders.TsColor;

/** Draws primary drawing orders. MS-RDPEGDI 2.2.2.2.1.1. Not thread-safe. */
final class PrimaryPainter {
    private final Blitter blitter;
    private final OrderSurfaces surfaces;
    private final OrderColors colors;
    private final Brushes brushes;
    private final BitmapCaches bitmaps;
    private final OffscreenBitmaps offscreen;
    private final ColorTables tables;
    private final NineGrids nineGrids;
    private final NineGridPainter nineGridPainter;
    private final Shapes shapes;
    private final Texts texts;
    private final OrderListener listener;
    private SaveArea saveArea;

    PrimaryPainter(
            Blitter blitter,
            OrderSurfaces surfaces,
            OrderColors colors,
            Brushes brushes,
            BitmapCaches bitmaps,
            OffscreenBitmaps offscreen,
            ColorTables tables,
            NineGrids nineGrids,
            Texts texts,
            OrderListener listener) {
        this.blitter = blitter;
        this.surfaces = surfaces;
        this.colors = colors;
        this.brushes = brushes;
        this.bitmaps = bitmaps;
        this.offscreen = offscreen;
        this.tables = tables;
        this.nineGrids = nineGrids;
        this.nineGridPainter = new NineGridPainter(blitter);
        this.shapes = new Shapes(blitter, colors, brushes);
        this.texts = texts;
        this.listener = listener;
    }

    void paint(PrimaryDrawingOrder drawing) {
        OrderBounds bounds = drawing.bounds().orElse(null);
        if (bounds == null) {
            blitter.unclip();
        } else {
            surfaces.clip(bounds);
        }
        PrimaryOrder order = drawing.order();
        switch (order.orderType()) {
            case PrimaryOrder.TS_ENC_DSTBLT_ORDER -> paint((DstBlt) order);
            case PrimaryOrder.TS_ENC_PATBLT_ORDER -> paint((PatBlt) order);
            case PrimaryOrder.TS_ENC_SCRBLT_ORDER -> paint((ScrBlt) order);
            case PrimaryOrder.TS_ENC_OPAQUERECT_ORDER -> paint((OpaqueRect) order);
            case PrimaryOrder.TS_ENC_MULTIDSTBLT_ORDER -> paint((MultiDstBlt) order);
            case PrimaryOrder.TS_ENC_MULTIPATBLT_ORDER -> paint((MultiPatBlt) order);
            case PrimaryOrder.TS_ENC_MULTISCRBLT_ORDER -> paint((MultiScrBlt) order);
            case PrimaryOrder.TS_ENC_MULTIOPAQUERECT_ORDER -> paint((MultiOpaqueRect) order);
            case PrimaryOrder.TS_ENC_MEMBLT_ORDER -> paint((MemBlt) order);
            case PrimaryOrder.TS_ENC_MEM3BLT_ORDER -> paint((Mem3Blt) order);
            case PrimaryOrder.TS_ENC_SAVEBITMAP_ORDER -> paint((SaveBitmap) order);
            case PrimaryOrder.TS_ENC_LINETO_ORDER -> shapes.paint((LineTo) order);
            case PrimaryOrder.TS_ENC_POLYLINE_ORDER -> shapes.paint((Polyline) order);
            case PrimaryOrder.TS_ENC_POLYGON_SC_ORDER -> shapes.paint((PolygonSc) order);
            case PrimaryOrder.TS_ENC_POLYGON_CB_ORDER -> shapes.paint((PolygonCb) order);
            case PrimaryOrder.TS_ENC_ELLIPSE_SC_ORDER -> shapes.paint((EllipseSc) order);
            case PrimaryOrder.TS_ENC_ELLIPSE_CB_ORDER -> shapes.paint((EllipseCb) order);
            case PrimaryOrder.TS_ENC_INDEX_ORDER -> texts.paint((GlyphIndex) order);
            case PrimaryOrder.TS_ENC_FAST_INDEX_ORDER -> texts.paint((FastIndex) order);
            case PrimaryOrder.TS_ENC_FAST_GLYPH_ORDER -> texts.paint((FastGlyph) order);
            case PrimaryOrder.TS_ENC_DRAWNINEGRID_ORDER -> paint((DrawNineGrid) order, bounds);
            default -> paint((MultiDrawNineGrid) order, bounds);
        }
    }

    /** Few hosts save anything, so the memory is taken when one does. */
    private void paint(SaveBitmap order) {
        if (saveArea == null) {
            saveArea = new SaveArea();
        }
        saveArea.run(order, blitter);
    }

    private void paint(DstBlt order) {
        Brush black = brushes.solid(TsColor.ZERO);
        blitter.paint(order.bRop(), order.nLeftRect(), order.nTopRect(), order.nWidth(), order.nHeight(), black);
    }

    private void paint(MultiDstBlt order) {
        Brush black = brushes.solid(TsColor.ZERO);
        for (OrderRectangle rect : order.rectangles()) {
            blitter.paint(order.bRop(), rect.left(), rect.top(), rect.width(), rect.height(), black);
        }
    }

    private void paint(PatBlt order) {
        Brush brush = brushes.of("PatBlt", order.brush(), order.foreColor(), order.backColor(), false);
        if (brush != null) {
            blitter.paint(order.bRop(), order.nLeftRect(), order.nTopRect(), order.nWidth(), order.nHeight(), brush);
        }
    }

    private void paint(MultiPatBlt order) {
        Brush brush = brushes.of("MultiPatBlt", order.brush(), order.foreColor(), order.backColor(), false);
        if (brush != null) {
            for (OrderRectangle rect : order.rectangles()) {
                blitter.paint(order.bRop(), rect.left(), rect.top(), rect.width(), rect.height(), brush);
            }
        }
    }

    private void paint(OpaqueRect order) {
        blitter.fill(order.nLeftRect(), order.nTopRect(), order.nWidth(), order.nHeight(), colors.argb(order.color()));
    }

    private void paint(MultiOpaqueRect order) {
        int argb = colors.argb(order.color());
        for (OrderRectangle rect : order.rectangles()) {
            blitter.fill(rect.left(), rect.top(), rect.width(), rect.height(), argb);
        }
    }

    private void paint(ScrBlt order) {
        screen(
                order.bRop(),
                order.nLeftRect(),
                order.nTopRect(),
                order.nWidth(),
                order.nHeight(),
                order.nXSrc(),
                order.nYSrc());
    }

    private void paint(MultiScrBlt order) {
        for (OrderRectangle rect : order.rectangles()) {
            screen(
                    order.bRop(),
                    rect.left(),
                    rect.top(),
                    rect.width(),
                    rect.height(),
                    order.nXSrc() + rect.left() - order.nLeftRect(),
                    order.nYSrc() + rect.top() - order.nTopRect());
        }
    }

    private void screen(int rop, int x, int y, int width, int height, int sourceX, int sourceY) {
        if (rop != Rop3.DSTCOPY) {
            blitter.copy(rop, x, y, width, height, surfaces.screen(), sourceX, sourceY, null, null);
        }
    }

    private void paint(MemBlt order) {
        SourceBitmap bitmap = source("MemBlt", order.bitmapCache(), order.cacheIndex());
        if (bitmap != null && order.bRop() != Rop3.DSTCOPY) {
            blitter.copy(
                    order.bRop(),
                    order.nLeftRect(),
                    order.nTopRect(),
                    order.nWidth(),
                    order.nHeight(),
                    bitmap.raster(),
                    order.nXSrc(),
                    order.nYSrc(),
                    null,
                    table("MemBlt", bitmap, order.colorTable()));
        }
    }

    private void paint(Mem3Blt order) {
        SourceBitmap bitmap = source("Mem3Blt", order.bitmapCache(), order.cacheIndex());
        Brush brush = bitmap == null || order.bRop() == Rop3.DSTCOPY
                ? null
                : brushes.of("Mem3Blt", order.brush(), order.foreColor(), order.backColor(), false);
        if (brush != null) {
            blitter.copy(
                    order.bRop(),
                    order.nLeftRect(),
                    order.nTopRect(),
                    order.nWidth(),
                    order.nHeight(),
                    bitmap.raster(),
                    order.nXSrc(),
                    order.nYSrc(),
                    brush,
                    table("Mem3Blt", bitmap, order.colorTable()));
        }
    }

    /** Hosts name bitmaps now and then that they never sent; such an order is passed over. */
    private SourceBitmap source(String order, int cacheId, int cacheIndex) {
        SourceBitmap bitmap = cacheId == PrimaryOrder.SCREEN_CACHE
                ? offscreen.get(order, "cacheIndex", cacheIndex)
                : bitmaps.get(order, cacheId, cacheIndex);
        if (bitmap == null) {
            listener.skipped(order);
        }
        return bitmap;
    }

    private int[] table(String order, SourceBitmap bitmap, int index) {
        if (!bitmap.indexed()) {
            return null;
        }
        int[] table = tables.get(order, index);
        return table == null ? colors.palette() : table;
    }

    private void paint(DrawNineGrid order, OrderBounds bounds) {
        NineGrid grid = nineGrids.get("DrawNineGrid", order.bitmapId());
        if (grid == null) {
            listener.skipped("DrawNineGrid");
            return;
        }
        draw("DrawNineGrid", grid, order.srcLeft(), order.srcTop(), order.srcRight(), order.srcBottom(), bounds);
    }

    private void paint(MultiDrawNineGrid order, OrderBounds bounds) {
        NineGrid grid = nineGrids.get("MultiDrawNineGrid", order.bitmapId());
        if (grid == null) {
            listener.skipped("MultiDrawNineGrid");
            return;
        }
        for (OrderRectangle rect : order.rectangles()) {
            blitter.unclip();
            blitter.clip(rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height());
            draw(
                    "MultiDrawNineGrid",
                    grid,
                    order.srcLeft(),
                    order.srcTop(),
                    order.srcRight(),
                    order.srcBottom(),
                    bounds);
        }
    }

    /** The bounds of the order are what the bitmap is made to fill. */
    private void draw(
            String order, NineGrid grid, int srcLeft, int srcTop, int srcRight, int srcBottom, OrderBounds bounds) {
        int left = bounds == null ? 0 : bounds.left();
        int top = bounds == null ? 0 : bounds.top();
        int right = bounds == null ? blitter.target().width() : bounds.right() + 1;
        int bottom = bounds == null ? blitter.target().height() : bounds.bottom() + 1;
        nineGridPainter.draw(order, grid, srcLeft, srcTop, srcRight, srcBottom, left, top, right, bottom);
    }
}
