package porthole.aad.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpResource;
import porthole.aad.TestTokens;
import porthole.aad.token.TokenFinding.Level;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

class TokenChecksTest {
    private static final TokenRequest REQUEST = TokenRequest.of(TestTokens.HOST, TestTokens.KEY);

    static List<Arguments> changes() {
        return List.of(
                change("no cnf", c -> c.remove("cnf"), "bearer-token", Level.PROBLEM),
                change("cnf of another kind", c -> c.putObject("cnf").put("jkt", "x"), "key-binding", Level.PROBLEM),
                change(
                        "wrapped",
                        c -> c.putObject("cnf").put("kid", TestTokens.KEY.reqCnf()),
                        "key-binding",
                        Level.PROBLEM),
                change("another key", c -> c.putObject("cnf").put("kid", "x"), "key-mismatch", Level.PROBLEM),
                change("another host", c -> c.put("aud", RdpResource.named("pc").uri()), "audience", Level.PROBLEM),
                change(
                        "the feed",
                        c -> c.put("aud", "9cdead84-a844-4324-93f2-b2e6bb768d07"),
                        "audience",
                        Level.PROBLEM),
                change("a GUID", c -> c.put("aud", "270efc09-cd0d-444b-a71f-39af4910ec45"), "audience", Level.UNKNOWN),
                change("case", c -> c.put("aud", RdpResource.named("RDPHOST").uri()), "audience", Level.UNKNOWN),
                change("another permission", c -> c.put("scp", "User.Read"), "permission", Level.PROBLEM),
                change("no permission", c -> c.remove("scp"), "permission", Level.UNKNOWN),
                change("expired", c -> c.put("exp", TestTokens.NOW.getEpochSecond()), "token-expired", Level.PROBLEM),
                change("no exp", c -> c.remove("exp"), "lifetime", Level.UNKNOWN),
                change("tomorrow", c -> c.put("nbf", 1_767_312_000L), "not-yet-valid", Level.PROBLEM),
                change("absurd exp", c -> c.put("exp", Long.MAX_VALUE), "lifetime", Level.UNKNOWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void findsExactlyWhatIsWrong(String name, String token, String finding, Level level) {
        List<TokenFinding> findings = TokenChecks.of(RdpAccessToken.of(token), REQUEST, TestTokens.NOW);
        assertThat(findings).extracting(TokenFinding::name).containsExactly(finding);
        assertThat(findings).extracting(TokenFinding::level).containsExactly(level);
        assertThat(TokenChecks.failure(findings).isPresent()).isEqualTo(level == Level.PROBLEM);
        assertThat(findings.toString()).doesNotContain(token);
    }

    @Test
    void hasNothingToSayAboutAGoodToken() {
        assertThat(TokenChecks.of(RdpAccessToken.of(TestTokens.token(TestTokens.claims())), REQUEST, TestTokens.NOW))
                .isEmpty();
    }

    @Test
    void saysUnknownOfAnEncryptedTokenAndStillSeesItsLifetimeAndType() {
        String jwe = "eyJhIjoxfQ.YQ.YQ.YQ.YQ";
        assertThat(TokenChecks.of(RdpAccessToken.of(jwe), REQUEST, TestTokens.NOW))
                .extracting(TokenFinding::level)
                .containsExactly(Level.UNKNOWN);
        RdpAccessToken old = new RdpAccessToken(jwe, Optional.of(Instant.EPOCH), "Bearer");
        assertThat(TokenChecks.of(old, REQUEST, TestTokens.NOW))
                .extracting(TokenFinding::name)
                .containsExactly("token-encrypted", "token-expired", "bearer-token");
    }

    @Test
    void namesDamageWithoutShowingTheToken() {
        String good = TestTokens.token(TestTokens.claims());
        for (String damaged : List.of(
                "",
                "Bearer " + good,
                "\"" + good + "\"",
                good + "\n",
                good + "=",
                good.substring(0, good.lastIndexOf('.')),
                good.substring(0, good.indexOf('.') + 5) + good.substring(good.lastIndexOf('.')),
                "x".repeat(100_000))) {
            List<TokenFinding> findings = TokenChecks.of(RdpAccessToken.of(damaged), REQUEST, TestTokens.NOW);
            assertThat(findings).extracting(TokenFinding::name).containsExactly("token-damaged");
            assertThat(TokenChecks.failure(findings).orElseThrow()).isInstanceOfSatisfying(LocalFailure.class, f -> {
                assertThat(f.stage()).contains(Stage.TOKEN);
                assertThat(f.getMessage()).doesNotContain(good.substring(0, 20));
            });
        }
    }

    private static Arguments change(String name, Consumer<ObjectNode> change, String finding, Level level) {
        ObjectNode claims = TestTokens.claims();
        change.accept(claims);
        return Arguments.of(name, TestTokens.token(claims), finding, level);
    }
}
