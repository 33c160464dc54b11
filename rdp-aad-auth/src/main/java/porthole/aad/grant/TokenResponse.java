package porthole.aad.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.json.StrictJson;

/**
 * What a token endpoint granted.
 *
 * @param accessToken a secret
 * @param tokenType {@code pop}, {@code Bearer}, or empty where it does not say
 * @param expiresAt by the local clock
 * @param scope that was granted; may be spelled otherwise than asked for
 * @param refreshToken a secret
 * @param idToken says who signed in; not verified
 */
public record TokenResponse(
        String accessToken,
        String tokenType,
        Optional<Instant> expiresAt,
        String scope,
        Optional<String> refreshToken,
        Optional<String> idToken) {
    private static final long MAX_SECONDS = 10_000_000_000L;

    /** Reads a successful answer; {@code now} is when it came. */
    static TokenResponse of(ObjectNode body, Instant now) {
        String token = StrictJson.text(body, "access_token")
                .filter(t -> !t.isEmpty())
                .orElseThrow(() -> EntraAnswers.unusable("a token response", "no access_token"));
        return new TokenResponse(
                token,
                StrictJson.text(body, "token_type").orElse(""),
                Optional.ofNullable(body.get("expires_in"))
                        .map(node -> node.asLong(-1))
                        .filter(seconds -> seconds >= 0 && seconds <= MAX_SECONDS)
                        .map(now::plusSeconds),
                StrictJson.text(body, "scope").orElse(""),
                StrictJson.text(body, "refresh_token").filter(t -> !t.isEmpty()),
                StrictJson.text(body, "id_token").filter(t -> !t.isEmpty()));
    }

    /** The access token as an assertion takes it. */
    public RdpAccessToken rdpAccessToken() {
        return new RdpAccessToken(accessToken, expiresAt, tokenType);
    }

    /** Type, scope and lifetime; no token. */
    @Override
    public String toString() {
        return "TokenResponse[tokenType=" + tokenType + ", scope=" + scope + ", expiresAt="
                + expiresAt.map(Instant::toString).orElse("unknown") + ", refreshToken="
                + (refreshToken.isPresent() ? "yes" : "no") + "]";
    }
}
