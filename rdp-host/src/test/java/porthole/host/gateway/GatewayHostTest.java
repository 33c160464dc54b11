package porthole.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.host.RdpHost;
import porthole.host.TestHosts;
import porthole.host.gateway.GatewayFault.Wire;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.gateway.GatewayFlags;
import porthole.transport.ConnectionEvent;
import porthole.transport.Credentials;
import porthole.transport.GatewaySettings;
import porthole.transport.GatewaySettings.Authentication;
import porthole.transport.GatewaySettings.Transport;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.Trust;

class GatewayHostTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static RdpHost host;
    private static GatewayClient client;

    @BeforeAll
    static void start() {
        host = TestHosts.builder().tls().start();
        client = new GatewayClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        host.close();
    }

    private static GatewayHostBuilder gateway() {
        return GatewayHost.builder()
                .identity(TestHosts.IDENTITY)
                .user(GatewayClient.USER, GatewayClient.PASSWORD)
                .token(GatewayClient.TOKEN)
                .signIns(EnumSet.complementOf(EnumSet.of(GatewaySignIn.ANONYMOUS)))
                .allow("127.0.0.1", host.port());
    }

    private static Map<String, Object> evidence(GatewayClient.Watch watch, Stage stage) {
        return watch.events.stream()
                .filter(ConnectionEvent.StageFinished.class::isInstance)
                .map(ConnectionEvent.StageFinished.class::cast)
                .filter(event -> event.stage() == stage)
                .findFirst()
                .orElseThrow()
                .evidence();
    }

    private static List<Map<String, Object>> notes(GatewayClient.Watch watch, String name) {
        return watch.events.stream()
                .filter(ConnectionEvent.Note.class::isInstance)
                .map(ConnectionEvent.Note.class::cast)
                .filter(note -> note.name().equals(name))
                .map(ConnectionEvent.Note::facts)
                .toList();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Transport.WEBSOCKET, Transport.HTTP)
                .flatMap(transport -> Stream.of(Authentication.values())
                        .map(authentication -> Arguments.of(transport, authentication)));
    }

    private static void untilClosed(GatewayHost gateway) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (gateway.openConnections() > 0) {
            assertThat(System.nanoTime()).as("connections stay open").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aSessionByEachTransportAndSignIn(Transport transport, Authentication authentication) throws Exception {
        Queue<GatewayEvent> events = new ConcurrentLinkedQueue<>();
        try (GatewayHost gateway = gateway()
                .observer(events::add)
                .keepalive(Duration.ofMillis(20))
                .ping(Duration.ofMillis(10))
                .start()) {
            GatewaySettings settings =
                    GatewayClient.settings(gateway).withTransport(transport).withAuthentication(authentication);
            boolean byToken = authentication == Authentication.BEARER || authentication == Authentication.COOKIE;
            GatewayClient.Watch watch = client.connect(
                    host, byToken ? settings.withToken(() -> Secret.of(GatewayClient.TOKEN)) : settings, LONG);
            watch.up();
            watch.painted.get(60, TimeUnit.SECONDS);
            assertThat(evidence(watch, Stage.GATEWAY_AUTHENTICATION))
                    .containsEntry("transport", transport == Transport.HTTP ? "http" : "websocket")
                    .containsEntry(
                            "authentication",
                            authentication == Authentication.AUTO
                                    ? "ntlm"
                                    : authentication.name().toLowerCase(Locale.ROOT));
            assertThat(evidence(watch, Stage.GATEWAY_TUNNEL)).containsEntry("redirection", "all allowed");
            assertThat(evidence(watch, Stage.GATEWAY_TLS)).containsKey("trustedBecause");
            watch.up().close("enough");
            watch.end();
            untilClosed(gateway);
            assertThat(events).extracting(GatewayEvent::name).contains("signed-in", "connected");
            assertThat(watch.said() + events).doesNotContain(GatewayClient.PASSWORD, GatewayClient.TOKEN);
        }
    }

    @Test
    void aResponseThatEndsWithItsConnectionServesAsWell() throws Exception {
        try (GatewayHost gateway = gateway().chunked(false).start()) {
            GatewayClient.Watch watch =
                    client.connect(host, GatewayClient.settings(gateway).withTransport(Transport.HTTP), LONG);
            watch.up();
            watch.painted.get(60, TimeUnit.SECONDS);
            watch.up().close("enough");
        }
    }

    @Test
    void withoutWebSocketsTheClientTakesTwoChannels() throws Exception {
        try (GatewayHost gateway = gateway().transports(Set.of(Wire.HTTP)).start()) {
            GatewayClient.Watch watch = client.connect(host, GatewayClient.settings(gateway), LONG);
            watch.up();
            assertThat(evidence(watch, Stage.GATEWAY_AUTHENTICATION)).containsEntry("transport", "http");
            watch.up().close("enough");
        }
    }

    @Test
    void anUpgradeThatGoesWrongMakesTheClientTakeTwoChannels() throws Exception {
        for (String name : List.of("upgrade-wrong-accept", "upgrade-without-accept")) {
            try (GatewayHost gateway =
                    gateway().faults(GatewayFaults.named(name).orElseThrow()).start()) {
                GatewayClient.Watch watch = client.connect(host, GatewayClient.settings(gateway), LONG);
                watch.up();
                assertThat(notes(watch, "gateway-fallback")).hasSize(1);
                watch.up().close("enough");
            }
        }
    }

    @Test
    void wrongCredentialsAreRefusedAndStaySecret() throws Exception {
        try (GatewayHost gateway = gateway().start()) {
            for (Authentication authentication : Authentication.values()) {
                for (Transport transport : List.of(Transport.WEBSOCKET, Transport.HTTP)) {
                    GatewaySettings wrong = new GatewaySettings(
                            Target.of("127.0.0.1", gateway.port()),
                            new Trust.Pin(gateway.identity().sha256()),
                            transport,
                            authentication,
                            new Credentials(GatewayClient.USER, "", Secret.of("wr0ng-secret")),
                            authentication == Authentication.AUTO
                                    ? Optional.empty()
                                    : Optional.of(() -> Secret.of("wr0ng-token")),
                            false);
                    GatewayClient.Watch watch = client.connect(host, wrong, LONG);
                    FailureReport report = watch.failure().report();
                    boolean inside =
                            authentication == Authentication.COOKIE || authentication == Authentication.TUNNEL_NTLM;
                    assertThat(report.stage())
                            .as(authentication + " " + report.line())
                            .isEqualTo(inside ? "gateway-tunnel" : "gateway-authentication");
                    assertThat(report.cause())
                            .isEqualTo(
                                    authentication == Authentication.COOKIE
                                            ? "gateway-cookie-authentication-access-denied"
                                            : inside ? "gateway-logon-denied" : "gateway-sign-in");
                    assertThat(watch.said() + report).doesNotContain("wr0ng");
                }
            }
        }
    }

    @Test
    void aGatewayThatAsksSomebodyWithoutCredentialsIsNamed() throws Exception {
        try (GatewayHost gateway = gateway().start()) {
            GatewaySettings nobody = GatewaySettings.of(
                    Target.of("127.0.0.1", gateway.port()),
                    new Trust.Pin(gateway.identity().sha256()),
                    Credentials.NONE);
            assertThat(client.connect(host, nobody, LONG).failure().report().cause())
                    .isEqualTo("gateway-credentials");
        }
        try (GatewayHost gateway =
                gateway().signIns(Set.of(GatewaySignIn.BEARER)).start()) {
            RdpFailure failure =
                    client.connect(host, GatewayClient.settings(gateway), LONG).failure();
            assertThat(failure.report().cause()).isEqualTo("gateway-authentication-method");
            assertThat(failure.report().seen()).isEqualTo("Bearer");
        }
    }

    @Test
    void theGatewaysCertificateIsJudgedByItsOwnRule() throws Exception {
        try (GatewayHost gateway = gateway().start()) {
            GatewaySettings strict = GatewaySettings.of(
                    Target.of("127.0.0.1", gateway.port()),
                    new Trust.Strict(Optional.empty()),
                    new Credentials(GatewayClient.USER, "", Secret.of(GatewayClient.PASSWORD)));
            RdpFailure failure = client.connect(host, strict, LONG).failure();
            assertThat(failure.stage()).contains(Stage.GATEWAY_TLS);
            assertThat(failure.report().cause()).startsWith("certificate");
        }
    }

    @Test
    void aHostThatIsNotAllowedOrNotThereIsRefused() throws Exception {
        try (RdpHost other = TestHosts.builder().tls().start();
                GatewayHost gateway = gateway().allow("127.0.0.1", 1).start()) {
            RdpFailure failure =
                    client.connect(other, GatewayClient.settings(gateway), LONG).failure();
            assertThat(failure.stage()).contains(Stage.GATEWAY_TUNNEL);
            assertThat(failure.report().cause()).isEqualTo("gateway-rap-accessdenied");
            assertThat(failure.report().remedy()).contains("policy");
        }
    }

    @Test
    void consentIsGivenOrTheMessageIsShown() throws Exception {
        try (GatewayHost gateway = gateway()
                .consent("Only for work.")
                .serviceMessage("We close at six.")
                .start()) {
            RdpFailure failure =
                    client.connect(host, GatewayClient.settings(gateway), LONG).failure();
            assertThat(failure.report().cause()).isEqualTo("gateway-consent");
            assertThat(failure.report().seen()).isEqualTo("Only for work.");
            assertThat(failure.stage()).contains(Stage.GATEWAY_TUNNEL);

            GatewayClient.Watch watch =
                    client.connect(host, GatewayClient.settings(gateway).withConsent(), LONG);
            watch.up();
            assertThat(notes(watch, "gateway-consent"))
                    .containsExactly(Map.of("text", "Only for work.", "accepted", true));
            assertThat(notes(watch, "gateway-message")).containsExactly(Map.of("text", "We close at six."));
            watch.up().close("enough");
        }
    }

    @Test
    void anIdleSessionIsEndedByTheGateway() throws Exception {
        try (GatewayHost gateway = gateway()
                .idleTimeout(Duration.ofMillis(400))
                .redirection(GatewayFlags.REDIR_DISABLE_ALL)
                .start()) {
            for (Transport transport : List.of(Transport.WEBSOCKET, Transport.HTTP)) {
                GatewayClient.Watch watch =
                        client.connect(host, GatewayClient.settings(gateway).withTransport(transport), LONG);
                watch.up();
                assertThat(evidence(watch, Stage.GATEWAY_TUNNEL)).containsEntry("redirection", "none allowed");
                assertThat(watch.failure().report().cause()).isEqualTo("gateway-sessiontimeout");
                assertThat(watch.failure().stage()).contains(Stage.ACTIVE);
            }
        }
    }

    @Test
    void aHostThatGoesAwayEndsTheSession() throws Exception {
        RdpHost mortal = TestHosts.builder().tls().start();
        try (GatewayHost gateway = gateway().allow("127.0.0.1", mortal.port()).start()) {
            GatewayClient.Watch watch = client.connect(mortal, GatewayClient.settings(gateway), LONG);
            watch.up();
            mortal.close();
            assertThat(watch.failure().report().cause()).isEqualTo("early-close");
        }
    }

    @Test
    void nothingIsLeftOpenWhenTheAttemptIsCancelled() throws Exception {
        try (GatewayHost gateway = gateway()
                .faults(GatewayFaults.named("tunnel-silent").orElseThrow())
                .start()) {
            GatewayClient.Watch watch =
                    client.connect(host, GatewayClient.settings(gateway).withTransport(Transport.HTTP), LONG);
            while (watch.events.stream()
                    .noneMatch(event -> event instanceof ConnectionEvent.StageStarted started
                            && started.stage() == Stage.GATEWAY_TUNNEL)) {
                Thread.sleep(5);
            }
            watch.attempt.reached().cancel(true);
            watch.end();
            untilClosed(gateway);
        }
    }
}
