package porthole.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.graphics.rop.Rop3;
import porthole.protocol.orders.CacheBitmap;
import porthole.protocol.orders.CacheBrush;
import porthole.protocol.orders.CacheGlyph;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.DstBlt;
import porthole.protocol.orders.FastGlyph;
import porthole.protocol.orders.FastIndex;
import porthole.protocol.orders.GlyphData;
import porthole.protocol.orders.GlyphIndex;
import porthole.protocol.orders.LineTo;
import porthole.protocol.orders.Mem3Blt;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.MultiOpaqueRect;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.OrderPoint;
import porthole.protocol.orders.OrderRectangle;
import porthole.protocol.orders.PatBlt;
import porthole.protocol.orders.Polyline;
import porthole.protocol.orders.ScrBlt;
import porthole.protocol.orders.SwitchSurface;
import porthole.protocol.orders.TsColor;
import porthole.protocol.wire.Bytes;

/**
 * Orders that fill a screen with small cells, one for each order, raster operation and kind of brush that FreeRDP draws.
 *
 * <p>Numbers and colours come from a seed. Left out is what FreeRDP does not draw as MS-RDPEGDI has it, or draws differently
 * from version to version:
 *
 * <ul>
 *   <li>R2_MERGEPENNOT is drawn as R2_MERGENOTPEN, and DSTCOPY copies;
 *   <li>bounds of text are forgotten, and transparent text keeps the colour of the text before;
 *   <li>version 3 fills the cells of opaque glyphs, version 2 does not: so they lie on the opaque rectangle, side by side;
 *   <li>glyphs that leave the background rectangle on the right are dropped, a delta behind a fragment is taken as a glyph, and
 *       a fixed pitch does not advance;
 *   <li>glyphs of revision 2 are read only by clients that take no others;
 *   <li>the diagonal hatches are each other's;
 *   <li>patterns are turned by one row: so their rows are alike; and after a cached brush of colours they are read as such;
 *   <li>the top row of brushes with four colours stays black.
 * </ul>
 */
final class OrderCard extends Card {
    private static final int SRCCOPY = Rop3.SRCCOPY;
    private static final int GLYPHS = 12;
    private static final int R2_MERGEPENNOT = 14;
    private static final int OFFSCREEN = 5;

    OrderCard(int bitsPerPixel, long seed) {
        super(bitsPerPixel, seed);
        noise();
        caches();
        rectangles();
        patterns();
        copies();
        bitmaps();
        lines();
        text();
        offscreen();
        new BitmapCells(this).draw();
        end();
    }

    private void caches() {
        add(CacheBitmap.of(false, 0, 7, CELL, 12, bitsPerPixel, octets(CELL * 12 * pixelBytes())));
        add(CacheBrush.of(3, CacheBrush.BMF_1BPP, octets(8)));
        add(CacheBrush.of(4, colors(CacheBrush.BMF_24BPP), octets(64 * Math.min(3, pixelBytes()))));
        add(CacheBrush.of(5, colors(CacheBrush.BMF_32BPP), fourColors()));
        List<GlyphData> glyphs = new ArrayList<>();
        for (int i = 0; i < GLYPHS; i++) {
            glyphs.add(glyph(i));
        }
        add(CacheGlyph.of(6, glyphs.subList(0, GLYPHS / 2)));
        add(CacheGlyph.of(6, glyphs.subList(GLYPHS / 2, GLYPHS)));
        // FreeRDP draws the first glyph of the cache, too, with each FastGlyph order.
        add(CacheGlyph.of(7, List.of(new GlyphData(0, 0, 0, 1, 1, Bytes.of(new byte[4])))));
    }

    /** The format of a brush of colours; {@code deep} from 24 bits per pixel on. */
    private int colors(int deep) {
        return bitsPerPixel == 8 ? CacheBrush.BMF_8BPP : bitsPerPixel <= 16 ? CacheBrush.BMF_16BPP : deep;
    }

    /** Indices and four colours; the top row is black, as FreeRDP leaves it so. */
    private Bytes fourColors() {
        int color = pixelBytes() == 3 ? 4 : pixelBytes();
        byte[] brush = octets(16 + 4 * color).toArray();
        Arrays.fill(brush, 14, 16 + color, (byte) 0);
        return Bytes.of(brush);
    }

    private GlyphData glyph(int index) {
        int width = random.nextInt(3, 12);
        int height = random.nextInt(5, 11);
        int octets = (width + 7) / 8 * height;
        return new GlyphData(index, 1, -height, width, height, octets((octets + 3) / 4 * 4));
    }

