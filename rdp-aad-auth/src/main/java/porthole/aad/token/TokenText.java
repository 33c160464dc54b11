package porthole.aad.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import porthole.aad.RdpAccessToken;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;

/** Reads a token out of what a command printed, a file holds or a token endpoint answered. */
final class TokenText {
    private static final long MAX_SECONDS = 10_000_000_000L;

    private TokenText() {}

    /** The token of a JSON object with {@code access_token}, else of the first line that is not blank. */
    static RdpAccessToken parse(String text, String where, Instant now) {
        Optional<ObjectNode> json = StrictJson.object(text);
        if (json.isPresent()) {
            return parse(json.get(), where, now);
        }
        String line = text.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElseThrow(() -> failure("nothing in " + where));
        return checked(RdpAccessToken.of(line), where);
    }

    /** The token of a token response; also read is the spelling that Azure's own command prints. */
    static RdpAccessToken parse(ObjectNode json, String where, Instant now) {
        String value = StrictJson.text(json, "access_token")
                .or(() -> StrictJson.text(json, "accessToken"))
                .orElseThrow(() -> failure("a JSON object without access_token in " + where));
        Optional<Instant> expires = seconds(json.get("expires_in"))
                .map(now::plusSeconds)
                .or(() -> seconds(json.get("expires_on")).map(Instant::ofEpochSecond));
        String type = StrictJson.text(json, "token_type")
                .or(() -> StrictJson.text(json, "tokenType"))
                .orElse("");
        return checked(new RdpAccessToken(value, expires, type), where);
    }

    private static RdpAccessToken checked(RdpAccessToken token, String where) {
        if (AccessTokenText.of(token.value()) instanceof AccessTokenText.Damaged damaged) {
            throw failure(damaged.why() + " in " + where);
        }
        return token;
    }

    private static Optional<Long> seconds(JsonNode node) {
        if (node == null) {
            return Optional.empty();
        }
        long value = node.isIntegralNumber() || node.isTextual() ? node.asLong(-1) : -1;
        return value >= 0 && value <= MAX_SECONDS ? Optional.of(value) : Optional.empty();
    }

    private static LocalFailure failure(String seen) {
        return new LocalFailure(
                "no-token",
                "there is no usable access token",
                seen,
                "the token alone on the first line, or a JSON object with access_token",
                "hand over the access_token of the token response unchanged");
    }
}
