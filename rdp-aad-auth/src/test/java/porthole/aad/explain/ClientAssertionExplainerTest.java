package porthole.aad.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.aad.credential.AssertionField;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.credential.ClientCertificate;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.credential.Thumbprint;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.fixtures.HostCertificate;

class ClientAssertionExplainerTest {
    private static final Instant NOW = Instant.now();
    private static final String CLIENT = "00000000-0000-4000-8000-00000000c11e";
    private static final String AUDIENCE = "https://login.microsoftonline.com/tenant.test/oauth2/v2.0/token";
    private static final HostCertificate PAIR = HostCertificate.windowsLike();
    private static final ClientCertificate CERTIFICATE =
            ClientCertificate.of(PAIR.privateKey(), List.of(PAIR.certificate()));
    private static final ClientAssertionContext CONTEXT = new ClientAssertionContext(
            NOW,
            Optional.of(CLIENT),
            Optional.of("tenant.test"),
            Optional.of("login.microsoftonline.com"),
            Optional.of(PAIR.certificate()));

    private static ClientAssertion.Claims claims() {
        return new ClientAssertion.Claims(CLIENT, AUDIENCE, "id-1", NOW, Duration.ofMinutes(5));
    }

    private static String changed(Consumer<ObjectNode> header, Consumer<ObjectNode> payload) {
        String good = ClientAssertion.sign(claims(), CERTIFICATE, ClientAssertion.Style.CURRENT)
                .compact();
        String[] parts = good.split("\\.");
        ObjectNode h =
                Base64Url.decodeText(parts[0]).flatMap(StrictJson::object).orElseThrow();
        ObjectNode p =
                Base64Url.decodeText(parts[1]).flatMap(StrictJson::object).orElseThrow();
        header.accept(h);
        payload.accept(p);
        String input = Base64Url.encode(h.toString()) + "." + Base64Url.encode(p.toString());
        byte[] octets = input.getBytes(StandardCharsets.US_ASCII);
        boolean rs = h.path("alg").asText().equals("RS256");
        return input + "."
                + Base64Url.encode(CERTIFICATE.sign(rs ? SigningAlgorithm.RS256 : SigningAlgorithm.PS256, octets));
    }

    private static void nothing(ObjectNode node) {}

    static Stream<Arguments> defects() {
        long now = NOW.getEpochSecond();
        String sha1Hex = Thumbprint.X5T.hex(PAIR.certificate());
        String sha256Hex = Thumbprint.X5T_S256.hex(PAIR.certificate());
        HostCertificate other = HostCertificate.options().create();
        return Stream.of(
                header("no-certificate-named", 5002723, h -> h.remove("x5t#S256")),
                header("thumbprint-hex", 700027, h -> h.put("x5t#S256", Base64Url.encode(sha256Hex))),
                header("thumbprint-hex", 700027, h -> h.put("x5t#S256", sha256Hex.toLowerCase(Locale.ROOT))),
                header("thumbprint-hex", 700027, h -> {
                    h.remove("x5t#S256");
                    h.put("x5t", Base64Url.encode(sha1Hex));
                }),
                header("thumbprint-length", 700027, h -> h.put("x5t#S256", Thumbprint.X5T.of(PAIR.certificate()))),
                header("thumbprint-length", 700027, h -> h.put("x5t#S256", "***")),
                header(
                        "key-not-registered",
                        700027,
                        h -> h.put("x5t#S256", Thumbprint.X5T_S256.of(other.certificate()))),
                header("alg", 5002738, h -> h.put("alg", "HS256")),
                header("alg", 5002738, h -> h.remove("alg")),
                payload("audience", 700023, p -> p.put("aud", "https://graph.microsoft.com")),
                payload("audience", 700023, p -> p.put("aud", AUDIENCE.replace("tenant.test", "common"))),
                payload("audience", 700023, p -> p.put("aud", AUDIENCE.replace(".com", ".us"))),
                payload("audience", 90014, p -> p.remove("aud")),
                payload("expired", 700024, p -> p.put("nbf", now - 7200).put("exp", now - 3600)),
                payload("not-yet-valid", 700024, p -> p.put("nbf", now + 3600).put("exp", now + 3900)),
                payload("lifetime", 700024, p -> p.put("exp", now + 10 * 24 * 3600)),
                payload("lifetime", 700024, p -> p.put("exp", now - 60)),
                payload("milliseconds", 700024, p -> p.put("nbf", now * 1000).put("exp", now * 1000 + 300_000)),
                payload("time-type", 50027, p -> p.put("exp", Long.toString(now + 300))),
                payload("exp-missing", 90014, p -> p.remove("exp")),
                payload("jti-missing", 90014, p -> p.remove("jti")),
                payload("iss-not-sub", 700021, p -> p.put("sub", "somebody")),
                payload("another-client", 700021, p -> p.put("iss", "x").put("sub", "x")),
                payload("party-missing", 90014, p -> p.remove("iss")));
    }

