package porthole.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Fixtures;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.ConferenceCreateResponse;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.X224Data;

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
    void recordedProprietaryCertificatesAreSignedWithThePublishedKey() {
        List<Recorded> responses = Recorded.all(row -> row.kind().equals("mcs-connect-response"));
        int seen = 0;
        for (Recorded recorded : responses) {
            ServerSecurityData security = ConferenceCreateResponse.decode(
                            ConnectResponse.decode(X224Data.unwrap(Unpooled.wrappedBuffer(recorded.octets()), null))
                                    .userData(),
                            0)
                    .find(ServerSecurityData.class)
                    .orElseThrow();
            if (security.encryptionMethod() == 0) {
                continue;
            }
            byte[] octets = security.serverCertificate().orElseThrow().toArray();
            ServerCertificate.Proprietary certificate =
                    (ServerCertificate.Proprietary) RecordedUserData.decode(octets, ServerCertificate::decode);
            assertThat(TerminalServicesKey.signed(certificate))
                    .as(recorded.toString())
                    .isTrue();
            octets[octets.length - 12] ^= 1;
            assertThat(TerminalServicesKey.signed(
                            (ServerCertificate.Proprietary) RecordedUserData.decode(octets, ServerCertificate::decode)))
                    .isFalse();
            seen++;
        }
        assertThat(seen).isGreaterThanOrEqualTo(7);
    }

    @Test
    void ownProprietaryCertificatesAreSignedAndEncryptForTheirKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey rsa = (RSAPublicKey) pair.getPublic();
        RsaPublicKey key = new RsaPublicKey(rsa.getModulus(), rsa.getPublicExponent());
        ServerCertificate.Proprietary certificate = ServerCertificate.Proprietary.of(key);
        byte[] octets = certificate.toByteArray();
        assertThat(RecordedUserData.decode(octets, ServerCertificate::decode)).isEqualTo(certificate);
        assertThat(TerminalServicesKey.signed(certificate)).isTrue();
        RecordedUserData.holds(octets, ServerCertificate::decode);
        Bytes random = Bytes.hex("00112233".repeat(8));
        RsaPrivateKey own = new RsaPrivateKey(
                rsa.getModulus(), ((java.security.interfaces.RSAPrivateKey) pair.getPrivate()).getPrivateExponent());
        assertThat(own.decrypt(key.encrypt(random), 32)).isEqualTo(random);
        assertThat(own.toString()).doesNotContain(own.exponent().toString());
    }

    @Test
    void lyingLengthsAreRefused() {
        byte[] octets = ServerCertificate.Proprietary.of(
                        new RsaPublicKey(BigInteger.ONE.shiftLeft(1023).add(BigInteger.ONE), BigInteger.valueOf(65537)))
                .toByteArray();
        octets[24] ^= 1; // bitlen
        assertThatThrownBy(() -> RecordedUserData.decode(octets, ServerCertificate::decode))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("bitlen");
    }

    @Test
    void unusableKeysAreRefused() {
        assertThatThrownBy(() -> new RsaPublicKey(BigInteger.ONE.shiftLeft(512).add(BigInteger.ONE), BigInteger.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RsaPublicKey(BigInteger.ONE.shiftLeft(512), BigInteger.valueOf(3)))
                .isInstanceOf(IllegalArgumentException.class);
        RsaPublicKey key = new RsaPublicKey(BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE), BigInteger.valueOf(3));
        assertThatThrownBy(() -> key.encrypt(Bytes.hex("ff".repeat(9)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordedUserData.decode(new byte[] {3, 0, 0, 0}, ServerCertificate::decode))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("dwVersion");
    }
}
