package porthole.protocol.graphics;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.DecoderLaws;
import porthole.protocol.RecordedUpdates;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

class RecordedUpdatesTest {
    /** All commands of an update as one value. */
    private record Commands(List<SurfaceCommand> commands) implements Pdu {
        @Override
        public void encode(WireWriter out) {
            commands.forEach(out::pdu);
        }
    }

    /** An update without data, or one whose data we have no name for. */
    private record Kept(Bytes data) implements Pdu {
        @Override
        public void encode(WireWriter out) {
            out.bytes(data);
        }
    }

    private static DecoderLaws laws(int code) {
        Function<WireReader, Pdu> decoder = switch (code) {
            case RecordedUpdates.SLOW_UPDATE -> SlowPathUpdate::decode;
            case FastPathUpdate.BITMAP -> BitmapUpdate::decode;
            case FastPathUpdate.PALETTE -> PaletteUpdate::decode;
            case FastPathUpdate.ORDERS -> OrdersUpdate::decode;
            case FastPathUpdate.SURFCMDS -> in -> new Commands(SurfaceCommand.decodeAll(in));
            default ->
                FastPathPointer.handles(code)
                        ? in -> FastPathPointer.decode(code, in)
                        : in -> new Kept(in.rest("data"));
        };
        return new DecoderLaws(
                "update " + code, (ByteBuf body) -> decoder.apply(WireReader.of(body, "Update", "test")));
    }

    private static final DecoderLaws SLOW_POINTER = new DecoderLaws(
            "SlowPathPointer",
            body -> SlowPathPointer.decode(WireReader.of(body, "SlowPathPointer", SlowPathPointer.SECTION)));

    private static Pdu first(String recording, int code) {
        byte[] body = RecordedUpdates.of(Fixtures.recording(recording)).stream()
                .filter(update -> update.fastPathCode() == code)
                .findFirst()
                .orElseThrow()
                .body();
        return laws(code).keeps(body);
    }

    @Test
    void everyRecordedUpdateKeepsItsOctets() {
        TreeMap<Integer, Integer> kinds = new TreeMap<>();
        for (Recording recording : (Iterable<Recording>) RecordedUpdates.readable()::iterator) {
            for (RecordedUpdates update : RecordedUpdates.of(recording)) {
                laws(update.fastPathCode()).keeps(update.body());
                kinds.merge(update.fastPathCode(), 1, Integer::sum);
            }
        }
        assertThat(kinds)
                .containsOnlyKeys(
                        RecordedUpdates.SLOW_UPDATE,
                        FastPathUpdate.ORDERS,
                        FastPathUpdate.BITMAP,
                        FastPathUpdate.PALETTE,
                        FastPathUpdate.SYNCHRONIZE,
                        FastPathUpdate.SURFCMDS,
                        FastPathUpdate.PTR_NULL,
                        FastPathUpdate.POINTER);
        assertThat(kinds.get(RecordedUpdates.SLOW_UPDATE)).isGreaterThan(1500);
        assertThat(kinds.get(FastPathUpdate.BITMAP)).isGreaterThan(50);
    }