    private void rectangles() {
        for (int rop : new int[] {0x00, 0x55, 0xFF}) {
            cell(String.format("DstBlt %02X", rop));
            add(new DstBlt(x, y, CELL, CELL, rop));
            cell(String.format("DstBlt %02X bounds", rop));
            add(new DstBlt(x, y, CELL, CELL, rop), middle());
        }
        cell("OpaqueRect");
        TsColor color = color();
        add(new OpaqueRect(x + 1, y + 2, 13, 11, color.redOrPaletteIndex(), color.green(), color.blue()));
        cell("OpaqueRect bounds");
        add(new OpaqueRect(x, y, CELL, CELL, color.redOrPaletteIndex(), color.green(), color.blue()), middle());
        cell("OpaqueRect empty");
        add(new OpaqueRect(x, y, 0, 0, 1, 2, 3));
        for (int i = 0; i < 2; i++) {
            cell("MultiOpaqueRect " + i);
            List<OrderRectangle> rects = List.of(
                    new OrderRectangle(x, y, 5, 5),
                    new OrderRectangle(x + 4, y + 3, 8, 5),
                    new OrderRectangle(x + 4, y + 12, 8, 1),
                    new OrderRectangle(x + 14, y, 2, 16));
            color = color();
            add(
                    new MultiOpaqueRect(
                            x,
                            y,
                            CELL,
                            CELL,
                            color.redOrPaletteIndex(),
                            color.green(),
                            color.blue(),
                            rects.size(),
                            OrderRectangle.encodeAll(rects)),
                    i == 0 ? Optional.empty() : middle());
        }
    }

    /** All rows alike, as FreeRDP takes the bottom row of a pattern for its top row. */
    private OrderBrush pattern() {
        byte[] rows = new byte[OrderBrush.EXTRA_SIZE];
        Arrays.fill(rows, (byte) random.nextInt(1, 255));
        return new OrderBrush(
                random.nextInt(8), random.nextInt(8), OrderBrush.BS_PATTERN, rows[0] & 0xFF, Bytes.of(rows));
    }

    private Map<String, OrderBrush> brushes() {
        Map<String, OrderBrush> brushes = new LinkedHashMap<>();
        brushes.put("solid", brush(OrderBrush.BS_SOLID, 0));
        for (int hatch : new int[] {0, 1, 4, 5}) {
            brushes.put("hatch " + hatch, brush(OrderBrush.BS_HATCHED, hatch));
        }
        int format = colors(CacheBrush.BMF_24BPP);
        brushes.put("cached colours", brush(OrderBrush.TS_CACHED_BRUSH | format, 4));
        int other = colors(CacheBrush.BMF_32BPP);
        brushes.put("cached four colours", brush(OrderBrush.TS_CACHED_BRUSH | other, 5));
        brushes.put("cached mono", brush(OrderBrush.TS_CACHED_BRUSH | CacheBrush.BMF_1BPP, 3));
        brushes.put("pattern", pattern());
        return brushes;
    }

    private void patterns() {
        for (int rop = 0; rop < 256; rop++) {
            if (Rop3.usesSource(rop) || rop == Rop3.DSTCOPY) {
                continue;
            }
            for (Map.Entry<String, OrderBrush> brush : brushes().entrySet()) {
                cell(String.format("PatBlt %02X %s", rop, brush.getKey()));
                Optional<OrderBounds> bounds = random.nextInt(4) == 0 ? middle() : Optional.empty();
                add(new PatBlt(x + 1, y, 14, CELL, rop, color(), color(), brush.getValue()), bounds);
            }
        }
    }

    private void copies() {
        for (int rop = 0; rop < 256; rop++) {
            if (Rop3.usesPattern(rop) || rop == Rop3.DSTCOPY) {
                continue;
            }
            cell(String.format("ScrBlt %02X", rop));
            add(new ScrBlt(x, y, CELL, CELL, rop, random.nextInt(900), random.nextInt(HEIGHT - 18 * 4, HEIGHT - 17)));
            for (int[] move : new int[][] {{3, 2}, {-3, 2}, {3, -2}, {-3, -2}, {2, 0}, {-2, 0}, {0, 1}, {0, -1}}) {
                cell(String.format("ScrBlt %02X overlap %d %d", rop, move[0], move[1]));
                add(new ScrBlt(x + 3, y + 3, 9, 9, rop, x + 3 + move[0], y + 3 + move[1]));
            }
            cell(String.format("MemBlt %02X", rop));
            add(new MemBlt(1, x, y, CELL, CELL, rop, random.nextInt(8), random.nextInt(8), random.nextInt(3)));
            cell(String.format("MemBlt %02X bounds", rop));
            add(new MemBlt(1, x, y, CELL, CELL, rop, 2, 5, random.nextInt(3)), middle());
        }
    }

