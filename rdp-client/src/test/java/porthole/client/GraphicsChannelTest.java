package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.MonitorDef;
import porthole.protocol.rdpgfx.CacheCommand;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.Color32;
import porthole.protocol.rdpgfx.DrawingCommand;
import porthole.protocol.rdpgfx.FrameCommand;
import porthole.protocol.rdpgfx.Point16;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.rdpgfx.Rect16;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.rdpgfx.SurfaceCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

class GraphicsChannelTest {
    private static final int RED = 0xFFFF0000;

    private final Framebuffer screen = new Framebuffer(16, 8);
    private final List<RdpgfxCommand> sent = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<CachedBitmap> kept = new ArrayList<>();
    private List<CachedBitmap> loaded = List.of();
    private long waiting;

    private final GraphicsChannel.Painter painter = new GraphicsChannel.Painter() {
        @Override
        public void paint(int octets, Runnable work) {
            work.run();
        }

        @Override
        public void release(Runnable work) {
            work.run();
        }

        @Override
        public long waiting() {
            return waiting;
        }

        @Override
        public void note(String name, String detail) {
            notes.add(name + ": " + detail);
        }

        @Override
        public void resized(int width, int height) {
            notes.add("resized to " + width + " x " + height);
        }
    };

    private final GraphicsChannel.Memory memory = new GraphicsChannel.Memory() {
        @Override
        public List<CachedBitmap> load() {
            return loaded;
        }

        @Override
        public void keep(List<CachedBitmap> bitmaps) {
            kept.addAll(bitmaps);
        }
    };

    private final DynamicChannel.Sink out = message -> {
        sent.add(RdpgfxPdu.decode(WireReader.of(message, "RDPGFX", RdpgfxPdu.SECTION))
                .command());
        return true;
    };

    private GraphicsChannel open(GraphicsOffer offer) {
        GraphicsChannel channel = new GraphicsChannel(offer, screen, TileRunner.SEQUENTIAL, painter, memory);
        channel.opened(out);
        return channel;
    }

    private GraphicsChannel open(GraphicsOffer offer, int version) {
        GraphicsChannel channel = open(offer);
        host(channel, new SessionCommand.CapsConfirm(CapsSet.of(version, 0)));
        sent.clear();
        return channel;
    }

    /** One message of the host, in one segment that is not compressed. */
    private void host(GraphicsChannel channel, RdpgfxCommand command) {
        byte[] segmented = WireWriter.toByteArray(
                to -> to.u8(0xE0).u8(0x04).bytes(Bytes.of(RdpgfxPdu.of(command).toByteArray())));
        channel.received(WireReader.of(segmented, "RDP_SEGMENTED_DATA", "MS-RDPEGFX 2.2.5.1"), out);
    }

    private void frame(GraphicsChannel channel, int id) {
        host(channel, new FrameCommand.StartFrame(0, id));
        host(channel, new FrameCommand.EndFrame(id));
    }

    private List<Integer> advertised() {
        return ((SessionCommand.CapsAdvertise) sent.get(0))
                .capsSets().stream().map(CapsSet::version).toList();
    }

    @Test
    void versionsFrom8To107AreAdvertisedWithTheirFlags() {
        open(GraphicsOffer.AVC444
                .withFlag(CapsSet.FLAG_SMALL_CACHE)
                .withFlag(CapsSet.FLAG_SCALEDMAP_DISABLE)
                .withFlag(CapsSet.FLAG_AVC_THINCLIENT));
        SessionCommand.CapsAdvertise advertise = (SessionCommand.CapsAdvertise) sent.get(0);
        assertThat(advertise.capsSets())
                .containsExactly(
                        CapsSet.of(0x00080004, 0x02),
                        CapsSet.of(0x00080105, 0x12),
                        CapsSet.of(0x000A0002, 0x02),
                        CapsSet.version101(),
                        CapsSet.of(0x000A0200, 0x02),
                        CapsSet.of(0x000A0301, 0x40),
                        CapsSet.of(0x000A0400, 0x42),
                        CapsSet.of(0x000A0502, 0x42),
                        CapsSet.of(0x000A0600, 0x42),
                        CapsSet.of(0x000A0701, 0xC2));
    }

