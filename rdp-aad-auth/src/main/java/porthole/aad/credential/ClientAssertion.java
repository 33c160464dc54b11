package porthole.aad.credential;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/**
 * The JWT with which a confidential client proves itself at the token endpoint (RFC 7523 2.2, 3).
 *
 * @param compact the signed JWT; good for its lifetime to whoever has it
 */
public record ClientAssertion(String compact) {
    /** The value of {@code client_assertion_type}. */
    public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** How long an assertion lives unless something else is asked for. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /**
     * What an assertion states.
     *
     * @param clientId issuer and subject
     * @param audience the token endpoint, as it is spelled in the authority's configuration
     * @param id unique for each assertion
     * @param from the time from which it counts
     * @param lifetime until it expires
     */
    public record Claims(String clientId, String audience, String id, Instant from, Duration lifetime) {}

    /**
     * How an assertion looks.
     *
     * @param thumbprints the header members that name the certificate; at least one
     * @param chain whether the certificates go along ({@code x5c}), for subject name and issuer authentication
     */
    public record Style(SigningAlgorithm algorithm, Set<Thumbprint> thumbprints, boolean chain) {
        /** What the authority's documentation asks for today. */
        public static final Style CURRENT = new Style(SigningAlgorithm.PS256, Set.of(Thumbprint.X5T_S256), false);

        public Style {
            thumbprints = Set.copyOf(thumbprints);
        }
    }

    /** Signs {@code claims} with the key of {@code certificate}. */
    public static ClientAssertion sign(Claims claims, ClientCertificate certificate, Style style) {
        String input = Base64Url.encode(header(certificate, style).toString()) + "."
                + Base64Url.encode(payload(claims).toString());
        byte[] signature = certificate.sign(style.algorithm(), input.getBytes(StandardCharsets.US_ASCII));
        return new ClientAssertion(input + "." + Base64Url.encode(signature));
    }

    private static ObjectNode header(ClientCertificate certificate, Style style) {
        ObjectNode header = StrictJson.newObject()
                .put("typ", "JWT")
                .put("alg", style.algorithm().name());
        for (Thumbprint thumbprint : Thumbprint.values()) {
            if (style.thumbprints().contains(thumbprint)) {
                header.put(thumbprint.member(), thumbprint.of(certificate.certificate()));
            }
        }
        if (style.chain()) {
            ArrayNode chain = header.putArray("x5c");
            for (X509Certificate one : certificate.chain()) {
                try {
                    chain.add(Base64.getEncoder().encodeToString(one.getEncoded()));
                } catch (CertificateEncodingException e) {
                    throw new IllegalArgumentException("a certificate that cannot be encoded", e);
                }
            }
        }
        return header;
    }

    private static ObjectNode payload(Claims claims) {
        long from = claims.from().getEpochSecond();
        return StrictJson.newObject()
                .put("aud", claims.audience())
                .put("iss", claims.clientId())
                .put("sub", claims.clientId())
                .put("jti", claims.id())
                .put("nbf", from)
                .put("iat", from)
                .put("exp", from + claims.lifetime().toSeconds());
    }

    /** The length only: whoever has the assertion is the client. */
    @Override
    public String toString() {
        return "ClientAssertion[" + compact.length() + " characters]";
    }
}
