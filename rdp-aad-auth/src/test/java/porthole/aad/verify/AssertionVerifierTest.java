package porthole.aad.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.AuthenticationResult;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpAssertion;
import porthole.aad.RdpResource;
import porthole.aad.Recorded;
import porthole.aad.TestTokens;
import porthole.aad.json.Base64Url;
import porthole.aad.verify.CheckResult.Verdict;
import porthole.fixtures.Recording;
import porthole.protocol.wire.Bytes;

class AssertionVerifierTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVER_NONCE = "server-nonce";
    private static final String AAD_NONCE = "authority-nonce";

    /** Checks of the recorded host that ours do not make: its caller has cut the PDU and read its JSON by then. */
    private static final List<String> OF_THE_CALLER = List.of("nul_terminated", "json", "rdp_assertion_is_string");

    static List<Recording> recordings() {
        return Recorded.withAssertion();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void comesToTheVerdictsOfTheRecordedHost(Recording recording) {
        VerificationReport report = new AssertionVerifier(Expectations.host(
                        RdpResource.named("rdphost"),
                        TokenKeys.ofJwks(Recorded.jwks(recording)),
                        nonce -> NonceRegister.State.FRESH))
                .verify(Recorded.assertion(recording), Recorded.serverNonce(recording), Recorded.time(recording));

        JsonNode verification = Recorded.verdict(recording).path("verification");
        Map<String, Verdict> ours = new HashMap<>();
        report.checks().forEach(c -> ours.put(c.check().label(), c.verdict()));
        int compared = 0;
        for (Map.Entry<String, JsonNode> check : verification.path("checks").properties()) {
            if (!OF_THE_CALLER.contains(check.getKey())) {
                String name = check.getKey().equals("jws_parts_decode") ? "compact_jws" : check.getKey();
                boolean failed =
                        check.getValue().isBoolean() && !check.getValue().booleanValue();
                assertThat(ours).as(name).containsEntry(name, failed ? Verdict.FAILED : Verdict.OK);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(21);
        assertThat(report.accepted()).isEqualTo(verification.path("ok").asBoolean());
        assertThat(report.thumbprint())
                .isEqualTo(verification.path("info").path("thumbprint").asText());
        assertThat(report.user()).contains("alice@lab.test");
        assertThat(report.of(Check.KID).seen()).isEqualTo("the wrapped thumbprint");
    }

    /** What is changed before signing, and the one check that notices it. */
    static List<Arguments> tampered() {
        List<Arguments> cases = new ArrayList<>();
        payload(cases, "a number as ts", p -> p.put("ts", TestTokens.NOW.getEpochSecond()), Check.TS_TYPE);
        payload(cases, "ts in milliseconds", p -> p.put("ts", "1767225600000"), Check.TS_FRESH);
        payload(cases, "ts too old", p -> p.put("ts", "1767225299"), Check.TS_FRESH);
        payload(cases, "ts too new", p -> p.put("ts", "1767225901"), Check.TS_FRESH);
        payload(cases, "another nonce", p -> p.put("nonce", "server-nonce "), Check.NONCE);
        payload(cases, "no nonce", p -> p.remove("nonce"), Check.NONCE);
        payload(cases, "u with the suffix", p -> p.put("u", TestTokens.HOST.scope()), Check.U);
        payload(
                cases,
                "u in capitals",
                p -> p.put("u", RdpResource.named("RDPHOST").uri()),
                Check.U);
        payload(cases, "an extra member", p -> p.put("x", 1), Check.MEMBERS);
        payload(
                cases,
                "client_claims as an object",
                p -> p.putObject("client_claims").put("aad_nonce", AAD_NONCE),
                Check.CLIENT_CLAIMS);
        payload(
                cases,
                "client_claims escaped twice",
                p -> p.put("client_claims", "\"{\\\"aad_nonce\\\":\\\"x\\\"}\""),
                Check.CLIENT_CLAIMS);
        payload(
                cases,
                "an unknown aad_nonce",
                p -> p.put("client_claims", "{\"aad_nonce\":\"x\"}"),
                Check.AAD_NONCE_KNOWN);
        payload(
                cases,
                "a used aad_nonce",
                p -> p.put("client_claims", "{\"aad_nonce\":\"used\"}"),
                Check.AAD_NONCE_UNUSED);
        payload(
                cases,
                "a damaged token",
                p -> p.put("at", "Bearer " + p.path("at").asText()),
                Check.AT_JWT);
        payload(cases, "no token", p -> p.remove("at"), Check.AT_JWT);
        payload(
                cases,
                "a modulus with a sign octet",
                p -> ((ObjectNode) p.path("cnf").path("jwk"))
                        .put("n", "AA" + p.path("cnf").path("jwk").path("n").asText()),
                Check.CNF_JWK);
        payload(cases, "no key", p -> p.putObject("cnf"), Check.CNF_JWK);
        header(cases, "another alg", h -> h.put("alg", "PS256"), Check.ALG);
        header(cases, "no kid", h -> h.remove("kid"), Check.KID);
        claims(cases, "an expired token", c -> c.put("exp", TestTokens.NOW.getEpochSecond()), Check.AT_NOT_EXPIRED);
        claims(cases, "a token of tomorrow", c -> c.put("nbf", 1_767_312_000L), Check.AT_NOT_EXPIRED);
        claims(cases, "exp as text", c -> c.put("exp", "1999999999"), Check.AT_NOT_EXPIRED);
        claims(
                cases,
                "another audience",
                c -> c.put("aud", RdpResource.named("pc").uri()),
                Check.AT_AUD);
        claims(cases, "another permission", c -> c.put("scp", "User.Read"), Check.AT_SCP);
        claims(cases, "a bearer token", c -> c.remove("cnf"), Check.AT_CNF_KID);
        claims(cases, "another key", c -> c.putObject("cnf").put("kid", "x"), Check.AT_CNF_KID);
        claims(
                cases,
                "the wrapped thumbprint",
                c -> c.putObject("cnf").put("kid", TestTokens.KEY.reqCnf()),
                Check.AT_CNF_KID);
        claims(cases, "another issuer", c -> c.put("iss", "https://login.other.test/v2.0"), Check.AT_ISS);
        claims(cases, "another tenant", c -> c.put("tid", "other"), Check.AT_TID);
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampered")
    void findsExactlyTheTamperedPart(String name, Assertion tampered, Check expected) {
        VerificationReport report = verify(tampered.compact());
        assertThat(report.failed()).extracting(CheckResult::check).containsExactly(expected);
        assertThat(report.accepted()).isFalse();
        assertThat(report.result()).isEqualTo(AuthenticationResult.SEC_E_INVALID_TOKEN);
        assertThat(report.summary()).startsWith("refused: " + expected.label());
        assertShowsNoSecret(report, tampered.token());
    }

    @Test
    void acceptsAnUntouchedOne() {
        VerificationReport report = verify(new Assertion().compact());
        assertThat(report.failed()).isEmpty();
        assertThat(report.checks()).allMatch(c -> c.verdict() == Verdict.OK);
        assertThat(report.result()).isEqualTo(AuthenticationResult.S_OK);
        assertThat(report.summary()).isEqualTo("accepted for alice@lab.test");
    }

    @Test
    void acceptsWhatTheClientMakes() {
        RdpAssertion assertion = RdpAssertion.sign(
                new RdpAssertion.Claims(
                        SERVER_NONCE,
                        RdpAccessToken.of(TestTokens.token(TestTokens.claims())),
                        TestTokens.HOST,
                        AAD_NONCE,
                        TestTokens.NOW),
                TestTokens.KEY);
        assertThat(verify(assertion.compact()).accepted()).isTrue();
    }

    @Test
    void findsSignaturesByOtherKeys() {
        PopKey other = PopKey.generate(new java.security.SecureRandom());
        Assertion signed = new Assertion();
        signed.signer = other;
        assertThat(verify(signed.compact()).failed())
                .extracting(CheckResult::check)
                .containsExactly(Check.JWS_SIGNATURE);

        Assertion token = new Assertion();
        token.payload.put("at", TestTokens.sign(TestTokens.header(), TestTokens.claims(), other));
        assertThat(verify(token.compact()).failed())
                .extracting(CheckResult::check)
                .containsExactly(Check.AT_SIGNATURE);

        ObjectNode header = TestTokens.header().put("kid", "x");
        token.payload.put("at", TestTokens.sign(header, TestTokens.claims(), other));
        assertThat(verify(token.compact()).failed())
                .extracting(CheckResult::check)
                .containsExactly(Check.AT_KID_IN_JWKS);

        ObjectNode none = TestTokens.header().put("alg", "none");
        token.payload.put("at", TestTokens.sign(none, TestTokens.claims(), other));
        assertThat(verify(token.compact()).failed())
                .extracting(CheckResult::check)
                .containsExactly(Check.AT_ALG);
        assertThat(verify(token.compact()).accepted()).isFalse();
    }

    @Test
    void saysUnknownOfAnEncryptedTokenAndSignsNobodyIn() {
        Assertion assertion = new Assertion();
        assertion.payload.put("at", "eyJhIjoxfQ.YQ.YQ.YQ.YQ");
        VerificationReport report = verify(assertion.compact());
        assertThat(report.failed()).isEmpty();
        assertThat(report.of(Check.AT_JWT).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.accepted()).isFalse();
        assertThat(report.summary()).startsWith("refused: at_jwt: unknown");
    }

    @Test
    void anOutsideViewSaysWhatItCannotTellAndSignsNobodyIn() {
        VerificationReport report = new AssertionVerifier(Expectations.offline(TestTokens.HOST))
                .verify(new Assertion().compact(), SERVER_NONCE, TestTokens.NOW);
        assertThat(report.failed()).isEmpty();
        assertThat(report.checks().stream()
                        .filter(c -> c.verdict() == Verdict.UNKNOWN)
                        .map(CheckResult::check))
                .containsExactly(
                        Check.AT_KID_IN_JWKS,
                        Check.AT_SIGNATURE,
                        Check.AT_ISS,
                        Check.AT_TID,
                        Check.AAD_NONCE_KNOWN,
                        Check.AAD_NONCE_UNUSED);
        assertThat(report.accepted()).isFalse();
    }

    @Test
    void aHostMayHaveSeveralNamesButUAndAudienceMustBeTheSame() {
        Expectations two = expectations().alsoFor(RdpResource.named("rdphost.lab.test"));
        Assertion assertion = new Assertion();
        assertThat(new AssertionVerifier(two)
                        .verify(assertion.compact(), SERVER_NONCE, TestTokens.NOW)
                        .accepted())
                .isTrue();
        assertion.payload.put("u", RdpResource.named("rdphost.lab.test").uri());
        assertThat(new AssertionVerifier(two)
                        .verify(assertion.compact(), SERVER_NONCE, TestTokens.NOW)
                        .failed())
                .extracting(CheckResult::check)
                .containsExactly(Check.AT_AUD);
    }

    @Test
    void refusesHugeAndSmallKeysBeforeAnyArithmetic() {
        for (int octets : new int[] {64, 255, 600, 20_000}) {
            byte[] n = new byte[octets];
            Arrays.fill(n, (byte) 0x7F);
            Assertion assertion = new Assertion();
            ((ObjectNode) assertion.payload.path("cnf").path("jwk")).put("n", Base64Url.encode(n));
            VerificationReport report = verify(assertion.compact());
            assertThat(report.of(Check.KEY_SIZE).verdict()).isEqualTo(Verdict.FAILED);
            assertThat(report.of(Check.JWS_SIGNATURE).verdict()).isEqualTo(Verdict.UNKNOWN);
        }
    }

    @Test
    void neverThrowsForCutOrChangedText() {
        String good = new Assertion().compact();
        SplittableRandom random = new SplittableRandom(7);
        TreeSet<String> found = new TreeSet<>();
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder(good);
            if (round % 3 == 0) {
                text.setLength(random.nextInt(good.length()));
            }
            for (int change = random.nextInt(4); change > 0 && text.length() > 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(round % 5 == 0 ? 0x10000 : 0x80));
            }
            VerificationReport report = verify(text.toString());
            assertThat(report.accepted()).isEqualTo(text.toString().equals(good));
            report.failed().forEach(f -> found.add(f.check().label()));
        }
        assertThat(found).contains("compact_jws", "jws_signature");
    }

    @Test
    void neverThrowsForSignedButStrangePayloads() {
        List<String> values = List.of(
                "null",
                "true",
                "1",
                "-1",
                "1e400",
                "1.5",
                "\"\"",
                "\"x\"",
                "[]",
                "[[]]",
                "{}",
                "{\"a\":{}}",
                "9223372036854775808",
                "\"9223372036854775807\"",
                "\"\\u0000\"",
                "\"\\ud800\"");
        for (String member : List.of("ts", "at", "u", "nonce", "cnf", "client_claims")) {
            for (String value : values) {
                Assertion assertion = new Assertion();
                String payload = assertion.payload.toString();
                String changed = payload.replaceFirst(
                        "\"" + member + "\":(\"(\\\\.|[^\"\\\\])*\"|\\{\"jwk\".*?\\}\\})",
                        Matcher.quoteReplacement("\"" + member + "\":" + value));
                assertThat(changed).isNotEqualTo(payload);
                VerificationReport report = verify(assertion.compact(changed));
                assertThat(report.accepted()).as(member + "=" + value).isFalse();
            }
        }
        String deep = "{\"ts\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertThat(verify(new Assertion().compact(deep)).of(Check.COMPACT_JWS).verdict())
                .isEqualTo(Verdict.FAILED);
        String twice = new Assertion().payload.toString().replaceFirst("\\{", "{\"u\":\"x\",");
        assertThat(verify(new Assertion().compact(twice)).of(Check.COMPACT_JWS).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    private static void assertShowsNoSecret(VerificationReport report, String token) {
        String shown = report + report.summary();
        assertThat(shown).doesNotContain(SERVER_NONCE, AAD_NONCE);
        if (!token.isEmpty()) {
            assertThat(shown).doesNotContain(token, token.substring(token.lastIndexOf('.')));
        }
    }

    private static VerificationReport verify(String compact) {
        return new AssertionVerifier(expectations()).verify(compact, SERVER_NONCE, TestTokens.NOW);
    }

    private static Expectations expectations() {
        return Expectations.host(TestTokens.HOST, TokenKeys.ofJwks(TestTokens.JWKS), nonce -> switch (nonce) {
                    case AAD_NONCE -> NonceRegister.State.FRESH;
                    case "used" -> NonceRegister.State.USED;
                    default -> NonceRegister.State.UNKNOWN;
                })
                .of("https://login.lab.test/tenant/v2.0", "tenant");
    }

    private static void payload(List<Arguments> cases, String name, Consumer<ObjectNode> change, Check expected) {
        Assertion assertion = new Assertion();
        change.accept(assertion.payload);
        cases.add(Arguments.of(name, assertion, expected));
    }

    private static void header(List<Arguments> cases, String name, Consumer<ObjectNode> change, Check expected) {
        Assertion assertion = new Assertion();
        change.accept(assertion.header);
        cases.add(Arguments.of(name, assertion, expected));
    }

    private static void claims(List<Arguments> cases, String name, Consumer<ObjectNode> change, Check expected) {
        ObjectNode claims = TestTokens.claims();
        change.accept(claims);
        payload(cases, name, p -> p.put("at", TestTokens.token(claims)), expected);
    }

    /** An assertion whose parts can be changed before it is signed. */
    private static final class Assertion {
        final ObjectNode header;
        final ObjectNode payload;
        PopKey signer = TestTokens.KEY;

        Assertion() {
            RdpAssertion good = RdpAssertion.sign(
                    new RdpAssertion.Claims(
                            SERVER_NONCE,
                            RdpAccessToken.of(TestTokens.token(TestTokens.claims())),
                            TestTokens.HOST,
                            AAD_NONCE,
                            Instant.from(TestTokens.NOW)),
                    TestTokens.KEY);
            try {
                header = (ObjectNode) JSON.readTree(good.header());
                payload = (ObjectNode) JSON.readTree(good.payload());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String token() {
            return payload.path("at").asText();
        }

        String compact() {
            return compact(payload.toString());
        }

        String compact(String payloadText) {
            RdpAssertion unsigned = new RdpAssertion(header.toString(), payloadText, Bytes.EMPTY);
            return new RdpAssertion(header.toString(), payloadText, Bytes.of(signer.sign(unsigned.signingInput())))
                    .compact();
        }
    }
}
