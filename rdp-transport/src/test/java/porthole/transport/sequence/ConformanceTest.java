package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.ConformanceCase;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.ScriptedHost;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.ConnectionObserver;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;

/** S1_ConnectionTest and BVT_ConnectionTest of Microsoft's public client test suite, against a scripted host. */
class ConformanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static LiveConnections connections;

    @BeforeAll
    static void open() {
        connections = new LiveConnections();
    }

    @AfterAll
    static void close() {
        connections.close();
    }

    static List<ConformanceCase> negative() {
        return ConformanceCase.negative();
    }

    static List<ConformanceCase> positive() {
        return ConformanceCase.positive();
    }

    @ParameterizedTest
    @MethodSource("negative")
    void endsInANamedErrorAtOnce(ConformanceCase negative) throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(negative.script())) {
            Connector.Attempt attempt = connections.connect(
                    LiveConnections.spec(host.port(), PATIENCE), new SessionSink() {}, ConnectionObserver.NONE);
            SessionEnd end = attempt.ended().get(PATIENCE.toSeconds() - 1, TimeUnit.SECONDS);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.FAILED);
            RdpFailure failure = end.failure().orElseThrow();
            FailureReport report = failure.report();
            assertThat(report.stage()).isNotEmpty();
            assertThat(report.cause()).isNotIn("deadline", "internal", "early-close");
            assertThat(report.seen()).isNotEmpty();
            assertThat(report.remedy()).isNotEmpty();
            host.await(PATIENCE).requireComplete();
        }
    }

    @ParameterizedTest
    @MethodSource("positive")
    void goesOnAsTheCaseAsks(ConformanceCase positive) throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(positive.script())) {
            Connector.Attempt attempt = connections.connect(
                    LiveConnections.spec(host.port(), PATIENCE), new SessionSink() {}, ConnectionObserver.NONE);
            if (positive.moment() == OrdinaryHost.Moment.ACTIVE) {
                attempt.reached().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close("seen enough");
            }
            host.await(PATIENCE).requireComplete();
            assertThat(attempt.ended()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .reason())
                    .isNotEmpty();
        }
    }
}
