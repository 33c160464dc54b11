package porthole.aad.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.aad.json.StrictJson;
import porthole.fixtures.Fixtures;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;

class AadNonceClientTest {
    private static final String NONCE = "AwABAAEAAAACiwUQjHV-J2lW9af8ms0xR2z3WROb119Cq4P9Wg7AaTk0Am2pXsBqYbbw";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Map<String, String> requests = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;
    private EntraHttp http;
    private volatile int status = 200;
    private volatile String answer = "{\"Nonce\":\"" + NONCE + "\"}";
    private volatile boolean silent;
    private volatile int retryAfter;
    private volatile int busyTimes;
    private volatile int busy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        http = EntraHttp.unsafePlain(Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.put(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Content-Type") + "|" + new String(body, StandardCharsets.UTF_8));
        if (silent) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String text = exchange.getRequestMethod().equals("GET")
                ? "{\"token_endpoint\":\"" + base() + "/common/oauth2/v2.0/token\",\"issuer\":\"i\"}"
                : answer;
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int now = status;
        if (now == 429 && retryAfter > 0) {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfter));
            status = ++busy < busyTimes ? 429 : 200;
        }
        exchange.sendResponseHeaders(now, octets.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(octets);
        }
    }

    @Test
    void asksTheTokenEndpointOfTheConfigurationWithExactlyTheChallenge() throws Exception {
        AadNonce nonce =
                client().nonce(Authority.of(base(), Authority.ANY_TENANT)).get(50, TimeUnit.SECONDS);
        assertThat(nonce.value()).isEqualTo(NONCE);
        assertThat(nonce.receivedAt()).isEqualTo(CLOCK.instant());
        assertThat(nonce.authorityTime()).get().satisfies(t -> assertThat(t).isAfter(CLOCK.instant()));
        assertThat(nonce.toString()).doesNotContain(NONCE);
        assertThat(requests.get("/common/oauth2/v2.0/token"))
                .isEqualTo("application/x-www-form-urlencoded|grant_type=srv_challenge");
        assertThat("grant_type=srv_challenge").hasSize(24);
    }

    @Test
    void knowsHowFarTheClocksAreApart() {
        Instant here = Instant.parse("2026-01-01T00:00:00.9Z");
        AadNonce ahead = new AadNonce(NONCE, here, Optional.of(Instant.parse("2026-01-01T00:05:07Z")));
        assertThat(ahead.clockOffset()).contains(Duration.ofSeconds(307));
        assertThat(ahead.toString()).contains("PT5M7S").doesNotContain(NONCE);
        assertThat(new AadNonce(NONCE, here, Optional.empty()).clockOffset()).isEmpty();
    }

    @Test
    void tellsTheCodeOfARefusal() throws Exception {
        status = 400;
        answer = "{\"error\":\"invalid_request\",\"error_description\":\"AADSTS90014: x\",\"error_codes\":[90014]}";
        assertThat(failure()).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo(90014);
            assertThat(r.codeName()).isEqualTo("AADSTS90014 invalid_request");
            assertThat(r.report().remedy()).isNotBlank();
        });
        answer = "{\"error\":\"x\",\"error_description\":\"AADSTS987654: words " + NONCE + "\"}";
        assertThat(failure()).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo(987654);
            assertThat(r.getMessage()).contains("words (redacted)").doesNotContain(NONCE);
        });
        status = 429;
        answer = "<html>";
        assertThat(failure().report().cause()).isEqualTo("entra-busy");
        status = 302;
        assertThat(failure())
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(302));
    }

    @Test
    void waitsAsLongAsABusyAuthorityAsksForWithinItsDeadline() throws Exception {
        List<Duration> waits = new CopyOnWriteArrayList<>();
        AadNonceClient client = new AadNonceClient(http, CLOCK, new BusyAuthority(wait -> {
            waits.add(wait);
            return Runnable::run;
        }));
        Authority authority = Authority.of(base(), Authority.ANY_TENANT);
        URI endpoint = URI.create(base() + "/token");
        Map<String, Supplier<CompletableFuture<AadNonce>>> questions =
                Map.of("configuration", () -> client.nonce(authority), "nonce", () -> client.nonce(endpoint));
        questions.forEach((busyWith, question) -> {
            waits.clear();
            busy(7, 2);
            assertThat(question.get().join().value()).as(busyWith).isEqualTo(NONCE);
            assertThat(waits).as(busyWith).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
            for (int seconds : new int[] {7, 61}) {
                waits.clear();
                busy(seconds, 99);
                assertThatThrownBy(() -> question.get().join())
                        .as(busyWith)
                        .cause()
                        .isInstanceOfSatisfying(Refused.class, f -> {
                            assertThat(f.stage()).contains(Stage.AAD_NONCE);
                            assertThat(f.report().cause()).isEqualTo("entra-busy");
                            assertThat(f.report().remedy()).contains("wait " + seconds + " seconds");
                        });
                assertThat(waits).as(busyWith).hasSize(seconds == 7 ? 2 : 0);
            }
        });
    }

    private void busy(int seconds, int times) {
        busy = 0;
        busyTimes = times;
        retryAfter = seconds;
        status = 429;
    }

    /** What a recorded authority answered, and the code that we make of it. */
    @ParameterizedTest
    @CsvSource({"entra-token-refused, 2, 50079", "entra-nonce-refused, 3, 90014"})
    void namesTheRecordedRefusals(String recording, int exchange, int code) {
        String response = new String(
                Fixtures.recording("freerdp-aad-rejected/" + recording)
                        .entraHttp()
                        .get(exchange)
                        .response(),
                StandardCharsets.UTF_8);
        String body = response.substring(response.indexOf("\r\n\r\n") + 4);
        assertThat(EntraAnswers.refusal(400, StrictJson.object(body)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    @Test
    void refusesAnswersThatHoldNoNonce() throws Exception {
        for (String text : new String[] {
            "",
            "[]",
            "{}",
            "{\"nonce\":\"x\"}",
            "{\"Nonce\":1}",
            "{\"Nonce\":\"\"}",
            "{\"Nonce\":\"a\"}x",
            "{\"Nonce\":\"a\",\"Nonce\":\"b\"}",
            "{\"Nonce\":\"" + "x".repeat(5000) + "\"}",
            "HTTP/1.1 200 OK"
        }) {
            answer = text;
            assertThat(failure())
                    .isInstanceOfSatisfying(
                            LocalFailure.class, f -> assertThat(f.causeName()).isEqualTo("entra-answer"));
        }
        answer = " ".repeat(2_000_000) + "{}";
        assertThat(failure().getMessage()).contains("too large");
    }

    @Test
    void endsByItsDeadlineAndByCancelling() throws Exception {
        silent = true;
        URI endpoint = URI.create(base() + "/token");
        http = EntraHttp.unsafePlain(Duration.ofMillis(300));
        assertThat(failure().report().cause()).isEqualTo("deadline");
        http = EntraHttp.unsafePlain(Duration.ofSeconds(60));
        var pending = client().nonce(endpoint);
        pending.cancel(true);
        assertThat(pending).isCancelled();
    }

    @Test
    void saysWhenNobodyAnswers() throws Exception {
        server.stop(0);
        assertThat(failure())
                .isInstanceOfSatisfying(
                        LocalFailure.class, f -> assertThat(f.causeName()).isEqualTo("connect"));
    }

    @Test
    void sendsNothingOverPlainHttpUnlessToldTo() {
        http = EntraHttp.strict(Duration.ofSeconds(60));
        assertThatThrownBy(() -> client().nonce(URI.create(base() + "/token")).get(50, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        LocalFailure.class, f -> assertThat(f.causeName()).isEqualTo("insecure-url"));
        assertThat(requests).isEmpty();
    }

    @Test
    void readsAnAuthorityFromWhatAUserTypes() {
        assertThat(Authority.of("login.lab.test:8443", "common").configurationUri())
                .hasToString("https://login.lab.test:8443/common/v2.0/.well-known/openid-configuration");
        assertThat(Authority.of("https://login.lab.test/", "t.example").configurationUri())
                .hasToString("https://login.lab.test/t.example/v2.0/.well-known/openid-configuration");
        for (String text :
                new String[] {"", "a b", "ftp://x", "https://x/path", "https://u:p@x", "https://", "x?y", "file:///etc"
                }) {
            assertThatThrownBy(() -> Authority.of(text, "common")).as(text).isInstanceOf(LocalFailure.class);
        }
        assertThatThrownBy(() -> Authority.of("x", "../y")).isInstanceOf(LocalFailure.class);
    }

    @Test
    void everyKnownCodeHasMeaningAndRemedy() {
        assertThat(Aadsts.all().values())
                .hasSizeGreaterThan(50)
                .allSatisfy(e ->
                        assertThat(e.meaning() + e.remedy()).doesNotEndWith(".").hasSizeGreaterThan(20));
        assertThat(Aadsts.find(293004).orElseThrow().remedy()).contains("short name");
        assertThat(Aadsts.refused(50079, "invalid_grant", "").getMessage()).contains("AADSTS50079", "multi-factor");
    }

    private RdpFailure failure() throws Exception {
        try {
            AadNonce nonce = client().nonce(URI.create(base() + "/token")).get(50, TimeUnit.SECONDS);
            throw new AssertionError("no failure but " + nonce);
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            RdpFailure.class, f -> assertThat(f.stage()).contains(Stage.AAD_NONCE));
            return (RdpFailure) e.getCause();
        }
    }

    private AadNonceClient client() {
        return new AadNonceClient(http, CLOCK);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
