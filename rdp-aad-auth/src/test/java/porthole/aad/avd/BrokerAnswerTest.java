package porthole.aad.avd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.Credentials;
import porthole.transport.Secret;

class BrokerAnswerTest {
    private static final String BODY = RecordedBroker.response("rdstls", 0);
    private static final Credentials USER = new Credentials("alice", "LAB", Secret.of("Lab-Passw0rd"));

    @Test
    void theRecordedAnswerIsReadWhole() throws Exception {
        BrokerAnswer answer = BrokerAnswer.parse(BODY);
        assertThat(answer.gateway()).hasToString("https://gw.lab.test:8444/rdgw/lab-session-0001");
        assertThat(answer.gatewayPort()).isEqualTo(8444);
        assertThat(answer.serverName()).isEqualTo("rdphost.lab.test");
        assertThat(answer.entraName()).isEqualTo("rdphost");
        assertThat(answer.userName()).isEmpty();
        assertThat(answer.authGuid()).contains("{47393584-c923-449d-8710-34efa5bfd8b6}");
        assertThat(answer.addresses()).containsExactly("127.0.0.1");
        byte[] host = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        Files.readAllBytes(Fixtures.root().resolve("gateway-arm/host.crt.pem"))))
                .getEncoded();
        assertThat(answer.certificate()).contains(Bytes.of(host));
        assertThat(HexFormat.of()
                        .formatHex(RedirectedPassword.key(answer.authBlob().orElseThrow())))
                .isEqualTo("e5599c43e4842f24f392aff9a377a3495466e0362b4abd14a48df40a1307cb33");
        assertThat(answer.toString()).doesNotContain("47393584").doesNotContain("lab-session");
    }

    @Test
    void theRdstlsRequestIsFreeRdpsButForTheRandomPadding() throws Exception {
        RdstlsAuthenticationRequest.Password own =
                (RdstlsAuthenticationRequest.Password) RedirectedPassword.request(BrokerAnswer.parse(BODY), USER);
        byte[] recorded =
                Fixtures.recording("gateway-arm/rdstls/rdp/conn-00").firstPdu(Direction.C2S, "rdstls-auth-request");
        RdstlsAuthenticationRequest.Password theirs = (RdstlsAuthenticationRequest.Password)
                RdstlsAuthenticationRequest.decode(WireReader.of(recorded, "request", "MS-RDPBCGR 2.2.17.2"));
        assertThat(own.version()).isEqualTo(theirs.version());
        assertThat(own.redirectionGuid()).isEqualTo(theirs.redirectionGuid());
        assertThat(own.userName()).isEqualTo(theirs.userName());
        assertThat(own.domain()).isEqualTo(theirs.domain());
        assertThat(own.password().size()).isEqualTo(theirs.password().size());
        assertThat(opened(own.password())).isEqualTo(opened(theirs.password())).isNotEmpty();
    }

    /** What only the host can read: the octets below RSA. */
    private static byte[] opened(Bytes password) throws Exception {
        String pem = Files.readString(Fixtures.root().resolve("gateway-arm/host.key.pem"))
                .replaceAll("-----[^-]+-----", "")
                .replaceAll("\\s", "");
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.DECRYPT_MODE, key);
        String text = password.toUtf16le();
        assertThat(text).endsWith("\r\n\0");
        return rsa.doFinal(Base64.getMimeDecoder().decode(text.replace("\0", "")));
    }

    @Test
    void theDomainOfAUserWithoutOneIsAzureAd() {
        Credentials plain = new Credentials("alice@lab.test", "", Secret.of("x"));
        RdstlsAuthenticationRequest.Password request =
                (RdstlsAuthenticationRequest.Password) RedirectedPassword.request(BrokerAnswer.parse(BODY), plain);
        assertThat(request.domainText()).isEqualTo("AzureAD");
        assertThat(request.userNameText()).isEqualTo("alice@lab.test");
    }

    @Test
    void withoutAPasswordThereIsNoRdstls() {
        assertThatThrownBy(() -> RedirectedPassword.request(BrokerAnswer.parse(BODY), Credentials.NONE))
                .hasMessageContaining("user");
        String without = BODY.replace("redirectedAuthBlob", "somethingElse");
        assertThatThrownBy(() -> RedirectedPassword.request(BrokerAnswer.parse(without), USER))
                .hasMessageContaining("redirectedAuthBlob");
    }

    @Test
    void thePlaceBeforeTheWebSocketIsPreferred() {
        String both = BODY.replaceFirst("\\{", "{\"gatewayLocationPreWebSocket\":\"https://other.test/x?y=z\",");
        assertThat(BrokerAnswer.parse(both).gateway()).hasToString("https://other.test/x?y=z");
        assertThat(BrokerAnswer.parse(both).gatewayPort()).isEqualTo(443);
    }

    @Test
    void anAddressAsNameStaysWhole() {
        String address = BODY.replace("rdphost.lab.test", "192.168.1.20");
        assertThat(BrokerAnswer.parse(address).entraName()).isEqualTo("192.168.1.20");
    }

    @Test
    void addressesThatCannotBeReadAreLeftOut() {
        assertThat(BrokerAnswer.parse(BODY.replace("\\\"interface\\\"", "\\\"inter"))
                        .addresses())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "<html>",
                "{\"gatewayLocation\":7,\"redirectedServerName\":\"h\"}",
                "{\"gatewayLocation\":\"http://h/\",\"redirectedServerName\":\"h\"}",
                "{\"gatewayLocation\":\"wss:///x\",\"redirectedServerName\":\"h\"}",
                "{\"gatewayLocation\":\"wss://u:p@h/x\",\"redirectedServerName\":\"h\"}",
                "{\"gatewayLocation\":\"wss://h/\\r\\nX: y\",\"redirectedServerName\":\"h\"}",
                "{\"gatewayLocation\":\"wss://h/\",\"redirectedServerName\":null}",
                "{\"gatewayLocation\":\"wss://h/\",\"redirectedServerName\":\"a b\"}",
                "{\"gatewayLocation\":\"wss://h/\",\"redirectedServerName\":\"h\",\"redirectedServerCert\":\"***\"}",
                "{\"gatewayLocation\":\"wss://h/\",\"redirectedServerName\":\"h\",\"redirectedAuthBlob\":\"QQ==\"}"
            })
    void whatDoesNotLeadToAHostIsRefused(String body) {
        assertThatThrownBy(() -> BrokerAnswer.parse(body))
                .isInstanceOfSatisfying(
                        RdpFailure.class,
                        failure -> assertThat(failure.report().cause()).isEqualTo("avd-broker-answer"));
    }

    @Test
    void everyBeginningAndEveryChangedOctetEndsInAnAnswerOrARefusal() {
        Random random = new Random(4);
        for (int length = 0; length < BODY.length(); length++) {
            parses(BODY.substring(0, length));
        }
        for (int round = 0; round < 2000; round++) {
            char[] changed = BODY.toCharArray();
            changed[random.nextInt(changed.length)] = (char) (' ' + random.nextInt(95));
            parses(new String(changed));
        }
    }

    @Test
    void containersWithAnySizeEndInARefusal() {
        Bytes good = BrokerAnswer.parse(BODY).certificate().orElseThrow();
        for (long size : new long[] {0, 1, good.size() - 1, good.size() + 1, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL}) {
            byte[] container = new byte[12 + good.size()];
            container[0] = 32;
            container[4] = 1;
            for (int i = 0; i < 4; i++) {
                container[8 + i] = (byte) (size >> (8 * i));
            }
            System.arraycopy(good.toArray(), 0, container, 12, good.size());
            parses("{\"gatewayLocation\":\"wss://h/\",\"redirectedServerName\":\"h\",\"redirectedServerCert\":\""
                    + DoublyEncoded.encode(Bytes.of(container)) + "\"}");
        }
    }

    @Test
    void keysOfAnyShapeEndInARefusal() {
        byte[] blob = BrokerAnswer.parse(BODY).authBlob().orElseThrow().toArray();
        for (int length = 0; length < blob.length; length++) {
            Bytes cut = Bytes.of(Arrays.copyOf(blob, length));
            assertThatThrownBy(() -> RedirectedPassword.key(cut)).isInstanceOf(RdpFailure.class);
        }
        for (int at = 0; at < 20; at++) {
            byte[] changed = blob.clone();
            changed[at] ^= 0x55;
            assertThatThrownBy(() -> RedirectedPassword.key(Bytes.of(changed)))
                    .as("octet " + at)
                    .isInstanceOf(RdpFailure.class);
        }
    }

    @Test
    void doublyEncodedTextGoesThereAndBack() {
        Bytes octets = Bytes.of("any octets".getBytes(StandardCharsets.UTF_8));
        assertThat(DoublyEncoded.decode(DoublyEncoded.encode(octets))).contains(octets);
        assertThat(DoublyEncoded.decode("QUJD")).isEmpty();
        assertThat(DoublyEncoded.decode("\u20ac")).isIn(Optional.empty(), Optional.of(Bytes.EMPTY));
    }

    private static void parses(String body) {
        try {
            assertThat(BrokerAnswer.parse(body).serverName()).isNotEmpty();
        } catch (RdpFailure refused) {
            assertThat(refused.report().remedy()).isNotEmpty();
        }
    }
}
