package porthole.transport.nla;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.Bytes;

/** RFC 5929 4.1: the digest of the certificate's signature, but nothing weaker than SHA-256. */
class ChannelBindingsTest {
    @ParameterizedTest
    @CsvSource({
        "RSA, SHA1withRSA, SHA-256",
        "RSA, SHA256withRSA, SHA-256",
        "RSA, SHA384withRSA, SHA-384",
        "RSA, SHA512withRSAandMGF1, SHA-512",
        "EC, SHA512withECDSA, SHA-512",
    })
    void hashTheCertificateAsItsSignatureDoes(String key, String signature, String digest) throws Exception {
        X509Certificate certificate = certificate(key, signature);
        byte[] hash = MessageDigest.getInstance(digest).digest(certificate.getEncoded());
        assertThat(ChannelBindings.of(certificate)).isEqualTo(Ntlm.channelBindings(Bytes.of(hash)));
    }

    @ParameterizedTest
    @CsvSource("Ed25519, Ed25519")
    void claimNothingWhereTheSignatureHasNoDigest(String key, String signature) throws Exception {
        assertThat(ChannelBindings.of(certificate(key, signature))).isEqualTo(Bytes.of(new byte[16]));
    }

    private static X509Certificate certificate(String key, String signature) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(key).generateKeyPair();
        X500Principal name = new X500Principal("CN=box.test");
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name, BigInteger.ONE, new Date(0), new Date(4_000_000_000_000L), name, pair.getPublic())
                        .build(new JcaContentSignerBuilder(signature)
                                .setProvider(new BouncyCastleProvider())
                                .build(pair.getPrivate())));
    }
}
