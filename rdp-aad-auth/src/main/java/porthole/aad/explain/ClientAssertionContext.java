package porthole.aad.explain;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * What a client assertion is measured against.
 *
 * @param at the authority's time
 * @param clientId of the client; empty: any
 * @param tenant that is asked; empty: any
 * @param authority host of the authority; empty: any
 * @param certificate that is registered; empty where it is not at hand
 */
public record ClientAssertionContext(
        Instant at,
        Optional<String> clientId,
        Optional<String> tenant,
        Optional<String> authority,
        Optional<X509Certificate> certificate) {
    /** Only the time is known. */
    public static ClientAssertionContext at(Instant at) {
        return new ClientAssertionContext(at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
