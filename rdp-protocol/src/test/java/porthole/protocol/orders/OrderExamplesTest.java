package porthole.protocol.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * The annotated orders of MS-RDPEGDI section 4, each decoded on its own and written again. Four of its dumps disagree with
 * their annotation: OpaqueRect sets no bit for its last field, ScrBlt and DrawNineGrid lack their last octet, and Mem3Blt
 * goes on into the next order; here they are as the annotation has them.
 */
class OrderExamplesTest {
    private static final Map<String, Bytes> EXAMPLES = examples();

    private static Map<String, Bytes> examples() {
        Map<String, Bytes> examples = new LinkedHashMap<>();
        try (InputStream in = OrderExamplesTest.class.getResourceAsStream("examples.txt")) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                int colon = line.indexOf(": ");
                examples.put(line.substring(0, colon), Bytes.hex(line.substring(colon + 2)));
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return examples;
    }

    static Stream<String> names() {
        return EXAMPLES.keySet().stream();
    }

    private static DrawingOrder decode(byte[] octets, int length) {
        WireReader in = WireReader.of(Unpooled.wrappedBuffer(octets, 0, length), "order", DrawingOrder.SECTION);
        DrawingOrder order = DrawingOrder.decode(in, new PrimaryOrderHistory());
        in.end();
        return order;
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadAndWrittenAgain(String name) {
        byte[] octets = EXAMPLES.get(name).toArray();
        DrawingOrder order = decode(octets, octets.length);
        byte[] again = WireWriter.toByteArray(out -> order.encode(out, new PrimaryOrderHistory()));
        assertThat(Bytes.of(again).toHex()).isEqualTo(Bytes.of(octets).toHex());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isRefusedWhereItIsCut(String name) {
        byte[] octets = EXAMPLES.get(name).toArray();
        for (int length = 0; length < octets.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> decode(octets, cut))
                    .as(name + " cut at " + cut)
                    .isInstanceOf(WireException.class);
        }
    }

    private static PrimaryOrder primary(String name) {
        byte[] octets = EXAMPLES.get(name).toArray();
        return ((PrimaryDrawingOrder) decode(octets, octets.length)).order();
    }

    @Test
    void rectanglesAddUp() {
        MultiDstBlt order = (MultiDstBlt) primary("4.1.2 MultiDstBlt");
        assertThat(order.bRop()).isEqualTo(0x55);
        assertThat(order.rectangles())
                .containsExactly(new OrderRectangle(274, 301, 88, 12), new OrderRectangle(370, 301, 64, 12));
        assertThat(OrderRectangle.decodeAll(OrderRectangle.encodeAll(order.rectangles()), 2))
                .isEqualTo(order.rectangles());
    }

    @Test
    void pointsAreDistances() {
        PolygonCb order = (PolygonCb) primary("4.1.17 PolygonCB");
        assertThat(order.deltas()).containsExactly(new OrderPoint(0, 9), new OrderPoint(38, 9), new OrderPoint(0, -9));
    }

    @Test
    void boundsAndCoordinatesMayBeDifferences() {
        byte[] octets = EXAMPLES.get("4.1.11 LineTo").toArray();
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        TsColor none = TsColor.ZERO;
        LineTo before = new LineTo(1, 829, 105, 842, 116, none, 13, 0, 1, none);
        WireWriter.toByteArray(out ->
                PrimaryDrawingOrder.of(before, new OrderBounds(1, 2, 3, 4)).encode(out, history));
        WireReader in = WireReader.of(octets, "order", DrawingOrder.SECTION);
        PrimaryDrawingOrder order = (PrimaryDrawingOrder) DrawingOrder.decode(in, history);
        assertThat(order.bounds()).contains(new OrderBounds(829, 28, 842, 31));
        assertThat(order.order())
                .isEqualTo(new LineTo(1, 832, 26, 856, 26, none, 13, 0, 1, new TsColor(0x5B, 0xEF, 0)));
    }

    @Test
    void glyphsAreTaken() {
        FastGlyph order = (FastGlyph) primary("4.1.15 FastGlyph");
        assertThat(order.cacheIndex()).isZero();
        assertThat(order.flAccel()).isEqualTo(3);
        assertThat(order.glyphData()).contains(new GlyphData(0, 1, -10, 6, 10, Bytes.hex("808080b8c484848484840000")));
        GlyphIndex text = (GlyphIndex) primary("4.1.13.2 GlyphIndex example 2");
        assertThat(text.variableBytes()).isEqualTo(Bytes.hex("fe0400"));
        assertThat(text.bkRight()).isEqualTo(589);
    }
}
