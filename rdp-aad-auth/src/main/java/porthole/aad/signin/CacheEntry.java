package porthole.aad.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import porthole.aad.json.StrictJson;

/**
 * One token of the cache.
 *
 * @param kind a refresh token serves every audience; an access token one
 * @param authority base and tenant that it was got from
 * @param clientId of the application
 * @param user who signed in
 * @param audience the scope of an access token; empty for a refresh token
 * @param popKey thumbprint of the key that an access token is bound to; empty where it is bound to none
 * @param expiresAt of an access token
 * @param token a secret
 */
public record CacheEntry(
        Kind kind,
        String authority,
        String clientId,
        String user,
        String audience,
        String popKey,
        Optional<Instant> expiresAt,
        String token) {
    /** What a token is good for. */
    public enum Kind {
        REFRESH,
        ACCESS
    }

    /** Whether both are for the same, so that one takes the place of the other. */
    boolean replaces(CacheEntry other) {
        return kind == other.kind
                && authority.equals(other.authority)
                && clientId.equals(other.clientId)
                && user.equals(other.user)
                && audience.equals(other.audience)
                && popKey.equals(other.popKey);
    }

    boolean isExpired(Instant now) {
        return expiresAt.filter(t -> !t.isAfter(now)).isPresent();
    }

    ObjectNode object() {
        ObjectNode object = StrictJson.newObject()
                .put("kind", kind.name())
                .put("authority", authority)
                .put("clientId", clientId)
                .put("user", user)
                .put("audience", audience)
                .put("popKey", popKey)
                .put("token", token);
        expiresAt.ifPresent(t -> object.put("expiresAt", t.getEpochSecond()));
        return object;
    }

    /** Empty where a part is missing. */
    static Optional<CacheEntry> of(JsonNode node) {
        String kind = StrictJson.text(node, "kind").orElse("");
        Optional<String> token = StrictJson.text(node, "token");
        JsonNode expires = node.get("expiresAt");
        boolean known = kind.equals(Kind.REFRESH.name()) || kind.equals(Kind.ACCESS.name());
        boolean time = expires == null
                || expires.isIntegralNumber()
                        && expires.asLong() >= 0
                        && expires.asLong() <= Instant.MAX.getEpochSecond();
        if (!known || token.isEmpty() || !time) {
            return Optional.empty();
        }
        return Optional.of(new CacheEntry(
                Kind.valueOf(kind),
                StrictJson.text(node, "authority").orElse(""),
                StrictJson.text(node, "clientId").orElse(""),
                StrictJson.text(node, "user").orElse(""),
                StrictJson.text(node, "audience").orElse(""),
                StrictJson.text(node, "popKey").orElse(""),
                Optional.ofNullable(expires).map(e -> Instant.ofEpochSecond(e.asLong())),
                token.get()));
    }

    /** Whose, for what, until when; not the token. */
    @Override
    public String toString() {
        return "CacheEntry[" + kind + ", " + authority + ", " + clientId + ", " + user + ", " + audience + ", "
                + expiresAt.map(Instant::toString).orElse("") + "]";
    }
}
