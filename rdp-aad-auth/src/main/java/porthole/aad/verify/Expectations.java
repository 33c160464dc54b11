package porthole.aad.verify;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import porthole.aad.RdpResource;

/**
 * What a host knows and an assertion is measured against.
 *
 * @param audiences resource URIs of this host
 * @param keys of the authority; empty where only an outside view is wanted, and then nobody is signed in
 * @param nonces of the authority; the same
 * @param issuer the only one that is accepted; empty: any
 * @param tenant the only one that is accepted; empty: any
 * @param tolerance how far clocks may differ
 */
public record Expectations(
        Set<String> audiences,
        Optional<TokenKeys> keys,
        Optional<NonceRegister> nonces,
        Optional<String> issuer,
        Optional<String> tenant,
        Duration tolerance) {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    public Expectations {
        audiences = Set.copyOf(audiences);
    }

    /** What a host of this name asks for, of any tenant that the keys' authority serves. */
    public static Expectations host(RdpResource resource, TokenKeys keys, NonceRegister nonces) {
        return new Expectations(
                Set.of(resource.uri()),
                Optional.of(keys),
                Optional.of(nonces),
                Optional.empty(),
                Optional.empty(),
                TOLERANCE);
    }

    /** An outside view: what can be said without the authority's keys and nonces. */
    public static Expectations offline(RdpResource resource) {
        return new Expectations(
                Set.of(resource.uri()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TOLERANCE);
    }

    /** The same, for one issuer and tenant only. */
    public Expectations of(String onlyIssuer, String onlyTenant) {
        return new Expectations(audiences, keys, nonces, Optional.of(onlyIssuer), Optional.of(onlyTenant), tolerance);
    }

    /** The same, for these names of the host too. */
    public Expectations alsoFor(RdpResource... others) {
        Set<String> all = new TreeSet<>(audiences);
        for (RdpResource other : others) {
            all.add(other.uri());
        }
        return new Expectations(all, keys, nonces, issuer, tenant, tolerance);
    }
}
