package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.OrdinaryHost.Moment;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerMessages;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;

/** Hosts that stall, drip, close, reset and talk garbage, in each phase: the failure names the phase, in time. */
class UnwillingHostTest {
    private static final Duration PHASE = Duration.ofMillis(700);
    private static final Map<Moment, Stage> STAGES = Map.ofEntries(
            Map.entry(Moment.CONFIRM, Stage.CONNECTION_INITIATION),
            Map.entry(Moment.CONNECT_RESPONSE, Stage.BASIC_SETTINGS_EXCHANGE),
            Map.entry(Moment.ATTACH_USER_CONFIRM, Stage.CHANNEL_CONNECTION),
            Map.entry(Moment.JOIN_CONFIRM, Stage.CHANNEL_CONNECTION),
            Map.entry(Moment.LICENSE, Stage.AUTO_DETECTION),
            Map.entry(Moment.DEMAND_ACTIVE, Stage.MULTITRANSPORT_BOOTSTRAPPING),
            Map.entry(Moment.SYNCHRONIZE, Stage.CONNECTION_FINALIZATION),
            Map.entry(Moment.FONT_MAP, Stage.CONNECTION_FINALIZATION));
    private static LiveConnections connections;

    @BeforeAll
    static void open() {
        connections = new LiveConnections();
    }

    @AfterAll
    static void close() {
        connections.close();
    }

    static Set<Moment> moments() {
        return EnumSet.copyOf(STAGES.keySet());
    }

