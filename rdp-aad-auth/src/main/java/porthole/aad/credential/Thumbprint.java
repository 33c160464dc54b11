package porthole.aad.credential;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import porthole.aad.json.Base64Url;

/** The header member by which an assertion names its certificate (RFC 7515 4.1.7, 4.1.8). */
public enum Thumbprint {
    /** SHA-1 of the certificate: the older form, which works everywhere. */
    X5T("x5t", "SHA-1", 20),
    /** SHA-256 of the certificate: what the authority's documentation asks for today. */
    X5T_S256("x5t#S256", "SHA-256", 32);

    private final String member;
    private final String digest;
    private final int octets;

    Thumbprint(String member, String digest, int octets) {
        this.member = member;
        this.digest = digest;
        this.octets = octets;
    }

    /** The name of the header member. */
    public String member() {
        return member;
    }

    /** How many octets the digest has. */
    public int octets() {
        return octets;
    }

    /** The value of the header member: base64url of the digest's octets, never of its hexadecimal text. */
    public String of(X509Certificate certificate) {
        return Base64Url.encode(digest(certificate));
    }

    /** The digest in hexadecimal, as portals show it. */
    public String hex(X509Certificate certificate) {
        return HexFormat.of().withUpperCase().formatHex(digest(certificate));
    }

    private byte[] digest(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(digest).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    @Override
    public String toString() {
        return member;
    }
}
