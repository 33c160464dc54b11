package porthole.aad.jwe;

import java.time.Duration;
import java.util.Optional;

/**
 * What a resource asks of an access token. What is empty is not asked.
 *
 * @param issuer exact {@code iss}
 * @param audience exact {@code aud}
 * @param tenant exact {@code tid}
 * @param client exact {@code azp} (v2) or {@code appid} (v1)
 * @param credential exact {@code azpacr} or {@code appidacr}: 0 public client, 1 secret, 2 certificate
 * @param tolerance how far clocks may differ
 */
public record TokenPolicy(
        Optional<String> issuer,
        Optional<String> audience,
        Optional<String> tenant,
        Optional<String> client,
        Optional<String> credential,
        Duration tolerance) {
    /** Signature and times alone. */
    public static final TokenPolicy ANY = new TokenPolicy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMinutes(5));
}
