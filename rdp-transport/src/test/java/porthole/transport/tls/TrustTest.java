package porthole.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.fixtures.HostCertificate;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.ScriptedHost;
import porthole.protocol.failure.Stage;
import porthole.transport.CertificateHashes;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.sequence.Connector;

class TrustTest {
    private static EventLoopGroup group;
    private static ExecutorService work;

    @BeforeAll
    static void open() {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        work = Executors.newFixedThreadPool(2);
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        work.shutdownNow();
    }

    private static SessionEnd connect(TlsEngines engine, Trust trust, HostCertificate certificate) throws Exception {
        try (ScriptedHost host =
                ScriptedHost.playing(certificate, OrdinaryHost.tls().script())) {
            return connect(engine, trust, host.port());
        }
    }

    private static SessionEnd connect(TlsEngines engine, Trust trust, int port) throws Exception {
        ConnectionSpec spec = ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), trust)
                .withDeadlines(Deadlines.within(Duration.ofSeconds(10)))
                .withUntil(Stage.TLS);
        return new Connector(
                        new DirectRoute(new TcpConnector(group, work)),
                        new SslUpgrader(engine, work),
                        new SecureRandom()::nextBytes,
                        work)
                .connect(spec, new SessionSink() {}, ConnectionObserver.NONE)
                .ended()
                .get(15, TimeUnit.SECONDS);
    }

    private static String cause(SessionEnd end) {
        return end.failure().orElseThrow().report().cause();
    }

    @ParameterizedTest
    @EnumSource(TlsEngines.class)
    void bothEnginesTakeTheCertificateThatWindowsMakesForItself(TlsEngines engine) throws Exception {
        HostCertificate certificate = HostCertificate.windowsLike();
        String sha256 = CertificateHashes.of(certificate.certificate()).certificate();
        assertThat(connect(engine, new Trust.Pin(sha256), certificate).kind()).isEqualTo(SessionEnd.Kind.REACHED);
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() throws Exception {
        SessionEnd end = connect(TlsEngines.JDK, new Trust.Pin("00".repeat(32)), HostCertificate.windowsLike());
        assertThat(cause(end)).isEqualTo("certificate-pin");
        assertThat(end.failure().orElseThrow().report().stage()).isEqualTo("tls");
    }

    @Test
    void strictTrustRefusesASelfMadeCertificateAndSaysWhatToDo() throws Exception {
        SessionEnd end = connect(TlsEngines.JDK, new Trust.Strict(Optional.empty()), HostCertificate.windowsLike());
        assertThat(cause(end)).isEqualTo("certificate-untrusted");
        assertThat(end.failure().orElseThrow().report().remedy()).contains("pin:SHA256");
    }

    @Test
    void strictTrustWithAnAuthorityStillChecksTheName(@TempDir Path folder) throws Exception {
        HostCertificate other =
                HostCertificate.options().subject("CN=other.example").create();
        other.writePem(folder);
        Path pem;
        try (var files = Files.list(folder)) {
            pem = files.filter(f -> !f.toString().contains("key")).findFirst().orElseThrow();
        }
        assertThat(cause(connect(TlsEngines.JDK, new Trust.Strict(Optional.of(pem)), other)))
                .isEqualTo("certificate-name");
    }

    @Test
    void theFirstUseIsRememberedAndAChangeIsRefused(@TempDir Path folder) throws Exception {
        Trust tofu = new Trust.OnFirstUse(folder.resolve("known_hosts"));
        HostCertificate first = HostCertificate.windowsLike();
        int port;
        try (ScriptedHost host = ScriptedHost.playing(
                first, OrdinaryHost.tls().script(), OrdinaryHost.tls().script())) {
            port = host.port();
            assertThat(connect(TlsEngines.JDK, tofu, port).kind()).isEqualTo(SessionEnd.Kind.REACHED);
            assertThat(connect(TlsEngines.JDK, tofu, port).kind()).isEqualTo(SessionEnd.Kind.REACHED);
        }
        String line = Files.readString(folder.resolve("known_hosts"));
        assertThat(line).isEqualTo("127.0.0.1:" + port + " " + CertificateHashes.of(first.certificate()) + "\n");
        HostCertificate changed = HostCertificate.options().create();
        try (ScriptedHost host =
                ScriptedHost.playing(changed, OrdinaryHost.tls().script())) {
            Files.writeString(folder.resolve("known_hosts"), line.replace(":" + port + " ", ":" + host.port() + " "));
            assertThat(cause(connect(TlsEngines.JDK, tofu, host.port()))).isEqualTo("certificate-changed");
        }
    }

    @Test
    void namesMatchAsRfc6125Says() {
        assertThat(CertificateNames.matches("host.example", "HOST.example")).isTrue();
        assertThat(CertificateNames.matches("*.host.example", "a.host.example")).isTrue();
        assertThat(CertificateNames.matches("*.host.example", "a.b.host.example"))
                .isFalse();
        assertThat(CertificateNames.matches("*.example", "host.example")).isFalse();
        assertThat(CertificateNames.matches("h*.host.example", "hx.host.example"))
                .isFalse();
        assertThat(CertificateNames.matches("host.example\0.evil.example", "host.example"))
                .isFalse();
    }
}
