package porthole.host.entra;

import java.util.Arrays;
import java.util.Optional;

/** What the authority does wrong when it is asked to. */
public enum EntraFault {
    TOKEN_REFUSED("entra-token-refused", "token requests are refused with an AADSTS code"),
    AUTHORIZE_REFUSED("entra-authorize-refused", "the redirect carries an error instead of a code"),
    NONCE_REFUSED("entra-nonce-refused", "nonce requests are refused"),
    NONCE_BUSY("entra-nonce-busy", "nonce requests are answered with status 429 and Retry-After"),
    STALE_NONCE("entra-stale-nonce", "nonces have expired when they are handed out"),
    WRONG_CNF("entra-wrong-cnf", "tokens are bound to another key"),
    BEARER_TOKEN("entra-bearer-token", "tokens are bound to no key"),
    WRONG_AUDIENCE("entra-wrong-audience", "tokens are for another host"),
    WRONG_SIGNATURE("entra-wrong-signature", "tokens carry a broken signature"),
    EXPIRED_TOKEN("entra-expired-token", "tokens have expired when they are issued"),
    CLAIMS_CHALLENGE("entra-claims-challenge", "tokens are refused until a request carries the claims of the refusal"),
    SLOW_DOWN("entra-slow-down", "the first question about a device code is answered slow_down"),
    SLOW("entra-slow", "answers come late"),
    BUSY("entra-busy", "every request is answered with status 429"),
    GARBAGE("entra-garbage", "token and nonce requests are answered with a web page"),
    OVERSIZE("entra-oversize", "token and nonce answers are larger than two million octets"),
    CLOSE("entra-close", "the connection ends where an answer should come"),
    WRONG_CERTIFICATE("entra-wrong-certificate", "the certificate is for another name");

    private final String label;
    private final String description;

    EntraFault(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** The name by which it is asked for. */
    public String label() {
        return label;
    }

    /** One clause: what the authority does. */
    public String description() {
        return description;
    }

    /** The fault of a name. */
    public static Optional<EntraFault> named(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }

    @Override
    public String toString() {
        return label;
    }
}
