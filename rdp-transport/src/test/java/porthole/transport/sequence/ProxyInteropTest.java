package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import porthole.fixtures.peer.DebianProxy;
import porthole.fixtures.peer.Xrdp;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.WireReader;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.ProxyServer;
import porthole.transport.ProxySettings;
import porthole.transport.RouteSettings;
import porthole.transport.SessionSink;
import porthole.transport.Target;

/** Sessions with Debian's xrdp through Debian's proxies, and what those proxies refuse. */
@Tag("interop")
class ProxyInteropTest {
    private static final String WRONG = "not-the-word";
    private static Xrdp xrdp;

    private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        xrdp = Xrdp.start("tls");
    }

    @AfterAll
    static void end() {
        if (xrdp != null) {
            xrdp.close();
        }
    }

    private static ConnectionSpec spec(String url, String host) {
        return LiveConnections.spec(xrdp.port(), Duration.ofSeconds(20))
                .withTarget(Target.of(host, xrdp.port()))
                .withRoute(RouteSettings.DIRECT.withProxy(ProxySettings.of(ProxyServer.parse(url))));
    }

    /** The evidence of the stage that opened the way, after updates came through it. */
    private Map<String, Object> session(String url, String host) throws Exception {
        CountDownLatch updates = new CountDownLatch(3);
        SessionSink sink = new SessionSink() {
            @Override
            public void slowPathUpdate(WireReader body) {
                updates.countDown();
            }

            @Override
            public void fastPathUpdate(int updateCode, WireReader data) {
                updates.countDown();
            }
        };
        try (LiveConnections connections = new LiveConnections()) {
            Connector.Attempt attempt = connections.connect(spec(url, host), sink, events::add);
            attempt.reached().get(40, TimeUnit.SECONDS);
            assertThat(updates.await(20, TimeUnit.SECONDS)).isTrue();
            attempt.reached().join().close("seen enough");
            attempt.ended().get(10, TimeUnit.SECONDS);
        }
        return events.stream()
                .filter(event -> event instanceof ConnectionEvent.StageFinished done && done.stage() == Stage.CONNECT)
                .map(event -> ((ConnectionEvent.StageFinished) event).evidence())
                .findFirst()
                .orElseThrow();
    }

    private RdpFailure refused(String url) throws Exception {
        return refused(spec(url, "localhost"));
    }

    private RdpFailure refused(ConnectionSpec spec) throws Exception {
        try (LiveConnections connections = new LiveConnections()) {
            RdpFailure failure = connections
                    .connect(spec, new SessionSink() {}, events::add)
                    .ended()
                    .get(40, TimeUnit.SECONDS)
                    .failure()
                    .orElseThrow();
            assertThat(failure.stage()).contains(Stage.CONNECT);
            assertThat(failure.getMessage() + events).doesNotContain(WRONG);
            return failure;
        }
    }

    @Test
    void throughTinyproxy() throws Exception {
        try (DebianProxy proxy = DebianProxy.tinyproxy(xrdp.port(), "", "")) {
            assertThat(session("http://127.0.0.1:" + proxy.port(), "localhost"))
                    .containsEntry("proxyAuthentication", "none")
                    .containsEntry("proxy", "http://127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void tinyproxyClosesBehindItsChallenge() throws Exception {
        try (DebianProxy proxy = DebianProxy.tinyproxy(xrdp.port(), "anna", "s3cret")) {
            assertThat(session("http://anna:s3cret@127.0.0.1:" + proxy.port(), "127.0.0.1"))
                    .containsEntry("proxyAuthentication", "basic");
            RdpFailure wrong = refused("http://anna:" + WRONG + "@127.0.0.1:" + proxy.port());
            assertThat(wrong.report().cause()).isEqualTo("proxy-authentication");
        }
    }

    @Test
    void tinyproxyRefusesOtherPorts() throws Exception {
        try (DebianProxy proxy = DebianProxy.tinyproxy(443, "", "")) {
            RdpFailure failure = refused("http://127.0.0.1:" + proxy.port());
            assertThat(failure.report().cause()).isEqualTo("proxy-refused");
            assertThat(failure.report().details()).containsEntry("code", 403L);
        }
    }

    @Test
    void throughSquidWithBasic() throws Exception {
        try (DebianProxy proxy = DebianProxy.squidWithBasic(xrdp.port(), "anna", "s3cret")) {
            assertThat(session("http://anna:s3cret@127.0.0.1:" + proxy.port(), "localhost"))
                    .containsEntry("proxyAuthentication", "basic");
            assertThat(refused("http://anna:" + WRONG + "@127.0.0.1:" + proxy.port())
                            .report()
                            .cause())
                    .isEqualTo("proxy-authentication");
            assertThat(refused("http://127.0.0.1:" + proxy.port()).report().remedy())
                    .contains("--proxy-user");
            assertThat(refused(spec("http://anna:s3cret@127.0.0.1:" + proxy.port(), "localhost")
                                    .withTarget(Target.of("localhost", 1)))
                            .report()
                            .details())
                    .containsEntry("code", 403L);
        }
    }

    @Test
    void throughMicrosocks() throws Exception {
        try (DebianProxy proxy = DebianProxy.microsocks("", "")) {
            assertThat(session("socks5://127.0.0.1:" + proxy.port(), "localhost"))
                    .containsEntry("proxy", "socks5://127.0.0.1:" + proxy.port());
            RdpFailure failure =
                    refused(spec("socks5://127.0.0.1:" + proxy.port(), "x").withTarget(Target.of("127.0.0.1", 1)));
            assertThat(failure.report().details()).containsEntry("codeName", "Connection refused");
        }
    }

    @Test
    void throughMicrosocksWithAPassword() throws Exception {
        try (DebianProxy proxy = DebianProxy.microsocks("anna", "s3cret")) {
            assertThat(session("socks5://anna:s3cret@127.0.0.1:" + proxy.port(), "127.0.0.1"))
                    .containsEntry("address", "127.0.0.1 port " + proxy.port());
            assertThat(refused("socks5://anna:" + WRONG + "@127.0.0.1:" + proxy.port())
                            .report()
                            .cause())
                    .isEqualTo("proxy-authentication");
            assertThat(refused("socks5://127.0.0.1:" + proxy.port()).report().remedy())
                    .contains("--proxy-user");
        }
    }
}