    private static FailureReport failureOf(Script script) throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(script)) {
            Connector.Attempt attempt = connections.connect(
                    LiveConnections.spec(host.port(), PHASE), new SessionSink() {}, ConnectionObserver.NONE);
            SessionEnd end = attempt.ended().get(10, TimeUnit.SECONDS);
            assertThat(attempt.reached()).isCompletedExceptionally();
            return end.failure().orElseThrow().report();
        }
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aStallEndsAtThePhaseDeadline(Moment moment) throws Exception {
        FailureReport report =
                failureOf(OrdinaryHost.tls().at(moment, Script.EMPTY.stall()).script());
        assertThat(report.cause()).isEqualTo("deadline");
        assertThat(report.stage()).isEqualTo(STAGES.get(moment).label());
        assertThat(report.expected()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"CONFIRM", "CONNECT_RESPONSE"})
    void aDripEndsAtThePhaseDeadline(Moment moment) throws Exception {
        byte[] start = moment == Moment.CONFIRM ? ServerMessages.confirm(1) : new byte[] {3, 0, 0, 100, 2, (byte) 0xF0};
        FailureReport report = failureOf(OrdinaryHost.tls()
                .at(moment, Script.EMPTY.drip(start, Duration.ofSeconds(1)).stall())
                .script());
        assertThat(report.cause()).isEqualTo("deadline");
        assertThat(report.stage()).isEqualTo(STAGES.get(moment).label());
        assertThat(report.seen()).contains("of an unfinished one");
    }

    @ParameterizedTest
    @MethodSource("moments")
    void anEarlyCloseNamesThePhase(Moment moment) throws Exception {
        FailureReport report =
                failureOf(OrdinaryHost.tls().at(moment, Script.EMPTY.close()).script());
        assertThat(report.cause()).isIn("early-close", "io"); // unread octets turn a close into a reset
        assertThat(report.stage()).isEqualTo(STAGES.get(moment).label());
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aResetNamesThePhase(Moment moment) throws Exception {
        FailureReport report =
                failureOf(OrdinaryHost.tls().at(moment, Script.EMPTY.reset()).script());
        assertThat(report.cause()).isIn("io", "early-close");
        assertThat(report.stage()).isEqualTo(STAGES.get(moment).label());
    }

    @ParameterizedTest
    @MethodSource("moments")
    void garbageNamesThePhase(Moment moment) throws Exception {
        boolean share = STAGES.get(moment) == Stage.CONNECTION_FINALIZATION
                || STAGES.get(moment) == Stage.CAPABILITIES_EXCHANGE;
        // "H" could begin a fast-path frame, so share phases get octets that begin neither that nor a TPKT
        String garbage = share ? "\1\2 garbage" : "HTTP/1.1 400 Bad Request\r\n\r\n";
        FailureReport report = failureOf(OrdinaryHost.tls()
                .at(
                        moment,
                        Script.EMPTY
                                .send(garbage.getBytes(StandardCharsets.US_ASCII))
                                .stall())
                .script());
        assertThat(report.kind()).isEqualTo("wire");
        assertThat(report.stage()).isEqualTo(STAGES.get(moment).label());
        assertThat(report.seen()).contains(share ? "0102" : "HTTP");
    }

    @Test
    void clearTextBehindTheConfirmEndsTheConnection() throws Exception {
        byte[] confirm = ServerMessages.confirm(1);
        byte[] both = Arrays.copyOf(confirm, confirm.length + 1);
        FailureReport report = failureOf(OrdinaryHost.tls()
                .at(Moment.CONFIRM, Script.EMPTY.send(both).stall())
                .script());
        assertThat(report.kind()).isEqualTo("sequence");
        assertThat(report.stage()).isEqualTo("tls");
        assertThat(report.seen()).contains("clear text");
    }

    @Test
    void silenceInsteadOfTlsEndsAtThePhaseDeadline() throws Exception {
        FailureReport report = failureOf(OrdinaryHost.tls()
                .at(Moment.CONFIRM, Script.EMPTY.send(ServerMessages.confirm(1)).sleep(PHASE.multipliedBy(3)))
                .script());
        assertThat(report.cause()).isEqualTo("deadline");
        assertThat(report.stage()).isEqualTo("tls");
    }

    @ParameterizedTest
    @MethodSource("moments")
    void cancellingClosesTheSocketAtAnyPoint(Moment moment) throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(
                OrdinaryHost.tls().at(moment, Script.EMPTY.expectEnd()).script())) {
            CompletableFuture<Void> there = new CompletableFuture<>();
            List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
            ConnectionSpec spec = LiveConnections.spec(host.port(), Duration.ofSeconds(20));
            Connector.Attempt attempt = connections.connect(spec, new SessionSink() {}, event -> {
                events.add(event);
                if (event instanceof ConnectionEvent.StageStarted started && started.stage() == STAGES.get(moment)) {
                    there.complete(null);
                }
            });
            there.get(10, TimeUnit.SECONDS);
            attempt.reached().cancel(true);
            assertThat(attempt.ended().get(5, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.LOCAL);
            assertThat(attempt.reached()).isCancelled();
            assertThat(attempt.reached().handle((c, failed) -> failed).join())
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aHostThatDeactivatesIsFollowedToTheNewSize() throws Exception {
        Script again = Script.EMPTY
                .send(ServerMessages.deactivateAll())
                .send(ServerMessages.demandActive(1024, 768, 16))
                .expectAmongOthers("a Font List PDU", m -> m.length > 29 && (m[29] & 0xFF) == 0x27)
                .send(ServerMessages.synchronize())
                .send(ServerMessages.controlCooperate())
                .send(ServerMessages.controlGranted())
                .send(ServerMessages.fontMap())
                .expectEnd();
        List<String> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> twice = new CompletableFuture<>();
        try (ScriptedHost host =
                ScriptedHost.playing(OrdinaryHost.tls().session(again).script())) {
            Connector.Attempt attempt = connections.connect(
                    LiveConnections.spec(host.port(), Duration.ofSeconds(5)),
                    new SessionSink() {
                        @Override
                        public void desktop(int width, int height, int depth, List<CapabilitySet> sets) {
                            seen.add(width + "x" + height);
                        }

                        @Override
                        public void active() {
                            seen.add("active");
                            if (seen.size() == 4) {
                                twice.complete(null);
                            }
                        }
                    },
                    ConnectionObserver.NONE);
            twice.get(10, TimeUnit.SECONDS);
            attempt.reached().get(1, TimeUnit.SECONDS).close("seen enough");
            assertThat(seen).containsExactly("640x480", "active", "1024x768", "active");
        }
    }
}
