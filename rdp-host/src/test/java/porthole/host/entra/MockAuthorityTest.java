package porthole.host.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpAssertion;
import porthole.aad.RdpResource;
import porthole.aad.entra.AadNonce;
import porthole.aad.entra.AadNonceClient;
import porthole.aad.entra.EntraHttp;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.token.TokenChecks;
import porthole.aad.token.TokenFinding;
import porthole.aad.token.TokenRequest;
import porthole.aad.verify.AssertionVerifier;
import porthole.aad.verify.Check;
import porthole.aad.verify.CheckResult;
import porthole.aad.verify.Expectations;
import porthole.aad.verify.NonceRegister;
import porthole.aad.verify.VerificationReport;
import porthole.host.session.AssertionCheck;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;

class MockAuthorityTest {
    private static final RdpResource HOST = RdpResource.named("rdphost");
    private static final PopKey KEY = PopKey.generate(new SecureRandom());
    private static final TokenRequest REQUEST = TokenRequest.of(HOST, KEY);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<AuthorityEvent> events = new CopyOnWriteArrayList<>();
    private MockAuthority authority;

    @AfterEach
    void close() {
        if (authority != null) {
            authority.close();
        }
    }

    private void start(MockAuthoritySettings settings) {
        authority = MockAuthority.start(settings.observer(events::add));
    }

    @Test
    void aWholeSignInIsAccepted() throws Exception {
        start(MockAuthoritySettings.defaults());
        RdpAccessToken token = token();
        assertThat(TokenChecks.of(token, REQUEST, Instant.now())).isEmpty();
        assertThat(token.tokenType()).isEqualTo("pop");
        AadNonce nonce = nonce();
        assertThat(nonce.clockOffset().orElseThrow().abs()).isLessThan(Duration.ofMinutes(1));

        String assertion = assertion(token, nonce);
        VerificationReport report = verify(assertion);
        assertThat(report.failed()).isEmpty();
        assertThat(report.accepted()).isTrue();
        assertThat(report.user()).contains("alice@lab.test");

        VerificationReport again = verify(assertion);
        assertThat(again.failed()).extracting(CheckResult::check).containsExactly(Check.AAD_NONCE_UNUSED);
        assertThat(events)
                .extracting(AuthorityEvent::what)
                .containsExactly("configuration", "signed in", "pop token issued", "configuration", "nonce issued");
        assertThat(events.toString()).doesNotContain(token.value(), nonce.value(), "code=");
    }

    @Test
    void aHostChecksAssertionsWithIt() throws Exception {
        start(MockAuthoritySettings.defaults());
        AssertionCheck check = new EntraAssertionCheck(
                Expectations.host(HOST, authority.keys(), authority), Clock.systemUTC(), Runnable::run);
        AssertionCheck.Verdict good = get(check.check(assertion(token(), nonce()), "server-nonce"));
        assertThat(good.result()).isZero();
        assertThat(good.user()).isEqualTo("alice@lab.test");
        assertThat(good.checks()).containsEntry("jws_signature", "ok").hasSize(Check.values().length);
        AssertionCheck.Verdict bad = get(check.check(assertion(token(), nonce()), "other-nonce"));
        assertThat(bad.result()).isEqualTo(0x80090308);
        assertThat(bad.checks().get("nonce").toString()).startsWith("nonce: failed");
    }

