package porthole.aad.grant;

import java.util.Optional;
import porthole.protocol.failure.RdpFailure;

/** What a token endpoint answers: a token, or why not in a form that a sign-in can act on. */
public sealed interface TokenAnswer {
    /** The token. */
    record Granted(TokenResponse response) implements TokenAnswer {}

    /**
     * No token.
     *
     * @param error OAuth's name, for example {@code authorization_pending}; empty where the answer has none
     * @param claims a claims challenge: what the next request has to carry
     * @param failure the same for people
     */
    record Denied(String error, Optional<String> claims, RdpFailure failure) implements TokenAnswer {
        /** Whether a person has to sign in again. */
        public boolean needsPerson() {
            return claims.isPresent()
                    || switch (error) {
                        case "invalid_grant",
                                "interaction_required",
                                "consent_required",
                                "login_required",
                                "account_selection_required" -> true;
                        default -> false;
                    };
        }
    }

    /** The token, or the failure thrown. */
    default TokenResponse granted() {
        if (this instanceof Granted granted) {
            return granted.response();
        }
        throw ((Denied) this).failure();
    }
}
