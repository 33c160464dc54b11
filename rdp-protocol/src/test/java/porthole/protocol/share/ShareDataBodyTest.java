package porthole.protocol.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.wire.Bytes;

class ShareDataBodyTest {
    private static final ArcScPrivatePacket COOKIE = new ArcScPrivatePacket(1, 4, Bytes.hex("c3".repeat(16)));

    static List<Arguments> bodies() {
        return List.of(
                Arguments.of("01000000", SetErrorInfoPdu.of(1)),
                Arguments.of("00000700", SetKeyboardIndicatorsPdu.of(7)),
                Arguments.of("00000100000001000080", new SetKeyboardImeStatusPdu(0, 1, 0x80000001L, Bytes.EMPTY)),
                Arguments.of("00000000", AutoReconnectStatusPdu.of(0)),
                Arguments.of("2c01000088130000", new PlaySoundPdu(300, 5000, Bytes.EMPTY)),
                Arguments.of("02050000", StatusInfoPdu.of(StatusInfoPdu.TS_STATUS_VM_WAKING)),
                Arguments.of("", ShutdownRequestPdu.of()),
                Arguments.of("", ShutdownDeniedPdu.of()),
                Arguments.of("00000000", SuppressOutputPdu.suppress()),
                Arguments.of(
                        "01000000000000001f035702", SuppressOutputPdu.allow(new InclusiveRectangle(0, 0, 799, 599))),
                Arguments.of(
                        "020000000100020003000400ffffffffffffffff",
                        RefreshRectPdu.of(List.of(
                                new InclusiveRectangle(1, 2, 3, 4),
                                new InclusiveRectangle(65535, 65535, 65535, 65535)))),
                Arguments.of(
                        "0100000080ffffff000000007f0700003704000001000000",
                        new MonitorLayoutPdu(
                                List.of(new MonitorLayoutPdu.MonitorDefinition(-128, 0, 1919, 1079, 1)), Bytes.EMPTY)),
                Arguments.of(
                        "0100000000000000000001000000000000000000" + "02000000" + "0500000006000000",
                        new PersistentKeyListPdu(
                                List.of(1, 0, 0, 0, 0),
                                List.of(1, 0, 0, 0, 0),
                                PersistentKeyListPdu.PERSIST_LAST_PDU,
                                0,
                                0,
                                List.of(new PersistentKeyListPdu.Key(5, 6)),
                                Bytes.EMPTY)),
                Arguments.of("0102", new UpdatePdu(Bytes.hex("0102"))),
                Arguments.of("0304", new PointerPdu(Bytes.hex("0304"))),
                Arguments.of("0506", new InputEventPdu(Bytes.hex("0506"))),
                Arguments.of("0000000003000400", FontMapPdu.of()),
                Arguments.of(
                        "02000000" + "00".repeat(576),
                        new SaveSessionInfoPdu(new SessionInfo.PlainNotify(Bytes.of(new byte[576])))),
                Arguments.of(
                        "03000000" + "260001000000" + "1c000000" + "1c0000000100000004000000" + "c3".repeat(16)
                                + "00".repeat(570),
                        new SaveSessionInfoPdu(
                                SessionInfo.LogonInfoExtended.of(Optional.of(COOKIE), Optional.empty()))),
                Arguments.of(
                        "03000000" + "120002000000" + "08000000" + "feffffff02000000" + "00".repeat(570),
                        new SaveSessionInfoPdu(SessionInfo.LogonInfoExtended.of(
                                Optional.empty(), Optional.of(new SessionInfo.LogonErrors(0xFFFFFFFEL, 2))))),
                Arguments.of(
                        "00000000" + "08000000" + "4c0041004200" + "00".repeat(46) + "0c000000" + "61006c00690063006500"
                                + "00".repeat(502) + "02000000",
                        new SaveSessionInfoPdu(SessionInfo.LogonInfo.of("LAB", "alice", 2))),
                Arguments.of(
                        "01000000" + "0100" + "12000000" + "02000000" + "04000000" + "06000000" + "00".repeat(558)
                                + "4c000000" + "610062000000",
                        new SaveSessionInfoPdu(new SessionInfo.LogonInfoVersion2(
                                1, 18, 2, Bytes.of(new byte[558]), "L\0", "ab\0", Bytes.EMPTY))),
                Arguments.of("09000000ab", new SaveSessionInfoPdu(new SessionInfo.Unknown(9, Bytes.hex("ab")))),
                Arguments.of("cafe", new ShareDataBody.Unknown(0x2C, Bytes.hex("cafe"))));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyOfEachType(String hex, ShareDataBody body) {
        byte[] octets = Bytes.hex(hex).toArray();
        assertThat(Bytes.of(body.toByteArray())).isEqualTo(Bytes.of(octets));
        ShareDataBody decoded = RecordedUserData.decode(octets, in -> ShareDataBody.decode(body.pduType2(), in));
        assertThat(decoded).isEqualTo(body);
        if (octets.length > 0) {
            RecordedUserData.holds(octets, in -> ShareDataBody.decode(body.pduType2(), in));
        }
    }

    @Test
    void fontMapsThatAreCutShort() {
        for (String hex : new String[] {"", "0000", "00000000", "000000000300", "00000000030004000909"}) {
            byte[] octets = Bytes.hex(hex).toArray();
            FontMapPdu pdu = (FontMapPdu)
                    RecordedUserData.decode(octets, in -> ShareDataBody.decode(ShareDataHeader.PDUTYPE2_FONTMAP, in));
            assertThat(pdu.toByteArray()).isEqualTo(octets);
            assertThat(pdu.mapFlags().isPresent()).isEqualTo(octets.length >= 6);
        }
    }

    @Test
    void theAutoReconnectCookieIsNotShown() {
        SaveSessionInfoPdu pdu =
                new SaveSessionInfoPdu(SessionInfo.LogonInfoExtended.of(Optional.of(COOKIE), Optional.empty()));
        assertThat(pdu.toString()).contains("redacted").doesNotContain("c3c3");
    }

    @Test
    void countsAreLimitedByTheirOctets() {
        refused(ShareDataHeader.PDUTYPE2_MONITOR_LAYOUT_PDU, "ffffffff", "MonitorLayoutPdu.monitorCount");
        refused(ShareDataHeader.PDUTYPE2_REFRESH_RECT, "ff000000", "RefreshRectPdu.numberOfAreas");
        refused(
                ShareDataHeader.PDUTYPE2_BITMAPCACHE_PERSISTENT_LIST,
                "ff".repeat(24),
                "PersistentKeyListPdu.numEntriesCache");
        refused(ShareDataHeader.PDUTYPE2_SUPPRESS_OUTPUT, "0100000000", "SuppressOutputPdu.desktopRect.left");
    }

    private static void refused(int type, String hex, String field) {
        assertThatThrownBy(
                        () -> RecordedUserData.decode(Bytes.hex(hex).toArray(), in -> ShareDataBody.decode(type, in)))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void namesEveryStatus() {
        assertThat(StatusInfoPdu.of(StatusInfoPdu.TS_STATUS_VM_RETRYING_MONITORING)
                        .name())
                .isEqualTo("TS_STATUS_VM_RETRYING_MONITORING");
        assertThat(StatusInfoPdu.of(StatusInfoPdu.TS_STATUS_FINDING_DESTINATION).meaning())
                .isEqualTo("the broker looks for the destination");
        assertThat(StatusInfoPdu.of(0x405).name()).isEqualTo("unknown");
        assertThat(StatusInfoPdu.of(0x405).meaning()).contains("not known");
    }
}
