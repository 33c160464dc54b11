package porthole.aad.avd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;

class BrokerClientTest {
    private static final String BOOTING =
            "{\"Code\":\"E_PROXY_ORCHESTRATION_LB_SESSIONHOST_DEALLOCATED\",\"Message\":\"starting\"}";

    private final List<Duration> pauses = new ArrayList<>();
    private final List<BrokerClient.Progress> progress = new ArrayList<>();

    private BrokerClient client(Service service, int tries) {
        return new BrokerClient(
                service.access("FreeRDP/3.15.0"),
                new BrokerClient.Waiting(tries, Duration.ofSeconds(15)),
                progress::add,
                time -> {
                    pauses.add(time);
                    return CompletableFuture.completedFuture(null);
                });
    }

    private static BrokerRequest recorded(String set) {
        return new BrokerRequest(
                RecordedBroker.key(set, "remoteapplicationprogram"), RecordedBroker.key(set, "loadbalanceinfo"));
    }

    private BrokerAnswer ask(Service service, int tries) throws Exception {
        return client(service, tries)
                .connect(service.base(), recorded("rdsaad"))
                .get(60, TimeUnit.SECONDS);
    }

    private RdpFailure failure(Function<Service.Request, Service.Reply> answers, int tries) throws Exception {
        try (Service service = new Service(answers)) {
            ask(service, tries);
            throw new AssertionError("no failure");
        } catch (ExecutionException e) {
            return (RdpFailure) e.getCause();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rdsaad", "rdstls", "rejected"})
    void theRequestIsFreeRdpsFieldForField(String set) throws Exception {
        JsonNode recorded = RecordedBroker.request(set, 0);
        try (Service service = new Service(request -> new Service.Reply(200, RecordedBroker.response("rdsaad", 0)))) {
            client(service, 1).connect(service.base(), recorded(set)).get(60, TimeUnit.SECONDS);
            Service.Request sent = service.requests.get(0);
            assertThat(sent.method()).isEqualTo(recorded.path("method").asText());
            assertThat(sent.target()).isEqualTo(recorded.path("target").asText());
            JsonNode body = RecordedBroker.json(recorded.path("body").asText());
            assertThat(RecordedBroker.json(sent.body())).isEqualTo(body);
            // the same but for the slashes, which FreeRDP escapes and need not
            assertThat(sent.body()).isEqualTo(recorded.path("body").asText().replace("\\/", "/"));
            for (String same :
                    List.of("accept", "cache-control", "pragma", "content-type", "user-agent", "x-ms-user-agent")) {
                assertThat(sent.headers().get(same))
                        .as(same)
                        .isEqualTo(recorded.path("headers").path(same).asText());
            }
            assertThat(sent.headers().get("authorization")).isEqualTo("Bearer " + Service.TOKEN);
        }
    }

    @Test
    void aHostThatIsBeingStartedIsWaitedFor() throws Exception {
        int[] asked = new int[1];
        try (Service service = new Service(request -> asked[0]++ < 3
                ? new Service.Reply(400, BOOTING)
                : new Service.Reply(200, RecordedBroker.response("rdstls", 0)))) {
            BrokerAnswer answer = ask(service, 20);
            assertThat(answer.serverName()).isEqualTo("rdphost.lab.test");
        }
        assertThat(pauses).hasSize(3).containsOnly(Duration.ofSeconds(15));
        assertThat(progress).extracting(BrokerClient.Progress::asked).containsExactly(1, 2, 3);
        assertThat(progress.get(0).code()).isEqualTo(BrokerRefusal.BOOTING);
    }

    @Test
    void aHostThatNeverStartsIsNotWaitedForForever() throws Exception {
        RdpFailure failure = failure(request -> new Service.Reply(400, BOOTING), 4);
        assertThat(pauses).hasSize(3);
        assertThat(failure.stage()).contains(Stage.BROKER);
        assertThat(failure.report().cause()).isEqualTo("avd-host-booting");
        assertThat(failure.report().remedy()).contains("--boot-timeout");
    }

    @Test
    void aBrokerThatIsBusySaysHowLong() throws Exception {
        RdpFailure failure = failure(request -> new Service.Reply(429, "", Map.of("Retry-After", "7")), 3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
        assertThat(failure.report().cause()).isEqualTo("avd-broker-refused");
        pauses.clear();
        failure(request -> new Service.Reply(503, "", Map.of("Retry-After", "999999")), 2);
        assertThat(pauses).containsExactly(Duration.ofMinutes(2));
    }

    @Test
    void theRecordedRefusalHasItsCode() throws Exception {
        RdpFailure failure = failure(request -> new Service.Reply(400, RecordedBroker.response("rejected", 0)), 3);
        assertThat(pauses).isEmpty();
        assertThat(((Refused) failure).codeName()).isEqualTo("E_PROXY_ORCHESTRATION_LB_NO_SESSIONHOST_AVAILABLE");
        assertThat(failure.report().remedy()).contains("drain mode");
        assertThat(failure.report().summary()).contains("The lab was told to refuse.");
    }

    @ParameterizedTest
    @CsvSource({
        "400, '', does not understand",
        "401, '', token",
        "403, '', assign",
        "404, '{\"Code\":\"X\"}', address",
        "500, <html>, try again",
        "302, '', redirects",
        "400, '{\"Code\":\"INCOMPATIBLE_CLIENT_VERSION\"}', --user-agent",
        "400, '{\"Code\":7}', ''",
        "400, '[]', ''"
    })
    void everyOtherAnswerIsARefusalWithARemedy(int status, String body, String word) throws Exception {
        RdpFailure failure = failure(request -> new Service.Reply(status, body), 3);
        assertThat(failure.stage()).contains(Stage.BROKER);
        assertThat(failure.report().cause()).isEqualTo("avd-broker-refused");
        assertThat(failure.report().remedy()).isNotEmpty();
        assertThat(failure.report().summary() + failure.report().remedy()).contains(word);
        assertThat(failure.toString()).doesNotContain(Service.TOKEN);
    }

    @Test
    void aBrokerThatKnowsOnlyTheShorterPathIsAskedThere() throws Exception {
        try (Service service = new Service(request -> request.target().endsWith("/")
                ? new Service.Reply(404, "")
                : new Service.Reply(200, RecordedBroker.response("rdsaad", 0)))) {
            assertThat(ask(service, 1).hasRdstls()).isFalse();
            assertThat(service.requests)
                    .extracting(Service.Request::target)
                    .containsExactly("/api/arm/v2/connections/", "/api/arm/v2/connections");
        }
    }

    @Test
    void aFileWithoutAResourceIsRefusedBeforeAnythingIsSent() throws Exception {
        try (Service service = new Service(request -> new Service.Reply(200, ""))) {
            assertThatThrownBy(() -> client(service, 1)
                            .connect(service.base(), new BrokerRequest("", "mth://localhost/a/b"))
                            .get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("remoteapplicationprogram");
            assertThat(service.requests).isEmpty();
        }
    }

    @Test
    void theTimeToStartBecomesTries() {
        assertThat(BrokerClient.Waiting.within(Duration.ofMinutes(5)).tries()).isEqualTo(21);
        assertThat(BrokerClient.Waiting.within(Duration.ZERO).tries()).isEqualTo(1);
        assertThat(BrokerClient.Waiting.within(Duration.ofDays(9999)).tries()).isEqualTo(10_000);
    }
}
