package porthole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpAssertion;
import porthole.aad.RdpResource;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Sanitized;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;
import porthole.aad.token.TokenChecks;
import porthole.aad.token.TokenFinding;
import porthole.aad.token.TokenRequest;
import porthole.aad.verify.AssertionVerifier;
import porthole.aad.verify.Expectations;
import porthole.aad.verify.NonceRegister;
import porthole.aad.verify.TokenKeys;
import porthole.aad.verify.VerificationReport;

/** Assertions, access tokens and answers of the authority, as text of strangers. The first octet says what is wrapped. */
class EntraFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RdpResource HOST = RdpResource.ofHost("host.example");
    private static final String HEADER = Base64Url.encode("{\"alg\":\"RS256\",\"kid\":\"k\"}");

    /** Its octets are random, but nothing that is asserted depends on them. */
    private static final PopKey KEY = PopKey.generate(new SecureRandom());

    private static final TokenRequest REQUEST = TokenRequest.of(HOST, KEY);
    private static final AssertionVerifier VERIFIER = new AssertionVerifier(
            Expectations.host(HOST, kid -> Optional.of(KEY.publicKey()), nonce -> NonceRegister.State.FRESH));

    private static String text(byte[] input) {
        return new String(input, Math.min(1, input.length), Math.max(0, input.length - 1), StandardCharsets.UTF_8);
    }

    private static int choice(byte[] input, int choices) {
        return input.length == 0 ? 0 : (input[0] & 0xFF) % choices;
    }

    /** 0: the compact form; 1: its payload; 2: the claims of the token in it; 3: the client claims in it. */
    @FuzzTest(maxDuration = "30s")
    void assertion(byte[] input) {
        String text = text(input);
        String compact = switch (choice(input, 4)) {
            case 0 -> text;
            case 1 -> HEADER + "." + Base64Url.encode(text) + ".AAAA";
            case 2 -> signed(HEADER + "." + Base64Url.encode(text) + ".AAAA", "{\"aad_nonce\":\"n\"}");
            default -> signed(token("{\"aud\":\"" + HOST.uri() + "\"}"), text);
        };
        Oracle.refusesOrEnds(input.length, () -> {
            RdpAssertion assertion = RdpAssertion.parse(compact);
            assertThat(assertion.compact()).isEqualTo(compact);
        });
        Oracle.bounded(input.length, () -> {
            VerificationReport report = VERIFIER.verify(compact, "nonce", NOW);
            assertThat(report.toString()).isNotNull();
        });
    }

    private static String token(String claims) {
        return HEADER + "." + Base64Url.encode(claims) + ".AAAA";
    }

    /** An assertion whose signature is right, so that the checks behind it are reached. */
    private static String signed(String token, String clientClaims) {
        String payload = "{\"ts\":\"" + NOW.getEpochSecond() + "\",\"at\":" + StrictJson.quote(token) + ",\"u\":\""
                + HOST.uri() + "\",\"nonce\":\"nonce\",\"cnf\":{\"jwk\":{\"kty\":\"RSA\",\"e\":\"" + KEY.e()
                + "\",\"n\":\"" + KEY.n() + "\"}},\"client_claims\":" + StrictJson.quote(clientClaims) + "}";
        String signing = HEADER + "." + Base64Url.encode(payload);
        return signing + "." + Base64Url.encode(KEY.sign(signing.getBytes(StandardCharsets.US_ASCII)));
    }

    /** 0: the token; 1: its claims; 2: its header. */
    @FuzzTest(maxDuration = "30s")
    void accessToken(byte[] input) {
        String text = text(input);
        String token = switch (choice(input, 3)) {
            case 0 -> text;
            case 1 -> token(text);
            default -> Base64Url.encode(text) + "." + Base64Url.encode("{}") + ".AAAA";
        };
        Oracle.bounded(input.length, () -> {
            AccessTokenText seen = AccessTokenText.of(token);
            assertThat(seen.toString()).isNotEmpty();
            List<TokenFinding> findings = TokenChecks.of(RdpAccessToken.of(token), REQUEST, NOW);
            if (seen instanceof AccessTokenText.Damaged) {
                assertThat(findings).isNotEmpty();
            }
            TokenChecks.failure(findings).ifPresent(Oracle::explains);
        });
    }

    /** 0: an answer of success; 1: an error; 2: a JWKS document; 3: base64url; 4: text for a message; 5: a key. */
    @FuzzTest(maxDuration = "30s")
    void answers(byte[] input) {
        String text = text(input);
        Oracle.refusesOrEnds(input.length, () -> {
            switch (choice(input, 6)) {
                case 0 -> EntraAnswers.object(answer(200, text), "a token");
                case 1 -> {
                    Oracle.explains(EntraAnswers.refusal(400, StrictJson.object(text)));
                    Oracle.explains(EntraAnswers.refusal(text, text));
                }
                case 2 -> TokenKeys.ofJwks(text).find("k");
                case 3 ->
                    Base64Url.decode(text)
                            .ifPresent(octets ->
                                    assertThat(Base64Url.encode(octets)).isEqualTo(text));
                case 4 -> {
                    String line = Sanitized.line(text);
                    assertThat(line).doesNotContainPattern("\\p{Cntrl}");
                    assertThat(line.length()).isLessThan(300);
                }
                default -> PopKey.parse(text);
            }
        });
    }

    private static EntraHttp.Answer answer(int status, String body) {
        return new EntraHttp.Answer(status, body, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
