package porthole.graphics.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static porthole.graphics.orders.OrderSession.BLUE;
import static porthole.graphics.orders.OrderSession.GREEN;
import static porthole.graphics.orders.OrderSession.RED;
import static porthole.graphics.orders.OrderSession.SRCCOPY;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.CacheBrush;
import porthole.protocol.orders.CacheColorTable;
import porthole.protocol.orders.CacheGlyphRev2;
import porthole.protocol.orders.CreateNineGridBitmap;
import porthole.protocol.orders.CreateNineGridBitmap.NineGridBitmapInfo;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.DrawNineGrid;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.DstBlt;
import porthole.protocol.orders.EllipseSc;
import porthole.protocol.orders.FrameMarker;
import porthole.protocol.orders.GlyphData;
import porthole.protocol.orders.GlyphIndex;
import porthole.protocol.orders.LineTo;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.MultiDrawNineGrid;
import porthole.protocol.orders.MultiDstBlt;
import porthole.protocol.orders.MultiPatBlt;
import porthole.protocol.orders.MultiScrBlt;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.OrderPoint;
import porthole.protocol.orders.OrderRectangle;
import porthole.protocol.orders.PatBlt;
import porthole.protocol.orders.PolygonSc;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrder;
import porthole.protocol.orders.SaveBitmap;
import porthole.protocol.orders.ScrBlt;
import porthole.protocol.orders.StreamBitmapFirst;
import porthole.protocol.orders.StreamBitmapNext;
import porthole.protocol.orders.SwitchSurface;
import porthole.protocol.orders.TsColor;
import porthole.protocol.orders.Windowing;
import porthole.protocol.orders.window.WindowOrder;
import porthole.protocol.wire.Bytes;

class OrderPainterTest {
    private final List<String> told = new ArrayList<>();
    private final OrderSession session = session(32);

    private OrderSession session(int bitsPerPixel) {
        return new OrderSession(bitsPerPixel, new OrderListener() {
            @Override
            public void skipped(String order) {
                told.add("skipped " + order);
            }

            @Override
            public void windowing(DrawingOrder order) {
                told.add(order.getClass().getSimpleName());
            }

            @Override
            public void frameMarker(boolean end) {
                told.add(end ? "end" : "begin");
            }
        });
    }

    private static OpaqueRect rect(int x, int y, int width, int height, TsColor color) {
        return new OpaqueRect(x, y, width, height, color.redOrPaletteIndex(), color.green(), color.blue());
    }

    private static Bytes rects(OrderRectangle... rects) {
        return OrderRectangle.encodeAll(List.of(rects));
    }

    private static OrderBrush pattern(int hatch, int... rowsFromTheBottom) {
        byte[] extra = new byte[OrderBrush.EXTRA_SIZE];
        for (int i = 0; i < extra.length; i++) {
            extra[i] = (byte) rowsFromTheBottom[i];
        }
        return new OrderBrush(0, 0, OrderBrush.BS_PATTERN, hatch, Bytes.of(extra));
    }

    @Test
    void boundsClipAndAreReportedAsDirty() {
        session.screen.takeDirty();
        session.send(rect(0, 0, 100, 100, RED), new OrderBounds(3, 4, 5, 9));
        assertThat(session.count(0xFF0000)).isEqualTo(3 * 6);
        assertThat(session.screen.takeDirty()).containsExactly(new PixelRect(3, 4, 3, 6));
    }

