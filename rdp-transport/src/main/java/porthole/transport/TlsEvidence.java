package porthole.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import porthole.protocol.wire.Bytes;

/**
 * What the TLS handshake showed.
 *
 * @param version for example {@code TLSv1.3}
 * @param cipher the cipher suite's name
 * @param chain the certificates that the host sent, its own first; empty in a replay without certificate
 * @param sha256 of the host's certificate, lower-case hexadecimal; empty where there is none
 * @param publicKey the subject public key octets that CredSSP binds to (MS-CSSP 3.1.5); may be empty
 * @param trustedBecause why the certificate was accepted
 */
public record TlsEvidence(
        String version,
        String cipher,
        List<X509Certificate> chain,
        String sha256,
        Bytes publicKey,
        String trustedBecause) {

    public TlsEvidence {
        chain = List.copyOf(chain);
    }

    /** The facts for the stage's event. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", version);
        facts.put("cipher", cipher);
        if (!chain.isEmpty()) {
            X509Certificate own = chain.get(0);
            facts.put("subject", own.getSubjectX500Principal().getName());
            facts.put("issuer", own.getIssuerX500Principal().getName());
            facts.put("notBefore", own.getNotBefore().toInstant().toString());
            facts.put("notAfter", own.getNotAfter().toInstant().toString());
        }
        facts.put("sha256", sha256);
        if (!chain.isEmpty()) {
            try {
                facts.put("spki", CertificateHashes.of(chain.get(0)).publicKeyBase64());
            } catch (CertificateException unreadable) {
                facts.put("spki", "");
            }
        }
        facts.put("trustedBecause", trustedBecause);
        return facts;
    }
}
