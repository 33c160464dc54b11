package porthole.aad.rdsaad;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import porthole.aad.PopKey;
import porthole.aad.RdpResource;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraHttp;
import porthole.aad.token.TokenSource;
import porthole.transport.Target;

/**
 * What RDSAAD needs besides the connection itself.
 *
 * @param tokens where RDP access tokens come from
 * @param key the proof-of-possession key that an existing token is bound to; empty makes a fresh one for each connection
 * @param authority whose nonce goes into the assertion
 * @param http how the authority is reached
 */
public record RdsAadSettings(
        TokenSource tokens,
        Optional<PopKey> key,
        Authority authority,
        EntraHttp http,
        Clock clock,
        SecureRandom random) {

    /**
     * The resource of a target: its Entra name as it stands where one was given, else what its host name registers as.
     */
    static RdpResource resource(Target target) {
        return target.entraName().equals(target.host())
                ? RdpResource.ofHost(target.host())
                : RdpResource.named(target.entraName());
    }
}
