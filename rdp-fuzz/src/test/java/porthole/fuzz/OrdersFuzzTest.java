package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.orders.OrderListener;
import porthole.graphics.orders.OrderPainter;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.FramebufferLimits;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.CacheBrush;
import porthole.protocol.orders.CacheGlyph;
import porthole.protocol.orders.CreateNineGridBitmap;
import porthole.protocol.orders.CreateNineGridBitmap.NineGridBitmapInfo;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.DrawNineGrid;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.EllipseCb;
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
import porthole.protocol.orders.PolygonCb;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.orders.SaveBitmap;
import porthole.protocol.orders.ScrBlt;
import porthole.protocol.orders.StreamBitmapFirst;
import porthole.protocol.orders.SwitchSurface;
import porthole.protocol.orders.TsColor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Drawing orders, from octets to pixels. */
class OrdersFuzzTest {
    private static final FramebufferLimits SCREEN = new FramebufferLimits(64, 64 * 64);
    static final OrderLimits LIMITS = new OrderLimits(
            new int[] {20, 20, 20}, new int[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, 20, 1 << 14, 20, 1 << 16, 1 << 14);
    static final int[] DEPTHS = {8, 15, 16, 24, 32};
    private static final TsColor COLOR = new TsColor(1, 2, 3);

    static Stream<byte[]> seeds() {
        Bytes pixels = Bytes.of(new byte[64]);
        OrderBrush pattern = new OrderBrush(1, 2, OrderBrush.BS_PATTERN, 7, Bytes.of(new byte[7]));
        OrderBrush cached = new OrderBrush(1, 2, 0x86, 3, Bytes.of(new byte[7]));
        Bytes points = OrderPoint.encodeAll(List.of(new OrderPoint(9, 1), new OrderPoint(-300, 200)));
        Bytes rects = OrderRectangle.encodeAll(List.of(new OrderRectangle(1, 2, 3, 4), new OrderRectangle(5, 5, 9, 9)));
        return Stream.of(
                seed(
                        CacheBitmapRev2.of(false, 1, 3, 4, 4, 32, OptionalLong.empty(), pixels),
                        PrimaryDrawingOrder.of(new MemBlt(1, 5, 5, 9, 9, 0xCC, 1, 1, 3), new OrderBounds(1, 1, 30, 30)),
                        PrimaryDrawingOrder.of(new Mem3Blt(1, 5, 5, 9, 9, 0xB8, 1, 1, COLOR, COLOR, pattern, 3)),
                        PrimaryDrawingOrder.of(new ScrBlt(1, 2, 40, 40, 0x66, 3, 3))),
                seed(
                        CacheBrush.of(3, CacheBrush.BMF_32BPP, Bytes.of(new byte[32])),
                        PrimaryDrawingOrder.of(new PatBlt(1, 2, 30, 30, 0x5A, COLOR, COLOR, cached)),
                        PrimaryDrawingOrder.of(new PolygonCb(3, 3, 0x8D, 2, COLOR, COLOR, pattern, 2, points)),
                        PrimaryDrawingOrder.of(new EllipseCb(1, 1, 30, 20, 13, 1, COLOR, COLOR, cached)),
                        PrimaryDrawingOrder.of(new LineTo(1, 1, 1, 300, -20, COLOR, 7, 0, 1, COLOR)),
                        PrimaryDrawingOrder.of(new MultiOpaqueRect(1, 1, 20, 20, 1, 2, 3, 2, rects))),
                seed(
                        CacheGlyph.of(4, List.of(new GlyphData(5, 0, -3, 9, 2, Bytes.of(new byte[4])))),
                        PrimaryDrawingOrder.of(new GlyphIndex(
                                4,
                                3,
                                0,
                                0,
                                COLOR,
                                COLOR,
                                1,
                                1,
                                50,
                                50,
                                1,
                                1,
                                50,
                                50,
                                pattern,
                                3,
                                9,
                                Bytes.hex("05000509FF0704FE07"))),
                        PrimaryDrawingOrder.of(new SaveBitmap(4000, 1, 1, 30, 30, 0)),
                        PrimaryDrawingOrder.of(new SaveBitmap(4000, 1, 1, 30, 30, 1))),
                seed(
                        new CreateOffscreenBitmap(3, 20, 20, Optional.of(List.of(1, 2))),
                        new SwitchSurface(3),
                        PrimaryDrawingOrder.of(new OpaqueRect(1, 1, 9, 9, 1, 2, 3)),
                        new SwitchSurface(SwitchSurface.SCREEN_BITMAP_SURFACE),
                        PrimaryDrawingOrder.of(new MemBlt(0xFF, 5, 5, 9, 9, 0xCC, 1, 1, 3))),
                seed(
                        new StreamBitmapFirst(1, 32, 1, 4, 4, 64, pixels),
                        new CreateNineGridBitmap(32, 3, 4, 4, new NineGridBitmapInfo(6, 1, 1, 1, 1, 0)),
                        PrimaryDrawingOrder.of(new DrawNineGrid(0, 0, 4, 4, 3), new OrderBounds(1, 1, 30, 30))));
    }

    private static byte[] seed(DrawingOrder... orders) {
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        return WireWriter.toByteArray(out -> {
            out.u8(4).u8(orders.length);
            for (DrawingOrder order : orders) {
                order.encode(out, history);
            }
        });
    }

    /** The colour depth in one octet, the number of orders in another, and the orders. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void orders(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            int depth = DEPTHS[cursor.u8() % DEPTHS.length];
            int count = cursor.u8();
            OrderPainter painter = new OrderPainter(new Framebuffer(64, 64, SCREEN), depth, LIMITS, OrderListener.NONE);
            painter.update(WireReader.of(cursor.rest(), "Fuzzed", "any"), count);
        });
    }
}
