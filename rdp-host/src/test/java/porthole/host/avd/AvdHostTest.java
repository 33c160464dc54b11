package porthole.host.avd;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpResource;
import porthole.aad.avd.AvdAccess;
import porthole.aad.avd.BrokerAnswer;
import porthole.aad.avd.BrokerClient;
import porthole.aad.avd.BrokerRequest;
import porthole.aad.avd.FeedClient;
import porthole.aad.avd.RedirectedPassword;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.rdsaad.RdsAadSecurityLayer;
import porthole.aad.rdsaad.RdsAadSettings;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.verify.Expectations;
import porthole.host.RdpHost;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.wire.WireReader;
import porthole.transport.AvdGatewaySettings;
import porthole.transport.CertificatePin;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.RouteSettings;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.avd.AvdRoute;
import porthole.transport.rdstls.RdstlsSecurityLayer;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.sequence.Connector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/** The whole chain on the loopback address: feed, broker, gateway, host. */
class AvdHostTest {
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhdmQifQ.c2ln";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HostIdentity SERVICE = HostIdentity.selfSigned("localhost", RANDOM);
    private static final HostIdentity HOST = HostIdentity.selfSigned("cloudpc-1", RANDOM);
    private static final Credentials ALICE = new Credentials("alice", "", Secret.of("tr0ub4dor&3"));

    @TempDir
    static Path folder;

    private static EventLoopGroup group;
    private static ExecutorService blocking;
    private static Connector connector;
    private static EntraHttp http;
    private static MockAuthority authority;
    private static RdpHost aadHost;

