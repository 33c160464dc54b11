package porthole.aad.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static porthole.aad.TestTokens.HOST;
import static porthole.aad.TestTokens.KEY;
import static porthole.aad.TestTokens.NOW;
import static porthole.aad.explain.InvalidTokenCause.AAD_NONCE;
import static porthole.aad.explain.InvalidTokenCause.AUDIENCE;
import static porthole.aad.explain.InvalidTokenCause.BEARER_TOKEN;
import static porthole.aad.explain.InvalidTokenCause.BYTES_AROUND;
import static porthole.aad.explain.InvalidTokenCause.CLIENT_CLAIMS;
import static porthole.aad.explain.InvalidTokenCause.CLOCK;
import static porthole.aad.explain.InvalidTokenCause.DAMAGED_TOKEN;
import static porthole.aad.explain.InvalidTokenCause.HEADER;
import static porthole.aad.explain.InvalidTokenCause.HOST_CANNOT_VALIDATE;
import static porthole.aad.explain.InvalidTokenCause.JSON_ODDITIES;
import static porthole.aad.explain.InvalidTokenCause.KEY_ENCODING;
import static porthole.aad.explain.InvalidTokenCause.KEY_MISMATCH;
import static porthole.aad.explain.InvalidTokenCause.MEMBERS;
import static porthole.aad.explain.InvalidTokenCause.MEMBER_ORDER;
import static porthole.aad.explain.InvalidTokenCause.NOT_COMPACT;
import static porthole.aad.explain.InvalidTokenCause.NO_ZERO_OCTET;
import static porthole.aad.explain.InvalidTokenCause.OTHER_CLOUD;
import static porthole.aad.explain.InvalidTokenCause.OTHER_DEVICE;
import static porthole.aad.explain.InvalidTokenCause.OTHER_TENANT;
import static porthole.aad.explain.InvalidTokenCause.REQ_CNF;
import static porthole.aad.explain.InvalidTokenCause.SERVER_NONCE;
import static porthole.aad.explain.InvalidTokenCause.SERVER_NONCE_EXPIRED;
import static porthole.aad.explain.InvalidTokenCause.SIGNATURE;
import static porthole.aad.explain.InvalidTokenCause.STATE_MIX_UP;
import static porthole.aad.explain.InvalidTokenCause.THUMBPRINT_TEXT;
import static porthole.aad.explain.InvalidTokenCause.TIMESTAMP;
import static porthole.aad.explain.InvalidTokenCause.TOKEN_LIFETIME;
import static porthole.aad.explain.InvalidTokenCause.WRONG_TOKEN;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.PopKey;
import porthole.aad.TestTokens;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.verify.TokenKeys;
import porthole.protocol.wire.Bytes;

/** One assertion for each cause of MS-RDPBCGR's refusal, with exactly this defect. */
class InvalidTokenCausesTest {
    private static final String NONCE = "AwABAAEAAAACAOz_BQD0_wServerNonceOfThisConnection-x_y";
    private static final String AAD = "AwABAAEAAAACAOz_BQD0_wNonceOfTheAuthority";
    private static final PopKey OTHER_KEY = PopKey.generate(new SecureRandom());

    /** The texts of an assertion, each of which a test can change. */
    private static final class Draft {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + KEY.reqCnf() + "\"}";
        ObjectNode claims = TestTokens.claims();
        String token;
        String n = KEY.n();
        String e = KEY.e();
        ObjectNode payload;
        PopKey key = KEY;
        UnaryOperator<String> text = t -> t;
        UnaryOperator<byte[]> signature = s -> s;
        UnaryOperator<String> compact = c -> c;

        String build(Consumer<ObjectNode> change) {
            payload = StrictJson.newObject()
                    .put("ts", Long.toString(NOW.getEpochSecond()))
                    .put("at", token == null ? TestTokens.token(claims) : token)
                    .put("u", HOST.uri())
                    .put("nonce", NONCE);
            payload.putObject("cnf")
                    .putObject("jwk")
                    .put("kty", "RSA")
                    .put("e", e)
                    .put("n", n);
            payload.put("client_claims", "{\"aad_nonce\":\"" + AAD + "\"}");
            change.accept(payload);
            String input = Base64Url.encode(header) + "." + Base64Url.encode(text.apply(payload.toString()));
            byte[] octets = key.sign(input.getBytes(StandardCharsets.US_ASCII));
            return compact.apply(input + "." + Base64Url.encode(signature.apply(octets)));
        }
    }

