package porthole.transport;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The two SHA-256 hashes by which a certificate can be recognised, each as 64 lower-case hexadecimal digits.
 *
 * @param certificate of the DER octets of the whole certificate
 * @param publicKey of its SubjectPublicKeyInfo, which a renewal with the same key leaves as it is
 */
public record CertificateHashes(String certificate, String publicKey) {
    /** The tag of the version, which certificates of version 1 lack. */
    private static final byte VERSION = (byte) 0xA0;
    /** Serial number, signature algorithm, issuer, validity and subject. */
    private static final int BEFORE_KEY = 5;

    private static final int LONG_LENGTH = 0x80;

    /** Takes both from a certificate. */
    public static CertificateHashes of(X509Certificate certificate) throws CertificateException {
        try {
            byte[] whole = certificate.getEncoded();
            byte[] key = subjectPublicKeyInfo(certificate.getTBSCertificate());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new CertificateHashes(
                    HexFormat.of().formatHex(digest.digest(whole)),
                    HexFormat.of().formatHex(digest.digest(key)));
        } catch (GeneralSecurityException | BufferUnderflowException | IllegalArgumentException e) {
            throw new CertificateException("the certificate cannot be encoded", e);
        }
    }

    /**
     * The octets in the certificate, as a key object would encode its parameters in its own way. RFC 5280 4.1. Read here, as this
     * is the only thing that most sessions would load an ASN.1 library for.
     */
    private static byte[] subjectPublicKeyInfo(byte[] tbsCertificate) {
        ByteBuffer in = ByteBuffer.wrap(tbsCertificate);
        in.get();
        length(in);
        if (in.hasRemaining() && in.get(in.position()) == VERSION) {
            element(in);
        }
        for (int i = 0; i < BEFORE_KEY; i++) {
            element(in);
        }
        return element(in);
    }

    /** The next element with its tag and length. */
    private static byte[] element(ByteBuffer in) {
        int from = in.position();
        in.get();
        int length = length(in);
        byte[] octets = new byte[in.position() - from + length];
        in.position(from).get(octets);
        return octets;
    }

    /** A length of DER: in one octet, or in as many as its low bits say. */
    private static int length(ByteBuffer in) {
        int first = in.get() & 0xFF;
        int length = first < LONG_LENGTH ? first : 0;
        for (int i = LONG_LENGTH; i < first; i++) {
            length = length << 8 | in.get() & 0xFF;
        }
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
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
