package porthole.protocol.redirection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.failure.WireException;
import porthole.protocol.redirection.ServerRedirectionPacket.Field;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class ServerRedirectionPacketTest {
    private static ServerRedirectionPdu recorded(String recording) {
        return (ServerRedirectionPdu) RecordedUserData.decode(
                RecordedUserData.first("freerdp-rdstls/" + recording, Direction.S2C, "server-redirection"),
                ShareControlPdu::decode);
    }

    @Test
    void redirectionWithPlainPassword() {
        ServerRedirectionPdu pdu = recorded("redirect-password/conn-00");
        ServerRedirectionPacket packet = pdu.serverRedirectionPdu();
        assertThat(packet.redirFlags()).isEqualTo(0x1D);
        assertThat(packet.text(Field.TARGET_NET_ADDRESS)).hasValue("127.0.0.1");
        assertThat(packet.text(Field.USER_NAME)).hasValue("alice");
        assertThat(packet.text(Field.DOMAIN)).hasValue("LAB");
        assertThat(packet.text(Field.PASSWORD)).hasValue("Lab-Passw0rd");
        assertThat(packet.octets(Field.LOAD_BALANCE_INFO)).isEmpty();
        assertThat(pdu.trailing()).isEqualTo(Bytes.of(new byte[8]));
        assertThat(pdu.toString())
                .contains("redacted")
                .doesNotContain(packet.octets(Field.PASSWORD).orElseThrow().toHex());
    }

    @Test
    void redirectionWithRoutingToken() {
        ServerRedirectionPacket packet = recorded("redirect-token/conn-00").serverRedirectionPdu();
        assertThat(packet.has(ServerRedirectionPacket.LB_LOAD_BALANCE_INFO)).isTrue();
        String token = packet.octets(Field.LOAD_BALANCE_INFO).orElseThrow().toAscii();
        byte[] request =
                Fixtures.recording("freerdp-rdstls/redirect-token/conn-01").firstPdu(Direction.C2S, "x224-cr");
        assertThat(Bytes.of(request).toAscii()).contains(token.strip());
    }

    @Test
    void redirectionForRdstls() throws Exception {
        ServerRedirectionPacket packet =
                recorded("redirect-rdstls-1024/conn-00").serverRedirectionPdu();
        assertThat(packet.has(ServerRedirectionPacket.LB_PASSWORD_IS_PK_ENCRYPTED))
                .isTrue();
        assertThat(packet.text(Field.TARGET_FQDN)).hasValue("rdphost.lab.test");
        byte[] guid = Base64.getDecoder()
                .decode(packet.text(Field.REDIRECTION_GUID).orElseThrow().strip());
        // 794a90b0-9f39-43bd-a7d4-fd11807aaf80 of the recording's secrets, in the order of the wire
        assertThat(Bytes.of(guid)).isEqualTo(Bytes.hex("b0904a79399fbd43a7d4fd11807aaf80"));
        TargetCertificate container = TargetCertificate.ofField(
                packet.octets(Field.TARGET_CERTIFICATE).orElseThrow());
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        container.certificate().orElseThrow().toArray()));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=rdphost.lab.test");
        assertThat(TargetCertificate.ofField(container.toField())).isEqualTo(container);
    }

    private static ServerRedirectionPacket complete() {
        Map<Field, Bytes> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            fields.put(field, Bytes.utf16le(field.name() + "\0"));
        }
        fields.put(
                Field.TARGET_NET_ADDRESSES,
                Bytes.of(new TargetNetAddresses(
                                List.of(Bytes.utf16le("10.0.0.1\0"), Bytes.utf16le("::1\0")), Bytes.EMPTY)
                        .toByteArray()));
        return ServerRedirectionPacket.of(3, ServerRedirectionPacket.LB_NOREDIRECT, fields);
    }

    @Test
    void everyField() {
        ServerRedirectionPacket packet = complete();
        assertThat(packet.redirFlags()).isEqualTo(0x0001FBFF & ~0x6060 & ~0x20 | 0x80);
        byte[] octets = packet.toByteArray();
        assertThat(RecordedUserData.decode(octets, ServerRedirectionPacket::decode))
                .isEqualTo(packet);
        RecordedUserData.holds(octets, ServerRedirectionPacket::decode);
        TargetNetAddresses addresses = TargetNetAddresses.decode(WireReader.of(
                packet.octets(Field.TARGET_NET_ADDRESSES).orElseThrow(), "Addresses", "MS-RDPBCGR 2.2.13.1.1"));
        assertThat(addresses.texts()).containsExactly("10.0.0.1", "::1");
        RecordedUserData.holds(addresses.toByteArray(), TargetNetAddresses::decode);
    }

    @Test
    void bothWrappings() {
        RecordedUserData.holds(
                new StandardServerRedirectionPdu(complete(), Bytes.hex("00")).toByteArray(),
                StandardServerRedirectionPdu::decode);
        RecordedUserData.holds(ServerRedirectionPdu.of(1002, complete()).toByteArray(), ShareControlPdu::decode);
    }

    @Test
    void malformedPacketsAreNamed() {
        refused("0000" + "0c00" + "0000000000000000", "flags");
        refused("0004" + "0b00" + "0000000000000000", "length");
        refused("0004" + "0c00" + "0000000001000000", "targetNetAddressLength");
        refused("0004" + "1000" + "0000000001000000" + "05000000", "targetNetAddressLength");
        assertThatThrownBy(() -> TargetCertificate.ofField(Bytes.utf16le("AAA")))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> new ServerRedirectionPacket(0x400, 0, 1, Map.of(), Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(String hex, String field) {
        assertThatThrownBy(() -> RecordedUserData.decode(Bytes.hex(hex).toArray(), ServerRedirectionPacket::decode))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).endsWith(field));
    }
}
