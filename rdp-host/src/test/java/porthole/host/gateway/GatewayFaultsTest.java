package porthole.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.host.RdpHost;
import porthole.host.gateway.GatewayFault.Wire;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.GatewaySettings;
import porthole.transport.GatewaySettings.Transport;
import porthole.transport.SessionEnd;

class GatewayFaultsTest {
    private static final Duration SILENCE = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static RdpHost host;
    private static GatewayClient client;
    private static HostIdentity identity;

    @BeforeAll
    static void start() {
        host = RdpHost.builder().tls().start();
        client = new GatewayClient();
        identity = HostIdentity.selfSigned("localhost", new SecureRandom());
    }

    @AfterAll
    static void stop() {
        client.close();
        host.close();
    }

    static Stream<Arguments> faults() {
        return GatewayFaults.list().stream()
                .flatMap(fault -> Stream.of(Wire.values())
                        .filter(wire -> fault.transport().map(wire::equals).orElse(true))
                        .map(wire -> Arguments.of(fault, wire)));
    }

    @Test
    void namesAreUnique() {
        Set<String> names = new HashSet<>();
        assertThat(GatewayFaults.list()).hasSizeGreaterThan(140).allMatch(fault -> names.add(fault.name()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void endsWithItsStageAndCauseAndLeavesNothingOpen(GatewayFault fault, Wire wire) throws Exception {
        try (GatewayHost gateway = GatewayHost.builder()
                .identity(identity)
                .user(GatewayClient.USER, GatewayClient.PASSWORD)
                .signIns(EnumSet.of(GatewaySignIn.BASIC))
                .to(host.address())
                .faults(fault)
                .start()) {
            GatewaySettings settings = GatewayClient.settings(gateway)
                    .withTransport(wire == Wire.HTTP ? Transport.HTTP : Transport.WEBSOCKET);
            GatewayClient.Watch watch =
                    client.connect(host, settings, fault.cause().equals("deadline") ? SILENCE : LONG);
            if (fault.survives()) {
                watch.up().close("survived");
                assertThat(watch.end().kind()).isEqualTo(SessionEnd.Kind.LOCAL);
            } else {
                RdpFailure failure = watch.failure();
                FailureReport report = failure.report();
                assertThat(failure.stage()).as(report.line()).isEqualTo(fault.stage());
                assertThat(report.cause()).as(report.line()).isEqualTo(fault.cause());
                assertThat(report.remedy()).isNotBlank();
            }
            assertThat(watch.said()).doesNotContain(GatewayClient.PASSWORD);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (gateway.openConnections() > 0) {
                assertThat(System.nanoTime()).as("connections stay open").isLessThan(end);
                Thread.sleep(5);
            }
        }
    }
}
