package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.ReconnectPolicy;
import porthole.client.SessionListener;
import porthole.client.SessionOptions;
import porthole.client.StaticChannel;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.fixtures.CuttingProxy;
import porthole.graphics.picture.Picture;
import porthole.host.RdpHost;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SessionEnd;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.standard.StandardSecurityLayer;

/** Lines that are cut, hosts that fall silent, and sessions that go on with the right picture and working input. */
class ReconnectionTest {
    private static final ReconnectPolicy QUICK =
            new ReconnectPolicy(5, Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(200));
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final RdpClient client = new RdpClient();
    private final Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
    private final Watch watch = new Watch();
    private RdpHost host;
    private CuttingProxy proxy;

    private static final class Watch implements SessionListener {
        final Queue<String> told = new ConcurrentLinkedQueue<>();
        volatile CompletableFuture<Integer> restored = new CompletableFuture<>();

        @Override
        public void reconnecting(int attempt, Duration wait, SessionEnd why) {
            told.add("reconnecting " + attempt);
        }

        @Override
        public void reconnected(int attempts) {
            told.add("reconnected " + attempts);
            restored.complete(attempts);
        }

        @Override
        public void note(String name, String detail) {
            told.add(name);
        }

        int restored() throws Exception {
            int attempts = restored.get(20, TimeUnit.SECONDS);
            restored = new CompletableFuture<>();
            return attempts;
        }
    }

    @BeforeEach
    void open() throws Exception {
        host = RdpHost.builder().observer(events::add).start();
        proxy = new CuttingProxy(host.port());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        proxy.close();
        host.close();
    }

    private ConnectionSpec spec() {
        return ConnectionSpec.of(
                        Target.of("127.0.0.1", proxy.port()),
                        List.of(new TlsSecurityLayer()),
                        new Trust.Pin(host.certificateSha256()))
                .withCredentials(new Credentials("alice", "", Secret.of("secret")));
    }

    private SessionOptions options() {
        return SessionOptions.DEFAULT.withListener(watch).withReconnect(QUICK);
    }

    private RdpSession connect(SessionOptions options) throws Exception {
        RdpSession session = client.connect(spec(), options).get(20, TimeUnit.SECONDS);
        session.firstFrame().get(20, TimeUnit.SECONDS);
        session.quiet(Duration.ofMillis(200), SOON).get();
        return session;
    }

    private List<String> hostSaw(String name) {
        return events.stream().map(HostEvent::name).filter(name::equals).toList();
    }

    private static Picture type(RdpSession session, String text) throws Exception {
        CompletableFuture<Long> change = session.change(SOON);
        session.input().type(text).get();
        change.get();
        session.quiet(Duration.ofMillis(300), SOON).get();
        return session.snapshot(false);
    }

    /** Runs a session that is taken up twice; nothing but the reference is left of it. */
    private WeakReference<RdpSession> restoredTwice() throws Exception {
        RdpSession session = connect(options());
        for (int i = 0; i < 2; i++) {
            proxy.cut();
            assertThat(watch.restored()).isPositive();
            session.quiet(Duration.ofMillis(200), SOON).get();
        }
        session.disconnect("tested").get(20, TimeUnit.SECONDS);
        return new WeakReference<>(session);
    }