    /** The decoder in pure Java is on the class path of this test, and keeps up. */
    @Test
    void h264IsOfferedWithADecoderThatKeepsUp() {
        assertThat(H264Choice.description()).isEqualTo("java, offered");
        open(GraphicsOffer.AUTO);
        assertThat(((SessionCommand.CapsAdvertise) sent.get(0)).capsSets())
                .hasSize(10)
                .anyMatch(CapsSet::hasAvc);
        sent.clear();
        open(GraphicsOffer.PROGRESSIVE);
        assertThat(((SessionCommand.CapsAdvertise) sent.get(0)).capsSets())
                .hasSize(9)
                .noneMatch(CapsSet::hasAvc);
    }

    @Test
    void aVersionAloneIsAdvertisedAlone() {
        open(GraphicsOffer.PROGRESSIVE.withVersions(Set.of(CapsSet.CAPVERSION_106, CapsSet.CAPVERSION_8)));
        assertThat(advertised()).containsExactly(CapsSet.CAPVERSION_8, CapsSet.CAPVERSION_106);
    }

    @Test
    void aVersionThatNobodyAdvertisedIsRefused() {
        GraphicsChannel channel = open(GraphicsOffer.AVC420);
        assertThatThrownBy(() -> host(channel, new SessionCommand.CapsConfirm(CapsSet.of(CapsSet.CAPVERSION_107, 0))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("capsSet.version")
                .hasMessageContaining("0x000A0701");
    }

    /** ResolutionChange_RestartGraphicsPipeline: the screen has the new size, and surfaces have to be mapped again. */
    @Test
    void aResetGivesTheScreenAnotherSize() {
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE, CapsSet.CAPVERSION_107);
        host(channel, SessionCommand.ResetGraphics.of(20, 10, List.of(new MonitorDef(0, 0, 19, 9, 1))));
        assertThat(notes).contains("resized to 20 x 10");
        assertThat(List.of(screen.width(), screen.height())).containsExactly(20, 10);
        host(channel, new SurfaceCommand.CreateSurface(1, 20, 10, 0x20));
        host(channel, new SurfaceCommand.MapSurfaceToOutput(1, 0, 0, 0));
        host(channel, new DrawingCommand.SolidFill(1, new Color32(0, 0, 255, 255), List.of(new Rect16(0, 0, 20, 10))));
        assertThat(screen.snapshot().argb(19, 9)).isEqualTo(RED);
        host(channel, SessionCommand.ResetGraphics.of(8, 8, List.of()));
        assertThat(screen.snapshot().argb(7, 7)).isEqualTo(0xFF000000);
    }

    @Test
    void theChoiceOfTheHostIsNoted() {
        GraphicsChannel channel = open(GraphicsOffer.AVC420);
        host(channel, new SessionCommand.CapsConfirm(CapsSet.of(CapsSet.CAPVERSION_81, CapsSet.FLAG_AVC420_ENABLED)));
        assertThat(notes).containsExactly("graphics: version 0x00080105, flags 0x10, H.264 by java");
    }

    @Test
    void acknowledgementsSayWhatWaits() {
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE, CapsSet.CAPVERSION_81);
        frame(channel, 7);
        waiting = 123_456;
        frame(channel, 8);
        waiting = 1L << 40;
        frame(channel, 9);
        assertThat(sent)
                .containsExactly(
                        new FrameCommand.FrameAcknowledge(0, 7, 1),
                        new FrameCommand.FrameAcknowledge(123_456, 8, 2),
                        new FrameCommand.FrameAcknowledge(0xFFFFFFFEL, 9, 3));
    }

    @Test
    void acknowledgementsAreSuspendedAndResumed() {
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE.withoutAcknowledgements(), CapsSet.CAPVERSION_81);
        frame(channel, 1);
        frame(channel, 2);
        channel.acknowledgements().suspend(false);
        frame(channel, 3);
        channel.acknowledgements().suspend(true);
        frame(channel, 4);
        frame(channel, 5);
        assertThat(sent)
                .containsExactly(
                        new FrameCommand.FrameAcknowledge(0xFFFFFFFFL, 1, 1),
                        new FrameCommand.FrameAcknowledge(0, 3, 3),
                        new FrameCommand.FrameAcknowledge(0xFFFFFFFFL, 4, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {CapsSet.CAPVERSION_10, CapsSet.CAPVERSION_102, CapsSet.CAPVERSION_107})
    void fromVersion10OnTheHostIsToldHowLongAFrameTook(int version) {
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE, version);
        frame(channel, 0xFFFFFFFF);
        assertThat(sent).hasSize(2);
        FrameCommand.QoeFrameAcknowledge times = (FrameCommand.QoeFrameAcknowledge) sent.get(1);
        assertThat(times.frameId()).isEqualTo(0xFFFFFFFFL);
        assertThat(times.timestamp()).isBetween(0L, 0xFFFFFFFFL);
        assertThat(times.timeDiffSE()).isBetween(0, 0xFFFF);
        assertThat(times.timeDiffEDR()).isBetween(0, 0xFFFF);
    }

