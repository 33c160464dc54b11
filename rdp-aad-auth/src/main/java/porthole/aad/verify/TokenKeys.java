package porthole.aad.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import porthole.aad.entra.Sanitized;
import porthole.protocol.failure.LocalFailure;

/** The keys with which an authority signs its tokens. */
@FunctionalInterface
public interface TokenKeys {
    /** The key of this id. */
    Optional<RSAPublicKey> find(String kid);

    /** The RSA keys of a JWKS document; others are passed over. */
    static TokenKeys ofJwks(String json) {
        Map<String, RSAPublicKey> keys = new TreeMap<>();
        try {
            for (JWK key : JWKSet.parse(json).getKeys()) {
                if (key instanceof RSAKey rsa && key.getKeyID() != null) {
                    keys.put(key.getKeyID(), rsa.toRSAPublicKey());
                }
            }
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new LocalFailure(
                    "jwks",
                    "the authority's signing keys cannot be read",
                    Sanitized.line(String.valueOf(e.getMessage())),
                    "a JWKS document",
                    "check the authority's jwks_uri");
        }
        return kid -> Optional.ofNullable(keys.get(kid));
    }
}