    @Test
    void thePatternOfTheSpecificationIsALineDownwardsFromTheLeft() {
        // MS-RDPEGDI 2.2.2.2.1.1.2.3: the rows of the example, of which the bottom one is in the hatch.
        OrderBrush brush = pattern(0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80);
        session.send(new PatBlt(0, 0, 8, 8, 0xF0, RED, BLUE, brush));
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                assertThat(session.at(x, y)).isEqualTo(x == y ? 0xFF0000 : 0x0000FF);
            }
        }
    }

    @Test
    void brushesBeginAtTheirOrigin() {
        OrderBrush brush = new OrderBrush(3, -2, OrderBrush.BS_HATCHED, OrderBrush.HS_CROSS, Bytes.of(new byte[7]));
        session.send(new PatBlt(0, 0, 40, 32, 0xF0, RED, GREEN, brush));
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 40; x++) {
                boolean line = (x - 3 & 7) == 4 || (y + 2 & 7) == 3;
                assertThat(session.at(x, y)).isEqualTo(line ? 0x00FF00 : 0xFF0000);
            }
        }
    }

    @Test
    void hollowBrushesAndThoseThatNobodyCachedDrawNothing() {
        OrderBrush hollow = new OrderBrush(0, 0, OrderBrush.BS_NULL, 0, Bytes.of(new byte[7]));
        OrderBrush missing = new OrderBrush(0, 0, OrderBrush.TS_CACHED_BRUSH | 6, 9, Bytes.of(new byte[7]));
        session.send(new PatBlt(0, 0, 8, 8, 0xF0, RED, BLUE, hollow), new PatBlt(0, 0, 8, 8, 0xF0, RED, BLUE, missing));
        assertThat(session.count(0)).isEqualTo(40 * 32);
    }

    @Test
    void cachedBrushesOfFourColoursAreReadFromTheBottom() {
        byte[] brush = new byte[16 + 16];
        for (int i = 0; i < 16; i++) {
            brush[i] = (byte) (i < 2 ? 0x1B : 0); // the bottom row has the colours 0, 1, 2, 3 twice
        }
        int[] colors = {0x000010, 0x001000, 0x100000, 0x101010};
        for (int i = 0; i < 4; i++) {
            brush[16 + 4 * i] = (byte) colors[i];
            brush[17 + 4 * i] = (byte) (colors[i] >> 8);
            brush[18 + 4 * i] = (byte) (colors[i] >> 16);
        }
        session.send(CacheBrush.of(63, CacheBrush.BMF_32BPP, Bytes.of(brush)));
        OrderBrush cached = new OrderBrush(0, 0, OrderBrush.TS_CACHED_BRUSH | 6, 63, Bytes.of(new byte[7]));
        session.send(new PatBlt(0, 0, 8, 8, 0xF0, RED, BLUE, cached));
        for (int x = 0; x < 8; x++) {
            assertThat(session.at(x, 7)).isEqualTo(colors[x % 4]);
            assertThat(session.at(x, 0)).isEqualTo(colors[0]);
        }
    }

    @Test
    void severalRectanglesAreDrawnByOneOrder() {
        OrderRectangle[] two = {new OrderRectangle(1, 1, 3, 2), new OrderRectangle(10, 5, 4, 4)};
        session.send(new MultiDstBlt(1, 1, 13, 8, 0xFF, 2, rects(two)));
        assertThat(session.count(0xFFFFFF)).isEqualTo(6 + 16);
        OrderBrush solid = OrderBrush.ZERO;
        session.send(new MultiPatBlt(1, 1, 13, 8, 0x5A, BLUE, RED, solid, 2, rects(two)));
        assertThat(session.count(0x00FFFF)).isEqualTo(6 + 16);
        session.send(new MultiScrBlt(
                1,
                11,
                13,
                8,
                SRCCOPY,
                1,
                1,
                2,
                rects(new OrderRectangle(1, 11, 3, 2), new OrderRectangle(10, 15, 4, 4))));
        assertThat(session.count(0x00FFFF)).isEqualTo(2 * (6 + 16));
        assertThat(session.at(13, 18)).isEqualTo(0x00FFFF);
    }

    @Test
    void aCachedBitmapOfTheWaitingListIsDrawnOnce() {
        CacheBitmapRev2 bitmap = OrderSession.bitmap(0, 2, 2, 1, 2, 3, 4);
        int flags = bitmap.extraFlags() | CacheBitmapRev2.CBR2_DO_NOT_CACHE << 7;
        session.send(new CacheBitmapRev2(
                bitmap.controlFlags(),
                flags,
                bitmap.orderType(),
                OptionalLong.empty(),
                2,
                2,
                5,
                Optional.empty(),
                bitmap.bitmapDataStream(),
                Bytes.EMPTY,
                Bytes.EMPTY));
        session.send(new MemBlt(1, 4, 4, 2, 2, SRCCOPY, 0, 0, PrimaryOrder.WAITING_LIST_INDEX));
        assertThat(List.of(session.at(4, 4), session.at(5, 4), session.at(4, 5), session.at(5, 5)))
                .containsExactly(1, 2, 3, 4);
        session.send(new MemBlt(1, 4, 4, 2, 2, SRCCOPY, 0, 0, 5));
        assertThat(told).containsExactly("skipped MemBlt");
    }

    @Test
    void bitmapsOfEightBitsAreShownByTheTableThatTheOrderNames() {
        OrderSession eight = session(8);
        byte[] palette = new byte[3 * 256];
        palette[3 * 7] = 0x12;
        eight.painter.palette(new PaletteUpdate(0, Bytes.of(palette), Bytes.EMPTY));
        int[] table = new int[256];
        table[7] = 0x345678;
        eight.send(CacheColorTable.of(3, table));
        byte[] pixels = new byte[4 * 4];
        Arrays.fill(pixels, (byte) 7);
        eight.send(CacheBitmapRev2.of(false, 0, 1, 4, 4, 8, OptionalLong.empty(), Bytes.of(pixels)));
        eight.send(new MemBlt(3 << 8, 0, 0, 4, 4, SRCCOPY, 0, 0, 1), new MemBlt(0, 10, 0, 4, 4, SRCCOPY, 0, 0, 1));
        assertThat(eight.at(1, 1)).isEqualTo(0x345678);
        assertThat(eight.at(11, 1)).isEqualTo(0x120000);
        eight.send(rect(20, 0, 2, 2, new TsColor(7, 0, 0)));
        assertThat(eight.at(20, 0)).isEqualTo(0x120000);
    }

    @Test
    void coloursOfSixteenBitsArePixels() {
        OrderSession sixteen = session(16);
        sixteen.send(rect(0, 0, 1, 1, TsColor.ofWire(0xF800)), rect(1, 0, 1, 1, TsColor.ofWire(0x001F)));
        assertThat(List.of(sixteen.at(0, 0), sixteen.at(1, 0))).containsExactly(0xFF0000, 0x0000FF);
        OrderSession fifteen = session(15);
        fifteen.send(rect(0, 0, 1, 1, TsColor.ofWire(0x7C00)));
        assertThat(fifteen.at(0, 0)).isEqualTo(0xFF0000);
    }

    @Test
    void whatIsSavedComesBackWhereverItLies() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 40; i++) {
            session.send(rect(random.nextInt(40), random.nextInt(32), 7, 5, TsColor.ofWire(random.nextInt(0x1000000))));
        }
        int[] before = session.pixels();
        // Near the end of a line of the save area, so that the rectangle goes on in the next one.
        long position = 460 * 20;
        session.send(new SaveBitmap(position, 0, 0, 39, 31, SaveBitmap.SV_SAVEBITS));
        session.send(new DstBlt(0, 0, 40, 32, 0x00));
        session.send(new SaveBitmap(position, 0, 0, 39, 31, SaveBitmap.SV_RESTOREBITS));
        assertThat(session.pixels()).isEqualTo(before);
    }

    @Test
    void surfacesThatNobodySeesAreDrawnIntoAndCopiedFrom() {
        session.send(new CreateOffscreenBitmap(7, 10, 10, Optional.empty()), new SwitchSurface(7));
        session.send(rect(0, 0, 5, 5, RED));
        session.screen.takeDirty();
        session.send(rect(5, 5, 5, 5, BLUE));
        assertThat(session.screen.takeDirty()).isEmpty();
        session.send(new SwitchSurface(SwitchSurface.SCREEN_BITMAP_SURFACE));
        assertThat(session.count(0)).isEqualTo(40 * 32);
        session.send(new MemBlt(PrimaryOrder.SCREEN_CACHE, 20, 20, 10, 10, SRCCOPY, 0, 0, 7));
        assertThat(session.count(0xFF0000)).isEqualTo(25);
        assertThat(session.count(0x0000FF)).isEqualTo(25);
        assertThat(session.count(0xFFFFFF)).isEqualTo(50);
    }

    @Test
    void textIsDrawnFromTheSpecificationsGlyphs() {
        // MS-RDPEGDI 4.6.1: "d", five by nine pixels, its origin nine rows below its top.
        GlyphData d = new GlyphData(3, 0, -9, 5, 9, Bytes.hex("080808788888888878000000"));
        session.send(CacheGlyphRev2.of(2, List.of(d)));
        GlyphIndex text = new GlyphIndex(
                2, 0x03, 0, 0, RED, GREEN, 0, 0, 30, 12, 1, 1, 30, 12, OrderBrush.ZERO, 4, 10, Bytes.hex("03000308"));
        session.send(text);
        String[] rows = {"....#", "....#", "....#", ".####", "#...#", "#...#", "#...#", "#...#", ".####"};
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 5; x++) {
                int rgb = rows[y].charAt(x) == '#' ? 0xFF0000 : 0x00FF00;
                assertThat(session.at(4 + x, 1 + y)).isEqualTo(rgb);
                assertThat(session.at(12 + x, 1 + y)).isEqualTo(rgb);
            }
        }
        assertThat(session.at(0, 0)).isZero();
        assertThat(session.at(30, 12)).isEqualTo(0x00FF00);
    }

    @Test
    void textWithAnEmptyOpaqueRectangleIsTransparent() {
        // As xrdp sends it: the rectangle is not redundant, but empty.
        session.send(CacheGlyphRev2.of(2, List.of(new GlyphData(3, 0, 0, 3, 3, Bytes.hex("A040A000")))));
        session.send(rect(0, 0, 40, 32, BLUE));
        session.send(new GlyphIndex(
                2, 0x03, 0, 0, RED, GREEN, 0, 0, 30, 12, 0, 0, 0, 0, OrderBrush.ZERO, 4, 5, Bytes.hex("0300")));
        assertThat(session.count(0x00FF00)).isZero();
        assertThat(session.count(0xFF0000)).isEqualTo(5);
    }

    @Test
    void fragmentsAreStoredAndUsedWithTheDistanceBehindThem() {
        GlyphData dot = new GlyphData(1, 0, 0, 1, 1, Bytes.hex("80000000"));
        session.send(CacheGlyphRev2.of(0, List.of(dot)));
        OrderBounds all = new OrderBounds(0, 0, 39, 31);
        session.send(line(1, "0100 0103 FF 09 04"), all);
        assertThat(session.count(0xFF0000)).isEqualTo(2);
        session.send(line(5, "FE09 0A 0104"), all);
        // 5 + 10, 3 behind that, 4 behind that
        assertThat(List.of(session.at(15, 5), session.at(18, 5), session.at(22, 5)))
                .containsOnly(0xFF0000);
        assertThat(session.count(0xFF0000)).isEqualTo(5);
    }

    private static GlyphIndex line(int y, String text) {
        return new GlyphIndex(
                0,
                0x03,
                0,
                1,
                RED,
                GREEN,
                0,
                0,
                39,
                31,
                0,
                0,
                0,
                0,
                OrderBrush.ZERO,
                5,
                y,
                Bytes.hex(text.replace(" ", "")));
    }

    @Test
    void shapesAreFilledOrOutlined() {
        Bytes triangle = OrderPoint.encodeAll(List.of(new OrderPoint(10, 0), new OrderPoint(-10, 10)));
        session.send(new PolygonSc(2, 2, 13, 1, RED, 2, triangle));
        assertThat(session.count(0xFF0000)).isEqualTo(55);
        session.send(new EllipseSc(20, 2, 30, 12, 13, 0, BLUE));
        assertThat(session.at(25, 7)).isZero();
        assertThat(session.at(20, 7)).isEqualTo(0x0000FF);
        session.send(new EllipseSc(20, 2, 30, 12, 13, 1, BLUE));
        assertThat(session.at(25, 7)).isEqualTo(0x0000FF);
        session.send(new LineTo(1, 0, 20, 10, 20, TsColor.ZERO, 6, 0, 1, RED));
        assertThat(session.at(0, 20)).isEqualTo(0xFFFFFF);
    }

    private void nineGrid(int flags, int transparent) {
        // Four by four pixels: a frame of 1, a middle of 2 and 3.
        int[] rgb = {1, 1, 1, 1, 1, 2, 3, 1, 1, 2, 3, 1, 1, 1, 1, 1};
        byte[] pixels = new byte[64];
        for (int i = 0; i < 16; i++) {
            int bottomUp = (3 - i / 4) * 4 + i % 4;
            pixels[4 * bottomUp] = (byte) rgb[i];
            pixels[4 * bottomUp + 3] = (byte) (rgb[i] == 2 ? 0xFF : 0x80);
        }
        session.send(
                new StreamBitmapFirst(0, 32, 1, 4, 4, 64, Bytes.of(pixels).slice(0, 30)),
                new StreamBitmapNext(
                        StreamBitmapFirst.STREAM_BITMAP_END, 1, Bytes.of(pixels).slice(30, 34)),
                new CreateNineGridBitmap(32, 8, 4, 4, new NineGridBitmapInfo(flags, 1, 1, 1, 1, transparent)));
    }

    @Test
    void bitmapsOfNinePartsKeepTheirFrame() {
        nineGrid(NineGridBitmapInfo.DSDNG_STRETCH, 0);
        session.send(new DrawNineGrid(0, 0, 4, 4, 8), new OrderBounds(10, 10, 19, 19));
        assertThat(session.count(1)).isEqualTo(36);
        assertThat(session.count(2)).isEqualTo(32);
        assertThat(session.count(3)).isEqualTo(32);
        assertThat(List.of(session.at(14, 15), session.at(15, 15))).containsExactly(2, 3);
    }

    @Test
    void tilesFlipsAndTransparencyOfNineParts() {
        nineGrid(
                NineGridBitmapInfo.DSDNG_TILE
                        | NineGridBitmapInfo.DSDNG_MUSTFLIP
                        | NineGridBitmapInfo.DSDNG_TRANSPARENT,
                1 << 16);
        session.send(new DstBlt(0, 0, 40, 32, 0xFF));
        OrderRectangle left = new OrderRectangle(10, 10, 5, 10);
        session.send(new MultiDrawNineGrid(0, 0, 4, 4, 8, 1, rects(left)), new OrderBounds(10, 10, 19, 19));
        // The frame's colour is the transparent one, and the middle alternates, mirrored.
        assertThat(session.at(10, 15)).isEqualTo(0xFFFFFF);
        assertThat(List.of(session.at(11, 15), session.at(12, 15), session.at(13, 15)))
                .containsExactly(3, 2, 3);
        assertThat(session.at(15, 15)).isEqualTo(0xFFFFFF);
        assertThat(session.count(2) + session.count(3)).isEqualTo(4 * 8);
    }

    @Test
    void alphaOfNinePartsBlends() {
        nineGrid(NineGridBitmapInfo.DSDNG_PERPIXELALPHA, 0);
        session.send(rect(0, 0, 40, 32, new TsColor(0, 0, 200)));
        session.send(new DrawNineGrid(0, 0, 4, 4, 8), new OrderBounds(0, 0, 3, 3));
        assertThat(session.at(1, 1)).isEqualTo(2);
        assertThat(session.at(2, 1)).isEqualTo(3 + 100);
    }

    @Test
    void ordersThatDrawNothingAreToldOf() {
        session.send(new FrameMarker(0), new Windowing(new WindowOrder.Unknown(0, Bytes.EMPTY)), new FrameMarker(1));
        assertThat(told).containsExactly("begin", "Windowing", "end");
    }

    @Test
    void aNewExchangeOfCapabilitiesForgetsTheCaches() {
        session.send(OrderSession.bitmap(0, 1, 1, 5));
        session.painter.reset(32);
        session.send(new MemBlt(1, 0, 0, 1, 1, SRCCOPY, 0, 0, 0));
        assertThat(told).containsExactly("skipped MemBlt");
    }

    @Test
    void bitmapsWithAKeyLiveOnInAnotherSession() {
        CacheBitmapRev2 plain = OrderSession.bitmap(3, 2, 1, 5, 6);
        session.send(
                plain,
                CacheBitmapRev2.of(
                        false, 1, 4, 2, 1, 32, OptionalLong.of(0x1122334455667788L), plain.bitmapDataStream()));
        List<CachedBitmap> kept = session.painter.persistentBitmaps(1);
        assertThat(kept)
                .containsExactly(new CachedBitmap(0x1122334455667788L, 2, 1, new int[] {0xFF000005, 0xFF000006}));
        assertThat(session.painter.persistentBitmaps(0)).isEmpty();
        OrderSession next = session(32);
        next.painter.preload(1, kept);
        next.send(new MemBlt(1, 7, 7, 2, 1, SRCCOPY, 0, 0, 0));
        assertThat(List.of(next.at(7, 7), next.at(8, 7))).containsExactly(5, 6);
        assertThat(next.painter.persistentBitmaps(1)).isEqualTo(kept);
    }

    @Test
    void drawingTakesNoMemoryOnceItIsUnderWay() {
        GlyphData dot = new GlyphData(1, 0, 0, 3, 3, Bytes.hex("E0A0E000"));
        session.send(CacheGlyphRev2.of(0, List.of(dot)));
        session.send(OrderSession.bitmap(0, 2, 2, 1, 2, 3, 4));
        List<DrawingOrder> orders = new ArrayList<>();
        for (PrimaryOrder order : List.of(
                rect(1, 1, 20, 20, RED),
                new PatBlt(0, 0, 30, 30, 0x5A, RED, BLUE, pattern(1, 2, 3, 4, 5, 6, 7, 8)),
                new ScrBlt(3, 3, 20, 20, 0x66, 1, 1),
                new MemBlt(1, 5, 5, 2, 2, SRCCOPY, 0, 0, 0),
                new LineTo(1, 0, 20, 10, 2, TsColor.ZERO, 6, 0, 1, RED),
                new EllipseSc(20, 2, 30, 12, 13, 1, BLUE),
                line(1, "0100 0103 FF 09 04"))) {
            for (int i = 0; i < 500; i++) {
                orders.add(PrimaryDrawingOrder.of(order));
            }
        }
        for (int i = 0; i < 5; i++) {
            session.painter.update(orders);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        session.painter.update(orders);
        // A few objects for the whole update, not one for each of its 3500 orders.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 * 1024);
    }
}