    private void bitmaps() {
        cell("MemBlt of revision 1");
        add(new MemBlt(0, x, y, CELL, 12, SRCCOPY, 0, 0, 7));
        cell("MemBlt beyond the bitmap");
        add(new MemBlt(1, x, y, CELL, CELL, SRCCOPY, 14, 15, 1));
        cell("MemBlt of nothing");
        add(new MemBlt(1, x, y, CELL, CELL, SRCCOPY, 0, 0, 99));
        OrderBrush solid = brush(OrderBrush.BS_SOLID, 0);
        for (int rop = 0; rop < 256; rop++) {
            if (rop != Rop3.DSTCOPY) {
                cell(String.format("Mem3Blt %02X pattern", rop));
                add(mem3(rop, pattern()));
                cell(String.format("Mem3Blt %02X solid", rop));
                add(mem3(rop, solid));
            }
        }
        for (int rop : new int[] {0xB8, 0xE2, 0xCA, 0x96}) {
            cell(String.format("Mem3Blt %02X cached", rop));
            add(mem3(rop, brush(OrderBrush.TS_CACHED_BRUSH | colors(CacheBrush.BMF_24BPP), 4)), middle());
        }
    }

    private Mem3Blt mem3(int rop, OrderBrush brush) {
        return new Mem3Blt(
                1,
                x,
                y,
                CELL,
                CELL,
                rop,
                random.nextInt(8),
                random.nextInt(8),
                color(),
                color(),
                brush,
                random.nextInt(3));
    }

    private void lines() {
        for (int rop2 = 1; rop2 <= 16; rop2++) {
            if (rop2 == R2_MERGEPENNOT) {
                continue;
            }
            cell("LineTo " + rop2);
            for (int i = 0; i < 3; i++) {
                add(line(rop2, random.nextInt(CELL), random.nextInt(CELL), random.nextInt(CELL), random.nextInt(CELL)));
            }
            cell("LineTo bounds " + rop2);
            add(line(rop2, -40, random.nextInt(CELL), 60, random.nextInt(CELL)), middle());
            cell("Polyline " + rop2);
            List<OrderPoint> points = new ArrayList<>();
            int lastX = 8;
            int lastY = 8;
            for (int i = 0; i < 9; i++) {
                int toX = random.nextInt(CELL);
                int toY = random.nextInt(CELL);
                points.add(new OrderPoint(toX - lastX, toY - lastY));
                lastX = toX;
                lastY = toY;
            }
            add(new Polyline(x + 8, y + 8, rop2, 0, color(), points.size(), OrderPoint.encodeAll(points)));
        }
    }

    private LineTo line(int rop2, int fromX, int fromY, int toX, int toY) {
        return new LineTo(1, x + fromX, y + fromY, x + toX, y + toY, TsColor.ZERO, rop2, 0, 1, color());
    }

    /** Glyphs with the distance from the one before in front of each. */
    private Bytes glyphs(int... indices) {
        byte[] text = new byte[indices.length * 2];
        for (int i = 0; i < indices.length; i++) {
            text[2 * i] = (byte) indices[i];
            text[2 * i + 1] = (byte) (i == 0 ? 0 : 12);
        }
        return Bytes.of(text);
    }

    private static Bytes octetsOf(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return Bytes.of(octets);
    }

    private GlyphIndex text(int accelerators, boolean redundant, TsColor back, TsColor fore, Bytes glyphs) {
        return new GlyphIndex(
                6,
                accelerators,
                0,
                redundant ? 1 : 0,
                back,
                fore,
                x + 2,
                y + 1,
                x + 60,
                y + 14,
                redundant ? 0 : x + 1,
                redundant ? 0 : y,
                redundant ? 0 : x + 61,
                redundant ? 0 : y + 15,
                OrderBrush.ZERO,
                x + 3,
                y + 12,
                glyphs);
    }

