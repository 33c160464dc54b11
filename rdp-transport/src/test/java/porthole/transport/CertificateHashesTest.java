package porthole.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.HostCertificate;

/** Hashes of certificates, beside what an ASN.1 library makes of them. */
class CertificateHashesTest {
    /** Hosts of several makers, and two generated ones. */
    static Stream<X509Certificate> certificates() throws Exception {
        return Stream.of(
                recorded("freerdp-nla-shadow/ntlm-ok/server-cert.der"),
                recorded("freerdp-nla-shadow/server.crt.pem"),
                recorded("gateway-arm/host.crt.pem"),
                HostCertificate.windowsLike().certificate(),
                HostCertificate.options().keyBits(3072).create().certificate());
    }

    private static X509Certificate recorded(String file) throws Exception {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("porthole.fixtures"), file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void ofTheWholeAndOfItsKey(X509Certificate certificate) throws Exception {
        CertificateHashes hashes = CertificateHashes.of(certificate);
        byte[] key = Certificate.getInstance(certificate.getEncoded())
                .getSubjectPublicKeyInfo()
                .getEncoded();
        assertThat(hashes.publicKey()).isEqualTo(sha256(key));
        assertThat(hashes.certificate()).isEqualTo(sha256(certificate.getEncoded()));
    }

    @Test
    void anEllipticKey() throws Exception {
        // RSA keys begin behind lengths of two octets; this one is short
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(ellipticCertificate()));
        assertThat(CertificateHashes.of(certificate).publicKey())
                .isEqualTo(sha256(certificate.getPublicKey().getEncoded()));
    }

    private static byte[] ellipticCertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=a");
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509v1CertificateBuilder(
                        name, BigInteger.ONE, new Date(0), new Date(1_000_000_000_000L), name, pair.getPublic())
                .build(signer)
                .getEncoded();
    }

    private static String sha256(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }
}