    @Test
    void aSlowPathBitmapOfTheLoginScreen() {
        SlowPathUpdate.Bitmap update =
                (SlowPathUpdate.Bitmap) first("freerdp-tls-xrdp/login-screen", RecordedUpdates.SLOW_UPDATE);
        BitmapHeader header = update.update().rectangles().get(0).header();
        assertThat(update.update().rectangles()).hasSize(2);
        assertThat(header).isEqualTo(new BitmapHeader(13, 21, 407, 30, 396, 10, 32, 0x401, 956, Optional.empty()));
        assertThat(header.isCompressed()).isTrue();
        assertThat(update.update().trailing()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aNewPointerOfTheLoginScreen() {
        FastPathPointer pointer = (FastPathPointer) first("freerdp-tls-xrdp/login-screen", FastPathUpdate.POINTER);
        PointerUpdate.New shape = (PointerUpdate.New) pointer.update();
        assertThat(shape.xorBpp()).isEqualTo(24);
        PointerUpdate.Color color = shape.colorPtrAttr();
        assertThat(List.of(color.cacheIndex(), color.xPos(), color.yPos(), color.width(), color.height()))
                .containsExactly(1, 15, 16, 32, 32);
        assertThat(color.xorMaskData().size()).isEqualTo(32 * 32 * 3);
        assertThat(color.andMaskData().size()).isEqualTo(32 * 4);
        assertThat(pointer.updateCode()).hasValue(FastPathUpdate.POINTER);
        SlowPathPointer slow = SlowPathPointer.of(shape);
        assertThat(SLOW_POINTER.keeps(slow.toByteArray())).isEqualTo(slow);
    }

    @Test
    void aPaletteAndOrders() {
        PaletteUpdate palette = (PaletteUpdate) first("freerdp-tls-xrdp/bpp8", FastPathUpdate.PALETTE);
        assertThat(palette.numberColors()).isEqualTo(256);
        assertThat(palette.argb(1)).isEqualTo(0xFF240000);
        assertThat(palette.argb(255)).isEqualTo(0xFFFFFFFF);
        OrdersUpdate orders = (OrdersUpdate) first("freerdp-tls-xrdp/bpp8", FastPathUpdate.ORDERS);
        assertThat(orders.numberOrders()).isEqualTo(1);
        assertThat(orders.orderData().toHex()).startsWith("03fc030000010000010000000000");
    }

    @Test
    void aFrameMarkerAndRemoteFxBits() {
        List<RecordedUpdates> updates = RecordedUpdates.of(Fixtures.recording("freerdp-tls-xrdp/rfx")).stream()
                .filter(update -> update.fastPathCode() == FastPathUpdate.SURFCMDS)
                .toList();
        Commands begin =
                (Commands) laws(FastPathUpdate.SURFCMDS).keeps(updates.get(0).body());
        assertThat(begin.commands())
                .containsExactly(new SurfaceCommand.FrameMarker(SurfaceCommand.FrameMarker.BEGIN, OptionalLong.of(1)));
        SurfaceCommand.Bits bits = updates.stream()
                .map(update -> ((Commands) laws(FastPathUpdate.SURFCMDS).keeps(update.body())).commands())
                .flatMap(Collection::stream)
                .filter(SurfaceCommand.Bits.class::isInstance)
                .map(SurfaceCommand.Bits.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(bits.header().cmdType()).isEqualTo(SurfaceCommand.STREAM_SURFACE_BITS);
        assertThat(List.of(bits.header().destRight(), bits.header().destBottom()))
                .containsExactly(800, 600);
        assertThat(bits.header().bitmapData())
                .isEqualTo(new SurfaceBits.BitmapDataEx(
                        32, 0, 0, 3, 800, 600, bits.bitmapData().size(), Optional.empty()));
    }

    @Test
    void truncationsAndMutationsAreRefusedOrKept() {
        for (Recording recording : (Iterable<Recording>) RecordedUpdates.readable()::iterator) {
            List<RecordedUpdates> updates = RecordedUpdates.of(recording);
            for (int i = 0; i < updates.size(); i += 30) {
                RecordedUpdates update = updates.get(i);
                DecoderLaws laws = laws(update.fastPathCode());
                if (update.body().length > 0 && update.body().length < 4_000) {
                    laws.survivesMutations(update.body(), 200, i, UnaryOperator.identity());
                    laws.survivesEveryTruncation(update.body(), UnaryOperator.identity());
                }
            }
        }
    }

    @Test
    void everyPointerFormByHand() {
        PointerUpdate.Color color = new PointerUpdate.Color(3, 1, 2, 1, 1, Bytes.hex("11223300"), Bytes.hex("8000"));
        PointerUpdate.Large large =
                new PointerUpdate.Large(32, 4, 1, 2, 1, 1, Bytes.hex("112233FF"), Bytes.hex("8000"));
        List<PointerUpdate> both = List.of(
                new PointerUpdate.SystemNull(),
                new PointerUpdate.SystemDefault(),
                new PointerUpdate.Position(100, 200),
                color,
                new PointerUpdate.New(24, color),
                new PointerUpdate.Cached(3));
        assertThat(both.stream()
                        .map(p -> SLOW_POINTER.keeps(SlowPathPointer.of(p).toByteArray()))
                        .map(p -> ((SlowPathPointer) p).update())
                        .toList())
                .isEqualTo(both);
        for (PointerUpdate update : both) {
            fastPathKeeps(update);
        }
        fastPathKeeps(large);
        assertThat(SlowPathPointer.of(new PointerUpdate.SystemDefault()).toByteArray())
                .isEqualTo(Bytes.hex("0100 0000 007F0000").toArray());
        assertThat(Bytes.of(new FastPathPointer(large, Bytes.EMPTY).toByteArray()))
                .isEqualTo(Bytes.hex("2000 0400 0100 0200 0100 0100 02000000 04000000 112233FF 8000"));
        byte[] wire = SlowPathPointer.of(new PointerUpdate.New(24, color)).toByteArray();
        SLOW_POINTER.refusesEveryTruncation(wire);
        SLOW_POINTER.survivesMutations(wire, 20_000, 3, UnaryOperator.identity());
    }

    private static void fastPathKeeps(PointerUpdate update) {
        FastPathPointer pdu = new FastPathPointer(update, Bytes.EMPTY);
        int code = pdu.updateCode().orElseThrow();
        assertThat(FastPathPointer.handles(code)).isTrue();
        assertThat(laws(code).keeps(pdu.toByteArray())).isEqualTo(pdu);
    }

    @Test
    void everySurfaceCommandByHand() {
        String set = "0100 0A00 1400 0C00 1600 20 01 00 00 0200 0200 02000000"
                + "01000000 02000000 0300000000000000 0400000000000000 ABCD";
        String marker = "0400 0100 07000000";
        String unknown = "7F00 010203";
        Commands all = (Commands) laws(FastPathUpdate.SURFCMDS)
                .keeps(Bytes.hex(set + marker + unknown).toArray());
        assertThat(all.commands()).hasSize(3);
        SurfaceCommand.Bits bits = (SurfaceCommand.Bits) all.commands().get(0);
        assertThat(bits.header().bitmapData().exBitmapDataHeader())
                .hasValue(new SurfaceBits.ExtendedHeader(1, 2, 3, 4));
        assertThat(bits.bitmapData()).isEqualTo(Bytes.hex("ABCD"));
        assertThat(all.commands().get(2)).isEqualTo(new SurfaceCommand.Unknown(0x7F, Bytes.hex("010203")));
        laws(FastPathUpdate.SURFCMDS)
                .survivesMutations(Bytes.hex(set + marker).toArray(), 20_000, 4, UnaryOperator.identity());
    }

    @Test
    void everySlowPathUpdateByHand() {
        DecoderLaws laws = laws(RecordedUpdates.SLOW_UPDATE);
        assertThat(laws.keeps(Bytes.hex("0000 1111 0200 2222 0304").toArray()))
                .isEqualTo(new SlowPathUpdate.Orders(0x1111, 2, 0x2222, Bytes.hex("0304")));
        assertThat(laws.keeps(Bytes.hex("0300 0000").toArray()))
                .isEqualTo(new SlowPathUpdate.Synchronize(Bytes.hex("0000")));
        assertThat(laws.keeps(Bytes.hex("0200 0000 01000000 102030 99").toArray()))
                .isEqualTo(new SlowPathUpdate.Palette(new PaletteUpdate(0, Bytes.hex("102030"), Bytes.hex("99"))));
        assertThat(laws.keeps(Bytes.hex("0900 0102").toArray()))
                .isEqualTo(new SlowPathUpdate.Unknown(9, Bytes.hex("0102")));
        BitmapUpdate.Rectangle plain =
                new BitmapUpdate.Rectangle(BitmapHeader.plain(5, 6, 2, 1, 16, 4), Bytes.hex("01020304"));
        assertThat(laws.keeps(BitmapUpdate.of(plain).toByteArray()))
                .isEqualTo(new SlowPathUpdate.Bitmap(BitmapUpdate.of(plain)));
        // compressed, with the header that hosts send when they were not asked to leave it out
        byte[] withHeader = Bytes.hex("0100 0100 0000 0000 0300 0000 0400 0100 0800 0100 0A00 0000 0200 0400 0400 6480")
                .toArray();
        BitmapHeader header = ((SlowPathUpdate.Bitmap) laws.keeps(withHeader))
                .update()
                .rectangles()
                .get(0)
                .header();
        assertThat(header.bitmapComprHdr()).hasValue(new BitmapHeader.CompressedDataHeader(0, 2, 4, 4));
        assertThat(header.dataLength()).isEqualTo(2);
        laws.refusesEveryTruncation(withHeader);
    }
}
