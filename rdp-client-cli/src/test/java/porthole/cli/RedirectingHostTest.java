package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.redirection.RedirectionBuilder;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.rdstls.RdstlsSecurityLayer;

/** One embedded host sends clients to another, on the same port of another loopback address, and that one takes RDSTLS. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RedirectingHostTest {
    private static final String HERE = "127.0.0.1";
    private static final String THERE = "127.0.0.2";
    private static final Secret PASSWORD = Secret.of("Lab-Passw0rd");
    private static final UUID GUID = UUID.fromString("0b6f7a3e-7d0c-4f0a-9d3c-000102030405");

    private final RedirectionTickets tickets =
            new RedirectionTickets(Secret.of("shared"), new SecureRandom()::nextBytes);
    private final List<HostEvent> events = new CopyOnWriteArrayList<>();
    private final RdpClient client = new RdpClient();
    private final List<RdpHost> hosts = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
        hosts.forEach(RdpHost::close);
    }

    private RdpHost host(String address, int port, UnaryOperator<RdpHostBuilder> more) {
        RdpHost host = more.apply(RdpHost.builder()
                        .bind(new InetSocketAddress(address, port))
                        .observer(events::add))
                .start();
        hosts.add(host);
        return host;
    }

    private static ConnectionSpec spec(int port) {
        return ConnectionSpec.of(Target.of(HERE, port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withCredentials(new Credentials("alice", "LAB", PASSWORD));
    }

    private RedirectionBuilder toTheOther() {
        return new RedirectionBuilder().address(THERE).user("alice").domain("LAB");
    }

    private List<Object> facts(String event, String fact) {
        return events.stream()
                .filter(e -> e.name().equals(event))
                .map(e -> e.facts().get(fact))
                .toList();
    }

    private RdpFailure failure(ConnectionSpec spec) throws Exception {
        try {
            client.connect(spec).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (RdpFailure) e.getCause();
        }
        throw new AssertionError("the session is up");
    }

    private static Bytes certificate(RdpHost host) throws Exception {
        return Bytes.of(host.identity().certificate().getEncoded());
    }

    @Test
    void thePasswordGoesOnByRdstls() throws Exception {
        RdpHost target = host(THERE, 0, b -> b.rdstls(tickets));
        RedirectionBuilder redirection = toTheOther()
                .password(PASSWORD, tickets, GUID)
                .certificate(certificate(target))
                .sessionId(7);
        RdpHost broker = host(
                HERE, target.port(), b -> b.tls().redirect(redirection.build().orElseThrow()));
        RdpSession session = client.connect(spec(broker.port())).get(30, TimeUnit.SECONDS);
        session.firstFrame().get(30, TimeUnit.SECONDS);
        assertThat(facts("negotiation", "selected")).containsExactly(1, 4);
        assertThat(facts("negotiation", "requested")).containsExactly(1, 5);
        assertThat(facts("negotiation", "correlationId"))
                .as("one id for the whole journey")
                .doesNotContainNull()
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
        assertThat(facts("authentication", "result")).containsExactly("RDSTLS_RESULT_SUCCESS");
        assertThat(facts("active", "user")).containsExactly("alice");
        assertThat(facts("logon", "password")).containsExactly("given", "none");
        assertThat(events.toString()).doesNotContain(PASSWORD.reveal());
        session.disconnect("seen enough").get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBlobOfAnotherBrokerIsRefused() throws Exception {
        RedirectionTickets others = new RedirectionTickets(Secret.of("other"), new SecureRandom()::nextBytes);
        RdpHost target = host(THERE, 0, b -> b.rdstls(tickets));
        host(
                HERE,
                target.port(),
                b -> b.tls()
                        .redirect(toTheOther()
                                .password(PASSWORD, others, GUID)
                                .build()
                                .orElseThrow()));
        RdpFailure failure = failure(spec(target.port()));
        assertThat(failure).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.report().cause()).isEqualTo("rdstls-result");
            assertThat(refused.codeName()).isEqualTo("RDSTLS_RESULT_ACCESS_DENIED");
        });
    }

    @Test
    void onlyTheCertificateOfTheRedirectionIsTaken() throws Exception {
        RdpHost target = host(THERE, 0, b -> b.rdstls(tickets));
        RdpHost other = host(THERE, 0, b -> b.tls());
        host(HERE, target.port(), b -> {
            try {
                return b.tls()
                        .redirect(toTheOther()
                                .password(PASSWORD, tickets, GUID)
                                .certificate(certificate(other))
                                .build()
                                .orElseThrow());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(failure(spec(target.port())).report().cause()).isEqualTo("certificate-pin");
        assertThat(facts("authentication", "result")).isEmpty();
    }

    @Test
    void everyOtherFieldIsUnderstood() throws Exception {
        RdpHost target = host(THERE, 0, RdpHostBuilder::tls);
        RedirectionBuilder plain = new RedirectionBuilder()
                .addresses(List.of(THERE, "127.0.0.3"))
                .fullName("porthole.test")
                .netBiosName("PORTHOLE")
                .user("bob")
                .domain("OTHER")
                .password(Secret.of("other-Passw0rd"));
        host(HERE, target.port(), b -> b.tls().redirect(plain.build().orElseThrow()));
        RdpSession session = client.connect(spec(target.port())).get(30, TimeUnit.SECONDS);
        session.firstFrame().get(30, TimeUnit.SECONDS);
        assertThat(facts("active", "user")).containsExactly("bob");
        assertThat(facts("logon", "domain")).containsExactly("LAB", "OTHER");
        session.disconnect("seen enough").get(10, TimeUnit.SECONDS);
    }

    @Test
    void hostsThatSendClientsInACircleAreLeft() throws Exception {
        String token = "Cookie: msts=3640205228.15629.0000";
        RdpHost broker = host(
                HERE,
                0,
                b -> b.tls()
                        .redirect(new RedirectionBuilder()
                                .loadBalanceInfo(token)
                                .build()
                                .orElseThrow()));
        RdpFailure failure = failure(spec(broker.port()));
        assertThat(failure.report().cause()).isEqualTo("redirection-loop");
        assertThat(facts("negotiation", "routingToken")).hasSize(6).contains(token);
        assertThat(broker.connectionsSoFar()).isEqualTo(6);
    }

    @Test
    void aCookieOpensTheSessionAgain() throws Exception {
        ArcScPrivatePacket cookie = new ArcScPrivatePacket(1, 7, Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        tickets.accept(cookie, "alice");
        RdpHost host = host(HERE, 0, b -> b.rdstls(tickets));
        ConnectionSpec known = spec(host.port()).withSecurity(List.of(RdstlsSecurityLayer.reconnecting(cookie)));
        RdpSession session = client.connect(known).get(30, TimeUnit.SECONDS);
        assertThat(facts("active", "user")).containsExactly("alice");
        session.disconnect("seen enough").get(10, TimeUnit.SECONDS);
        ArcScPrivatePacket forged = new ArcScPrivatePacket(1, 7, Bytes.hex("ff0102030405060708090a0b0c0d0e0f"));
        RdpFailure refused = failure(known.withSecurity(List.of(RdstlsSecurityLayer.reconnecting(forged))));
        assertThat(Optional.of(refused.report().cause())).contains("rdstls-result");
        assertThat(refused.getMessage()).doesNotContain("ff010203");
    }

    @Test
    void othersGetNoSessionFromAHostThatTakesRdstlsAlone() throws Exception {
        RdpHost host = host(HERE, 0, b -> b.rdstls(tickets));
        assertThat(failure(spec(host.port())).report().cause()).isEqualTo("negotiation-failure");
    }
}
