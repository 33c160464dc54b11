package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.share.InclusiveRectangle;
import porthole.protocol.share.RefreshRectPdu;
import porthole.protocol.share.SaveSessionInfoPdu;
import porthole.protocol.share.ShutdownDeniedPdu;
import porthole.protocol.share.ShutdownRequestPdu;
import porthole.protocol.share.SuppressOutputPdu;
import porthole.protocol.wire.Bytes;
import porthole.transport.ClientSettings;
import porthole.transport.SessionEnd;

/** What an embedding program and a client get of a host that does nothing wrong. */
class RdpHostTest {
    private static final Duration PHASE = Duration.ofSeconds(20);
    private final Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
    private final TestClient client = new TestClient();

    @AfterEach
    void close() {
        client.close();
    }

    private RdpHostBuilder host() {
        return TestHosts.builder().observer(events::add);
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(5);
        }
    }

    private boolean told(String event) {
        return events.stream().anyMatch(e -> e.name().equals(event));
    }

    private TestClient.Watch up(RdpHost host, boolean aad) throws Exception {
        TestClient.Watch watch = client.connect(host, aad, PHASE);
        TestClient.reached(watch);
        watch.painted.get(30, TimeUnit.SECONDS);
        return watch;
    }

    @Test
    void aSessionIsToldFromBeginningToEnd() throws Exception {
        try (RdpHost host = host().start()) {
            TestClient.Watch watch = up(host, false);
            assertThat(host.connectionsSoFar()).isEqualTo(1);
            assertThat(host.sessions())
                    .singleElement()
                    .satisfies(s -> assertThat(s.number()).isEqualTo(1));
            assertThat(watch.messages).anyMatch(SaveSessionInfoPdu.class::isInstance);
            TestClient.reached(watch).close("enough");
            until("the end is told", () -> told("ended"));
            until("the session is gone", () -> host.sessions().isEmpty());
            assertThat(events.stream().map(HostEvent::name))
                    .contains("connected", "negotiation", "tls", "settings", "logon", "capabilities", "active");
            assertThat(events)
                    .filteredOn(e -> e.name().equals("active"))
                    .singleElement()
                    .satisfies(e -> assertThat(e.facts())
                            .isEqualTo(Map.of("user", "alice", "desktop", "800x600", "bitsPerPixel", 32)));
        }
    }

    @Test
    void entraSignInGivesTheSessionItsUser() throws Exception {
        try (RdpHost host = host().aad(FaultsTest.nonceCheck()).start()) {
            up(host, true);
            assertThat(events)
                    .filteredOn(e -> e.name().equals("active"))
                    .singleElement()
                    .satisfies(e -> assertThat(e.facts()).containsEntry("user", "alice@example.test"));
            TestClient.Watch refused = client.connect(host, false, PHASE);
            assertThat(refused.end(30).failure())
                    .get()
                    .satisfies(f -> assertThat(f.report().seen()).contains("HYBRID_REQUIRED_BY_SERVER"));
        }
    }

    @Test
    void aHostThatOffersBothTakesEither() throws Exception {
        try (RdpHost host = host().aadOrTls(FaultsTest.nonceCheck()).start()) {
            up(host, true);
            up(host, false);
            assertThat(host.sessions()).hasSize(2);
        }
    }

    @Test
    void theDesktopIsResizedOnDemandAndAtTheStart() throws Exception {
        try (RdpHost host =
                host().largestDesktop(1024, 600).reactivateTo(1000, 500).start()) {
            TestClient.Watch watch = up(host, false);
            until("the first change", () -> told("resized"));
            host.sessions().get(0).resize(4096, 333);
            until("the second change", () -> watch.desktops.toString().endsWith("1024x333@32 "));
            assertThat(watch.desktops.toString()).isEqualTo("800x600@32 1000x500@32 1024x333@32 ");
            int before = watch.bitmaps.get();
            until("the new picture", () -> watch.bitmaps.get() > before);
            assertThat(TestClient.isUp(watch)).isTrue();
        }
    }

    @Test
    void theHostEndsASessionWithItsReason() throws Exception {
        try (RdpHost host = host().start()) {
            TestClient.Watch watch = up(host, false);
            host.sessions().get(0).disconnect(0x0000000B);
            SessionEnd end = watch.end(30);
            assertThat(end.failure())
                    .get()
                    .satisfies(f -> assertThat(f.report().cause()).isEqualTo("error-info"));
            until("the session is gone", () -> host.sessions().isEmpty());
        }
    }

    @Test
    void suppressedOutputStaysAwayUntilItIsAllowed() throws Exception {
        try (RdpHost host = host().start()) {
            TestClient.Watch watch = up(host, false);
            until("the whole card", () -> watch.bitmaps.get() == 13 * 10);
            watch.send(SuppressOutputPdu.suppress());
            watch.send(RefreshRectPdu.of(List.of(new InclusiveRectangle(0, 0, 127, 63))));
            watch.send(new ShutdownRequestPdu(Bytes.EMPTY));
            until(
                    "the answer behind both",
                    () -> watch.messages.stream().anyMatch(ShutdownDeniedPdu.class::isInstance));
            assertThat(watch.bitmaps).hasValue(13 * 10);
            watch.send(SuppressOutputPdu.allow(new InclusiveRectangle(0, 0, 63, 63)));
            until("what was asked for", () -> watch.bitmaps.get() == 13 * 10 + 2);
        }
    }

    @Test
    void aShutdownRequestCanEndTheSession() throws Exception {
        try (RdpHost host = host().shutdownDenied(false).start()) {
            TestClient.Watch watch = up(host, false);
            watch.send(new ShutdownRequestPdu(Bytes.EMPTY));
            assertThat(watch.end(30).kind()).isEqualTo(SessionEnd.Kind.HOST);
        }
    }

    @Test
    void messagesOfTheEchoChannelComeBack() throws Exception {
        try (RdpHost host = host().start()) {
            TestClient.Watch watch = up(host, false);
            String text = "porthole ".repeat(1000);
            watch.sendEcho(text);
            assertThat(watch.echo.get(30, TimeUnit.SECONDS)).isEqualTo("echo:" + text);
        }
    }

    @Test
    void joinsCanBeSkippedAndTheNetworkMeasured() throws Exception {
        ClientSettings settings = ClientSettings.DEFAULT
                .but()
                .earlyCapabilityFlags(ClientSettings.DEFAULT.earlyCapabilityFlags() | 0x0880)
                .build();
        try (RdpHost host = host().skipChannelJoin(true).autoDetect(true).start()) {
            TestClient.Watch watch = client.connect(host, false, PHASE, settings);
            TestClient.reached(watch);
            assertThat(TestClient.reached(watch).facts().skipChannelJoin()).isTrue();
            assertThat(events)
                    .filteredOn(e -> e.name().equals("rtt"))
                    .singleElement()
                    .satisfies(e -> assertThat(e.facts()).containsEntry("response", "RttMeasureResponse"));
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws Exception {
        try (RdpHost host = host().connectionLimit(1).start();
                Socket first = new Socket(host.address().getAddress(), host.port())) {
            until("the first is taken on", () -> host.sessions().size() == 1);
            try (Socket second = new Socket(host.address().getAddress(), host.port());
                    InputStream in = second.getInputStream()) {
                assertThat(in.read()).isEqualTo(-1);
            }
            assertThat(host.connectionsSoFar()).isEqualTo(1);
            assertThat(first.isConnected()).isTrue();
        }
    }

    @Test
    void closingEndsEveryConnectionAndThread() throws Exception {
        RdpHost host = host().start();
        TestClient.Watch watch = up(host, false);
        assertThat(hostThreads()).isPositive();
        int port = host.port();
        host.close();
        host.close();
        assertThat(watch.end(30).failure()).isPresent();
        until("threads end", () -> hostThreads() == 0);
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    private static long hostThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("porthole-host"))
                .count();
    }

    @Test
    void aPortInUseIsSaid() {
        try (RdpHost host = host().start()) {
            RdpHostBuilder another = host().port(host.port());
            assertThatThrownBy(another::start).isInstanceOf(LocalFailure.class).hasMessageContaining("cannot listen");
        }
    }

    @Test
    void aStallingClientDoesNotHinderOthers() throws Exception {
        try (RdpHost host = host().start();
                Socket stalled = new Socket(host.address().getAddress(), host.port())) {
            stalled.getOutputStream().write(new byte[] {3, 0, 0});
            CompletableFuture<TestClient.Watch> other = CompletableFuture.supplyAsync(() -> {
                try {
                    return up(host, false);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(other.get(60, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
