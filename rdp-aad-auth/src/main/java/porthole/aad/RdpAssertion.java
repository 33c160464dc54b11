package porthole.aad;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

/**
 * The signed statement of the Authentication Request PDU: a compact JWS whose parts are kept as they are on the wire
 * (MS-RDPBCGR 2.2.18.2.1).
 *
 * @param header the JOSE header, JSON text
 * @param payload the claims, JSON text; holds the access token
 * @param signature RS256 over the two encoded parts
 */
public record RdpAssertion(String header, String payload, Bytes signature) {
    private static final String SECTION = "MS-RDPBCGR 2.2.18.2.1";

    /** Longest compact form that is read, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    /**
     * What an assertion states.
     *
     * @param serverNonce {@code ts_nonce} of the host, carried unchanged
     * @param token the RDP access token
     * @param resource the machine that the token is for
     * @param aadNonce the nonce of the authority, for this one connection
     * @param at the time of signing; whole seconds go out
     */
    public record Claims(String serverNonce, RdpAccessToken token, RdpResource resource, String aadNonce, Instant at) {
        /** Which machine and when; no token, no nonce. */
        @Override
        public String toString() {
            return "Claims[" + resource.uri() + ", at=" + at.getEpochSecond() + "]";
        }
    }

    /** Signs {@code claims}; takes 1 to 2 ms. */
    public static RdpAssertion sign(Claims claims, PopKey key) {
        String header = headerText(key.reqCnf());
        String payload = payloadText(claims, key.e(), key.n());
        byte[] input = signingInput(header, payload).getBytes(StandardCharsets.US_ASCII);
        return new RdpAssertion(header, payload, Bytes.of(key.sign(input)));
    }

    /** The header: {@code kid} may be any string; the wrapped thumbprint is what the reference client sends. */
    static String headerText(String kid) {
        return "{\"alg\":\"RS256\",\"kid\":" + StrictJson.quote(kid) + "}";
    }

    /** The payload: {@code ts} and {@code client_claims} are strings, the latter holding a second JSON text. */
    static String payloadText(Claims claims, String e, String n) {
        String clientClaims = "{\"aad_nonce\":" + StrictJson.quote(claims.aadNonce()) + "}";
        return "{\"ts\":\"" + claims.at().getEpochSecond()
                + "\",\"at\":" + StrictJson.quote(claims.token().value())
                + ",\"u\":" + StrictJson.quote(claims.resource().uri())
                + ",\"nonce\":" + StrictJson.quote(claims.serverNonce())
                + ",\"cnf\":{\"jwk\":{\"kty\":\"RSA\",\"e\":\"" + e + "\",\"n\":\"" + n + "\"}}"
                + ",\"client_claims\":" + StrictJson.quote(clientClaims) + "}";
    }

    /** Takes a compact JWS apart; says nothing about what its parts hold. */
    public static RdpAssertion parse(String compact) {
        if (compact.length() > MAX_LENGTH) {
            throw malformed("", compact.length() + " characters", "at most " + MAX_LENGTH + " characters");
        }
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw malformed("", parts.length + " segments", "three segments: header, payload, signature");
        }
        return new RdpAssertion(
                text(parts[0], "header"), text(parts[1], "payload"), Bytes.of(octets(parts[2], "signature")));
    }

    /** The value of {@code rdp_assertion}. */
    public String compact() {
        return signingInput(header, payload) + "." + Base64Url.encode(signature.toArray());
    }

    /** The ASCII octets that the signature is over. */
    public byte[] signingInput() {
        return signingInput(header, payload).getBytes(StandardCharsets.US_ASCII);
    }

    private static String signingInput(String header, String payload) {
        return Base64Url.encode(header) + "." + Base64Url.encode(payload);
    }

    private static byte[] octets(String part, String field) {
        return Base64Url.decode(part)
                .orElseThrow(() -> malformed(field, part.length() + " characters", "base64url without padding"));
    }

    private static String text(String part, String field) {
        String text = new String(octets(part, field), StandardCharsets.UTF_8);
        if (!Base64Url.encode(text).equals(part)) {
            throw malformed(field, "octets that are not UTF-8", "UTF-8 text");
        }
        return text;
    }

    private static WireException malformed(String field, String seen, String rule) {
        return new WireException(
                "AuthenticationRequest",
                "rdp_assertion" + (field.isEmpty() ? "" : "." + field),
                0,
                seen,
                rule,
                SECTION);
    }

    /** Lengths only: the payload holds the token. */
    @Override
    public String toString() {
        return "RdpAssertion[header=" + header.length() + ", payload=" + payload.length() + ", signature="
                + signature.size() + " octets]";
    }
}