    /** What our own client makes of each fault: the stage, the report's cause, and its code where there is one. */
    @ParameterizedTest
    @CsvSource({
        "entra-token-refused, token, entra-refused, 293004",
        "entra-authorize-refused, token, entra-refused, 65004",
        "entra-claims-challenge, token, entra-refused, 50076",
        "entra-busy, token, entra-busy, 429",
        "entra-garbage, token, entra-answer, 0",
        "entra-oversize, token, entra-answer, 0",
        "entra-slow, token, deadline, 0",
        "entra-close, token, early-close, 0",
        "entra-wrong-certificate, token, tls, 0",
        "entra-nonce-refused, aad-nonce, entra-refused, 90014",
        "entra-nonce-busy, aad-nonce, entra-busy, 429",
    })
    void everyFaultThatStopsAClientHasItsName(String fault, String stage, String cause, int code) {
        start(MockAuthoritySettings.defaults()
                .refusalCode(293004)
                .faults(EntraFault.named(fault).orElseThrow()));
        Duration deadline = fault.equals("entra-slow") ? Duration.ofMillis(500) : LONG;
        assertThatThrownBy(() -> attempt(stage, deadline))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(RdpFailure.class, f -> {
                    assertThat(f.stage().map(Stage::label)).contains(stage);
                    assertThat(f.report().cause()).isEqualTo(cause);
                    assertThat(f.report().remedy()).isNotBlank();
                    assertThat(f instanceof Refused r ? r.code() : 0).isEqualTo(code);
                });
    }

    /** Faults that a client can find in the token, by the finding, and what a host says to the token all the same. */
    @ParameterizedTest
    @CsvSource({
        "entra-wrong-cnf, key-mismatch, at_cnf_kid",
        "entra-bearer-token, bearer-token, at_cnf_kid",
        "entra-wrong-audience, audience, at_aud",
        "entra-expired-token, token-expired, at_not_expired",
        "entra-wrong-signature, '', at_signature",
        "entra-stale-nonce, '', aad_nonce_known",
    })
    void everyFaultInATokenIsFoundByTheHost(String fault, String finding, String check) throws Exception {
        start(MockAuthoritySettings.defaults().faults(EntraFault.named(fault).orElseThrow()));
        RdpAccessToken token = token();
        assertThat(TokenChecks.of(token, REQUEST, Instant.now()))
                .extracting(TokenFinding::name)
                .containsExactlyElementsOf(finding.isEmpty() ? List.of() : List.of(finding));
        assertThat(verify(assertion(token, nonce())).failed())
                .extracting(c -> c.check().label())
                .containsExactly(check);
    }

    @Test
    void everyFaultIsTested() {
        assertThat(EntraFault.values()).hasSize(11 + 6 + 1);
        for (EntraFault fault : EntraFault.values()) {
            assertThat(EntraFault.named(fault.label())).contains(fault);
            assertThat(fault.description()).isNotBlank();
        }
    }

    @Test
    void trustsNothingUntilToldTo(@TempDir Path folder) throws Exception {
        start(MockAuthoritySettings.defaults());
        AadNonceClient strict = new AadNonceClient(EntraHttp.strict(LONG), Clock.systemUTC());
        assertThatThrownBy(() -> get(strict.nonce(authority.authority())))
                .cause()
                .hasMessageContaining("no trusted TLS connection");
        Path ca = folder.resolve("ca.pem");
        Files.writeString(ca, authority.certificatePem());
        AadNonceClient trusting = new AadNonceClient(EntraHttp.trusting(ca, LONG), Clock.systemUTC());
        assertThat(get(trusting.nonce(authority.authority())).value()).isNotEmpty();
        Files.writeString(ca, "nonsense");
        assertThatThrownBy(() -> EntraHttp.trusting(ca, LONG)).isInstanceOf(RdpFailure.class);
    }

