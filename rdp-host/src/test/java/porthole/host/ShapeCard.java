package porthole.host;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.orders.DstBlt;
import porthole.protocol.orders.Mem3Blt;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.OrderPoint;
import porthole.protocol.orders.PatBlt;
import porthole.protocol.orders.PolygonCb;
import porthole.protocol.orders.PolygonSc;
import porthole.protocol.orders.SaveBitmap;
import porthole.protocol.orders.ScrBlt;
import porthole.protocol.wire.Bytes;

/**
 * Polygons, saved parts of the screen, and what else rdesktop draws by the rules of MS-RDPEGDI.
 *
 * <p>Left out are lines, whose last pixel rdesktop draws, too, and ellipses, which are those of the X server and do not reach the
 * right and bottom edges of their rectangles.
 */
final class ShapeCard extends Card {
    private static final int WIDE = 46;
    private static final int COPY_PEN = 13;

    ShapeCard(int bitsPerPixel, long seed) {
        super(bitsPerPixel, seed);
        noise();
        rectangles();
        polygons();
        saved();
        end();
    }

    private void rectangles() {
        for (int rop : new int[] {0x00, 0x55, 0xFF}) {
            cell(String.format("DstBlt %02X", rop));
            add(new DstBlt(x, y, CELL, CELL, rop));
        }
        cell("OpaqueRect");
        add(new OpaqueRect(x, y, CELL, CELL, 9, 8, 7), middle());
        for (int rop : new int[] {0xF0, 0x5A, 0xA0, 0xFA, 0x0F, 0x05}) {
            cell(String.format("PatBlt %02X solid", rop));
            add(new PatBlt(x, y, CELL, CELL, rop, color(), color(), brush(OrderBrush.BS_SOLID, 0)));
            cell(String.format("PatBlt %02X pattern", rop));
            add(new PatBlt(x, y, CELL, CELL, rop, color(), color(), pattern()));
            for (int hatch = 0; hatch < 6; hatch++) {
                cell(String.format("PatBlt %02X hatch %d", rop, hatch));
                add(new PatBlt(x, y, CELL, CELL, rop, color(), color(), brush(OrderBrush.BS_HATCHED, hatch)));
            }
        }
        for (int rop : new int[] {0xCC, 0x66, 0x88, 0xEE, 0x33, 0x44, 0x11, 0xBB, 0x99, 0xDD, 0x77, 0x22}) {
            cell(String.format("ScrBlt %02X", rop));
            add(new ScrBlt(x, y, CELL, CELL, rop, random.nextInt(900), random.nextInt(HEIGHT - 18 * 4, HEIGHT - 17)));
            cell(String.format("MemBlt %02X", rop));
            add(new MemBlt(1, x, y, CELL, CELL, rop, random.nextInt(8), random.nextInt(8), random.nextInt(3)));
        }
        cell("Mem3Blt B8 pattern");
        add(new Mem3Blt(1, x, y, CELL, CELL, 0xB8, 3, 4, color(), color(), pattern(), 2));
        cell("Mem3Blt B8 solid");
        add(new Mem3Blt(1, x, y, CELL, CELL, 0xB8, 3, 4, color(), color(), brush(OrderBrush.BS_SOLID, 0), 2));
    }

    private OrderBrush pattern() {
        return brush(OrderBrush.BS_PATTERN, random.nextInt(256));
    }

    /** Distances from one to the next, from the middle of a wide cell. */
    private List<OrderPoint> points(int count) {
        List<OrderPoint> points = new ArrayList<>();
        int lastX = 20;
        int lastY = 8;
        for (int i = 0; i < count; i++) {
            int toX = random.nextInt(WIDE - 1);
            int toY = random.nextInt(CELL - 1);
            points.add(new OrderPoint(toX - lastX, toY - lastY));
            lastX = toX;
            lastY = toY;
        }
        return points;
    }

    private void polygons() {
        for (int fillMode = 1; fillMode <= 2; fillMode++) {
            for (int corners = 2; corners <= 9; corners++) {
                cell("PolygonSc " + fillMode + " " + corners, WIDE);
                Bytes points = OrderPoint.encodeAll(points(corners));
                add(new PolygonSc(x + 20, y + 8, COPY_PEN, fillMode, color(), corners, points));
            }
            for (int rop2 = 1; rop2 <= 16; rop2++) {
                cell("PolygonSc rop " + fillMode + " " + rop2, WIDE);
                Bytes points = OrderPoint.encodeAll(points(5));
                add(new PolygonSc(x + 20, y + 8, rop2, fillMode, color(), 5, points));
            }
            for (int hatch = 0; hatch < 6; hatch++) {
                cell("PolygonCb hatch " + fillMode + " " + hatch, WIDE);
                Bytes points = OrderPoint.encodeAll(points(5));
                OrderBrush brush = brush(OrderBrush.BS_HATCHED, hatch);
                add(new PolygonCb(x + 20, y + 8, COPY_PEN, fillMode, color(), color(), brush, 5, points));
            }
            cell("PolygonCb pattern " + fillMode, WIDE);
            Bytes points = OrderPoint.encodeAll(points(5));
            add(new PolygonCb(x + 20, y + 8, COPY_PEN, fillMode, color(), color(), pattern(), 5, points));
        }
    }

    private void saved() {
        for (int i = 0; i < 4; i++) {
            cell("saved " + i, WIDE);
            int width = random.nextInt(3, WIDE);
            int height = random.nextInt(3, CELL);
            int position = 20 * (1000 * i + 475);
            add(new SaveBitmap(position, x, y, x + width - 1, y + height - 1, SaveBitmap.SV_SAVEBITS));
            add(new DstBlt(x, y, WIDE, CELL, 0x55));
            if (i > 0) {
                add(new SaveBitmap(position, x, y, x + width - 1, y + height - 1, SaveBitmap.SV_RESTOREBITS));
            }
        }
    }
}
