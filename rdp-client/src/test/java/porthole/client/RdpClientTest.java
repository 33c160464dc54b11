package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.fixtures.Fixtures;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerCapabilities;
import porthole.fixtures.ServerMessages;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.SessionEnd;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Sessions over real sockets and real TLS, against hosts that play scripts. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RdpClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int RED = 0xF800;
    private static final int BLUE = 0x001F;

    private final RdpClient client = new RdpClient();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        client.close();
    }

    static ConnectionSpec spec(int port) {
        return ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withDeadlines(new Deadlines(LONG, LONG, LONG));
    }

    private static byte[] bitmap(int left, int top, int width, int height, int rgb565) {
        return ServerMessages.filledRectangle(left, top, width, height, rgb565);
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        try {
            future.get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void paintsTypesRecordsAndLeaves() throws Exception {
        Script session = Script.EMPTY
                .send(bitmap(0, 0, 8, 4, RED))
                .expectFastPath()
                .send(bitmap(8, 0, 8, 4, BLUE))
                .expectFastPath()
                .expectFastPath()
                .expectTpkt("a Suppress Output PDU", m -> m.length > 30)
                .expectTpkt("a Disconnect Provider Ultimatum", m -> m[7] == 0x21)
                .expectEnd();
        Path recording = folder.resolve("session.ndjson");
        List<PixelRect> dirty = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void painted(long frame, List<PixelRect> rects) {
                dirty.addAll(rects);
            }
        };
        try (ScriptedHost host =
                ScriptedHost.playing(OrdinaryHost.tls().session(session).script())) {
            RdpSession rdp = client.connect(
                            spec(host.port()),
                            SessionOptions.DEFAULT
                                    .withListener(listener)
                                    .withRecording(new SessionOptions.RecordingOptions(recording, false)))
                    .get(30, TimeUnit.SECONDS);
            assertThat(rdp.firstFrame().get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(rdp.width()).isEqualTo(640);
            assertThat(rdp.snapshot(false).argb(3, 2) & 0xFFFFFF).isEqualTo(0xFF0000);
            CompletableFuture<Long> change = rdp.change(LONG);
            rdp.input().type("a").get(30, TimeUnit.SECONDS);
            assertThat(change.get(30, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(rdp.snapshot(false).argb(9, 2) & 0xFFFFFF).isEqualTo(0x0000FF);
            rdp.quiet(Duration.ofMillis(50), LONG).get(30, TimeUnit.SECONDS);
            rdp.input().click(SessionInput.Button.LEFT, 20, 30).get(30, TimeUnit.SECONDS);
            rdp.input().wheel(-120, false, 20, 30).get(30, TimeUnit.SECONDS);
            assertThat(rdp.snapshot(true)).isNotEqualTo(rdp.snapshot(false));
            rdp.suppressOutput(true).get(30, TimeUnit.SECONDS);
            SessionEnd end = rdp.disconnect("tested").get(30, TimeUnit.SECONDS);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.LOCAL);
            assertThat(end.reason()).isEqualTo("tested");
            host.await(LONG).requireComplete();
            assertThat(failureOf(rdp.input().type("late"))).isInstanceOf(LocalFailure.class);
            assertThat(failureOf(rdp.nextFrame(LONG))).isInstanceOf(LocalFailure.class);
        }
        assertThat(dirty).contains(new PixelRect(0, 0, 8, 4), new PixelRect(8, 0, 8, 4));
        checkRecording(recording);
    }

    private static void checkRecording(Path recording) throws IOException {
        Capture capture = Capture.open(recording);
        assertThat(capture.complete()).isTrue();
        assertThat(capture.tls().orElseThrow().serverOffset()).isEqualTo(19);
        assertThat(capture.serverCertificate()).isPresent();
        List<DecodedPdu> pdus = CaptureDecoder.decode(capture);
        assertThat(pdus).allMatch(pdu -> pdu.problem().isEmpty());
        assertThat(pdus.stream()
                        .filter(pdu -> pdu.direction() == Direction.CLIENT_TO_SERVER)
                        .map(DecodedPdu::name))
                .containsSubsequence(
                        "ConnectionRequest",
                        "ConnectInitial",
                        "ClientInfoPdu",
                        "FontListPdu",
                        "FastPathInput(Unicode,Unicode)",
                        "FastPathInput(Mouse,Mouse,Mouse)",
                        "FastPathInput(Mouse)",
                        "SuppressOutputPdu",
                        "DisconnectProviderUltimatum");
        assertThat(pdus.stream()
                        .flatMap(pdu -> pdu.fields().stream())
                        .filter(field -> field.path().endsWith("unicodeCode"))
                        .map(DecodedPdu.Field::value))
                .isNotEmpty()
                .containsOnly(0L);
        ReplayResult replayed = Replay.run(capture, ReplayOptions.DEFAULT);
        assertThat(replayed.active()).isTrue();
        assertThat(replayed.verify().first()).isEmpty();
        assertThat(replayed.picture().argb(9, 2) & 0xFFFFFF).isEqualTo(0x0000FF);
    }

    @Test
    void aRecordedHostIsPaintedJustAsItIsReplayed() throws Exception {
        String name = "freerdp-tls-xrdp/login-screen";
        ReplayResult replayed = Replay.run(Capture.open(Fixtures.root().resolve(name)), ReplayOptions.DEFAULT);
        try (ScriptedHost host = ScriptedHost.replaying(Fixtures.recording(name))) {
            ConnectionSpec spec = spec(host.port());
            // the recorded host speaks of the four channels that the recorded client asked for
            List<StaticChannel> channels = new ArrayList<>();
            for (String channel : List.of("rdpdr", "rdpsnd", "cliprdr", "drdynvc")) {
                channels.add(new Collecting(channel));
            }
            CompletableFuture<Void> painted = new CompletableFuture<>();
            SessionListener listener = new SessionListener() {
                @Override
                public void painted(long frame, List<PixelRect> dirty) {
                    if (frame == replayed.frames()) {
                        painted.complete(null);
                    }
                }
            };
            RdpSession session = client.connect(
                            spec, SessionOptions.DEFAULT.withChannels(channels).withListener(listener))
                    .get(30, TimeUnit.SECONDS);
            painted.get(30, TimeUnit.SECONDS);
            assertThat(session.snapshot(false)).isEqualTo(replayed.picture());
        }
    }

    private static final class Collecting implements StaticChannel {
        private final String name;
        final List<String> messages = new CopyOnWriteArrayList<>();
        final CompletableFuture<Sink> opened = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();

        Collecting(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void opened(Sink out) {
            opened.complete(out);
        }

        @Override
        public void received(WireReader message, Sink out) {
            String text = message.rest("text").toAscii();
            messages.add(text);
            out.send(Bytes.ascii("got " + text.length()));
        }

        @Override
        public void closed() {
            closed.complete(null);
        }
    }

    private static byte[] chunk(int channel, int total, int flags, String part) {
        byte[] text = part.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = ByteBuffer.allocate(8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(total)
                .putInt(flags)
                .put(text);
        return ServerMessages.sendData(channel, body.array());
    }

    @Test
    void aStaticChannelGetsWholeMessagesAndABadOneClosesItAlone() throws Exception {
        int good = 1008; // the script's host numbers the channels from here on, in the client's order
        int bad = 1009;
        Script session = Script.EMPTY
                .send(chunk(good, 10, 1, "hello "))
                .send(chunk(good, 10, 2, "host"))
                .expectTpkt(
                        "an answer on the channel", m -> new String(m, StandardCharsets.ISO_8859_1).endsWith("got 10"))
                .send(chunk(bad, 3, 2, "abc"))
                .send(chunk(good, 4, 3, "more"))
                .expectTpkt()
                .send(bitmap(0, 0, 8, 4, RED))
                .expectEnd();
        Collecting first = new Collecting("FIRST");
        Collecting second = new Collecting("SECOND");
        try (ScriptedHost host =
                ScriptedHost.playing(OrdinaryHost.tls().session(session).script())) {
            RdpSession rdp = client.connect(
                            spec(host.port()), SessionOptions.DEFAULT.withChannels(List.of(first, second)))
                    .get(30, TimeUnit.SECONDS);
            rdp.firstFrame().get(30, TimeUnit.SECONDS);
            assertThat(first.messages).containsExactly("hello host", "more");
            assertThat(second.messages).isEmpty();
            assertThat(second.closed).isCompleted();
            assertThat(first.closed).isNotDone();
            assertThat(rdp.isActive()).isTrue();
            rdp.disconnect("tested").get(30, TimeUnit.SECONDS);
            assertThat(first.closed).isCompleted();
            assertThat(first.opened.join().send(Bytes.ascii("late"))).isFalse();
        }
    }

    @Test
    void anotherDesktopSizeComesWithAReactivation() throws Exception {
        Script session = Script.EMPTY
                .send(bitmap(0, 0, 8, 4, RED))
                .send(ServerMessages.deactivateAll())
                .send(ServerMessages.demandActive(320, 200, 16))
                .send(ServerMessages.synchronize())
                .send(ServerMessages.controlCooperate())
                .send(ServerMessages.controlGranted())
                .send(ServerMessages.fontMap())
                .send(bitmap(312, 196, 8, 4, BLUE))
                .expectAmongOthers("a Disconnect Provider Ultimatum", m -> m.length > 7 && m[7] == 0x21)
                .expectEnd();
        List<String> sizes = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> corner = new CompletableFuture<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void resized(int width, int height, int bitsPerPixel) {
                sizes.add(width + "x" + height + "x" + bitsPerPixel);
            }

            @Override
            public void painted(long frame, List<PixelRect> dirty) {
                if (dirty.contains(new PixelRect(312, 196, 8, 4))) {
                    corner.complete(null);
                }
            }
        };
        try (ScriptedHost host =
                ScriptedHost.playing(OrdinaryHost.tls().session(session).script())) {
            RdpSession rdp = client.connect(spec(host.port()), SessionOptions.DEFAULT.withListener(listener))
                    .get(30, TimeUnit.SECONDS);
            corner.get(30, TimeUnit.SECONDS);
            assertThat(sizes).containsExactly("640x480x16", "320x200x16");
            assertThat(rdp.snapshot(false).argb(1, 1) & 0xFFFFFF).isZero();
            assertThat(rdp.snapshot(false).argb(319, 199) & 0xFFFFFF).isEqualTo(0x0000FF);
            rdp.disconnect("tested").get(30, TimeUnit.SECONDS);
            host.await(LONG).requireComplete();
        }
    }

    @Test
    void aMalformedUpdateEndsTheSessionWithItsField() throws Exception {
        byte[] broken = ServerMessages.filledRectangle(0, 0, 8, 4, RED);
        broken[8] = 9; // numberRectangles
        Script session = Script.EMPTY.send(broken).expectEnd();
        try (ScriptedHost host =
                ScriptedHost.playing(OrdinaryHost.tls().session(session).script())) {
            RdpSession rdp = client.connect(spec(host.port())).get(30, TimeUnit.SECONDS);
            SessionEnd end = rdp.ended().get(30, TimeUnit.SECONDS);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.FAILED);
            assertThat(end.failure().orElseThrow()).isInstanceOf(WireException.class);
            assertThat(end.failure().orElseThrow().stage()).contains(Stage.ACTIVE);
            assertThat(end.failure().orElseThrow().getMessage()).contains("numberRectangles");
            assertThat(failureOf(rdp.firstFrame())).isSameAs(end.failure().orElseThrow());
            host.await(LONG).requireComplete();
        }
    }

    @Test
    void aHostWithoutUnicodeAndFastPathGetsScancodesBySlowPath() throws Exception {
        List<byte[]> capabilities = new ArrayList<>(ServerCapabilities.of(640, 480, 16));
        capabilities.removeIf(set -> set[0] == 0x0D);
        byte[] input = new byte[84];
        input[0] = 1; // scancodes, and nothing else
        capabilities.add(ServerCapabilities.set(0x000D, input));
        List<byte[]> seen = new CopyOnWriteArrayList<>();
        Script session = Script.EMPTY
                .expectTpkt("an Input Event PDU", m -> seen.add(m))
                .expectAmongOthers("a Disconnect Provider Ultimatum", m -> m.length > 7 && m[7] == 0x21)
                .expectEnd();
        try (ScriptedHost host = ScriptedHost.playing(
                OrdinaryHost.tls().capabilities(capabilities).session(session).script())) {
            RdpSession rdp = client.connect(spec(host.port())).get(30, TimeUnit.SECONDS);
            rdp.input().type("A\n").get(30, TimeUnit.SECONDS);
            assertThat(failureOf(rdp.input().type("\u20AC")))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("U+20AC");
            assertThat(failureOf(rdp.input().wheel(120, true, 0, 0))).isInstanceOf(LocalFailure.class);
            assertThat(failureOf(rdp.input().click(SessionInput.Button.BACK, 0, 0)))
                    .isInstanceOf(LocalFailure.class);
            rdp.disconnect("tested").get(30, TimeUnit.SECONDS);
            host.await(LONG).requireComplete();
        }
        DecodedPdu pdu = CaptureDecoder.decodeLone(Bytes.of(seen.get(0)), Optional.empty());
        assertThat(pdu.name()).isEqualTo("InputEventPdu(Scancode,Scancode,Scancode,Scancode,Scancode,Scancode)");
        assertThat(pdu.fields().stream()
                        .filter(field -> field.path().endsWith("keyCode"))
                        .map(DecodedPdu.Field::value))
                .containsExactly(0x2AL, 0x1EL, 0x1EL, 0x2AL, 0x1CL, 0x1CL);
    }

    @Test
    void whatGoesWrongBeforeTheSessionFailsTheFuture() throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(
                Script.EMPTY.expectTpkt().send(ServerMessages.refuse(5)).expectEnd())) {
            Throwable failure = failureOf(client.connect(spec(host.port())));
            assertThat(failure).isInstanceOf(Refused.class).hasMessageContaining("HYBRID_REQUIRED_BY_SERVER");
        }
        int closedPort;
        try (ScriptedHost host = ScriptedHost.playing(Script.EMPTY)) {
            closedPort = host.port();
        }
        assertThat(failureOf(client.connect(spec(closedPort)))).hasMessageContaining("could not be opened");
        Path nowhere = folder.resolve("missing").resolve("file");
        assertThat(failureOf(client.connect(
                        spec(closedPort),
                        SessionOptions.DEFAULT.withRecording(new SessionOptions.RecordingOptions(nowhere, false)))))
                .hasMessageContaining("recording");
    }

    @Test
    void cancellingClosesTheSocket() throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(Script.EMPTY.expectTpkt().expectEnd())) {
            CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
            CompletableFuture<RdpSession> connecting =
                    client.connect(spec(host.port()), SessionOptions.DEFAULT.withListener(new SessionListener() {
                        @Override
                        public void ended(SessionEnd end) {
                            ended.complete(end);
                        }
                    }));
            connecting.cancel(true);
            assertThat(ended.get(30, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.LOCAL);
        }
    }

    @Test
    void closingTheClientEndsItsSessions() throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(OrdinaryHost.tls().script())) {
            RdpSession rdp = client.connect(spec(host.port())).get(30, TimeUnit.SECONDS);
            client.close();
            rdp.ended().get(30, TimeUnit.SECONDS);
            assertThat(rdp.isActive()).isFalse();
            assertThatThrownBy(() -> rdp.input().type("x").get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(LocalFailure.class);
        }
    }
}
