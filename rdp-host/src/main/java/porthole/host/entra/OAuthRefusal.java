package porthole.host.entra;

/** A request that is answered with an error document. */
final class OAuthRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final int code;
    private final String claims;

    /** @param words shown to the client behind the code */
    OAuthRefusal(String error, int code, String words) {
        this(error, code, words, "");
    }

    /** @param claims a claims challenge; may be empty */
    OAuthRefusal(String error, int code, String words, String claims) {
        super("AADSTS" + code + ": " + words, null, false, false);
        this.error = error;
        this.code = code;
        this.claims = claims;
    }

    String error() {
        return error;
    }

    int code() {
        return code;
    }

    String claims() {
        return claims;
    }
}
