package porthole.host.entra;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A confidential client and resource that the authority knows.
 *
 * @param certificates with which it proves itself; none makes it a public client
 * @param audiences of which it is the resource, each the beginning of an {@code aud}; besides its client id
 * @param encryption of every token for it, where its registration asks for that
 */
public record MockApplication(
        String clientId, List<X509Certificate> certificates, List<String> audiences, Optional<Encryption> encryption) {

    /**
     * How tokens are encrypted (RFC 7516, RFC 7518).
     *
     * @param certificate whose key they are encrypted to
     * @param alg {@code RSA-OAEP} or {@code RSA-OAEP-256}
     * @param enc for example {@code A256CBC-HS512}
     * @param named whether the header names the certificate with x5t and kid; Entra has left kid out
     */
    public record Encryption(X509Certificate certificate, String alg, String enc, boolean named) {}

    public MockApplication {
        certificates = List.copyOf(certificates);
        audiences = List.copyOf(audiences);
    }

    /** A confidential client. */
    public static MockApplication client(String clientId, X509Certificate... certificates) {
        return new MockApplication(clientId, List.of(certificates), List.of("api://" + clientId), Optional.empty());
    }

    /** A resource whose tokens are encrypted, for audiences that begin like this. */
    public static MockApplication encrypting(String clientId, String audience, Encryption encryption) {
        return new MockApplication(clientId, List.of(), List.of(audience), Optional.of(encryption));
    }

    boolean isAudience(String aud) {
        return aud.equals(clientId) || audiences.stream().anyMatch(aud::startsWith);
    }
}
