package porthole.aad;

import java.time.Instant;
import java.util.Optional;

/**
 * The access token that goes into the assertion, exactly as it was received.
 *
 * @param value the token; a secret
 * @param expiresAt where the token's issuer said so beside the token
 * @param tokenType {@code pop}, {@code Bearer}, or empty where nobody said
 */
public record RdpAccessToken(String value, Optional<Instant> expiresAt, String tokenType) {
    /** A token about which nothing else is known. */
    public static RdpAccessToken of(String value) {
        return new RdpAccessToken(value, Optional.empty(), "");
    }

    /** Length, lifetime and type; never the token. */
    @Override
    public String toString() {
        return "RdpAccessToken[" + value.length() + " characters, expiresAt="
                + expiresAt.map(Instant::toString).orElse("unknown") + ", tokenType=" + tokenType + "]";
    }
}
