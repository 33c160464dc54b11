package porthole.graphics.orders;

import java.util.List;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.rop.Blitter;
import porthole.graphics.rop.Brush;
import porthole.graphics.rop.Ellipses;
import porthole.graphics.rop.Lines;
import porthole.graphics.rop.Polygons;
import porthole.graphics.rop.Rop3;
import porthole.protocol.orders.EllipseCb;
import porthole.protocol.orders.EllipseSc;
import porthole.protocol.orders.LineTo;
import porthole.protocol.orders.OrderPoint;
import porthole.protocol.orders.PolygonCb;
import porthole.protocol.orders.PolygonSc;
import porthole.protocol.orders.Polyline;

/** Draws lines, polygons and ellipses. MS-RDPEGDI 2.2.2.2.1.1.2.11 and 2.2.2.2.1.1.2.16 to .20. Not thread-safe. */
final class Shapes {
    private static final int ROP2 = 0x1F;
    private static final int TRANSPARENT = 0x80;
    /** A count of points is one octet; the start comes before them. */
    private static final int MOST_POINTS = 256;

    private final Blitter blitter;
    private final OrderColors colors;
    private final Brushes brushes;
    private final Polygons polygons = new Polygons();
    private final int[] xs = new int[MOST_POINTS];
    private final int[] ys = new int[MOST_POINTS];

    Shapes(Blitter blitter, OrderColors colors, Brushes brushes) {
        this.blitter = blitter;
        this.colors = colors;
        this.brushes = brushes;
    }

    void paint(LineTo order) {
        Lines.line(
                blitter,
                rop("LineTo", order.bRop2()),
                order.nXStart(),
                order.nYStart(),
                order.nXEnd(),
                order.nYEnd(),
                colors.argb(order.penColor()));
    }

    void paint(Polyline order) {
        int rop = rop("Polyline", order.bRop2());
        int argb = colors.argb(order.penColor());
        int count = points(order.xStart(), order.yStart(), order.deltas());
        for (int i = 1; i < count; i++) {
            Lines.line(blitter, rop, xs[i - 1], ys[i - 1], xs[i], ys[i], argb);
        }
    }

    void paint(PolygonSc order) {
        int count = points(order.xStart(), order.yStart(), order.deltas());
        Brush brush = brushes.solid(order.brushColor());
        polygons.fill(blitter, rop("PolygonSc", order.bRop2()), order.fillMode(), xs, ys, count, brush);
    }

    void paint(PolygonCb order) {
        Brush brush = brushes.of(
                "PolygonCb", order.brush(), order.foreColor(), order.backColor(), (order.bRop2() & TRANSPARENT) != 0);
        if (brush != null) {
            int count = points(order.xStart(), order.yStart(), order.deltas());
            polygons.fill(blitter, rop("PolygonCb", order.bRop2()), order.fillMode(), xs, ys, count, brush);
        }
    }

    void paint(EllipseSc order) {
        Ellipses.draw(
                blitter,
                rop("EllipseSc", order.bRop2()),
                order.leftRect(),
                order.topRect(),
                order.rightRect(),
                order.bottomRect(),
                order.fillMode() != 0,
                brushes.solid(order.color()));
    }

    void paint(EllipseCb order) {
        Brush brush = brushes.of(
                "EllipseCb", order.brush(), order.foreColor(), order.backColor(), (order.bRop2() & TRANSPARENT) != 0);
        if (brush != null) {
            Ellipses.draw(
                    blitter,
                    rop("EllipseCb", order.bRop2()),
                    order.leftRect(),
                    order.topRect(),
                    order.rightRect(),
                    order.bottomRect(),
                    order.fillMode() != 0,
                    brush);
        }
    }

    /** Each point is a distance from the one before; 255 of them stay far within 32 bits. */
    private int points(int x, int y, List<OrderPoint> deltas) {
        xs[0] = x;
        ys[0] = y;
        for (int i = 0; i < deltas.size(); i++) {
            xs[i + 1] = xs[i] + deltas.get(i).x();
            ys[i + 1] = ys[i] + deltas.get(i).y();
        }
        return deltas.size() + 1;
    }

    private static int rop(String order, int bRop2) {
        int rop2 = bRop2 & ROP2;
        if (rop2 < 1 || rop2 > 16) {
            throw OrderErrors.error(
                    order,
                    "bRop2",
                    String.valueOf(rop2),
                    "1 (R2_BLACK) to 16 (R2_WHITE)",
                    "MS-RDPEGDI 2.2.2.2.1.1.1.6");
        }
        return Rop3.ofRop2(rop2);
    }
}
