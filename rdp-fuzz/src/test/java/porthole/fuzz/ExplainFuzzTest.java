package porthole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.AssertionExplainer;
import porthole.aad.explain.ClientAssertionContext;
import porthole.aad.explain.ClientAssertionExplainer;
import porthole.aad.explain.Explanation;
import porthole.aad.json.Base64Url;
import porthole.aad.jwe.TokenDecryption;
import porthole.aad.jwe.TokenPolicy;
import porthole.aad.jwe.TokenValidator;
import porthole.client.explain.Explainer;
import porthole.protocol.wire.Bytes;

/** Oracle: whatever is asked about, there is an answer and never an exception. The first octet says what is wrapped. */
class ExplainFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HEADER = Base64Url.encode("{\"alg\":\"RS256\",\"kid\":\"k\",\"x5t\":\"eA\"}");

    @FuzzTest(maxDuration = "30s")
    void anyText(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<Explanation> found = Explainer.octets(Bytes.of(input), AssertionContext.NONE);
        found.ifPresent(explanation -> assertThat(explanation.lines()).isNotEmpty());
        new TokenValidator(new TokenDecryption(List.of()), Optional.empty(), TokenPolicy.ANY).check(text, NOW);
    }

    @FuzzTest(maxDuration = "30s")
    void assertionsWithAnyClaims(byte[] input) {
        String compact = HEADER + "." + Base64Url.encode(new String(input, StandardCharsets.UTF_8)) + ".AAAA";
        AssertionContext context = AssertionContext.NONE
                .withHost("host")
                .withTenant("t")
                .withAuthority("login.example")
                .withAt(NOW)
                .withSent(Bytes.of(input));
        assertThat(AssertionExplainer.explain(compact, context).findings()).isNotEmpty();
        assertThat(ClientAssertionExplainer.explain(compact, ClientAssertionContext.at(NOW))
                        .findings())
                .isNotEmpty();
    }
}