    private static String good() {
        return new Draft().build(p -> {});
    }

    private static String draft(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return draft.build(p -> {});
    }

    private static String claims(Consumer<ObjectNode> change) {
        return draft(d -> change.accept(d.claims));
    }

    private static String payload(Consumer<ObjectNode> change) {
        return new Draft().build(change);
    }

    private static Bytes octets(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes sent(String assertion) {
        return octets("{\"rdp_assertion\":\"" + assertion + "\"}\0");
    }

    /** Everything that can be known, and all of it right. */
    private static AssertionContext known(String assertion) {
        return AssertionContext.NONE
                .withHost("rdphost")
                .withTenant("tenant")
                .withAuthority("login.lab.test")
                .withAt(NOW.plusSeconds(1))
                .withServerNonce(NONCE)
                .withAadNonce(AAD)
                .withNonceAuthority("login.lab.test")
                .withKeys(TokenKeys.ofJwks(TestTokens.JWKS))
                .withClockOffset(Duration.ZERO)
                .withServerNonceAge(Duration.ofMillis(20))
                .withAadNonceAge(Duration.ofMillis(400))
                .withSent(sent(assertion));
    }

    private static Arguments of(InvalidTokenCause cause, String assertion) {
        return Arguments.of(cause, assertion, known(assertion));
    }

    private static Arguments in(InvalidTokenCause cause, UnaryOperator<AssertionContext> change) {
        String good = good();
        return Arguments.of(cause, good, change.apply(known(good)));
    }

    private static String hash(String text) throws Exception {
        return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String cnf(String kid) {
        return claims(c -> c.putObject("cnf").put("kid", kid));
    }

    private static String signedModulus() {
        byte[] n = Base64Url.decode(KEY.n()).orElseThrow();
        byte[] signed = new byte[n.length + 1];
        System.arraycopy(n, 0, signed, 1, n.length);
        return Base64Url.encode(signed);
    }

    static Stream<Arguments> defects() throws Exception {
        String good = good();
        String input = good.substring(0, good.lastIndexOf('.'));
        long now = NOW.getEpochSecond();
        List<Arguments> all = new ArrayList<>();
        all.add(in(NO_ZERO_OCTET, c -> c.withSent(octets("{\"rdp_assertion\":\"" + good + "\"}"))));
        all.add(in(BYTES_AROUND, c -> c.withSent(octets("\uFEFF{\"rdp_assertion\":\"" + good + "\"}\0"))));
        all.add(in(BYTES_AROUND, c -> c.withSent(octets("{\"rdp_assertion\":\"" + good + "\"}\r\n\0"))));
        all.add(in(BYTES_AROUND, c -> c.withSent(Bytes.hex("0300000702f080"))));
        all.add(of(NOT_COMPACT, draft(d -> d.compact = c -> c + "==")));
        all.add(of(NOT_COMPACT, good.substring(0, 76) + "\n" + good.substring(76)));
        all.add(of(
                NOT_COMPACT,
                input + "."
                        + good.substring(input.length() + 1).replace('-', '+').replace('_', '/') + "="));
        all.add(of(NOT_COMPACT, input));
        all.add(of(
                SIGNATURE,
                draft(d -> d.signature = s -> {
                    s[9] ^= 1;
                    return s;
                })));
        all.add(of(SIGNATURE, draft(d -> d.signature = s -> Arrays.copyOf(s, 255))));
        all.add(of(SIGNATURE, draft(d -> d.key = OTHER_KEY)));
        all.add(of(KEY_ENCODING, draft(d -> d.n = signedModulus())));
        all.add(of(KEY_ENCODING, draft(d -> {
            d.n = signedModulus();
            d.claims.putObject("cnf").put("kid", PopKey.thumbprint("AQAB", signedModulus()));
        })));
        all.add(of(KEY_ENCODING, draft(d -> {
            d.e = "AAEAAQ";
            d.claims.putObject("cnf").put("kid", PopKey.thumbprint("AAEAAQ", KEY.n()));
        })));
        all.add(of(KEY_MISMATCH, cnf(OTHER_KEY.thumbprint())));
        all.add(of(BEARER_TOKEN, claims(c -> c.remove("cnf"))));
        all.add(of(REQ_CNF, cnf(KEY.reqCnf())));
        all.add(of(REQ_CNF, cnf(KEY.thumbprint() + "=")));
        all.add(of(
                REQ_CNF,
                cnf(HexFormat.of().formatHex(Base64Url.decode(KEY.thumbprint()).orElseThrow()))));
        all.add(of(REQ_CNF, cnf("")));
        all.add(of(THUMBPRINT_TEXT, cnf(hash("{\"kty\":\"RSA\",\"n\":\"" + KEY.n() + "\",\"e\":\"AQAB\"}"))));
        all.add(of(THUMBPRINT_TEXT, cnf(hash("{\"e\": \"AQAB\", \"kty\": \"RSA\", \"n\": \"" + KEY.n() + "\"}"))));
        all.add(of(THUMBPRINT_TEXT, cnf(PopKey.thumbprint("AQAB", signedModulus()))));
        all.add(of(AUDIENCE, payload(p -> p.put("u", HOST.uri() + "/user_impersonation"))));
        all.add(of(AUDIENCE, payload(p -> p.put("u", HOST.uri() + "/"))));
        all.add(of(AUDIENCE, payload(p -> p.put("u", HOST.uri() + ".lab.test"))));
        all.add(of(AUDIENCE, payload(p -> p.put("u", HOST.uri().replace("rdphost", "RDPHOST")))));
        all.add(of(AUDIENCE, payload(p -> p.put("u", HOST.uri().replace("/name/", "/id/")))));
        all.add(of(AUDIENCE, claims(c -> c.put("aud", HOST.uri() + "2"))));
        all.add(of(AUDIENCE, payload(p -> p.remove("u"))));
        all.add(in(OTHER_DEVICE, c -> c.withHost("rdphost7")));
        all.add(in(OTHER_TENANT, c -> c.withTenant("another")));
        all.add(in(OTHER_CLOUD, c -> c.withAuthority("login.microsoftonline.us")));
        String china = claims(c -> c.put("iss", "https://login.partner.microsoftonline.cn/t/v2.0"));
        all.add(Arguments.of(OTHER_CLOUD, china, known(china).withNonceAuthority("login.partner.microsoftonline.cn")));
        all.add(of(
                OTHER_CLOUD,
                draft(d -> d.token = TestTokens.sign(
                        TestTokens.header().put("kid", "unknown"), d.claims, TestTokens.AUTHORITY_KEY))));
        all.add(of(TOKEN_LIFETIME, claims(c -> c.put("exp", now - 1))));
        all.add(of(TOKEN_LIFETIME, claims(c -> c.put("nbf", now + 3600).put("exp", now + 7200))));
        all.add(of(TOKEN_LIFETIME, claims(c -> c.remove("exp"))));
        all.add(in(SERVER_NONCE_EXPIRED, c -> c.withServerNonceAge(Duration.ofMinutes(6))));
        all.add(of(SERVER_NONCE, payload(p -> p.put("nonce", NONCE.substring(0, 30)))));
        all.add(of(
                SERVER_NONCE,
                payload(p -> p.put("nonce", NONCE.replace('-', '+').replace('_', '/')))));
        all.add(of(SERVER_NONCE, payload(p -> p.remove("nonce"))));
        all.add(in(
                SERVER_NONCE,
                c -> c.withEarlier(payload(p -> {
                    p.put("at", TestTokens.token(TestTokens.claims().put("jti", "x")));
                    p.put("client_claims", "{\"aad_nonce\":\"another\"}");
                }))));
        all.add(of(AAD_NONCE, payload(p -> p.put("client_claims", "{}"))));
        all.add(of(AAD_NONCE, payload(p -> p.remove("client_claims"))));
        all.add(of(AAD_NONCE, payload(p -> p.put("client_claims", "{\"aad_nonce\":\"of another authority\"}"))));
        all.add(in(AAD_NONCE, c -> c.withNonceAuthority("login.microsoftonline.com")));
        all.add(in(AAD_NONCE, c -> c.withAadNonceAge(Duration.ofMinutes(20))));
        all.add(of(CLIENT_CLAIMS, payload(p -> p.putObject("client_claims").put("aad_nonce", AAD))));
        all.add(of(CLIENT_CLAIMS, payload(p -> p.put("client_claims", "{\\\"aad_nonce\\\":\\\"" + AAD + "\\\"}"))));
        all.add(of(TIMESTAMP, payload(p -> p.put("ts", now))));
        all.add(of(TIMESTAMP, payload(p -> p.put("ts", now + "000"))));
        all.add(of(TIMESTAMP, payload(p -> p.put("ts", "2026-01-01T00:00:00Z"))));
        all.add(of(TIMESTAMP, payload(p -> p.put("ts", Long.toString(now - 3600)))));
        all.add(of(TIMESTAMP, payload(p -> p.remove("ts"))));
        all.add(of(WRONG_TOKEN, claims(c -> {
            c.put("aud", "https://www.wvd.microsoft.com");
            c.remove("cnf");
        })));
        all.add(of(WRONG_TOKEN, claims(c -> {
            c.put("aud", "a85cf173-4192-42f8-81fa-777a763e6e2c");
            c.remove(List.of("cnf", "scp"));
        })));
        all.add(of(WRONG_TOKEN, claims(c -> c.put("scp", "User.Read"))));
        all.add(of(
                DAMAGED_TOKEN, payload(p -> p.put("at", "Bearer " + p.get("at").asText()))));
        all.add(of(DAMAGED_TOKEN, payload(p -> p.put("at", p.get("at").asText() + "\n"))));
        all.add(of(DAMAGED_TOKEN, payload(p -> p.put("at", p.get("at").asText().substring(0, 200)))));
        all.add(of(DAMAGED_TOKEN, draft(d -> d.token = TestTokens.sign(TestTokens.header(), d.claims, OTHER_KEY))));
        all.add(of(HEADER, draft(d -> d.header = "{\"kid\":\"x\"}")));
        all.add(of(HEADER, draft(d -> d.header = "{\"alg\":\"RS256\"}")));
        all.add(of(HEADER, draft(d -> d.header = "{\"alg\":\"PS256\",\"kid\":\"x\"}")));
        String mixed = draft(d -> {
            ObjectNode claims = TestTokens.claims();
            claims.putObject("cnf").put("kid", OTHER_KEY.thumbprint());
            d.token = TestTokens.token(claims);
        });
        Draft then = new Draft();
        then.token = EarlierAttempt.of(mixed).token();
        then.n = OTHER_KEY.n();
        then.key = OTHER_KEY;
        String before = then.build(p -> p.put("nonce", "n1").put("client_claims", "{\"aad_nonce\":\"a1\"}"));
        all.add(Arguments.of(STATE_MIX_UP, mixed, known(mixed).withEarlier(before)));
        all.add(in(CLOCK, c -> c.withClockOffset(Duration.ofMinutes(12))));
        String slow = payload(p -> p.put("ts", Long.toString(now - 900)));
        AssertionContext withoutOffset = AssertionContext.NONE.withAt(NOW).withSent(sent(slow));
        all.add(Arguments.of(CLOCK, slow, withoutOffset));
        all.add(Arguments.of(CLOCK, slow, AssertionContext.NONE.withSent(sent(slow))));
        all.add(in(HOST_CANNOT_VALIDATE, c -> c));
        all.add(of(JSON_ODDITIES, draft(d -> d.text = t -> t.replace("/", "\\/"))));
        all.add(of(JSON_ODDITIES, draft(d -> d.text = t -> t.replace("rdphost", "r\\u0064phost"))));
        all.add(of(MEMBER_ORDER, payload(p -> p.set("ts", p.remove("ts")))));
        all.add(of(MEMBERS, payload(p -> p.put("extra", 1))));
        all.add(of(MEMBERS, draft(d -> d.text = t -> t.replace("{\"ts\":", "{\"ts\":\"1\",\"ts\":"))));
        return all.stream();
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource
    void defects(InvalidTokenCause cause, String assertion, AssertionContext context) {
        Explanation explanation = AssertionExplainer.explain(assertion, context);
        Finding first = explanation.findings().get(0);
        assertThat(first.cause()).as("%s", explanation.lines()).isEqualTo(cause.label());
        if (cause != HOST_CANNOT_VALIDATE) {
            assertThat(first.certainty()).isLessThan(Certainty.POSSIBLE);
            assertThat(first.rule()).isNotEmpty();
            assertThat(first.section()).isNotEmpty();
            assertThat(first.remedy()).isNotEmpty();
        }
        boolean others = explanation.findings().stream()
                .filter(f -> f.certainty().compareTo(Certainty.LIKELY) <= 0)
                .anyMatch(
                        f -> !f.cause().equals(cause.label()) && !first.alike().contains(f.cause()));
        assertThat(others).as("only this cause: %s", explanation.findings()).isFalse();
        String text = explanation.lines() + explanation.object().toString();
        assertThat(text).doesNotContain(NONCE, AAD, assertion.substring(assertion.lastIndexOf('.') + 1));
    }

    @Test
    void everyCauseHasItsAssertion() throws Exception {
        Set<Object> tested = defects().map(a -> a.get()[0]).collect(Collectors.toSet());
        assertThat(tested).containsExactlyInAnyOrder((Object[]) InvalidTokenCause.values());
        assertThat(Arrays.stream(InvalidTokenCause.values()).map(InvalidTokenCause::number))
                .doesNotHaveDuplicates()
                .hasSize(28)
                .allMatch(n -> 1 <= n && n <= 28);
    }

    /** The question that began this project: key, kid and structure look right, and the host says -2146893048. */
    @Test
    void whereAllLooksRightTheRemainingCausesAreNamedInOrder() {
        Explanation explanation = AssertionExplainer.explain(good(), AssertionContext.NONE);
        assertThat(explanation.isFaulty()).isFalse();
        assertThat(explanation.of(Certainty.POSSIBLE))
                .extracting(Finding::cause)
                .containsExactly(
                        "no-zero-octet",
                        "other-device",
                        "other-tenant",
                        "server-nonce-expired",
                        "aad-nonce",
                        "bytes-around",
                        "server-nonce",
                        "clock",
                        "host-cannot-validate",
                        "state-mix-up",
                        "other-cloud");
        assertThat(explanation.of(Certainty.POSSIBLE))
                .allMatch(f -> !f.confirm().isEmpty());
        assertThat(explanation.of(Certainty.EXCLUDED))
                .extracting(Finding::cause)
                .contains("key-mismatch", "signature", "header", "audience", "req-cnf", "token-lifetime");
    }

    @Test
    void anEncryptedTokenIsOpaqueAndThatIsSaid() {
        String assertion = payload(p -> p.put("at", "e30.AA.AA.AA.AA"));
        Explanation explanation = AssertionExplainer.explain(assertion, known(assertion));
        assertThat(explanation.isFaulty()).isFalse();
        assertThat(explanation.findings().stream().filter(f -> f.seen().contains("encrypted")))
                .extracting(Finding::cause)
                .contains("key-mismatch", "audience", "other-tenant", "token-lifetime");
    }

    @Test
    void anythingAtAllIsAnswered() {
        String good = good();
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int k = 0; k < 4; k++) {
                text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(96)));
            }
            text.setLength(random.nextInt(text.length()));
            assertThat(AssertionExplainer.explain(text.toString(), known(good)).isFaulty())
                    .isTrue();
        }
        for (String text : List.of("", ".", "..", "...", "\0", "e30.e30.e30", "e30.e30.")) {
            assertThat(AssertionExplainer.explain(text, AssertionContext.NONE).findings())
                    .isNotEmpty();
        }
    }
}