    @BeforeAll
    static void start() throws Exception {
        group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        blocking = Executors.newCachedThreadPool();
        TcpConnector tcp = new TcpConnector(group, blocking);
        SslUpgrader tls = new SslUpgrader(TlsEngines.JDK, blocking);
        connector = new Connector(
                new AvdRoute(new DirectRoute(tcp), tcp, tls, RANDOM::nextBytes), tls, RANDOM::nextBytes, blocking);
        Path ca = folder.resolve("ca.pem");
        Files.writeString(
                ca,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(SERVICE.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n",
                StandardCharsets.US_ASCII);
        http = EntraHttp.trusting(ca, Duration.ofSeconds(30));
        authority = MockAuthority.start(MockAuthoritySettings.defaults());
        Expectations expectations = Expectations.host(RdpResource.named("cloudpc-1"), authority.keys(), authority)
                .of(authority.issuer(), authority.tenantId());
        aadHost = RdpHost.builder()
                .certificate(HOST.key(), HOST.certificate())
                .aad(new EntraAssertionCheck(expectations, Clock.systemUTC(), blocking))
                .start();
    }

    @AfterAll
    static void stop() {
        aadHost.close();
        authority.close();
        http.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.shutdownNow();
    }

    private static AvdHost service(RdpHost host, Optional<BrokerPasswords> passwords, int boots, AvdFault... faults) {
        return AvdHost.start(
                0,
                new AvdHostSettings(
                        "localhost",
                        SERVICE,
                        host.address(),
                        HOST,
                        "cloudpc-1",
                        TOKEN::equals,
                        passwords,
                        boots,
                        Set.of(faults)));
    }

    /** What became of one way through the chain. */
    private static final class Way implements SessionSink {
        final CompletableFuture<Void> painted = new CompletableFuture<>();
        final Queue<ConnectionEvent> events = new ConcurrentLinkedQueue<>();
        final List<BrokerClient.Progress> progress = new ArrayList<>();

        @Override
        public void fastPathUpdate(int updateCode, WireReader data) {
            if (updateCode == FastPathUpdate.BITMAP) {
                painted.complete(null);
            }
        }

        /** From the feed to the first picture; a failure is thrown. */
        void go(AvdHost service) throws Exception {
            AvdAccess access = new AvdAccess(http, RdpAccessToken.of(TOKEN), AvdAccess.USER_AGENT);
            FeedClient feed = new FeedClient(access, service.discovery());
            String file = feed.resource("Demo/Desktop")
                    .thenCompose(feed::file)
                    .thenApply(octets -> new String(octets.toArray(), StandardCharsets.UTF_8))
                    .get(60, TimeUnit.SECONDS);
            BrokerAnswer answer = new BrokerClient(
                            access, new BrokerClient.Waiting(4, Duration.ofMillis(1)), progress::add)
                    .connect(
                            URI.create("https://" + key(file, "gatewayhostname")),
                            new BrokerRequest(key(file, "remoteapplicationprogram"), key(file, "loadbalanceinfo")))
                    .get(60, TimeUnit.SECONDS);
            boolean entra = file.contains("enablerdsaadauth:i:1");
            SecurityLayer layer = entra ? aad() : new RdstlsSecurityLayer(RedirectedPassword.request(answer, ALICE));
            ConnectionSpec spec = ConnectionSpec.of(
                            new Target(
                                    answer.gateway().getHost(),
                                    answer.gatewayPort(),
                                    answer.serverName(),
                                    answer.entraName()),
                            List.of(layer),
                            new Trust.Pin(List.of(CertificatePin.parse("sha256:"
                                    + sha256(answer.certificate().orElseThrow().toArray())))))
                    .withDeadlines(
                            new Deadlines(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(50)))
                    .withRoute(RouteSettings.DIRECT.withAvd(new AvdGatewaySettings(
                            answer.gateway(),
                            new Trust.Pin(SERVICE.sha256()),
                            Secret.of(TOKEN),
                            AvdAccess.USER_AGENT)));
            connector.connect(spec, this, events::add).reached().get(60, TimeUnit.SECONDS);
            painted.get(60, TimeUnit.SECONDS);
        }

        private static RdsAadSecurityLayer aad() {
            EntraHttp there = EntraHttp.trusting(authority.clientTls(), Duration.ofSeconds(30));
            return new RdsAadSecurityLayer(new RdsAadSettings(
                    new EndpointTokenSource(authority.authority(), there, Clock.systemUTC(), RANDOM),
                    Optional.empty(),
                    authority.authority(),
                    there,
                    Clock.systemUTC(),
                    RANDOM));
        }
    }

    private static String sha256(byte[] octets) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(octets));
    }

    private static String key(String file, String name) {
        return file.lines()
                .filter(line -> line.startsWith(name + ":s:"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 3);
    }

    @Test
    void entraIdThroughTheWholeChainAndAHostThatHasToStart() throws Exception {
        try (AvdHost service = service(aadHost, Optional.empty(), 2)) {
            Way way = new Way();
            way.go(service);
            assertThat(way.progress).hasSize(2);
            assertThat(way.events.toString()).contains("ARRAffinitySameSite").doesNotContain(TOKEN);
        }
    }

    @Test
    void aPasswordUnderTheBrokersKey() throws Exception {
        BrokerPasswords passwords =
                new BrokerPasswords(HOST.key(), "alice", Secret.of("tr0ub4dor&3"), RANDOM::nextBytes);
        try (RdpHost host = RdpHost.builder()
                        .certificate(HOST.key(), HOST.certificate())
                        .rdstls(passwords)
                        .start();
                AvdHost service = service(host, Optional.of(passwords), 0)) {
            Way way = new Way();
            way.go(service);
            assertThat(way.events.toString()).doesNotContain("tr0ub4dor").doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @EnumSource(AvdFault.class)
    void everyFaultEndsInItsStageAndCause(AvdFault fault) throws Exception {
        try (AvdHost service = service(aadHost, Optional.empty(), 0, fault)) {
            RdpFailure failure = null;
            try {
                new Way().go(service);
            } catch (ExecutionException e) {
                failure = Outcomes.failure(e.getCause());
            }
            assertThat(failure).as(fault.label()).isNotNull();
            assertThat(failure.stage()).as(failure.getMessage()).contains(fault.stage());
            assertThat(failure.report().cause()).as(failure.getMessage()).isEqualTo(fault.cause());
            assertThat(failure.report().remedy()).isNotEmpty();
            assertThat(failure.getMessage()).doesNotContain(TOKEN);
        }
    }

    @Test
    void faultsHaveNames() {
        assertThat(AvdFault.named("broker-no-host")).contains(AvdFault.BROKER_NO_HOST);
        assertThat(AvdFault.named("nothing")).isEmpty();
    }
}
