package porthole.aad.token;

import porthole.aad.PopKey;
import porthole.aad.RdpResource;

/**
 * What a token is asked for.
 *
 * @param scope of the token, not percent-encoded
 * @param reqCnf the wrapped thumbprint of {@code key}, which makes it a proof-of-possession token
 * @param target the machine that the token is for
 * @param key the key that the token is to be bound to
 */
public record TokenRequest(String scope, String reqCnf, RdpResource target, PopKey key) {
    /** The request for one machine and one key. */
    public static TokenRequest of(RdpResource target, PopKey key) {
        return new TokenRequest(target.scope(), key.reqCnf(), target, key);
    }
}
