package porthole.host.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.credential.ClientCertificate;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.credential.Thumbprint;
import porthole.aad.entra.EntraHttp;
import porthole.aad.explain.ClientAssertionContext;
import porthole.aad.explain.ClientAssertionExplainer;
import porthole.aad.explain.Explanation;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenAnswer;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.TokenResponse;
import porthole.aad.grant.Wanted;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;
import porthole.fixtures.HostCertificate;
import porthole.protocol.failure.Refused;

class ClientCredentialsTest {
    private static final String CLIENT = "00000000-0000-4000-8000-00000000c11e";
    private static final String REDIRECT = "https://app.test/signed-in";
    private static final HostCertificate PAIR = HostCertificate.windowsLike();
    private static final ClientCertificate CERTIFICATE =
            ClientCertificate.of(PAIR.privateKey(), List.of(PAIR.certificate()));
    private static final List<AuthorityEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static MockAuthority authority;
    private static EntraHttp http;
    private static URI endpoint;

    @BeforeAll
    static void start() {
        authority = MockAuthority.start(MockAuthoritySettings.defaults()
                .applications(MockApplication.client(CLIENT, PAIR.certificate()))
                .observer(EVENTS::add));
        http = EntraHttp.trusting(authority.clientTls(), Duration.ofSeconds(20));
        endpoint = URI.create("https://" + authority.hostAndPort() + "/" + authority.tenantId() + "/oauth2/v2.0/token");
    }

    @AfterAll
    static void stop() {
        authority.close();
        http.close();
    }

    private static TokenClient client(ClientAssertion.Style style) {
        return new TokenClient(
                http,
                endpoint,
                new ClientIdentity.Certificate(CLIENT, CERTIFICATE, style, Clock.systemUTC()),
                Clock.systemUTC());
    }

    private static AccessTokenText.Readable claims(TokenResponse response) {
        return (AccessTokenText.Readable) AccessTokenText.of(response.accessToken());
    }

