package porthole.transport;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One thing by which the host's certificate may be recognised.
 *
 * @param kind what was hashed
 * @param sha256 the hash, 64 lower-case hexadecimal digits
 */
public record CertificatePin(Kind kind, String sha256) {
    private static final int HASH_OCTETS = 32;

    /** What a pin is the hash of. */
    public enum Kind {
        /** The DER octets of the whole certificate. */
        CERTIFICATE,
        /** The SubjectPublicKeyInfo. */
        PUBLIC_KEY
    }

    public CertificatePin {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a SHA-256 has 64 lower-case hexadecimal digits");
        }
    }

    /**
     * Reads {@code sha256:HEX} or bare {@code HEX} (the certificate), {@code spki:BASE64}, {@code spki:HEX} or curl's
     * {@code sha256//BASE64} (the public key); colons may stand between the hexadecimal digits.
     */
    public static CertificatePin parse(String text) {
        String pin = text.strip();
        if (pin.startsWith("spki:")) {
            return new CertificatePin(Kind.PUBLIC_KEY, hash(pin.substring("spki:".length()), text));
        }
        if (pin.startsWith("sha256//")) {
            return new CertificatePin(Kind.PUBLIC_KEY, base64(pin.substring("sha256//".length()), text));
        }
        String digits = pin.startsWith("sha256:") ? pin.substring("sha256:".length()) : pin;
        return new CertificatePin(Kind.CERTIFICATE, hexadecimal(digits, text));
    }

    private static String hash(String hash, String text) {
        return hash.replace(":", "").length() == 2 * HASH_OCTETS ? hexadecimal(hash, text) : base64(hash, text);
    }

    private static String hexadecimal(String hash, String text) {
        String digits = hash.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw notAPin(text);
        }
        return digits;
    }

    private static String base64(String hash, String text) {
        try {
            byte[] octets = Base64.getDecoder().decode(hash);
            if (octets.length == HASH_OCTETS) {
                return HexFormat.of().formatHex(octets);
            }
        } catch (IllegalArgumentException notBase64) {
            // said below, as for a wrong length
        }
        throw notAPin(text);
    }

    private static IllegalArgumentException notAPin(String text) {
        return new IllegalArgumentException("'" + text
                + "' is no pin: write sha256: and the certificate's SHA-256 in 64 hexadecimal digits, or spki: and the"
                + " public key's in 44 characters of Base64");
    }

    /** Whether a certificate with these hashes is the pinned one. */
    public boolean matches(CertificateHashes hashes) {
        return sha256.equals(kind == Kind.CERTIFICATE ? hashes.certificate() : hashes.publicKey());
    }

    /** {@code sha256:HEX} or {@code spki:BASE64}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return kind == Kind.CERTIFICATE
                ? "sha256:" + sha256
                : "spki:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    }
}
