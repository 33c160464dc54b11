package porthole.aad.verify;

/** What a host looks at in an assertion, in the order in which it looks. */
public enum Check {
    COMPACT_JWS("compact_jws", "three base64url parts, of which two are JSON objects without duplicate members"),
    MEMBERS("members", "no member beside the six"),
    ALG("alg", "RS256"),
    KID("kid", "a string"),
    CNF_JWK("cnf_jwk", "a public RSA key in its canonical form"),
    KEY_SIZE("key_size", "2048 to 4096 bits with a small exponent"),
    JWS_SIGNATURE("jws_signature", "made with the private key of cnf.jwk"),
    TS_TYPE("ts_type", "a string of decimal digits"),
    TS_FRESH("ts_fresh", "whole seconds, close to the host's clock"),
    NONCE("nonce", "the host's own nonce of this connection"),
    U("u", "the resource URI of this host"),
    CLIENT_CLAIMS("client_claims", "a string that holds a JSON object with aad_nonce"),
    AT_JWT("at_jwt", "an access token that can be read"),
    AT_ALG("at_alg", "RS256"),
    AT_KID_IN_JWKS("at_kid_in_jwks", "a key of the authority"),
    AT_SIGNATURE("at_signature", "made by the authority"),
    AT_NOT_EXPIRED("at_not_expired", "nbf to exp around the host's clock"),
    AT_AUD("at_aud", "the resource URI of this host, as in u"),
    AT_SCP("at_scp", "user_impersonation"),
    AT_CNF_KID("at_cnf_kid", "the thumbprint of cnf.jwk"),
    AT_ISS("at_iss", "the host's authority"),
    AT_TID("at_tid", "the host's tenant"),
    AAD_NONCE_KNOWN("aad_nonce_known", "a nonce that the authority handed out and that has not expired"),
    AAD_NONCE_UNUSED("aad_nonce_unused", "a nonce that was not used before");

    private final String label;
    private final String rule;

    Check(String label, String rule) {
        this.label = label;
        this.rule = rule;
    }

    /** The name that reports use. */
    public String label() {
        return label;
    }

    /** What is expected, in a few words. */
    public String rule() {
        return rule;
    }

    @Override
    public String toString() {
        return label;
    }
}
