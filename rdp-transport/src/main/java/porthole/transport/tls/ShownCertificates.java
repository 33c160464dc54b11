package porthole.transport.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A pipeline's event: the other side of a TLS handshake showed these certificates, whether they were trusted or not.
 *
 * @param chain its own first
 * @param trusted whether the handshake went on
 */
public record ShownCertificates(List<X509Certificate> chain, boolean trusted) {
    public ShownCertificates {
        chain = List.copyOf(chain);
    }
}
