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
    private static final int SERIAL_BITS = 127;
    private static final Duration VALIDITY = Duration.ofDays(182);

    /** A certificate like those that Windows hosts make for themselves: common name alone, half a year. */
    public static HostIdentity selfSigned(String name, SecureRandom random) {
        return selfSigned(name, Instant.now().minus(Duration.ofDays(1)), random);
    }

    /** The same, of which the half year ended. */
    public static HostIdentity expired(String name, SecureRandom random) {
        return selfSigned(name, Instant.now().minus(VALIDITY).minus(Duration.ofDays(30)), random);
    }

    private static HostIdentity selfSigned(String name, Instant from, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            KeyPair pair = generator.generateKeyPair();
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
            builder.addExtension(
                    Extension.keyUsage, false, new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.dataEncipherment));
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
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