    @Test
    void everyStyleIsAccepted() {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            for (Thumbprint thumbprint : Thumbprint.values()) {
                TokenResponse response = client(new ClientAssertion.Style(algorithm, Set.of(thumbprint), false))
                        .clientCredentials(Wanted.bearer("api://other/.default"))
                        .join()
                        .granted();
                assertThat(claims(response).text("azpacr")).contains("2");
                assertThat(claims(response).text("idtyp")).contains("app");
                assertThat(claims(response).text("scp")).isEmpty();
                assertThat(response.refreshToken()).isEmpty();
                assertThat(response.toString()).doesNotContain(response.accessToken());
            }
        }
    }

    @Test
    void aCodeIsRedeemedAndAUserIsActedFor() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", CLIENT);
        query.put("response_type", "code");
        query.put("redirect_uri", REDIRECT);
        query.put("scope", "api://" + CLIENT + "/access offline_access");
        URI authorize = URI.create(
                "https://" + authority.hostAndPort() + "/common/oauth2/v2.0/authorize?" + EntraHttp.encode(query));
        String location = http.get(authorize).join().location().orElseThrow();
        String code = location.replaceAll(".*[?&]code=([^&]*).*", "$1");
        TokenClient client = client(ClientAssertion.Style.CURRENT);
        TokenResponse user = client.authorizationCode(
                        code, REDIRECT, Optional.empty(), Wanted.bearer(query.get("scope")))
                .join()
                .granted();
        assertThat(claims(user).text("upn")).contains("alice@lab.test");
        TokenResponse other = client.onBehalfOf(user.accessToken(), Wanted.bearer("api://other/do"))
                .join()
                .granted();
        assertThat(claims(other).text("aud")).contains("api://other");
        assertThat(claims(other).text("upn")).contains("alice@lab.test");
        TokenResponse again = client.refresh(user.refreshToken().orElseThrow(), Wanted.bearer("api://third/do"))
                .join()
                .granted();
        assertThat(claims(again).text("aud")).contains("api://third");
        TokenAnswer foreign = client.onBehalfOf(other.accessToken(), Wanted.bearer("api://x/do"))
                .join();
        assertThat(code(foreign)).isEqualTo(50013);
    }

    private static long code(TokenAnswer answer) {
        return ((Refused) ((TokenAnswer.Denied) answer).failure()).code();
    }

    private static Map<String, String> form(String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", CLIENT);
        form.put("scope", "api://other/.default");
        form.put("client_assertion_type", ClientAssertion.TYPE);
        form.put("client_assertion", assertion);
        return form;
    }

    private static String assertion(Consumer<ObjectNode> header, Consumer<ObjectNode> payload) {
        long now = Instant.now().getEpochSecond();
        ObjectNode h = StrictJson.newObject()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("x5t", Thumbprint.X5T.of(PAIR.certificate()));
        ObjectNode p = StrictJson.newObject()
                .put("aud", endpoint.toString())
                .put("iss", CLIENT)
                .put("sub", CLIENT)
                .put("jti", UUID.randomUUID().toString())
                .put("nbf", now)
                .put("exp", now + 300);
        header.accept(h);
        payload.accept(p);
        String input = Base64Url.encode(h.toString()) + "." + Base64Url.encode(p.toString());
        return input + "."
                + Base64Url.encode(CERTIFICATE.sign(SigningAlgorithm.RS256, input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Arguments header(int code, Consumer<ObjectNode> change) {
        return Arguments.of(code, change, (Consumer<ObjectNode>) p -> {});
    }

    private static Arguments payload(int code, Consumer<ObjectNode> change) {
        return Arguments.of(code, (Consumer<ObjectNode>) h -> {}, change);
    }

    static Stream<Arguments> faults() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                header(5002723, h -> h.remove("x5t")),
                header(700027, h -> h.put("x5t", Base64Url.encode(Thumbprint.X5T.hex(PAIR.certificate())))),
                header(5002738, h -> h.put("alg", "HS256")),
                payload(700023, p -> p.put("aud", "https://example.test/token")),
                payload(700024, p -> p.put("nbf", now - 7200).put("exp", now - 3600)),
                payload(700024, p -> p.put("nbf", now + 7200).put("exp", now + 7500)),
                payload(700024, p -> p.put("exp", now * 1000)),
                payload(90014, p -> p.remove("jti")),
                payload(700021, p -> p.put("sub", "somebody")));
    }

    /** What the authority says no to is what our own check finds first, with the same code. */
    @ParameterizedTest
    @MethodSource
    void faults(int code, Consumer<ObjectNode> header, Consumer<ObjectNode> payload) {
        String assertion = assertion(header, payload);
        EntraHttp.Answer answer = http.post(endpoint, form(assertion)).join();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("AADSTS" + code + ":");
        Explanation explanation = ClientAssertionExplainer.explain(
                assertion,
                new ClientAssertionContext(
                        Instant.now(),
                        Optional.of(CLIENT),
                        Optional.of(authority.tenantId()),
                        Optional.of(authority.hostAndPort()),
                        Optional.of(PAIR.certificate())));
        assertThat(explanation.findings().get(0).answer()).isEqualTo("AADSTS" + code);
        assertThat(EVENTS.toString()).doesNotContain(assertion);
    }

    @Test
    void anAssertionCountsOnceAndIsNeeded() {
        String assertion = assertion(h -> {}, p -> {});
        assertThat(http.post(endpoint, form(assertion)).join().status()).isEqualTo(200);
        assertThat(http.post(endpoint, form(assertion)).join().body()).contains("AADSTS50013");
        Map<String, String> without = form(assertion);
        without.remove("client_assertion");
        assertThat(http.post(endpoint, without).join().body()).contains("AADSTS7000218");
        Map<String, String> publicClient = form(assertion);
        publicClient.put("client_id", "somebody-else");
        assertThat(http.post(endpoint, publicClient).join().body()).contains("AADSTS700025");
        TokenAnswer noDefault = client(ClientAssertion.Style.CURRENT)
                .clientCredentials(Wanted.bearer("api://other/do"))
                .join();
        assertThatThrownBy(noDefault::granted).hasMessageContaining("AADSTS1002012");
    }

    @Test
    void aBusyAuthorityIsAskedAgainAfterItsTime() {
        authority.setFaults(Set.of(EntraFault.BUSY));
        try {
            EVENTS.clear();
            TokenAnswer answer = client(ClientAssertion.Style.CURRENT)
                    .clientCredentials(Wanted.bearer("api://other/.default"))
                    .join();
            assertThat(((TokenAnswer.Denied) answer).failure().report().cause()).isEqualTo("entra-busy");
            assertThat(EVENTS).hasSize(3);
        } finally {
            authority.setFaults(Set.of());
        }
    }
}