    @Test
    void aDeviceCodeIsPendingOnceAndThenGood() throws Exception {
        start(MockAuthoritySettings.defaults());
        JsonNode device = post("devicecode", Map.of("client_id", "c", "scope", HOST.scope() + " offline_access"), 200);
        assertThat(device.path("user_code").asText()).hasSize(9);
        Map<String, String> poll = new LinkedHashMap<>();
        poll.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
        poll.put("client_id", "c");
        poll.put("device_code", device.path("device_code").asText());
        poll.put("req_cnf", KEY.reqCnf());
        JsonNode pending = post("token", poll, 400);
        assertThat(pending.path("error").asText()).isEqualTo("authorization_pending");
        assertThat(pending.path("error_codes").path(0).asInt()).isEqualTo(70016);
        JsonNode issued = post("token", poll, 200);
        assertThat(issued.path("token_type").asText()).isEqualTo("pop");
        assertThat(post("token", poll, 400).path("error").asText()).isEqualTo("bad_verification_code");

        Map<String, String> refresh = new LinkedHashMap<>();
        refresh.put("grant_type", "refresh_token");
        refresh.put("client_id", "c");
        refresh.put("refresh_token", issued.path("refresh_token").asText());
        refresh.put("scope", HOST.scope());
        assertThat(post("token", refresh, 200).path("token_type").asText()).isEqualTo("Bearer");
        refresh.put("req_cnf", KEY.reqCnf());
        RdpAccessToken fresh = RdpAccessToken.of(
                post("token", refresh, 200).path("access_token").asText());
        assertThat(TokenChecks.of(fresh, REQUEST, Instant.now())).isEmpty();
        refresh.put("req_cnf", KEY.thumbprint());
        assertThat(post("token", refresh, 400).path("error_codes").path(0).asInt())
                .isEqualTo(5000224);
        refresh.put("client_id", "another");
        assertThat(post("token", refresh, 400).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void aCodeIsGoodOnceAndOnlyWithItsVerifier() throws Exception {
        start(MockAuthoritySettings.defaults());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", "c");
        query.put("response_type", "code");
        query.put("redirect_uri", "https://login.microsoftonline.com/common/oauth2/nativeclient");
        query.put("scope", HOST.scope());
        query.put("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"); // RFC 7636 appendix B
        query.put("code_challenge_method", "S256");
        for (String verifier : List.of("wrong", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")) {
            String location = get(http().get(URI.create(endpoint("authorize") + "?" + EntraHttp.encode(query))))
                    .location()
                    .orElseThrow();
            assertThat(location).startsWith(query.get("redirect_uri") + "?code=0.mock.");
            Map<String, String> form = new LinkedHashMap<>(query);
            form.put("grant_type", "authorization_code");
            form.put("code", location.replaceAll(".*[?&]code=([^&]*).*", "$1"));
            form.put("code_verifier", verifier);
            if (verifier.equals("wrong")) {
                assertThat(post("token", form, 400).path("error_codes").path(0).asInt())
                        .isEqualTo(501481);
            } else {
                post("token", form, 200);
            }
            assertThat(post("token", form, 400).path("error_codes").path(0).asInt())
                    .isEqualTo(54005);
        }
        query.put("redirect_uri", "x\r\nSet-Cookie: y");
        assertThat(get(http().get(URI.create(endpoint("authorize") + "?" + EntraHttp.encode(query))))
                        .status())
                .isEqualTo(400);
        query.remove("scope");
        assertThat(get(http().get(URI.create(endpoint("authorize") + "?" + EntraHttp.encode(query))))
                        .body())
                .contains("900144");
    }

    @Test
    void nonceLivesItsTimeAndOnce() throws Exception {
        SetClock clock = new SetClock();
        start(MockAuthoritySettings.defaults().lifetimes(LONG, Duration.ofMinutes(5), clock));
        String first = nonce().value();
        String second = nonce().value();
        assertThat(first).isNotEqualTo(second);
        clock.now = clock.now.plusSeconds(299);
        assertThat(authority.consume(first)).isEqualTo(NonceRegister.State.FRESH);
        assertThat(authority.consume(first)).isEqualTo(NonceRegister.State.USED);
        clock.now = clock.now.plusSeconds(1);
        assertThat(authority.consume(second)).isEqualTo(NonceRegister.State.EXPIRED);
        assertThat(authority.consume("never issued")).isEqualTo(NonceRegister.State.UNKNOWN);
    }

    @Test
    void closesWithoutLeavingThreadsOrItsPort() throws Exception {
        start(MockAuthoritySettings.defaults().faults(EntraFault.SLOW));
        CompletionStage<RdpAccessToken> pending = source(LONG).token(REQUEST);
        Socket idle = new Socket(InetAddress.getLoopbackAddress(), authority.port());
        idle.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        int port = authority.port();
        authority.close();
        assertThatThrownBy(() -> get(pending)).cause().isInstanceOf(RdpFailure.class);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        idle.close();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(Thread::isAlive)
                        .map(Thread::getName)
                        .filter(n -> n.startsWith("entra-")))
                .isEmpty();
    }

    @Test
    void nonsenseEndsItsOwnConnectionOnly() throws Exception {
        start(MockAuthoritySettings.defaults());
        for (String text : List.of("", "\u0016\u0003\u0001\uffff", "GET / HTTP/1.1\r\n\r\n", "x".repeat(70_000))) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), authority.port())) {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                assertThat(e).isInstanceOf(SocketException.class); // reset by the authority
            }
        }
        assertThat(nonce().value()).isNotEmpty();
        authority.setFaults(Set.of(EntraFault.NONCE_REFUSED));
        assertThatThrownBy(() -> get(nonces(LONG))).cause().isInstanceOf(Refused.class);
    }

    @Test
    void aNonceIsAskedForAgainAfterTheTimeThatTheAuthorityNames() throws Exception {
        authority = MockAuthority.start(MockAuthoritySettings.defaults()
                .faults(EntraFault.NONCE_BUSY)
                .observer(event -> {
                    events.add(event);
                    if (event.what().equals("busy")) {
                        authority.setFaults(Set.of());
                    }
                }));
        assertThat(nonce().value()).isNotEmpty();
        assertThat(events).extracting(AuthorityEvent::what).containsExactly("configuration", "busy", "nonce issued");
        events.clear();
        authority.setFaults(Set.of(EntraFault.NONCE_BUSY));
        assertThatThrownBy(() -> get(nonces(Duration.ofMillis(999))))
                .cause()
                .isInstanceOfSatisfying(Refused.class, f -> {
                    assertThat(f.report().cause()).isEqualTo("entra-busy");
                    assertThat(f.report().remedy()).isEqualTo("wait 1 seconds and try again");
                });
        assertThat(events).extracting(AuthorityEvent::what).containsExactly("configuration", "busy");
    }

    private Object attempt(String stage, Duration deadline) throws Exception {
        return stage.equals("token") ? get(source(deadline).token(REQUEST)) : get(nonces(deadline));
    }

    private RdpAccessToken token() throws Exception {
        return get(source(LONG).token(REQUEST));
    }

    private AadNonce nonce() throws Exception {
        return get(nonces(LONG));
    }

    private EndpointTokenSource source(Duration deadline) {
        return new EndpointTokenSource(
                authority.authority(),
                EntraHttp.trusting(authority.clientTls(), deadline),
                Clock.systemUTC(),
                new SecureRandom());
    }

    private CompletionStage<AadNonce> nonces(Duration deadline) {
        return new AadNonceClient(EntraHttp.trusting(authority.clientTls(), deadline), Clock.systemUTC())
                .nonce(authority.authority());
    }

    private static String assertion(RdpAccessToken token, AadNonce nonce) {
        return RdpAssertion.sign(
                        new RdpAssertion.Claims("server-nonce", token, HOST, nonce.value(), Instant.now()), KEY)
                .compact();
    }

    private VerificationReport verify(String assertion) {
        return new AssertionVerifier(Expectations.host(HOST, authority.keys(), authority)
                        .of(authority.issuer(), authority.tenantId()))
                .verify(assertion, "server-nonce", Instant.now());
    }

    private EntraHttp http() {
        return EntraHttp.trusting(authority.clientTls(), LONG);
    }

    private String endpoint(String name) {
        return "https://localhost:" + authority.port() + "/common/oauth2/v2.0/" + name;
    }

    private JsonNode post(String endpoint, Map<String, String> form, int status) throws Exception {
        EntraHttp.Answer answer = get(http().post(URI.create(endpoint(endpoint)), form));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(50, TimeUnit.SECONDS);
    }

    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