    @Test
    void timesAreCountedInMilliseconds() {
        long[] now = {5_000_000_000L};
        FrameAcknowledgements acknowledgements = new FrameAcknowledgements(() -> 0, () -> now[0]);
        acknowledgements.confirmed(CapsSet.of(CapsSet.CAPVERSION_104, 0));
        acknowledgements.frameStarted();
        now[0] += 12_900_000;
        acknowledgements.frameDrawn();
        now[0] += 100_000_000_000L;
        acknowledgements.frameEnded(3, sent::add);
        assertThat(sent.get(1)).isEqualTo(new FrameCommand.QoeFrameAcknowledge(3, 5000, 12, 0xFFFF));
    }

    @Test
    void bitmapsOfAnEarlierSessionAreOfferedAndDrawn() {
        loaded = List.of(new CachedBitmap(11, 2, 1, new int[] {RED, RED}), new CachedBitmap(12, 1, 1, new int[] {RED}));
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE);
        host(channel, new SessionCommand.CapsConfirm(CapsSet.of(CapsSet.CAPVERSION_104, 0)));
        assertThat(sent.get(1))
                .isEqualTo(new CacheCommand.CacheImportOffer(List.of(
                        new CacheCommand.CacheImportOffer.CacheEntryMetadata(11, 8),
                        new CacheCommand.CacheImportOffer.CacheEntryMetadata(12, 4))));
        host(channel, new CacheCommand.CacheImportReply(List.of(25_600)));
        host(channel, new SurfaceCommand.CreateSurface(1, 16, 8, 0x20));
        host(channel, new SurfaceCommand.MapSurfaceToOutput(1, 0, 0, 0));
        host(channel, new CacheCommand.CacheToSurface(25_600, 1, List.of(new Point16(3, 2))));
        assertThat(screen.snapshot().argb(3, 2)).isEqualTo(RED);
        assertThat(screen.snapshot().argb(4, 2)).isEqualTo(RED);
        assertThat(screen.snapshot().argb(5, 2)).isNotEqualTo(RED);
        host(channel, new CacheCommand.SurfaceToCache(1, 13, 1, new Rect16(3, 2, 4, 3)));
        channel.closed();
        assertThat(kept)
                .containsExactly(
                        new CachedBitmap(13, 1, 1, new int[] {RED}), new CachedBitmap(11, 2, 1, new int[] {RED, RED}));
        assertThat(notes).contains("bitmap-cache: 1 of 2 bitmaps of earlier sessions");
    }

    @Test
    void noMoreIsOfferedThanTheCacheHasRoomFor() {
        loaded = List.of(
                new CachedBitmap(1, 2048, 2047, new int[2048 * 2047]), new CachedBitmap(2, 64, 64, new int[64 * 64]));
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE.withFlag(CapsSet.FLAG_SMALL_CACHE));
        host(channel, new SessionCommand.CapsConfirm(CapsSet.of(CapsSet.CAPVERSION_104, 0)));
        assertThat(((CacheCommand.CacheImportOffer) sent.get(1)).cacheEntries()).hasSize(1);
    }

    @Test
    void aReplyToMoreThanWasOfferedIsRefused() {
        GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE, CapsSet.CAPVERSION_104);
        host(channel, new CacheCommand.CacheImportReply(List.of()));
        assertThatThrownBy(() -> host(channel, new CacheCommand.CacheImportReply(List.of(1))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("importedEntriesCount");
    }

    @Test
    void aReplyWithAWrongSlotIsRefused() {
        loaded = List.of(new CachedBitmap(11, 2, 1, new int[] {RED, RED}));
        for (int slot : new int[] {0, 25_601, 0xFFFF}) {
            GraphicsChannel channel = open(GraphicsOffer.PROGRESSIVE, CapsSet.CAPVERSION_104);
            assertThatThrownBy(() -> host(channel, new CacheCommand.CacheImportReply(List.of(slot))))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("cacheSlot");
        }
    }
}
