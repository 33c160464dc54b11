package porthole.protocol.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.protocol.failure.WireException;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class ClientInfoPduTest {
    private static ClientInfoPdu recorded(String recording) {
        return RecordedUserData.decode(
                RecordedUserData.first(recording, Direction.C2S, "client-info"), ClientInfoPdu::decode);
    }

    @Test
    void fieldsOfASessionWithXrdp() {
        ClientInfoPdu pdu = recorded("freerdp-tls-xrdp/login-screen");
        InfoPacket info = pdu.infoPacket();
        assertThat(pdu.securityHeader().flags()).isEqualTo(0x40);
        assertThat(info.codePage()).isZero();
        assertThat(info.flags()).isEqualTo(0x000B417B);
        assertThat(info.has(InfoPacket.INFO_UNICODE)).isTrue();
        assertThat(info.has(InfoPacket.INFO_COMPRESSION)).isFalse();
        assertThat(info.domain()).isEmpty();
        assertThat(info.userName()).isEqualTo("alice");
        assertThat(info.password()).isEmpty();
        ExtendedInfoPacket extra = info.extraInfo().orElseThrow();
        assertThat(extra.clientAddressFamily()).isEqualTo(ExtendedInfoPacket.AF_INET);
        assertThat(extra.clientAddress()).isEqualTo(ExtendedInfoPacket.terminated("127.0.0.1"));
        assertThat(extra.clientDir()).isEqualTo(ExtendedInfoPacket.terminated("C:\\Windows\\System32\\mstscax.dll"));
        TimeZoneInformation zone = extra.clientTimeZone().orElseThrow();
        assertThat(zone.bias()).isZero();
        assertThat(zone.standardName()).isEqualTo("Coordinated Universal Time");
        assertThat(zone.daylightDate()).isEqualTo(TimeZoneInformation.SystemTime.NONE);
        assertThat(extra.clientSessionId()).hasValue(0);
        assertThat(extra.performanceFlags())
                .hasValue(ExtendedInfoPacket.PERF_DISABLE_FULLWINDOWDRAG
                        | ExtendedInfoPacket.PERF_DISABLE_MENUANIMATIONS
                        | ExtendedInfoPacket.PERF_ENABLE_FONT_SMOOTHING);
        assertThat(extra.autoReconnectCookie()).hasValue(Bytes.EMPTY);
        assertThat(extra.reserved1()).isEmpty();
        assertThat(extra.dynamicDstTimeZoneKeyName()).isEmpty();
    }

    @Test
    void dynamicTimeZoneOfASessionWithEntra() {
        InfoPacket info = recorded("freerdp-aad/shadow-gfx").infoPacket();
        ExtendedInfoPacket extra = info.extraInfo().orElseThrow();
        assertThat(info.userName()).isEqualTo("alice@lab.test");
        assertThat(extra.reserved1()).hasValue(0);
        assertThat(extra.reserved2()).hasValue(0);
        assertThat(extra.dynamicDstTimeZoneKeyName()).hasValue("UTC");
        assertThat(extra.dynamicDaylightTimeDisabled()).hasValue(0);
    }

    @Test
    void theCompressionTypeIsPartOfTheFlags() {
        InfoPacket info = recorded("freerdp-tls-xrdp/bpp32-compressed").infoPacket();
        assertThat(info.has(InfoPacket.INFO_COMPRESSION)).isTrue();
        assertThat(info.compressionType()).isEqualTo(InfoPacket.PACKET_COMPR_TYPE_64K);
    }

    @Test
    void theRecordedPasswordIsReadButNotShown() {
        InfoPacket info = recorded("freerdp-tls-xrdp/bpp32-plain").infoPacket();
        assertThat(info.password()).isEqualTo("Lab-Passw0rd");
        assertThat(info.toString()).doesNotContain("Lab-Passw0rd").contains("alice");
    }

    private static final InfoPacket COMPLETE = new InfoPacket(
            1252,
            InfoPacket.INFO_UNICODE | InfoPacket.INFO_MOUSE,
            "LAB",
            "a\ud800b", // half a surrogate pair stays what it is
            "secret",
            "shell.exe",
            "C:\\",
            Optional.of(new ExtendedInfoPacket(
                    ExtendedInfoPacket.AF_INET6,
                    ExtendedInfoPacket.terminated("::1"),
                    "",
                    Optional.of(new TimeZoneInformation(
                            -60,
                            "A name of exactly 32 characters.",
                            new TimeZoneInformation.SystemTime(0, 10, 0, 5, 3, 0, 0, 0),
                            0,
                            "Summer",
                            new TimeZoneInformation.SystemTime(0, 3, 0, 5, 2, 0, 0, 0),
                            -60)),
                    OptionalLong.of(0xFFFFFFFFL),
                    OptionalInt.of(ExtendedInfoPacket.PERF_RESERVED2),
                    Optional.of(Bytes.of(new ArcCsPrivatePacket(1, 7, Bytes.of(new byte[16])).toByteArray())),
                    OptionalInt.of(1),
                    OptionalInt.of(2),
                    Optional.of("Central European Standard Time"),
                    OptionalInt.of(1),
                    Bytes.hex("0badcafe"))));

    @Test
    void everyOptionalTail() {
        byte[] whole = ClientInfoPdu.of(COMPLETE).toByteArray();
        RecordedUserData.holds(whole, ClientInfoPdu::decode);
        assertThat(RecordedUserData.decode(whole, ClientInfoPdu::decode).infoPacket())
                .isEqualTo(COMPLETE);
        int accepted = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(RecordedUserData.decode(cut, ClientInfoPdu::decode).toByteArray())
                        .isEqualTo(cut);
                accepted++;
            } catch (WireException e) {
                assertThat(e.pdu()).isEqualTo("Recorded");
            }
        }
        // without extraInfo, after clientDir and each of the eight optional fields, and with 1 to 3 trailing octets
        assertThat(accepted).isEqualTo(1 + 1 + 8 + 3);
    }

    @Test
    void secretsAreNotShown() {
        assertThat(ClientInfoPdu.of(COMPLETE).toString())
                .contains("LAB", "redacted")
                .doesNotContain("secret", "1c000000");
        assertThat(new ArcCsPrivatePacket(1, 7, Bytes.hex("a5".repeat(16))).toString())
                .doesNotContain("a5a5");
        assertThat(new ArcScPrivatePacket(1, 7, Bytes.hex("a5".repeat(16))).toString())
                .doesNotContain("a5a5");
    }

    @Test
    void ansiTextsHaveOneOctetForEachCharacter() {
        InfoPacket ansi = new InfoPacket(1252, 0, "", "M\u00fcller", "", "", "", Optional.empty());
        byte[] octets = ClientInfoPdu.of(ansi).toByteArray();
        assertThat(octets).hasSize(4 + 18 + 5 + 6);
        assertThat(RecordedUserData.decode(octets, ClientInfoPdu::decode).infoPacket())
                .isEqualTo(ansi);
    }

    @Test
    void malformedTextsAreNamed() {
        byte[] octets = ClientInfoPdu.of(COMPLETE).toByteArray();
        octets[4 + 18 + 6] = 1; // the terminator of the domain
        refused(octets, "infoPacket.domainTerminator");
        byte[] odd = ClientInfoPdu.of(COMPLETE).toByteArray();
        odd[4 + 8] = 5; // cbDomain
        refused(odd, "infoPacket.domain");
        byte[] encrypted = ClientInfoPdu.of(COMPLETE).toByteArray();
        encrypted[0] |= 8;
        refused(encrypted, "flags");
    }

    private static void refused(byte[] octets, String field) {
        assertThatThrownBy(() -> ClientInfoPdu.decode(WireReader.of(octets, "ClientInfo", "MS-RDPBCGR 2.2.1.11")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void autoReconnectAnswerIsAnHmac() {
        // RFC 2202 test case 1 for HMAC-MD5: key of 16 octets 0x0b, data "Hi There"
        ArcScPrivatePacket cookie = new ArcScPrivatePacket(1, 3, Bytes.hex("0b".repeat(16)));
        ArcCsPrivatePacket answer = ArcCsPrivatePacket.answer(cookie, Bytes.ascii("Hi There"));
        assertThat(answer.securityVerifier()).isEqualTo(Bytes.hex("9294727a3638bb1c13f48ef8158bfc9d"));
        assertThat(answer.logonId()).isEqualTo(3);
        RecordedUserData.holds(answer.toByteArray(), ArcCsPrivatePacket::decode);
        RecordedUserData.holds(cookie.toByteArray(), ArcScPrivatePacket::decode);
    }
}
