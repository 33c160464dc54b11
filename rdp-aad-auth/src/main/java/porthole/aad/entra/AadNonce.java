package porthole.aad.entra;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The authority's nonce, good for one connection (MS-RDPBCGR 4.11.3).
 *
 * @param value a secret until it was used
 * @param receivedAt by the local clock
 * @param authorityTime by the authority's clock, which sends whole seconds; where it sent one
 */
public record AadNonce(String value, Instant receivedAt, Optional<Instant> authorityTime) {
    /** How far the authority's clock is ahead of ours (negative: behind), to a second or so. */
    public Optional<Duration> clockOffset() {
        return authorityTime.map(t -> Duration.ofSeconds(t.getEpochSecond() - receivedAt.getEpochSecond()));
    }

    /** When it came, and the clock offset; never the nonce. */
    @Override
    public String toString() {
        return "AadNonce[" + value.length() + " characters, receivedAt=" + receivedAt + ", clockOffset="
                + clockOffset().map(Duration::toString).orElse("unknown") + "]";
    }
}
