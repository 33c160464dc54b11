package porthole.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Fixtures;
import porthole.protocol.failure.WireException;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;

class ServerCertificateTest {
    @Test
    void keyOfAnX509Chain() throws Exception {
        byte[] der = Files.readAllBytes(Fixtures.recording("freerdp-tls-xrdp/login-screen")
                .serverCertificate()
                .orElseThrow());
        RSAPublicKey expected = (RSAPublicKey) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
        ServerCertificate.X509Chain chain = new ServerCertificate.X509Chain(
                ServerCertificate.CERT_CHAIN_VERSION_2 | ServerCertificate.TEMPORARY,
                List.of(Bytes.hex("3000"), Bytes.of(der)),
                new RsaPublicKey(expected.getModulus(), expected.getPublicExponent()),
                Bytes.of(new byte[16]));
        byte[] octets = chain.toByteArray();
        assertThat(RecordedUserData.decode(octets, ServerCertificate::decode)).isEqualTo(chain);
        RecordedUserData.holds(octets, ServerCertificate::decode);
    }

    @Test
    void unusableKeysAreRefused() {
        assertThatThrownBy(() -> new RsaPublicKey(BigInteger.ONE.shiftLeft(512), BigInteger.valueOf(3)))
                .isInstanceOf(IllegalArgumentException.class);
        RsaPublicKey key = new RsaPublicKey(BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE), BigInteger.valueOf(3));
        assertThatThrownBy(() -> key.encrypt(Bytes.hex("ff".repeat(9)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordedUserData.decode(new byte[] {3, 0, 0, 0}, ServerCertificate::decode))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("dwVersion");
    }
}
