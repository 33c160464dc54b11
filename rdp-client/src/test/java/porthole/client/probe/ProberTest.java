package porthole.client.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.client.RdpClient;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ProberTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final RdpClient client = new RdpClient();
    private final Prober prober = new Prober(client, 2);

    @AfterEach
    void close() {
        client.close();
    }

    private static ConnectionSpec spec(int port) {
        return ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withDeadlines(new Deadlines(LONG, LONG, LONG));
    }

    private static Script lenientActive() {
        Script session = Script.EMPTY
                .send(ServerMessages.filledRectangle(0, 0, 8, 4, 0xF800))
                .expectAmongOthers("a goodbye", m -> m.length > 7 && m[7] == 0x21);
        return OrdinaryHost.tls().session(session).script();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CONNECT", "CONNECTION_INITIATION", "TLS", "BASIC_SETTINGS_EXCHANGE", "ACTIVE", "FIRST_FRAME"})
    void goesAsFarAsItIsToldAndTimesEveryStage(Stage until) throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(lenientActive())) {
            ProbeResult result =
                    prober.probe(spec(host.port()).withUntil(until)).get(30, TimeUnit.SECONDS);
            assertThat(result.failure()).isEmpty();
            assertThat(result.ok()).isTrue();
            List<Stage> stages =
                    result.stages().stream().map(StageResult::stage).toList();
            assertThat(stages).startsWith(Stage.RESOLVE, Stage.CONNECT).isSorted();
            Stage last = until == Stage.ACTIVE ? Stage.CONNECTION_FINALIZATION : until;
            assertThat(stages).contains(last);
            assertThat(result.stages())
                    .allMatch(stage -> stage.ok() && !stage.took().isNegative());
            JsonNode json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(result.toMap()));
            assertThat(json.path("ok").asBoolean()).isTrue();
            assertThat(json.path("until").asText()).isEqualTo(until.label());
            assertThat(json.path("stages")).hasSameSizeAs(result.stages());
            assertThat(json.path("stages").path(0).path("millis").isNumber()).isTrue();
        }
    }

    @Test
    void saysWhereAndWhyItStopped() throws Exception {
        try (ScriptedHost host = ScriptedHost.playing(Script.EMPTY
                .expectTpkt()
                .send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes())
                .expectEnd())) {
            ProbeResult result = prober.probe(spec(host.port())).get(30, TimeUnit.SECONDS);
            assertThat(result.ok()).isFalse();
            assertThat(result.failure().orElseThrow().stage()).contains(Stage.CONNECTION_INITIATION);
            StageResult last = result.stages().get(result.stages().size() - 1);
            assertThat(last.stage()).isEqualTo(Stage.CONNECTION_INITIATION);
            assertThat(last.ok()).isFalse();
            JsonNode json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(result.toMap()));
            assertThat(json.path("failure").path("seen").asText()).contains("an HTTP message");
            assertThat(json.path("failure").path("remedy").asText()).isNotEmpty();
        }
    }

    @Test
    void asksForEachProtocolAloneAndTellsTheFailureCodes() throws Exception {
        byte[] plain = ServerMessages.confirm(new byte[0]);
        Script[] answers = {
            answer(plain),
            answer(ServerMessages.confirm(1)),
            answer(ServerMessages.refuse(1)),
            answer(ServerMessages.refuse(5)),
            answer(ServerMessages.confirm(1)), // not what was asked for
            answer(ServerMessages.disconnectUltimatum(1))
        };
        try (ScriptedHost host = ScriptedHost.playing(answers)) {
            List<OfferedProtocol> offered = prober.offered(spec(host.port())).get(30, TimeUnit.SECONDS);
            assertThat(offered.stream().map(OfferedProtocol::name))
                    .containsExactly("RDP", "TLS", "NLA", "NLA-EX", "RDSTLS", "RDSAAD");
            assertThat(offered.stream().map(OfferedProtocol::offered))
                    .containsExactly(true, true, false, false, false, false);
            assertThat(offered.get(2).code()).isEqualTo("SSL_REQUIRED_BY_SERVER");
            assertThat(offered.get(3).code()).isEqualTo("HYBRID_REQUIRED_BY_SERVER");
            assertThat(offered.get(4).code()).isEqualTo("TLS");
            assertThat(offered.get(5).toMap()).containsKey("failure").containsEntry("offered", false);
            for (int i = 0; i < answers.length; i++) {
                host.await(i, LONG).requireComplete();
            }
        }
    }

    private static Script answer(byte[] octets) {
        return Script.EMPTY
                .expectTpkt("an X.224 Connection Request", m -> m[5] == (byte) 0xE0)
                .send(octets)
                .expectEnd();
    }

    @Test
    void aHostThatCannotBeReachedFailsTheQuestionOnce() throws Exception {
        int port;
        try (ScriptedHost host = ScriptedHost.playing(Script.EMPTY)) {
            port = host.port();
        }
        Throwable failure = null;
        try {
            prober.offered(spec(port)).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            failure = e.getCause();
        }
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RdpFailure.class, refused -> assertThat(refused.stage()).contains(Stage.CONNECT));
    }

    @Test
    void noMoreProbesRunAtOnceThanAllowed() {
        Admission admission = new Admission(2);
        List<CompletableFuture<String>> started = new ArrayList<>();
        List<CompletableFuture<String>> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outcomes.add(admission.run(() -> {
                CompletableFuture<String> task = new CompletableFuture<>();
                started.add(task);
                return task;
            }));
        }
        assertThat(started).hasSize(2);
        started.get(0).complete("a");
        assertThat(outcomes.get(0)).isCompletedWithValue("a");
        assertThat(started).hasSize(3);
        started.get(1).completeExceptionally(new IllegalStateException("b"));
        assertThat(outcomes.get(1)).isCompletedExceptionally();
        outcomes.get(4).cancel(true);
        started.get(2).complete("c");
        started.get(3).complete("d");
        assertThat(started).hasSize(4);
        assertThat(outcomes.get(3)).isCompletedWithValue("d");
        assertThat(admission.run(() -> CompletableFuture.completedFuture("e"))).isCompletedWithValue("e");
    }
}