    private static Arguments header(String cause, int code, Consumer<ObjectNode> change) {
        return Arguments.of(cause, code, changed(change, ClientAssertionExplainerTest::nothing));
    }

    private static Arguments payload(String cause, int code, Consumer<ObjectNode> change) {
        return Arguments.of(cause, code, changed(ClientAssertionExplainerTest::nothing, change));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void defects(String cause, int code, String assertion) {
        Explanation explanation = ClientAssertionExplainer.explain(assertion, CONTEXT);
        assertThat(explanation.isFaulty()).isTrue();
        assertThat(explanation.findings().get(0).cause()).isEqualTo(cause);
        assertThat(explanation.findings().get(0).answer()).isEqualTo("AADSTS" + code);
        assertThat(String.join("\n", explanation.lines()))
                .doesNotContain(assertion.split("\\.")[2]);
    }

    @ParameterizedTest
    @EnumSource
    void whatWeMakeIsRight(SigningAlgorithm algorithm) {
        for (Thumbprint thumbprint : Thumbprint.values()) {
            ClientAssertion.Style style = new ClientAssertion.Style(algorithm, Set.of(thumbprint), true);
            ClientAssertion made = ClientAssertion.sign(claims(), CERTIFICATE, style);
            Explanation explanation = ClientAssertionExplainer.explain(made.compact(), CONTEXT);
            assertThat(explanation.findings()).allMatch(f -> f.certainty() == Certainty.EXCLUDED);
            assertThat(made.toString()).doesNotContain(made.compact());
            assertThat(AssertionField.of(made.compact()))
                    .extracting(AssertionField::name)
                    .containsExactly(
                            "typ", "alg", thumbprint.member(), "x5c", "aud", "iss", "sub", "jti", "nbf", "iat", "exp");
        }
    }

    @Test
    void whatCannotBeSeenWithoutTheCertificateIsSaid() {
        String good = ClientAssertion.sign(claims(), CERTIFICATE, ClientAssertion.Style.CURRENT)
                .compact();
        Explanation explanation = ClientAssertionExplainer.explain(good, ClientAssertionContext.at(NOW));
        assertThat(explanation.isFaulty()).isFalse();
        assertThat(explanation.findings().get(0).cause()).isEqualTo("key-not-registered");
        assertThat(explanation.findings().get(0).certainty()).isEqualTo(Certainty.POSSIBLE);
    }

    @Test
    void theSignatureOfAnotherKeyAndOfAnotherAlgorithm() {
        String good = ClientAssertion.sign(claims(), CERTIFICATE, ClientAssertion.Style.CURRENT)
                .compact();
        String input = good.substring(0, good.lastIndexOf('.'));
        String broken = input + "." + Base64Url.encode(new byte[256]);
        assertThat(ClientAssertionExplainer.explain(broken, CONTEXT)
                        .findings()
                        .get(0)
                        .cause())
                .isEqualTo("signature");
        byte[] other = CERTIFICATE.sign(SigningAlgorithm.RS256, input.getBytes(StandardCharsets.US_ASCII));
        assertThat(ClientAssertionExplainer.explain(input + "." + Base64Url.encode(other), CONTEXT)
                        .findings()
                        .get(0)
                        .seen())
                .contains("another algorithm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "a.b.c.d.e", "e30.e30", "e30.e30.", "e30.W10.AA", "\u0000"})
    void anythingAtAllIsAnswered(String text) {
        assertThat(ClientAssertionExplainer.explain(text, CONTEXT).isFaulty()).isTrue();
    }

    @Test
    void aPaddedThumbprintIsHarmless() {
        String padded = changed(
                h -> h.put(
                        "x5t#S256",
                        Base64.getEncoder()
                                .encodeToString(Base64Url.decode(Thumbprint.X5T_S256.of(PAIR.certificate()))
                                        .orElseThrow())),
                ClientAssertionExplainerTest::nothing);
        Explanation explanation = ClientAssertionExplainer.explain(padded, CONTEXT);
        assertThat(explanation.isFaulty()).isFalse();
        assertThat(explanation.findings().get(0).cause()).isEqualTo("thumbprint-spelling");
    }
}
