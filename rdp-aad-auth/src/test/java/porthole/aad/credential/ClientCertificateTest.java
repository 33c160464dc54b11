package porthole.aad.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.fixtures.HostCertificate;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.Secret;

class ClientCertificateTest {
    private static final HostCertificate PAIR = HostCertificate.windowsLike();
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static String certificatePem() throws Exception {
        return pem("CERTIFICATE", PAIR.certificate().getEncoded());
    }

    private Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "c", ".pem"), text);
    }

    private static void isThePair(ClientCertificate read) {
        assertThat(read.certificate()).isEqualTo(PAIR.certificate());
        byte[] message = "message".getBytes(StandardCharsets.US_ASCII);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            byte[] signature = read.sign(algorithm, message);
            assertThat(algorithm.verifies(PAIR.certificate().getPublicKey(), message, signature))
                    .isTrue();
        }
        assertThat(read.toString()).isEqualTo("ClientCertificate[CN=rdphost]");
    }

    @Test
    void pemWithBothInOneFile() throws Exception {
        Path file = file(pem("PRIVATE KEY", PAIR.privateKey().getEncoded()) + certificatePem());
        isThePair(ClientCertificate.read(file, Optional.empty(), Secret.NONE));
    }

    @Test
    void theKeyInAFileOfItsOwnAndInTheOldWrapping() throws Exception {
        byte[] pkcs1 = PrivateKeyInfo.getInstance(PAIR.privateKey().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        Path key = file(pem("RSA PRIVATE KEY", pkcs1));
        isThePair(ClientCertificate.read(file(certificatePem()), Optional.of(key), Secret.NONE));
    }

    @Test
    void anEncryptedKey() throws Exception {
        String scheme = "PBEWithHmacSHA256AndAES_256";
        SecretKey secret = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        byte[] der = new EncryptedPrivateKeyInfo(
                        parameters, cipher.doFinal(PAIR.privateKey().getEncoded()))
                .getEncoded();
        Path file = file(pem("ENCRYPTED PRIVATE KEY", der) + certificatePem());
        isThePair(ClientCertificate.read(file, Optional.empty(), Secret.of(PASSWORD)));
        for (Secret wrong : List.of(Secret.NONE, Secret.of("wrong"))) {
            assertThatThrownBy(() -> ClientCertificate.read(file, Optional.empty(), wrong))
                    .isInstanceOfSatisfying(
                            RdpFailure.class,
                            f -> assertThat(f.report().cause()).isEqualTo("client-certificate"));
        }
    }

    @Test
    void pkcs12() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", PAIR.privateKey(), PASSWORD.toCharArray(), new Certificate[] {PAIR.certificate()});
        Path file = folder.resolve("client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        isThePair(ClientCertificate.read(file, Optional.empty(), Secret.of(PASSWORD)));
        assertThatThrownBy(() -> ClientCertificate.read(file, Optional.empty(), Secret.of("wrong")))
                .isInstanceOf(RdpFailure.class)
                .hasMessageContaining("PKCS#12")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void whatCannotBeUsedIsSaid() throws Exception {
        HostCertificate other = HostCertificate.options().create();
        assertThatThrownBy(() -> ClientCertificate.of(other.privateKey(), List.of(PAIR.certificate())))
                .hasMessageContaining("does not belong");
        HostCertificate small = HostCertificate.options().keyBits(1024).create();
        assertThatThrownBy(() -> ClientCertificate.of(small.privateKey(), List.of(small.certificate())))
                .hasMessageContaining("2048");
        Path withoutKey = file(certificatePem());
        assertThatThrownBy(() -> ClientCertificate.read(withoutKey, Optional.empty(), Secret.NONE))
                .hasMessageContaining("without a private key");
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(PAIR.privateKey());
        }
        Path withoutCertificate = file(text.toString());
        assertThatThrownBy(() -> ClientCertificate.read(withoutCertificate, Optional.empty(), Secret.NONE))
                .hasMessageContaining("no certificate");
        Path noLibrary = file("name = none\nlibrary = /nonexistent/library.so\n");
        assertThatThrownBy(() -> ClientCertificate.pkcs11(noLibrary, Secret.of("1234"), Optional.empty()))
                .isInstanceOf(RdpFailure.class)
                .hasMessageContaining("PKCS#11");
        assertThatThrownBy(() -> ClientCertificate.read(folder.resolve("absent"), Optional.empty(), Secret.NONE))
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @EnumSource
    void aThumbprintIsOfTheOctets(Thumbprint kind) {
        String value = kind.of(PAIR.certificate());
        assertThat(Base64.getUrlDecoder().decode(value)).hasSize(kind.octets());
        assertThat(value).doesNotContain("=");
        assertThat(kind.hex(PAIR.certificate())).hasSize(2 * kind.octets());
    }
}
