package porthole.graphics.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static porthole.graphics.orders.OrderSession.BLUE;
import static porthole.graphics.orders.OrderSession.RED;
import static porthole.graphics.orders.OrderSession.SRCCOPY;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.SurfaceBits.BitmapDataEx;
import porthole.protocol.orders.CacheBitmap;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.CacheBitmapRev3;
import porthole.protocol.orders.CacheBrush;
import porthole.protocol.orders.CacheColorTable;
import porthole.protocol.orders.CacheGlyph;
import porthole.protocol.orders.CreateNineGridBitmap;
import porthole.protocol.orders.CreateNineGridBitmap.NineGridBitmapInfo;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.DrawNineGrid;
import porthole.protocol.orders.DstBlt;
import porthole.protocol.orders.FastIndex;
import porthole.protocol.orders.GlyphData;
import porthole.protocol.orders.LineTo;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.MultiOpaqueRect;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.OrderPoint;
import porthole.protocol.orders.PatBlt;
import porthole.protocol.orders.PolygonSc;
import porthole.protocol.orders.Polyline;
import porthole.protocol.orders.SaveBitmap;
import porthole.protocol.orders.ScrBlt;
import porthole.protocol.orders.StreamBitmapFirst;
import porthole.protocol.orders.SwitchSurface;
import porthole.protocol.orders.TsColor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** What published vulnerabilities of RDP clients did with drawing orders ends in a named error, or draws nothing. */
class OrderCvesTest {
    private final OrderSession session = new OrderSession();

