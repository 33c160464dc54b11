package porthole.aad.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.aad.RdpResource;
import porthole.aad.verify.TokenKeys;
import porthole.protocol.wire.Bytes;

/**
 * What is known beside an assertion. Everything may be missing; each part makes more causes visible.
 *
 * @param host the Entra name of the host that was reached, or its whole resource URI
 * @param tenant the tenant of the device
 * @param authority host of the authority of the device's cloud
 * @param at when the host judged, by a right clock
 * @param serverNonce {@code ts_nonce} of the connection as received
 * @param aadNonce the authority's nonce as received for the connection
 * @param nonceAuthority host of the authority that gave its nonce
 * @param keys the signing keys of the authority
 * @param clockOffset how far the authority's clock is ahead of the client's
 * @param serverNonceAge time from the server nonce to the assertion
 * @param aadNonceAge time from the authority's nonce to the assertion
 * @param sent the octets of the Authentication Request PDU as they went out
 * @param earlier assertions of attempts before this one
 */
public record AssertionContext(
        Optional<String> host,
        Optional<String> tenant,
        Optional<String> authority,
        Optional<Instant> at,
        Optional<String> serverNonce,
        Optional<String> aadNonce,
        Optional<String> nonceAuthority,
        Optional<TokenKeys> keys,
        Optional<Duration> clockOffset,
        Optional<Duration> serverNonceAge,
        Optional<Duration> aadNonceAge,
        Optional<Bytes> sent,
        List<String> earlier) {
    /** Nothing is known. */
    public static final AssertionContext NONE = new Draft(null).build();

    public AssertionContext {
        earlier = List.copyOf(earlier);
    }

    /** The same context while it changes. */
    private static final class Draft {
        Optional<String> host = Optional.empty();
        Optional<String> tenant = Optional.empty();
        Optional<String> authority = Optional.empty();
        Optional<Instant> at = Optional.empty();
        Optional<String> serverNonce = Optional.empty();
        Optional<String> aadNonce = Optional.empty();
        Optional<String> nonceAuthority = Optional.empty();
        Optional<TokenKeys> keys = Optional.empty();
        Optional<Duration> clockOffset = Optional.empty();
        Optional<Duration> serverNonceAge = Optional.empty();
        Optional<Duration> aadNonceAge = Optional.empty();
        Optional<Bytes> sent = Optional.empty();
        List<String> earlier = List.of();

        Draft(AssertionContext from) {
            if (from != null) {
                host = from.host;
                tenant = from.tenant;
                authority = from.authority;
                at = from.at;
                serverNonce = from.serverNonce;
                aadNonce = from.aadNonce;
                nonceAuthority = from.nonceAuthority;
                keys = from.keys;
                clockOffset = from.clockOffset;
                serverNonceAge = from.serverNonceAge;
                aadNonceAge = from.aadNonceAge;
                sent = from.sent;
                earlier = from.earlier;
            }
        }

        AssertionContext build() {
            return new AssertionContext(
                    host,
                    tenant,
                    authority,
                    at,
                    serverNonce,
                    aadNonce,
                    nonceAuthority,
                    keys,
                    clockOffset,
                    serverNonceAge,
                    aadNonceAge,
                    sent,
                    earlier);
        }
    }

    /** The same with the Entra name of the host that was reached, or its whole resource URI. */
    public AssertionContext withHost(String value) {
        Draft draft = new Draft(this);
        draft.host = Optional.of(value);
        return draft.build();
    }

    /** The same with the tenant of the device. */
    public AssertionContext withTenant(String value) {
        Draft draft = new Draft(this);
        draft.tenant = Optional.of(value);
        return draft.build();
    }

    /** The same with host of the authority of the device's cloud. */
    public AssertionContext withAuthority(String value) {
        Draft draft = new Draft(this);
        draft.authority = Optional.of(value);
        return draft.build();
    }

    /** The same with when the host judged, by a right clock. */
    public AssertionContext withAt(Instant value) {
        Draft draft = new Draft(this);
        draft.at = Optional.of(value);
        return draft.build();
    }

    /** The same with ts_nonce of the connection as received. */
    public AssertionContext withServerNonce(String value) {
        Draft draft = new Draft(this);
        draft.serverNonce = Optional.of(value);
        return draft.build();
    }

    /** The same with the authority's nonce as received for the connection. */
    public AssertionContext withAadNonce(String value) {
        Draft draft = new Draft(this);
        draft.aadNonce = Optional.of(value);
        return draft.build();
    }

    /** The same with host of the authority that gave its nonce. */
    public AssertionContext withNonceAuthority(String value) {
        Draft draft = new Draft(this);
        draft.nonceAuthority = Optional.of(value);
        return draft.build();
    }

    /** The same with the signing keys of the authority. */
    public AssertionContext withKeys(TokenKeys value) {
        Draft draft = new Draft(this);
        draft.keys = Optional.of(value);
        return draft.build();
    }

    /** The same with how far the authority's clock is ahead of the client's. */
    public AssertionContext withClockOffset(Duration value) {
        Draft draft = new Draft(this);
        draft.clockOffset = Optional.of(value);
        return draft.build();
    }

    /** The same with time from the server nonce to the assertion. */
    public AssertionContext withServerNonceAge(Duration value) {
        Draft draft = new Draft(this);
        draft.serverNonceAge = Optional.of(value);
        return draft.build();
    }

    /** The same with time from the authority's nonce to the assertion. */
    public AssertionContext withAadNonceAge(Duration value) {
        Draft draft = new Draft(this);
        draft.aadNonceAge = Optional.of(value);
        return draft.build();
    }

    /** The same with the octets of the Authentication Request PDU as they went out. */
    public AssertionContext withSent(Bytes value) {
        Draft draft = new Draft(this);
        draft.sent = Optional.of(value);
        return draft.build();
    }

    /** The same with one more attempt before this one. */
    public AssertionContext withEarlier(String assertion) {
        Draft draft = new Draft(this);
        draft.earlier = new ArrayList<>(earlier);
        draft.earlier.add(assertion);
        return draft.build();
    }

    /** The resource URI of the host. */
    Optional<String> hostUri() {
        return host.map(h -> h.contains("://") ? h : RdpResource.named(h).uri());
    }

    /** What is known, not what it is: nonces, assertions and octets are secrets for a while. */
    @Override
    public String toString() {
        return "AssertionContext[host=" + host + ", tenant=" + tenant + ", authority=" + authority + ", at=" + at
                + ", earlier=" + earlier.size() + "]";
    }
}
