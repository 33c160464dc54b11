package porthole.host.session;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import porthole.protocol.failure.LocalFailure;

/** The key and certificate with which a host presents itself. */
public record HostIdentity(PrivateKey key, X509Certificate certificate) {
    private static final int KEY_BITS = 2048;
    private static final int EC_BITS = 256;
    private static final int SERIAL_BITS = 127;
    private static final Duration VALIDITY = Duration.ofDays(182);

    /** A certificate like those that Windows hosts make for themselves: common name alone, half a year. */
    public static HostIdentity selfSigned(String name, SecureRandom random) {
        return selfSigned(name, Instant.now().minus(Duration.ofDays(1)), rsa(random), random);
    }

    /** The same with a key on P-256, which is made at once; RDSTLS and standard RDP security need RSA. */
    public static HostIdentity elliptic(String name, SecureRandom random) {
        return selfSigned(name, Instant.now().minus(Duration.ofDays(1)), pair("EC", EC_BITS, random), random);
    }

    /** The same, of which the half year ended. */
    public static HostIdentity expired(String name, SecureRandom random) {
        return selfSigned(name, Instant.now().minus(VALIDITY).minus(Duration.ofDays(30)), rsa(random), random);
    }

    private static KeyPair rsa(SecureRandom random) {
        return pair("RSA", KEY_BITS, random);
    }

    private static KeyPair pair(String algorithm, int bits, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new LocalFailure(
                    "certificate", "the host's key could not be made", e.toString(), "", "see the cause", e);
        }
    }

    private static HostIdentity selfSigned(String name, Instant from, KeyPair pair, SecureRandom random) {
        try {
            var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(from),
                    Date.from(from.plus(VALIDITY)),
                    subject,
                    pair.getPublic());
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            boolean rsa = pair.getPrivate().getAlgorithm().equals("RSA");
            int usage = rsa ? KeyUsage.keyEncipherment | KeyUsage.dataEncipherment : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, false, new KeyUsage(usage));
            var signer =
                    new JcaContentSignerBuilder(rsa ? "SHA256withRSA" : "SHA256withECDSA").build(pair.getPrivate());
            return new HostIdentity(
                    pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new LocalFailure(
                    "certificate", "the host's certificate could not be made", e.toString(), "", "see the cause", e);
        }
    }

    /** SHA-256 of the certificate in lower-case hexadecimal: what a client pins. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new LocalFailure("certificate", "the certificate cannot be encoded", e.toString(), "", "", e);
        }
    }

    /** The server's side of TLS 1.2 and 1.3 with this identity. */
    public SslContext tls() {
        try {
            return SslContextBuilder.forServer(key, certificate)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new LocalFailure(
                    "certificate",
                    "TLS cannot use the certificate",
                    e.toString(),
                    "a key and a certificate that belong together",
                    "check both files",
                    e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "HostIdentity[" + certificate.getSubjectX500Principal() + "]";
    }
}