    private void refused(String field, Runnable sent) {
        assertThatThrownBy(sent::run).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.field()).contains(field);
            assertThat(e.section()).startsWith("MS-RDP");
        });
    }

    private void octets(String hex, int orders) {
        session.painter.update(WireReader.of(Bytes.hex(hex.replace(" ", "")), "Orders", "test"), orders);
    }

    @Test
    void cve202011095And202629776FieldFlagsBeyondTheOctets() {
        refused("", () -> octets("09 01 FF", 1));
        refused("", () -> octets("09 01 FF FF 01 00", 1));
    }

    @Test
    void cve202011522DeltaRectanglesBeyondTheirList() {
        refused("", () -> session.send(new MultiOpaqueRect(0, 0, 1, 1, 0, 0, 0, 255, Bytes.of(new byte[20]))));
    }

    @Test
    void cve202339356MultiOpaqueRectNumberAgainstData() {
        refused("", () -> session.send(new MultiOpaqueRect(0, 0, 1, 1, 0, 0, 0, 45, Bytes.EMPTY)));
    }

    @Test
    void cve202011523ExtremeCoordinatesAreCut() {
        int least = -32768;
        int most = 32767;
        session.send(
                new OpaqueRect(most, most, most, most, 1, 1, 1), new OpaqueRect(least, least, most, most, 1, 1, 1));
        session.send(new DstBlt(least, most, -1, -1, 0xFF), new ScrBlt(least, least, most, most, 0x66, most, least));
        assertThat(session.count(0)).isEqualTo(OrderSession.WIDTH * OrderSession.HEIGHT);
        session.send(new OpaqueRect(least, least, most, most, 1, 1, 1), new OrderBounds(most, most, least, least));
        session.send(new OpaqueRect(-1, -1, most, most, 1, 1, 1));
        assertThat(session.count(0x010101)).isEqualTo(OrderSession.WIDTH * OrderSession.HEIGHT);
    }

    @Test
    void cve202141160RectanglesWithoutPixels() {
        session.send(new OpaqueRect(0, 0, 0, 0, 1, 1, 1), new PatBlt(5, 5, 0, 9, 0xF0, RED, BLUE, OrderBrush.ZERO));
        session.send(OrderSession.bitmap(0, 1, 1, 9));
        session.send(new MemBlt(1, 3, 3, 0, 0, SRCCOPY, 0, 0, 0));
        assertThat(session.count(0)).isEqualTo(OrderSession.WIDTH * OrderSession.HEIGHT);
    }

    @Test
    void cve202657156SumsOfDeltaPointsStayNumbers() {
        List<OrderPoint> far = Collections.nCopies(60, new OrderPoint(16383, -16384));
        session.send(
                new Polyline(32767, -32768, 13, 0, RED, 60, OrderPoint.encodeAll(far)),
                new PolygonSc(32767, -32768, 13, 2, RED, 60, OrderPoint.encodeAll(far)));
        session.send(new LineTo(1, -32768, -32768, 32767, 32767, TsColor.ZERO, 13, 0, 1, RED));
        assertThat(session.count(0xFF0000)).isEqualTo(OrderSession.HEIGHT);
    }

    @Test
    void cve20204032SecondaryOrderLengths() {
        refused("orderLength", () -> octets("03 00 80 00 00 00 00 00", 1));
        refused("orderLength", () -> octets("03 FF 7F 00 00 00 00 00", 1));
    }

    @Test
    void cve202011044And202011096CacheBitmapRev3() {
        BitmapDataEx large = new BitmapDataEx(32, 0, 0, 0, 60000, 60000, 4, Optional.empty());
        refused("width", () -> session.send(CacheBitmapRev3.of(1, 0, 1, large, Bytes.of(new byte[4]))));
        BitmapDataEx nscodec = new BitmapDataEx(32, 0, 0, 1, 60000, 60000, 4, Optional.empty());
        refused("width", () -> session.send(CacheBitmapRev3.of(1, 0, 1, nscodec, Bytes.of(new byte[4]))));
        BitmapDataEx unknown = new BitmapDataEx(32, 0, 0, 77, 1, 1, 4, Optional.empty());
        refused("codecID", () -> session.send(CacheBitmapRev3.of(1, 0, 1, unknown, Bytes.of(new byte[4]))));
    }

    @Test
    void cve202655827CacheBitmapRev3SaysRemoteFx() {
        BitmapDataEx remoteFx = new BitmapDataEx(32, 0, 0, 3, 8, 8, 4, Optional.empty());
        refused("", () -> session.send(CacheBitmapRev3.of(1, 0, 1, remoteFx, Bytes.of(new byte[] {1, 2, 3, 4}))));
    }

    @Test
    void cve202011525And202629775BitmapCacheIdsAndIndices() {
        Bytes pixel = Bytes.of(new byte[4]);
        refused("cacheIndex", () -> session.send(new MemBlt(1, 0, 0, 1, 1, SRCCOPY, 0, 0, 600)));
        refused("cacheId", () -> session.send(new MemBlt(5, 0, 0, 1, 1, SRCCOPY, 0, 0, 0)));
        refused("cacheId", () -> session.send(new MemBlt(0xFE, 0, 0, 1, 1, SRCCOPY, 0, 0, 0)));
        refused("cacheId", () -> session.send(CacheBitmap.of(false, 255, 0, 1, 1, 32, pixel)));
        refused("cacheIndex", () -> session.send(CacheBitmap.of(false, 0, 600, 1, 1, 32, pixel)));
        refused(
                "cacheIndex",
                () -> session.send(CacheBitmapRev2.of(false, 2, 2048, 1, 1, 32, OptionalLong.empty(), pixel)));
        session.send(CacheBitmap.of(false, 0, 599, 1, 1, 32, pixel));
    }

    @Test
    void cve20188787SizesOfBitmaps() {
        refused(
                "",
                () -> session.send(CacheBitmapRev2.of(
                        false, 0, 0, 32767, 32767, 32, OptionalLong.empty(), Bytes.of(new byte[64]))));
        refused(
                "",
                () -> session.send(CacheBitmapRev2.of(
                        true, 0, 0, 32767, 32767, 16, OptionalLong.empty(), Bytes.of(new byte[64]))));
        refused("", () -> session.send(CacheBitmapRev2.of(false, 0, 0, 0, 0, 32, OptionalLong.empty(), Bytes.EMPTY)));
    }

    @Test
    void cve202011098GlyphCacheIndices() {
        GlyphData glyph = new GlyphData(254, 0, 0, 1, 1, Bytes.of(new byte[4]));
        refused("cacheIndex", () -> session.send(CacheGlyph.of(0, List.of(glyph))));
        refused("cacheId", () -> session.send(CacheGlyph.of(10, List.of(glyph))));
        refused("cacheIndex", () -> session.send(text(9, "40 00")));
        refused("cacheId", () -> session.send(text(10, "01 00")));
    }

    private static FastIndex text(int cacheId, String text) {
        return new FastIndex(
                cacheId, 0x0300, RED, BLUE, 0, 0, 20, 20, 0, 0, 20, 20, 2, 2, Bytes.hex(text.replace(" ", "")));
    }

    @Test
    void cve202623732GlyphOctetsAgainstTheirSize() {
        // cGlyphs 1: 60000 by 60000 pixels in four octets
        refused("aj", () -> octets("03 09 00 00 00 03 00 01 00 00 00 00 00 00 60 EA 60 EA 00 00 00 00", 1));
    }

    @Test
    void cve202667291GlyphFragments() {
        refused("fragmentSize", () -> session.send(text(0, "01 00 FF 05 09")));
        refused("fragmentSize", () -> session.send(text(0, "FF 05")));
        refused("fragmentIndex", () -> session.send(text(0, "FE")));
        refused("delta", () -> session.send(text(0, "01")));
        refused("delta", () -> session.send(text(0, "01 80 01")));
        session.send(text(0, "FE 77"));
        // A fragment whose octets end in the middle of a glyph.
        session.send(text(0, "01 00 FF 06 01"));
        refused("delta", () -> session.send(text(0, "FE 06")));
    }

    @Test
    void cve20204031SurfaceDeletedWhileItIsDrawnInto() {
        session.send(new CreateOffscreenBitmap(3, 8, 8, Optional.empty()), new SwitchSurface(3));
        session.send(new CreateOffscreenBitmap(4, 8, 8, Optional.of(List.of(3))));
        session.send(new OpaqueRect(0, 0, 8, 8, 1, 1, 1), new MemBlt(0xFF, 0, 0, 8, 8, SRCCOPY, 0, 0, 3));
        assertThat(session.count(0)).isEqualTo(OrderSession.WIDTH * OrderSession.HEIGHT);
        refused("bitmapId", () -> session.send(new SwitchSurface(3)));
        session.send(new SwitchSurface(SwitchSurface.SCREEN_BITMAP_SURFACE));
    }

    @Test
    void surfacesWithinTheirLimits() {
        refused("bitmapId", () -> session.send(new SwitchSurface(2000)));
        refused("cx", () -> session.send(new CreateOffscreenBitmap(0, 65535, 65535, Optional.empty())));
        refused("cx", () -> session.send(new CreateOffscreenBitmap(0, 0, 5, Optional.empty())));
        refused("offscreenBitmapId", () -> session.send(new CreateOffscreenBitmap(2000, 5, 5, Optional.empty())));
        refused("deleteList", () -> session.send(new CreateOffscreenBitmap(1, 5, 5, Optional.of(List.of(65535)))));
        refused("cx", () -> {
            for (int i = 0; i < 2000; i++) {
                session.send(new CreateOffscreenBitmap(i, 200, 200, Optional.empty()));
            }
        });
    }

    @Test
    void brushesAndColourTablesWithinTheirLimits() {
        refused("cacheEntry", () -> session.send(CacheBrush.of(64, 1, Bytes.of(new byte[8]))));
        refused("iBytes", () -> session.send(CacheBrush.of(0, 1, Bytes.of(new byte[7]))));
        refused("iBytes", () -> session.send(CacheBrush.of(0, CacheBrush.BMF_24BPP, Bytes.of(new byte[191]))));
        refused("iBitmapFormat", () -> session.send(CacheBrush.of(0, 9, Bytes.of(new byte[8]))));
        refused(
                "brushHatch",
                () -> session.send(new PatBlt(
                        0, 0, 1, 1, 0xF0, RED, BLUE, new OrderBrush(0, 0, 0x86, 64, Bytes.of(new byte[7])))));
        refused(
                "brushHatch",
                () -> session.send(
                        new PatBlt(0, 0, 1, 1, 0xF0, RED, BLUE, new OrderBrush(0, 0, 2, 6, Bytes.of(new byte[7])))));
        refused(
                "brushStyle",
                () -> session.send(
                        new PatBlt(0, 0, 1, 1, 0xF0, RED, BLUE, new OrderBrush(0, 0, 4, 0, Bytes.of(new byte[7])))));
        refused("cacheIndex", () -> session.send(CacheColorTable.of(6, new int[256])));
        refused("numberColors", () -> session.send(CacheColorTable.of(0, new int[255])));
    }

    @Test
    void placesInTheSaveArea() {
        refused(
                "savedBitmapPosition",
                () -> session.send(new SaveBitmap(480 * 480 - 20, 0, 0, 9, 9, SaveBitmap.SV_SAVEBITS)));
        refused(
                "savedBitmapPosition",
                () -> session.send(new SaveBitmap(0xFFFFFFFFL, 0, 0, 0, 0, SaveBitmap.SV_RESTOREBITS)));
        refused(
                "savedBitmapPosition",
                () -> session.send(new SaveBitmap(0, -32768, -32768, 32767, 32767, SaveBitmap.SV_SAVEBITS)));
    }

    @Test
    void streamedBitmapsAndNineParts() {
        NineGridBitmapInfo info = new NineGridBitmapInfo(0, 65535, 65535, 65535, 65535, 0);
        refused("cx", () -> session.send(new CreateNineGridBitmap(32, 0, 4, 4, info)));
        refused(
                "BitmapSize",
                () -> session.send(new StreamBitmapFirst(4, 32, 1, 4, 4, 0xFFFFFFFFL, Bytes.of(new byte[4]))));
        refused("BitmapBlockSize", () -> session.send(new StreamBitmapFirst(0, 32, 1, 4, 4, 3, Bytes.of(new byte[4]))));
        session.send(new StreamBitmapFirst(1, 32, 1, 4, 4, 64, Bytes.of(new byte[64])));
        refused("BitmapId", () -> session.send(new CreateNineGridBitmap(32, 256, 4, 4, info)));
        session.send(new StreamBitmapFirst(1, 32, 1, 4, 4, 64, Bytes.of(new byte[64])));
        session.send(new CreateNineGridBitmap(32, 255, 4, 4, info));
        refused("srcLeft", () -> session.send(new DrawNineGrid(0, 0, 5, 4, 255), new OrderBounds(0, 0, 9, 9)));
        refused("bitmapId", () -> session.send(new DrawNineGrid(0, 0, 4, 4, 256), new OrderBounds(0, 0, 9, 9)));
        session.send(new DrawNineGrid(0, 0, 4, 4, 255), new OrderBounds(-32768, -32768, 32767, 32767));
        session.send(new DrawNineGrid(0, 0, 4, 4, 255), new OrderBounds(3, 3, 4, 4));
    }

    @Test
    void anOperationThatDoesNotExist() {
        refused("bRop2", () -> session.send(new LineTo(1, 0, 0, 5, 5, TsColor.ZERO, 0, 0, 1, RED)));
        refused("bRop2", () -> session.send(new LineTo(1, 0, 0, 5, 5, TsColor.ZERO, 17, 0, 1, RED)));
    }
}