    @Test
    void nothingIsLeftOfASessionThatWasRestored() throws Exception {
        WeakReference<RdpSession> left = restoredTwice();
        for (int i = 0; i < 200 && left.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(left.get()).isNull();
        assertThat(client.blocking()).isNotNull(); // which lives on
    }

    @Test
    void aCutLineIsRestoredWithPictureInputAndChannels() throws Exception {
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        CompletableFuture<StaticChannel.Sink> first = new CompletableFuture<>();
        CompletableFuture<StaticChannel.Sink> second = new CompletableFuture<>();
        StaticChannel echo = new StaticChannel() {
            @Override
            public String name() {
                return "echo";
            }

            @Override
            public void opened(Sink sink) {
                if (!first.complete(sink)) {
                    second.complete(sink);
                }
            }

            @Override
            public void received(WireReader message, Sink sink) {
                answers.add(message.rest("message").toAscii());
            }
        };
        RdpSession session = connect(options().withChannels(List.of(echo)));
        Picture before = type(session, "before");
        proxy.cut();
        assertThat(watch.restored()).isEqualTo(1);
        assertThat(watch.told).containsExactly("reconnecting 1", "reconnected 1");
        session.quiet(Duration.ofMillis(300), SOON).get();
        assertThat(session.snapshot(false).differingPixels(before)).isZero();
        assertThat(hostSaw("reconnected")).hasSize(1);
        Picture after = type(session, "after");
        assertThat(after.differingPixels(before)).isPositive();
        second.get(10, TimeUnit.SECONDS).send(Bytes.ascii("hello"));
        for (int i = 0; i < 500 && answers.isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(answers).containsExactly("hello");
        assertThat(session.connections()).isEqualTo(2);
        assertThat(session.disconnect("seen").get(10, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.LOCAL);
    }

    @Test
    void aHostThatIsAwayForAWhileIsTriedAgain() throws Exception {
        RdpSession session = connect(options());
        proxy.refuse(true);
        proxy.cut();
        while (proxy.connections() < 3) {
            Thread.sleep(10);
        }
        proxy.refuse(false);
        assertThat(watch.restored()).isBetween(2, 5);
        assertThat(session.isActive()).isTrue();
        proxy.cut(); // and once more: the new cookie does as well
        watch.restored();
        assertThat(hostSaw("reconnected")).hasSize(2);
        type(session, "alive");
        session.disconnect("seen").get(10, TimeUnit.SECONDS);
    }

    @Test
    void afterTheLastAttemptTheSessionIsOver() throws Exception {
        RdpSession session = connect(options());
        proxy.refuse(true);
        proxy.cut();
        SessionEnd end = session.ended().get(30, TimeUnit.SECONDS);
        FailureReport report = end.failure().orElseThrow().report();
        assertThat(report.cause()).isEqualTo("reconnect-failed");
        assertThat(report.stage()).isEqualTo("active");
        assertThat(report.seen()).startsWith("5 attempts");
        assertThat(watch.told).hasSize(5).doesNotContain("reconnected 5");
        assertThat(session.input().type("x")).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void leavingEndsTheWait() throws Exception {
        ReconnectPolicy slow =
                new ReconnectPolicy(5, Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofMinutes(10));
        RdpSession session = connect(options().withReconnect(slow));
        proxy.cut();
        while (watch.told.isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(session.ended()).isNotDone();
        assertThat(session.disconnect("enough").get(5, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.LOCAL);
    }

    @Test
    void withoutAPolicyACutLineIsTheEnd() throws Exception {
        RdpSession session = connect(SessionOptions.DEFAULT.withListener(watch));
        proxy.cut();
        SessionEnd end = session.ended().get(10, TimeUnit.SECONDS);
        assertThat(end.failure().orElseThrow().report().cause()).isIn("io", "early-close");
        assertThat(watch.told).isEmpty();
    }

    @Test
    void aHostThatSaysWhyIsBelieved() throws Exception {
        RdpSession session = connect(options());
        host.sessions().get(0).disconnect(0x3);
        SessionEnd end = session.ended().get(10, TimeUnit.SECONDS);
        assertThat(end.failure().orElseThrow().report().cause()).isEqualTo("error-info");
        assertThat(watch.told).isEmpty();
    }

    @Test
    void aLogoffWithinTheSessionIsNoFailure() throws Exception {
        RdpSession session = connect(options());
        host.sessions().get(0).disconnect(0xC);
        SessionEnd end = session.ended().get(10, TimeUnit.SECONDS);
        assertThat(end.kind()).isEqualTo(SessionEnd.Kind.HOST);
        assertThat(end.reason()).isEqualTo("the user logged off");
    }

    @Test
    void aSilentHostIsLostAndTheSessionIsRestored() throws Exception {
        RdpSession session = connect(options());
        host.sessions().get(0).heartbeat(1, 1, 2);
        Thread.sleep(100);
        proxy.freeze();
        watch.restored();
        assertThat(session.isActive()).isTrue();
        type(session, "back");
        session.disconnect("seen").get(10, TimeUnit.SECONDS);
    }

    @Test
    void aNewSizeSurvivesTheReconnection() throws Exception {
        RdpSession session = connect(options());
        host.sessions().get(0).resize(640, 480);
        for (int i = 0; i < 500 && (session.width() != 640 || !session.isActive()); i++) {
            Thread.sleep(10);
        }
        Picture before = type(session, "smaller");
        assertThat(before.width()).isEqualTo(640);
        proxy.cut();
        watch.restored();
        session.quiet(Duration.ofMillis(300), SOON).get();
        assertThat(session.snapshot(false).differingPixels(before)).isZero();
        session.disconnect("seen").get(10, TimeUnit.SECONDS);
    }

    @Test
    void underStandardSecurityTheCookieIsAnsweredWithTheClientRandom() throws Exception {
        try (RdpHost standard = RdpHost.builder().rdp(3).observer(events::add).start();
                CuttingProxy line = new CuttingProxy(standard.port())) {
            ConnectionSpec spec = spec().withTarget(Target.of("127.0.0.1", line.port()))
                    .withSecurity(List.of(new StandardSecurityLayer()));
            RdpSession session = client.connect(spec, options()).get(20, TimeUnit.SECONDS);
            session.firstFrame().get(20, TimeUnit.SECONDS);
            session.quiet(Duration.ofMillis(300), SOON).get();
            Picture before = type(session, "secret");
            line.cut();
            watch.restored();
            session.quiet(Duration.ofMillis(300), SOON).get();
            assertThat(hostSaw("reconnected")).hasSize(1);
            assertThat(session.snapshot(false).differingPixels(before)).isZero();
            session.disconnect("seen").get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCookieThatIsNoneIsRefusedAndTheSessionIsANewOne() throws Exception {
        ArcScPrivatePacket forged =
                new ArcScPrivatePacket(ArcScPrivatePacket.AUTO_RECONNECT_VERSION_1, 1, Bytes.of(new byte[16]));
        connect(options()); // the session that the forged cookie is for
        ConnectionSpec spec = spec();
        RdpSession session = client.connect(
                        spec.withClient(spec.client()
                                .but()
                                .autoReconnectCookie(Optional.of(forged))
                                .build()),
                        options())
                .get(20, TimeUnit.SECONDS);
        session.firstFrame().get(10, TimeUnit.SECONDS);
        assertThat(hostSaw("reconnection-refused")).hasSize(1);
        assertThat(hostSaw("reconnected")).isEmpty();
        assertThat(watch.told).contains("auto-reconnect-refused");
        assertThat(spec.client().but().autoReconnectCookie(Optional.of(forged)).build())
                .asString()
                .contains("(redacted)");
    }

    @Test
    void everyConnectionIsRecordedAndEachReplays() throws Exception {
        Path file = folder.resolve("session.porthole");
        RdpSession session = connect(options().withRecording(new SessionOptions.RecordingOptions(file, false)));
        type(session, "one");
        proxy.cut();
        watch.restored();
        Picture last = type(session, "two");
        session.disconnect("seen").get(10, TimeUnit.SECONDS);
        assertThat(folder.resolve("session-3.porthole")).doesNotExist();
        for (String name : List.of("session.porthole", "session-2.porthole")) {
            Capture capture = Capture.open(folder.resolve(name));
            assertThat(capture.complete()).isTrue();
            ReplayResult replayed = Replay.run(capture, ReplayOptions.DEFAULT);
            assertThat(replayed.active()).isTrue();
            if (name.contains("2")) {
                assertThat(replayed.picture().differingPixels(last)).isZero();
            }
        }
    }

    @Test
    void logoffIsDeniedAndThenTheSessionIsLeft() throws Exception {
        RdpSession session = connect(options());
        SessionEnd end = session.logoff(Duration.ofSeconds(10)).get(5, TimeUnit.SECONDS);
        assertThat(end.kind()).isEqualTo(SessionEnd.Kind.LOCAL);
        assertThat(end.reason()).contains("denied");
        assertThat(watch.told).isEmpty();
    }

    @Test
    void logoffIsGrantedByAHostWithoutAUser() throws Exception {
        try (RdpHost obliging = RdpHost.builder().shutdownDenied(false).start()) {
            ConnectionSpec spec = spec().withTarget(Target.of("127.0.0.1", obliging.port()))
                    .withTrust(new Trust.Pin(obliging.certificateSha256()));
            RdpSession session = client.connect(spec, options()).get(20, TimeUnit.SECONDS);
            session.firstFrame().get(10, TimeUnit.SECONDS);
            assertThat(session.logoff(Duration.ofSeconds(10))
                            .get(5, TimeUnit.SECONDS)
                            .kind())
                    .isEqualTo(SessionEnd.Kind.HOST);
        }
    }

    @Test
    void theReconnectCommandIsRecordedInAFileOfItsOwn() throws Exception {
        Path file = folder.resolve("control.porthole");
        Shell shell = new Shell()
                .in(
                        "{\"command\":\"reconnect\"}\n{\"command\":\"logoff\",\"id\":1}\n{\"command\":\"type\",\"text\":\"late\"}\n");
        int status = shell.run(
                "connect",
                "127.0.0.1:" + host.port(),
                "--certificate",
                "pin:" + host.certificateSha256(),
                "--control",
                "-",
                "--record",
                file.toString());
        assertThat(status).as(shell.out() + shell.err()).isZero();
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("done"))
                .hasSize(2);
        assertThat(shell.objects())
                .filteredOn(event -> Long.valueOf(1).equals(event.get("id")))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("agreed", false));
        assertThat(Capture.open(file).complete()).isTrue();
        assertThat(Capture.open(folder.resolve("control-2.porthole")).complete())
                .isTrue();
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void theCommandRestoresRecordsAndTells() throws Exception {
        Path file = folder.resolve("command.porthole");
        Shell shell = new Shell();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> shell.run(
                "connect",
                "127.0.0.1:" + proxy.port(),
                "--json",
                "--certificate",
                "pin:" + host.certificateSha256(),
                "--duration",
                "4s",
                "--reconnect",
                "5",
                "--reconnect-timeout",
                "30s",
                "--record",
                file.toString()));
        for (int i = 0; i < 1000 && !shell.out().contains("\"first-frame\""); i++) {
            Thread.sleep(10);
        }
        proxy.cut();
        assertThat(status.get(60, TimeUnit.SECONDS))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(shell.objects().stream().map(event -> event.get("event")))
                .containsSubsequence("reconnecting", "reconnected", "ended");
        assertThat(Files.exists(file)).isTrue();
        assertThat(Files.exists(folder.resolve("command-2.porthole"))).isTrue();
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(2);
        }
    }
}
