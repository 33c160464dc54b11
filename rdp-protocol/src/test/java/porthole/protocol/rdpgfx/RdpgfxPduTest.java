package porthole.protocol.rdpgfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.DecoderLaws;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.drdynvc.RecordedDynamic;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.MonitorDef;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class RdpgfxPduTest {
    private static final int MAXIMUM = 1 << 26;

    private static final DecoderLaws LAWS = new DecoderLaws("RdpgfxPdu", body -> {
        WireReader in = WireReader.of(body, "RdpgfxPdu", RdpgfxPdu.SECTION);
        RdpgfxPdu pdu = RdpgfxPdu.decode(in);
        in.end();
        return pdu;
    });

    /** Octets and what they mean. */
    record Example(String hex, RdpgfxCommand command) {
        byte[] octets() {
            return Bytes.hex(hex).toArray();
        }
    }

    static Stream<Example> examples() {
        Rect16 rect = new Rect16(1, 2, 3, 4);
        List<Point16> points = List.of(new Point16(5, 6), new Point16(65535, 0));
        String rectHex = "0100 0200 0300 0400";
        String pointsHex = "0200 0500 0600 FFFF 0000";
        return Stream.of(
                new Example(
                        "0100 0000 1B000000 0700 0A00 20 " + rectHex + " 02000000 ABCD",
                        new BitmapCommand.WireToSurface1(
                                new BitmapCommand.WireToSurface1.Target(
                                        7, BitmapCommand.CODECID_PLANAR, SurfaceCommand.PIXEL_FORMAT_XRGB_8888, rect),
                                Bytes.hex("ABCD"))),
                new Example(
                        "0200 0000 17000000 0700 0900 FFFFFFFF 21 02000000 ABCD",
                        new BitmapCommand.WireToSurface2(
                                new BitmapCommand.WireToSurface2.Target(
                                        7,
                                        BitmapCommand.CODECID_CAPROGRESSIVE,
                                        0xFFFFFFFFL,
                                        SurfaceCommand.PIXEL_FORMAT_ARGB_8888),
                                Bytes.hex("ABCD"))),
                new Example("0300 0000 0E000000 0700 05000000", new BitmapCommand.DeleteEncodingContext(7, 5)),
                new Example(
                        "0400 0000 18000000 0700 11223344 0100 " + rectHex,
                        new DrawingCommand.SolidFill(7, new Color32(0x11, 0x22, 0x33, 0x44), List.of(rect))),
                new Example(
                        "0500 0000 1E000000 0700 0800 " + rectHex + pointsHex,
                        new DrawingCommand.SurfaceToSurface(7, 8, rect, points)),
                new Example(
                        "0600 0000 1C000000 0700 FFFFFFFFFFFFFFFF 0900 " + rectHex,
                        new CacheCommand.SurfaceToCache(7, -1, 9, rect)),
                new Example("0700 0000 16000000 0900 0700 " + pointsHex, new CacheCommand.CacheToSurface(9, 7, points)),
                new Example("0800 0000 0A000000 0900", new CacheCommand.EvictCacheEntry(9)),
                new Example(
                        "0900 0000 0F000000 0700 2003 5802 20",
                        new SurfaceCommand.CreateSurface(7, 800, 600, SurfaceCommand.PIXEL_FORMAT_XRGB_8888)),
                new Example("0A00 0000 0A000000 0700", new SurfaceCommand.DeleteSurface(7)),
                new Example("0B00 0000 10000000 04030201 05000000", new FrameCommand.StartFrame(0x01020304, 5)),
                new Example("0C00 0000 0C000000 05000000", new FrameCommand.EndFrame(5)),
                new Example(
                        "0D00 0000 14000000 FFFFFFFF 05000000 06000000",
                        new FrameCommand.FrameAcknowledge(
                                FrameCommand.FrameAcknowledge.SUSPEND_FRAME_ACKNOWLEDGEMENT, 5, 6)),
                new Example(
                        "0E00 0000 54010000 20030000 58020000 01000000 00000000 00000000 1F030000 57020000 01000000"
                                + "00".repeat(300),
                        SessionCommand.ResetGraphics.of(800, 600, List.of(new MonitorDef(0, 0, 799, 599, 1)))),
                new Example(
                        "0F00 0000 14000000 0700 0000 01000000 02000000",
                        new SurfaceCommand.MapSurfaceToOutput(7, 0, 1, 2)),
                new Example(
                        "1000 0000 16000000 0100 0800000000000000 00400000",
                        new CacheCommand.CacheImportOffer(
                                List.of(new CacheCommand.CacheImportOffer.CacheEntryMetadata(8, 16384)))),
                new Example(
                        "1100 0000 10000000 0300 0600 0900 0200", new CacheCommand.CacheImportReply(List.of(6, 9, 2))),
                new Example(
                        "1200 0000 2E000000 0200 04000800 04000000 02000000 00010A00 10000000" + "00".repeat(16),
                        new SessionCommand.CapsAdvertise(List.of(
                                CapsSet.of(CapsSet.CAPVERSION_8, CapsSet.FLAG_SMALL_CACHE), CapsSet.version101()))),
                new Example(
                        "1300 0000 14000000 01070A00 04000000 80000000",
                        new SessionCommand.CapsConfirm(
                                CapsSet.of(CapsSet.CAPVERSION_107, CapsSet.FLAG_SCALEDMAP_DISABLE))),
                new Example(
                        "1500 0000 1A000000 0700 0900000000000000 01000000 02000000",
                        new SurfaceCommand.MapSurfaceToWindow(7, 9, 1, 2)),
                new Example(
                        "1600 0000 14000000 05000000 06000000 0700 0800",
                        new FrameCommand.QoeFrameAcknowledge(5, 6, 7, 8)),
                new Example(
                        "1700 0000 1C000000 0700 0000 01000000 02000000 03000000 04000000",
                        new SurfaceCommand.MapSurfaceToScaledOutput(7, 0, 1, 2, 3, 4)),
                new Example(
                        "1800 0000 22000000 0700 0900000000000000 01000000 02000000 03000000 04000000",
                        new SurfaceCommand.MapSurfaceToScaledWindow(7, 9, 1, 2, 3, 4)),
                new Example("1A00 0000 0A000000 0102", new RdpgfxCommand.Unknown(0x1A, Bytes.hex("0102"))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsAndWrites(Example example) {
        assertThat(LAWS.keeps(example.octets())).isEqualTo(RdpgfxPdu.of(example.command));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void truncationsAndMutationsAreRefusedOrKept(Example example) {
        LAWS.refusesEveryTruncation(example.octets());
        LAWS.survivesEveryTruncation(example.octets(), RdpgfxPduTest::withLength);
        LAWS.survivesMutations(example.octets(), 2_000, 3, RdpgfxPduTest::withLength);
    }

    private static byte[] withLength(byte[] octets) {
        if (octets.length >= RdpgfxPdu.HEADER) {
            for (int i = 0; i < 4; i++) {
                octets[4 + i] = (byte) (octets.length >> 8 * i);
            }
        }
        return octets;
    }

    @Test
    void flagsAndOctetsBehindTheFieldsAreKept() {
        RdpgfxPdu pdu = (RdpgfxPdu)
                LAWS.keeps(Bytes.hex("0C00 0100 0E000000 05000000 AABB").toArray());
        assertThat(pdu).isEqualTo(new RdpgfxPdu(1, new FrameCommand.EndFrame(5), Bytes.hex("AABB")));
    }

    @Test
    void countsAndLengthsAtTheirExtremesAreRefused() {
        refused("0C00 0000 07000000 05000000", "pduLength");
        refused("0C00 0000 FFFFFFFF 05000000", "pduLength");
        refused("0100 0000 19000000 0700 0A00 20 0100 0200 0300 0400 FFFFFFFF", "bitmapDataLength");
        refused("0200 0000 15000000 0700 0900 00000000 20 FFFFFFFF", "bitmapDataLength");
        refused("0400 0000 10000000 0700 11223344 FFFF", "fillRectCount");
        refused("0500 0000 16000000 0700 0800 0100 0200 0300 0400 FFFF", "destPtsCount");
        refused("0700 0000 0E000000 0900 0700 FFFF", "destPtsCount");
        refused("1000 0000 0A000000 5615", "cacheEntriesCount");
        refused("1000 0000 0A000000 0100", "cacheEntriesCount");
        refused("1100 0000 0A000000 0100", "importedEntriesCount");
        refused("1200 0000 0A000000 FFFF", "capsSetCount");
        refused("1300 0000 10000000 01070A00 FFFFFFFF", "capsDataLength");
        refused("0E00 0000 14000000 FF7F0000 01000000 00000000", "at most 32766");
        refused("0E00 0000 14000000 01000000 FFFFFFFF 00000000", "at most 32766");
        refused("0E00 0000 14000000 01000000 01000000 11000000", "at most 16");
        refused("0E00 0000 14000000 01000000 01000000 10000000", "monitorCount");
    }

    private static void refused(String hex, String why) {
        assertThatThrownBy(() -> LAWS.keeps(Bytes.hex(hex).toArray()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
    }

    @Test
    void capabilityFlagsAreReadWhereThereAreAny() {
        assertThat(CapsSet.of(CapsSet.CAPVERSION_81, 0x80000010).flags()).hasValue(0x80000010);
        assertThat(CapsSet.version101().flags()).isEmpty();
        assertThat(CapsSet.version101().capsData().size()).isEqualTo(16);
        assertThat(new CapsSet(CapsSet.CAPVERSION_8, Bytes.EMPTY).flags()).isEmpty();
        assertThat(new Color32(0x11, 0x22, 0x33, 0x44).argb()).isEqualTo(0x44332211);
    }

    /** Collects what is shown. */
    private static final class Seen implements RdpgfxPdu.Visitor {
        final List<RdpgfxCommand> commands = new ArrayList<>();

        @Override
        public void wireToSurface1(BitmapCommand.WireToSurface1.Target target, ByteBuf bitmapData) {
            commands.add(new BitmapCommand.WireToSurface1(target, Bytes.of(ByteBufUtil.getBytes(bitmapData))));
        }

        @Override
        public void wireToSurface2(BitmapCommand.WireToSurface2.Target target, ByteBuf bitmapData) {
            commands.add(new BitmapCommand.WireToSurface2(target, Bytes.of(ByteBufUtil.getBytes(bitmapData))));
        }

        @Override
        public void command(RdpgfxCommand command) {
            commands.add(command);
        }
    }

    private static Stream<Recording> recordings() {
        return Stream.of("freerdp-gfx-shadow", "freerdp-aad", "freerdp-nla-shadow")
                .flatMap(set -> Fixtures.recordings(set).stream());
    }

    @Test
    void everyRecordedMessageKeepsItsOctetsAndIsKnown() {
        Map<String, Integer> kinds = new TreeMap<>();
        recordings().forEach(recording -> {
            Rdp8Decompressor zgfx = Rdp8Decompressor.rdp8(MAXIMUM);
            RecordedDynamic.visit(recording, new RecordedDynamic.Visitor() {
                @Override
                public void message(Direction direction, String channel, Bytes message) {
                    if (RdpgfxPdu.CHANNEL_NAME.equals(channel)) {
                        WireReader in = WireReader.of(message, "Recorded", "test");
                        Bytes plain = direction == Direction.S2C
                                ? Bytes.of(ByteBufUtil.getBytes(zgfx.decompress(in)))
                                : message;
                        all(plain)
                                .forEach(command -> kinds.merge(
                                        direction + " " + command.getClass().getSimpleName(), 1, Integer::sum));
                    }
                }
            });
        });
        assertThat(kinds)
                .containsKeys(
                        "c2s CapsAdvertise",
                        "c2s FrameAcknowledge",
                        "s2c CapsConfirm",
                        "s2c CreateSurface",
                        "s2c MapSurfaceToOutput",
                        "s2c ResetGraphics",
                        "s2c WireToSurface1",
                        "s2c WireToSurface2")
                .doesNotContainKey("s2c Unknown")
                .doesNotContainKey("c2s Unknown");
        assertThat(kinds.get("s2c StartFrame"))
                .isEqualTo(kinds.get("s2c EndFrame"))
                .isGreaterThan(50);
    }

    private static List<RdpgfxCommand> all(Bytes plain) {
        WireReader in = WireReader.of(plain, "RdpgfxPdu", RdpgfxPdu.SECTION);
        List<RdpgfxCommand> commands = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.offset();
            RdpgfxPdu pdu = RdpgfxPdu.decode(in);
            assertThat(Bytes.of(pdu.toByteArray())).isEqualTo(plain.slice(start, in.offset() - start));
            assertThat(pdu.trailing()).isEqualTo(Bytes.EMPTY);
            commands.add(pdu.command());
        }
        Seen seen = new Seen();
        RdpgfxPdu.forEach(WireReader.of(plain, "RdpgfxPdu", RdpgfxPdu.SECTION), seen);
        assertThat(seen.commands).isEqualTo(commands);
        return commands;
    }
}
