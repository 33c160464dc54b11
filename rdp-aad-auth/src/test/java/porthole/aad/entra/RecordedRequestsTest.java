package porthole.aad.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.Wanted;
import porthole.aad.signin.AuthorizationRequest;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.failure.Stage;

/**
 * From the inputs of FreeRDP 3.15's recorded sign-ins this client makes the same requests, field for field, and adds what is
 * named here (and in ARCHITECTURE.md, section 6), each for its reason.
 */
class RecordedRequestsTest {
    /** PKCE and the state keep somebody else from redeeming or planting a code (RFC 9700 2.1.1). */
    private static final Set<String> ADDED_TO_AUTHORIZE =
            Set.of("response_mode", "state", "code_challenge", "code_challenge_method");

    /** MS-RDPBCGR 4.11.4 has {@code token_type}; the verifier belongs to the challenge. */
    private static final Set<String> ADDED_TO_TOKEN = Set.of("token_type", "code_verifier");

    private static final BlockingQueue<Sent> SENT = new LinkedBlockingQueue<>();
    private static HttpServer server;
    private static EntraHttp http;

    private record Sent(String method, String target, Map<String, String> headers, String body) {}

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", RecordedRequestsTest::answer);
        server.start();
        http = EntraHttp.unsafePlain(Duration.ofSeconds(60));
    }

    @AfterAll
    static void stop() {
        http.close();
        server.stop(0);
    }

    private static String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Notes what came; the configuration and a refusal are all that this authority has. */
    private static void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String target = exchange.getRequestURI().toString();
        SENT.add(new Sent(
                exchange.getRequestMethod(),
                target,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        String tenant = target.substring(0, target.indexOf('/', 1));
        boolean configuration = target.endsWith("/openid-configuration");
        byte[] body = (configuration
                        ? "{\"token_endpoint\":\"" + base() + tenant
                                + "/oauth2/v2.0/token\",\"authorization_endpoint\":\"" + base() + tenant
                                + "/oauth2/v2.0/authorize\"}"
                        : "{\"error\":\"invalid_grant\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(configuration ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static Stream<Recording> recordings() {
        return Stream.of("freerdp-aad", "freerdp-aad-rejected", "freerdp-aad-faults")
                .flatMap(set -> Fixtures.recordings(set).stream())
                .filter(recording -> recording.entraHttp().size() >= 3);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void areMadeFromTheSameInputs(Recording recording) throws Exception {
        List<JsonNode> theirs = new ArrayList<>();
        recording.entraHttp().forEach(exchange -> theirs.add(exchange.entry()));
        String tenant = target(theirs.get(0)).split("/")[1];
        EntraEndpoints endpoints =
                Authority.of(base(), tenant).discover(http, Stage.TOKEN).join();
        Sent configuration = sent();
        assertThat(configuration.method()).isEqualTo("GET");
        assertThat(configuration.target()).isEqualTo(target(theirs.get(0)));

        Map<String, String> asked = fields(query(target(theirs.get(1))));
        AuthorizationRequest request = AuthorizationRequest.make(
                endpoints.authorizationEndpoint().orElseThrow(),
                asked.get("client_id"),
                asked.get("redirect_uri"),
                asked.get("scope"),
                Optional.empty(),
                Optional.empty(),
                new SecureRandom());
        assertThat(request.uri().getRawPath())
                .isEqualTo(URI.create(target(theirs.get(1))).getRawPath());
        assertSame(fields(query(request.uri().toString())), asked, ADDED_TO_AUTHORIZE);

        Map<String, String> form = fields(theirs.get(2).path("body").asText());
        if (!form.containsKey("code")) {
            return; // the sign-in was refused before there was a code
        }
        new TokenClient(
                        http,
                        endpoints.tokenEndpoint(),
                        new ClientIdentity.Public(form.get("client_id")),
                        Clock.systemUTC())
                .authorizationCode(
                        form.get("code"),
                        form.get("redirect_uri"),
                        Optional.of(request.verifier()),
                        Wanted.bound(form.get("scope"), form.get("req_cnf")))
                .join();
        Sent token = sent();
        assertPost(token, theirs.get(2));
        assertSame(fields(token.body()), form, ADDED_TO_TOKEN);

        if (theirs.size() > 3) {
            new AadNonceClient(http, Clock.systemUTC())
                    .nonce(endpoints.tokenEndpoint())
                    .exceptionally(refused -> null)
                    .join();
            Sent nonce = sent();
            assertPost(nonce, theirs.get(3));
            assertThat(nonce.body()).isEqualTo(theirs.get(3).path("body").asText());
        }
    }

    private static Sent sent() throws InterruptedException {
        Sent sent = SENT.poll(50, TimeUnit.SECONDS);
        assertThat(sent).as("a request").isNotNull();
        return sent;
    }

    /** Target and the headers that an authority goes by; {@code Accept}, {@code User-Agent} and {@code Connection} are ours. */
    private static void assertPost(Sent ours, JsonNode theirs) {
        assertThat(ours.method()).isEqualTo(theirs.path("method").asText());
        assertThat(ours.target()).isEqualTo(target(theirs));
        JsonNode headers = theirs.path("headers");
        assertThat(ours.headers().get("content-type"))
                .isEqualTo(headers.path("content-type").asText());
        assertThat(ours.headers().get("content-length"))
                .isEqualTo(String.valueOf(ours.body().length()));
        assertThat(ours.headers().keySet().stream().map(String::toLowerCase))
                .containsExactlyInAnyOrder(
                        "host", "content-type", "content-length", "accept", "user-agent", "connection");
    }

    private static void assertSame(Map<String, String> ours, Map<String, String> theirs, Set<String> added) {
        assertThat(ours).containsAllEntriesOf(theirs);
        Map<String, String> more = new LinkedHashMap<>(ours);
        more.keySet().removeAll(theirs.keySet());
        assertThat(more.keySet()).isEqualTo(added);
    }

    private static String target(JsonNode exchange) {
        return exchange.path("target").asText();
    }

    private static String query(String target) {
        return target.substring(target.indexOf('?') + 1);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
