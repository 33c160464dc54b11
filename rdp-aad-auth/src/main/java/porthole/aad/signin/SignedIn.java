package porthole.aad.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import porthole.aad.grant.TokenResponse;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/**
 * Who signed in, read from the answer and not verified: it names entries of the cache, and nothing depends on it.
 *
 * @param user the user principal name, else what else names the user, else {@code unknown}
 */
public record SignedIn(String user) {
    private static final Set<String> OF_THE_SIGN_IN = Set.of("openid", "profile", "email", "offline_access");

    /** The user of a token response. */
    public static SignedIn of(TokenResponse response) {
        return new SignedIn(response.idToken()
                .flatMap(SignedIn::name)
                .or(() -> name(response.accessToken()))
                .orElse("unknown"));
    }

    private static Optional<String> name(String token) {
        String[] parts = token.split("\\.", -1);
        Optional<ObjectNode> claims =
                parts.length == 3 ? Base64Url.decodeText(parts[1]).flatMap(StrictJson::object) : Optional.empty();
        return claims.flatMap(c -> StrictJson.text(c, "preferred_username")
                .or(() -> StrictJson.text(c, "upn"))
                .or(() -> StrictJson.text(c, "oid"))
                .filter(n -> !n.isBlank() && n.length() <= 256));
    }

    /** The cache entries of a token response: a refresh token for everything, an access token for its scope. */
    public List<CacheEntry> entries(
            TokenResponse response, String authority, String clientId, String scope, String popKey) {
        List<CacheEntry> entries = new ArrayList<>();
        response.refreshToken()
                .ifPresent(token -> entries.add(new CacheEntry(
                        CacheEntry.Kind.REFRESH, authority, clientId, user, "", "", Optional.empty(), token)));
        Optional<Instant> expires = response.expiresAt();
        if (expires.isPresent()) { // one that nobody knows the end of is not kept
            entries.add(new CacheEntry(
                    CacheEntry.Kind.ACCESS,
                    authority,
                    clientId,
                    user,
                    audience(scope),
                    popKey,
                    expires,
                    response.accessToken()));
        }
        return entries;
    }

    /** What an access token of a scope is for: the scope without what the sign-in itself is told. */
    static String audience(String scope) {
        return Stream.of(scope.split(" "))
                .filter(part -> !part.isEmpty() && !OF_THE_SIGN_IN.contains(part))
                .collect(Collectors.joining(" "));
    }
}