    private void text() {
        TsColor back = color();
        TsColor fore = color();
        cell("GlyphIndex opaque", 64);
        add(text(0x03, false, back, fore, glyphs(0, 1, 6, 7)));
        cell("GlyphIndex redundant", 64);
        add(text(0x03, true, back, fore, glyphs(2, 3, 8)));
        cell("GlyphIndex add", 64);
        add(text(0x23, false, back, fore, octetsOf(4, 5, 9, 0xFF, 17, 3)));
        cell("GlyphIndex use", 64);
        add(text(0x23, false, color(), color(), octetsOf(0xFE, 17, 1)));
        cell("GlyphIndex long delta", 64);
        add(text(0x03, false, color(), color(), octetsOf(10, 0x80, 20, 0)));
        cell("GlyphIndex increments of the glyphs", 64);
        add(text(0x23, false, color(), color(), octetsOf(1, 2, 11, 4)));
        cell("GlyphIndex cut on the left", 64);
        add(new GlyphIndex(
                6,
                3,
                0,
                0,
                color(),
                color(),
                x + 6,
                y + 6,
                x + 60,
                y + 14,
                x + 4,
                y + 4,
                x + 61,
                y + 15,
                OrderBrush.ZERO,
                x + 1,
                y + 12,
                glyphs(3, 4, 5)));
        int absent = -32768;
        cell("FastIndex", 64);
        add(new FastIndex(
                6,
                0x0300,
                color(),
                color(),
                x,
                y,
                x + 60,
                y + 14,
                x + 1,
                y + 1,
                x + 63,
                y + 15,
                x + 1,
                y + 12,
                glyphs(0, 1, 2)));
        cell("FastIndex 0F", 64);
        add(new FastIndex(
                6,
                0x0300,
                color(),
                color(),
                x,
                y,
                x + 60,
                y + 14,
                0,
                0x0F,
                0,
                absent,
                absent,
                y + 12,
                glyphs(3, 4, 5)));
        cell("FastIndex 0D", 64);
        add(new FastIndex(
                6,
                0x0300,
                color(),
                color(),
                x,
                y,
                x + 60,
                y + 14,
                0,
                0x0D,
                x + 40,
                absent,
                x + 2,
                y + 13,
                glyphs(6, 7)));
        cell("FastGlyph new", 64);
        add(new FastGlyph(
                7,
                0x0300,
                color(),
                color(),
                x,
                y,
                x + 40,
                y + 14,
                0,
                0x0F,
                0,
                absent,
                x + 4,
                y + 13,
                glyph(40).toFastGlyph()));
        cell("FastGlyph cached", 64);
        add(new FastGlyph(
                7,
                0x0300,
                color(),
                color(),
                x,
                y,
                x + 40,
                y + 14,
                x + 2,
                y,
                x + 44,
                y + 15,
                x + 9,
                y + 12,
                octetsOf(40)));
    }

    private void offscreen() {
        add(new CreateOffscreenBitmap(OFFSCREEN, 40, 30, Optional.empty()));
        add(new SwitchSurface(OFFSCREEN));
        TsColor color = color();
        add(new OpaqueRect(0, 0, 40, 30, color.redOrPaletteIndex(), color.green(), color.blue()));
        add(new PatBlt(3, 3, 30, 20, 0x5A, color(), color(), brush(OrderBrush.BS_HATCHED, 5)));
        add(new MemBlt(1, 20, 10, 24, 24, SRCCOPY, 0, 0, 2));
        add(new LineTo(1, 0, 0, 39, 29, TsColor.ZERO, 13, 0, 1, color()));
        add(new SwitchSurface(SwitchSurface.SCREEN_BITMAP_SURFACE));
        for (int rop : new int[] {SRCCOPY, 0x66, 0x88}) {
            cell(String.format("offscreen %02X", rop), 40);
            add(new MemBlt(0xFF, x, y, 40, CELL, rop, 0, 7, OFFSCREEN));
        }
        cell("offscreen replaced", 40);
        add(new CreateOffscreenBitmap(OFFSCREEN + 1, 40, 16, Optional.of(List.of(OFFSCREEN))));
        add(new SwitchSurface(OFFSCREEN + 1));
        add(new DstBlt(0, 0, 40, 16, 0));
        add(new MemBlt(1, 0, 0, 24, 16, SRCCOPY, 0, 0, 0));
        add(new SwitchSurface(SwitchSurface.SCREEN_BITMAP_SURFACE));
        add(new MemBlt(0xFF, x, y, 40, CELL, SRCCOPY, 0, 0, OFFSCREEN + 1));
    }
}
