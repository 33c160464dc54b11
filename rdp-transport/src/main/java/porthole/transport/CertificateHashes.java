package porthole.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The two SHA-256 hashes by which a certificate can be recognised, each as 64 lower-case hexadecimal digits.
 *
 * @param certificate of the DER octets of the whole certificate
 * @param publicKey of its SubjectPublicKeyInfo, which a renewal with the same key leaves as it is
 */
public record CertificateHashes(String certificate, String publicKey) {
    /** Takes both from a certificate. */
    public static CertificateHashes of(X509Certificate certificate) throws CertificateException {
        try {
            byte[] whole = certificate.getEncoded();
            // the octets in the certificate: a key object would encode its parameters in its own way
            byte[] key =
                    Certificate.getInstance(whole).getSubjectPublicKeyInfo().getEncoded();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new CertificateHashes(
                    HexFormat.of().formatHex(digest.digest(whole)),
                    HexFormat.of().formatHex(digest.digest(key)));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new CertificateException("the certificate cannot be encoded", e);
        }
    }

    /** The public key's hash as curl's {@code --pinnedpubkey} writes it behind {@code sha256//}. */
    public String publicKeyBase64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(publicKey));
    }

    /** Both, each in a form that can be copied into a pin. */
    @Override
    public String toString() {
        return "sha256:" + certificate + " spki:" + publicKeyBase64();
    }
}
