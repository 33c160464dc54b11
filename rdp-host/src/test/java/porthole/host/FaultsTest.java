package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.session.AssertionCheck;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.Stage;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.wire.Bytes;
import porthole.transport.Secret;
import porthole.transport.SessionEnd;
import porthole.transport.nla.NlaSettings;
import porthole.transport.rdstls.RdstlsSecurityLayer;
import porthole.transport.standard.StandardSecurityLayer;

/** Every fault of the catalogue against the project's own connection sequence: the right stage and the right cause. */
class FaultsTest {
    private static final int AT_ONCE = 16;
    private static final Duration PHASE = Duration.ofSeconds(4);
    private static final Bytes GUID = Bytes.of(new byte[16]);
    private static final RedirectionTickets TICKETS =
            new RedirectionTickets(Secret.of("shared"), new SecureRandom()::nextBytes);
    private static final Map<String, CompletableFuture<String>> OUTCOMES = new LinkedHashMap<>();
    private static ExecutorService runners;
    private static TestClient client;

    @BeforeAll
    static void runAll() {
        client = new TestClient();
        runners = Executors.newFixedThreadPool(AT_ONCE);
        HostIdentity identity = HostIdentity.selfSigned("porthole.test", new SecureRandom());
        for (Fault fault : shown()) {
            OUTCOMES.put(fault.name(), CompletableFuture.supplyAsync(() -> outcome(fault, identity), runners));
        }
    }

    /** All but those of redirections, which the client follows and this connection sequence only reports. */
    private static List<Fault> shown() {
        return Faults.list().stream()
                .filter(fault -> !fault.needs().equals(Fault.REDIRECTING))
                .toList();
    }

    @AfterAll
    static void end() {
        runners.shutdownNow();
        client.close();
    }

    static AssertionCheck nonceCheck() {
        return (assertion, nonce) -> CompletableFuture.completedFuture(new AssertionCheck.Verdict(
                assertion.equals("h." + nonce + ".s") ? 0 : 0x80090308, "alice@example.test", Map.of()));
    }

    private static RdpHostBuilder secured(RdpHostBuilder builder, Fault fault) {
        return switch (fault.needs()) {
            case Fault.AAD -> builder.aad(nonceCheck());
            case Fault.RDP -> builder.rdp(ServerSecurityData.LEVEL_HIGH);
            case Fault.NLA, Fault.NLA_EXT -> builder.nla(NlaHost.of(List.of(HostUser.of("alice", "x")), Runnable::run));
            case Fault.RDSTLS -> builder.rdstls(TICKETS);
            default -> builder.tls();
        };
    }

    private static TestClient.Watch connect(RdpHost host, Fault fault) {
        NlaSettings nla = NlaSettings.of(Clock.systemUTC());
        return switch (fault.needs()) {
            case Fault.RDP -> client.connect(host, new StandardSecurityLayer(), PHASE);
            case Fault.RDSTLS ->
                client.connect(
                        host,
                        RdstlsSecurityLayer.redirected(
                                GUID, "alice", "LAB", TICKETS.blob(GUID, "alice", "LAB", Secret.of("x"))),
                        PHASE);
            case Fault.NLA -> client.connect(host, nla, PHASE);
            case Fault.NLA_EXT -> client.connect(host, nla.withEarlyAuthorization(), PHASE);
            default -> client.connect(host, fault.needs().equals(Fault.AAD), PHASE);
        };
    }

    private static String outcome(Fault fault, HostIdentity identity) {
        RdpHostBuilder builder = RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .faults(fault);
        try (RdpHost host = secured(builder, fault).start()) {
            TestClient.Watch watch = connect(host, fault);
            if (fault.survives()) {
                TestClient.reached(watch);
                watch.painted.get(30, TimeUnit.SECONDS);
                return TestClient.isUp(watch) ? "survived" : "ended";
            }
            SessionEnd end = watch.end(60);
            FailureReport report =
                    end.failure().map(failure -> failure.report()).orElse(null);
            return report == null ? "no failure: " + end.reason() : report.stage() + " " + report.cause();
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
    }

    @TestFactory
    Stream<DynamicTest> theClientFailsWhereAndWhyItShould() {
        return shown().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.name(),
                        () -> assertThat(OUTCOMES.get(fault.name()).get(180, TimeUnit.SECONDS))
                                .as(fault.name())
                                .isEqualTo(fault.expectedStage()
                                        .map(Stage::label)
                                        .map(stage -> stage + " " + fault.expectedCause())
                                        .orElse("survived"))));
    }

    @Test
    void namesAreUniqueAndDescribed() {
        List<Fault> all = Faults.list();
        assertThat(all).hasSizeGreaterThan(150).allSatisfy(fault -> {
            assertThat(fault.name()).matches("[a-z0-9-]+");
            assertThat(fault.description()).isNotBlank().doesNotEndWith(".");
            assertThat(Faults.named(fault.name())).containsSame(fault);
            assertThat(fault.expectedCause().isEmpty()).isEqualTo(fault.survives());
        });
        assertThat(Faults.named("no-such-fault")).isEmpty();
    }
}
