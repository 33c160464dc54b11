package porthole.aad.grant;

import java.util.Map;
import java.util.Optional;

/**
 * What a token is wanted for.
 *
 * @param scope not percent-encoded; several with a space between
 * @param reqCnf the wrapped key thumbprint of a proof-of-possession token (MS-RDPBCGR 4.11.4)
 * @param claims of a claims challenge, passed through as it came
 */
public record Wanted(String scope, Optional<String> reqCnf, Optional<String> claims) {
    /** A token of a scope, which whoever has it may use. */
    public static Wanted bearer(String scope) {
        return new Wanted(scope, Optional.empty(), Optional.empty());
    }

    /** A token that is bound to the key of {@code reqCnf}. */
    public static Wanted bound(String scope, String reqCnf) {
        return new Wanted(scope, Optional.of(reqCnf), Optional.empty());
    }

    /** The same in answer to a claims challenge. */
    public Wanted withClaims(String challenge) {
        return new Wanted(scope, reqCnf, Optional.of(challenge));
    }

    void addTo(Map<String, String> form) {
        if (!scope.isEmpty()) {
            form.put("scope", scope);
        }
        reqCnf.ifPresent(value -> {
            form.put("token_type", "pop");
            form.put("req_cnf", value);
        });
        claims.ifPresent(value -> form.put("claims", value));
    }
}
