package porthole.protocol.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Orders that are written and read again, hostile ones, and what the history does between them. */
class OrderRoundTripTest {
    /** Gives each field a value at random, so that every order can be made without naming its fields. */
    private static PrimaryOrder random(PrimaryOrder of, SplittableRandom random) {
        byte[] octets = new byte[4096];
        random.nextBytes(octets);
        int fields = (1 << OrderFieldList.of(of).size()) - 1;
        for (int attempt = 0; attempt < 10_000; attempt++) {
            random.nextBytes(octets);
            try {
                return of.visit(new OrderFieldReader(WireReader.of(octets, "random", ""), fields, false));
            } catch (WireException tryAgain) {
                assertThat(tryAgain.field()).isNotEmpty();
            }
        }
        throw new AssertionError("no random octets make a " + of);
    }

    static List<PrimaryOrder> types() {
        List<PrimaryOrder> types = new ArrayList<>();
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        for (int type = 0; type < 0x20; type++) {
            history.last(type).ifPresent(types::add);
        }
        return types;
    }

    @Test
    void everyTypeIsKnown() {
        assertThat(types()).hasSize(PrimaryOrder.class.getPermittedSubclasses().length);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aRunOfOrdersSaysTheSameInFewerOctets(PrimaryOrder type) {
        SplittableRandom random = new SplittableRandom(5);
        PrimaryOrderHistory writing = new PrimaryOrderHistory();
        PrimaryOrderHistory reading = new PrimaryOrderHistory();
        PrimaryOrder order = type;
        for (int i = 0; i < 30; i++) {
            order = i % 3 == 0 ? random(type, random) : order;
            Optional<OrderBounds> bounds =
                    i % 4 == 0 ? Optional.empty() : Optional.of(new OrderBounds(i, i / 5, i * 300, 20));
            PrimaryDrawingOrder shortest = PrimaryDrawingOrder.shortest(order, bounds, writing);
            byte[] octets = WireWriter.toByteArray(out -> shortest.encode(out, writing));
            WireReader in = WireReader.of(octets, "order", "");
            assertThat(DrawingOrder.decode(in, reading)).isEqualTo(shortest);
            in.end();
        }
        PrimaryOrder last = order;
        byte[] again = WireWriter.toByteArray(out ->
                PrimaryDrawingOrder.shortest(last, Optional.empty(), writing).encode(out, writing));
        assertThat(again).as("an order that repeats the last one").hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("types")
    void cutOrdersAreRefused(PrimaryOrder type) {
        PrimaryOrder order = random(type, new SplittableRandom(7));
        PrimaryDrawingOrder whole = PrimaryDrawingOrder.of(order, new OrderBounds(1, 2, 3, 4));
        byte[] octets = WireWriter.toByteArray(out -> whole.encode(out, new PrimaryOrderHistory()));
        for (int length = 0; length < octets.length; length++) {
            PrimaryOrderHistory history = new PrimaryOrderHistory();
            WireReader in = WireReader.of(Unpooled.wrappedBuffer(octets, 0, length), "order", "");
            assertThatThrownBy(() -> DrawingOrder.decode(in, history)).isInstanceOf(WireException.class);
            assertThat(history.last(type.orderType()))
                    .as("nothing of a bad order is remembered")
                    .contains(type);
        }
    }

    @Test
    void anyOctetsEndInOrdersOrInAnErrorThatSaysWhere() {
        SplittableRandom random = new SplittableRandom(11);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(1, 90)];
            random.nextBytes(octets);
            octets[0] = (byte) (octets[0] & ~3 | random.nextInt(1, 4));
            WireReader in = WireReader.of(octets, "order", "");
            try {
                DrawingOrder order = DrawingOrder.decode(in, new PrimaryOrderHistory());
                read++;
                byte[] again = WireWriter.toByteArray(out -> order.encode(out, new PrimaryOrderHistory()));
                assertThat(Bytes.of(again)).isEqualTo(Bytes.of(octets).slice(0, in.offset()));
            } catch (WireException refused) {
                assertThat(refused.field()).isNotEmpty();
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    private static DrawingOrder decode(String hex, PrimaryOrderHistory history) {
        return DrawingOrder.decode(WireReader.of(Bytes.hex(hex), "order", ""), history);
    }

    private static void refused(String hex, String field) {
        refused(hex, new PrimaryOrderHistory(), field);
    }

    private static void refused(String hex, PrimaryOrderHistory history, String field) {
        assertThatThrownBy(() -> decode(hex, history))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).contains(field));
    }

    @Test
    void unknownTypesHaveNoLength() {
        refused("0903", "orderType");
        refused("0920", "orderType");
        refused("09ff", "orderType");
        refused("3a", "orderType");
        refused("00", "controlFlags");
        assertThat(decode("030000000009" + "00".repeat(7), new PrimaryOrderHistory()))
                .isEqualTo(new SecondaryOrder.Unknown(3, 0, 9, Bytes.of(new byte[7])));
    }

    @Test
    void differencesThatOverflowAreRefused() {
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        decode("09 00 01 ff7f", history);
        refused("11 01 01", history, "nLeftRect");
        decode("09 00 01 0080", history);
        refused("11 01 ff", history, "nLeftRect");
        decode("0d 00 00 01 ff7f", history);
        refused("05 00 10 01", history, "bounds.left");
    }

    @Test
    void listsHaveWhatTheirCountsPromise() {
        refused("09 0f 60 ff 0000", "zeroBits"); // 255 rectangles in no octets
        refused("09 0f 60 02 0100 04", "left");
        refused("09 0f 60 01 ffff 00", "codedDeltaList");
        refused("09 16 60 ff 00", "zeroBits");
        refused("09 16 60 01 01 00", "x");
        refused("09 14 60 20 ff 00", "codedDeltaList");
        refused("09 18 0040 00", "cbData");
        refused("09 18 0040 05 00 00 00 ff ff", "cy");
        refused("09 18 0040 06 00 00 00 7f 7f 00", "aj");
        refused("09 1b 000020 ff 00", "variableBytes");
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        decode("09 0f 60 01 0500 00 01020304", history);
        decode("01 20 01", history);
        refused("01 20 02", history, "left"); // the list that stays has one rectangle
        MultiDstBlt none = (MultiDstBlt) ((PrimaryDrawingOrder) decode("01 20 00", history)).order();
        assertThat(none.rectangles()).isEmpty();
        assertThat(((MultiDstBlt) ((PrimaryDrawingOrder) decode("01 00", history)).order()).nDeltaEntries())
                .isZero();
    }

    @Test
    void lengthsOfSecondaryOrdersAreChecked() {
        refused("03 f8ff 0000 09", "orderLength");
        refused("03 0080 0000 09", "orderLength");
        refused("03 ff7f 0000 09 00", "orderLength");
        refused("03 fbff 0000 00 0000", "bitmapWidth");
        refused("03 0200 0000 00 00 00 01 01 20 0400 0000", "bitmapDataStream");
        refused("03 0200 0000 02 00 00 01 01 20 0400 0000", "bitmapLength");
        refused("03 fcff 0000 01 00 0001", "numberColors");
        refused("03 fbff 0000 03 00 ff", "cGlyphs");
        refused("03 f9ff 20ff 03", "cGlyphs");
        refused("03 ffff 0000 07 00 01 08 08 00 08", "brushData");
        refused("03 faff 0000 04 01", "bitmapHeight");
        refused("03 0000 8000 04 01 ffffffff 00 00", "bitmapDataStream");
    }

    @Test
    void streamsAndListsOfAlternateOrdersAreChecked() {
        refused("06 0080 0100 0100 ffff", "cIndices");
        refused("0a 04 20 0100 0100 0100 ffffffff ffff", "BitmapBlock");
        refused("0e 00 0100 0100", "BitmapBlock");
        refused("16 00 ffff 00000000 00000000", "emfRecords");
        refused("2e 0200", "OrderSize");
        refused("2e ffff", "order");
        refused("32 01 0100", "data");
    }

    @Test
    void numbersThatAreNotAsShortAsTheyCanBeAreKept() {
        // width 1 in two octets, length 0 in four
        String order = "03 0100 a000 04 8001 c0000000 00 00".replace("a000", "a00c");
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        Bytes octets = Bytes.hex(order);
        WireReader in = WireReader.of(octets, "order", "");
        CacheBitmapRev2 bitmap = (CacheBitmapRev2) DrawingOrder.decode(in, history);
        assertThat(bitmap.otherForm().isEmpty()).isFalse();
        assertThat(Bytes.of(bitmap.toByteArray())).isEqualTo(octets.slice(0, in.offset()));
    }

    @Test
    void aClearedHistoryIsAsNew() {
        PrimaryOrderHistory history = new PrimaryOrderHistory();
        decode("0d 0a 7f 0f 0100 0100 0200 0200 0100 0100 0500 0500 01 02 03", history);
        history.clear();
        assertThat(history.orderType()).isEqualTo(PrimaryOrder.TS_ENC_PATBLT_ORDER);
        assertThat(history.bounds()).isEqualTo(OrderBounds.ZERO);
        assertThat(history.last(PrimaryOrder.TS_ENC_OPAQUERECT_ORDER)).contains(OpaqueRect.INITIAL);
    }
}
