package porthole.protocol.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class ShareControlPduTest {
    private static final String XRDP = "freerdp-tls-xrdp/login-screen";
    private static final int USER = 1009;
    private static final long SHARE = 0x000103EA;

    private static byte[] octets(Direction direction, String kind) {
        return RecordedUserData.first("freerdp-aad-faults/none", direction, kind);
    }

    private static DataPdu data(Direction direction, String kind) {
        return (DataPdu) RecordedUserData.decode(octets(direction, kind), ShareControlPdu::decode);
    }

    /** What FreeRDP sent is what our factories write. */
    @Test
    void finalizationOfFreeRdp() {
        long share = 0x000103F1; // the shadow server's
        assertThat(DataPdu.of(USER, share, SynchronizePdu.of(USER)).toByteArray())
                .isEqualTo(octets(Direction.C2S, "synchronize"));
        assertThat(DataPdu.of(USER, share, ControlPdu.of(ControlPdu.CTRLACTION_COOPERATE))
                        .toByteArray())
                .isEqualTo(octets(Direction.C2S, "control-cooperate"));
        assertThat(DataPdu.of(USER, share, ControlPdu.of(ControlPdu.CTRLACTION_REQUEST_CONTROL)))
                .isEqualTo(data(Direction.C2S, "control-request"));
        assertThat(DataPdu.of(USER, share, FontListPdu.of()).toByteArray())
                .isEqualTo(octets(Direction.C2S, "font-list"));
        assertThat(DataPdu.of(USER, share, FontMapPdu.of()).body())
                .isEqualTo(data(Direction.S2C, "font-map").body());
    }

    @Test
    void fieldsOfTheFinalization() {
        DataPdu granted = data(Direction.S2C, "control-granted");
        assertThat(granted.header()).isEqualTo(new ShareControlHeader(26, ShareControlHeader.PDUTYPE_DATAPDU, 1, 1009));
        assertThat(granted.dataHeader())
                .isEqualTo(new ShareDataHeader(
                        0x000103F1, 0, ShareDataHeader.STREAM_LOW, 8, ShareDataHeader.PDUTYPE2_CONTROL, 0, 0));
        assertThat(granted.body())
                .isEqualTo(new ControlPdu(ControlPdu.CTRLACTION_GRANTED_CONTROL, USER, 1002, Bytes.EMPTY));
        assertThat(data(Direction.C2S, "frame-acknowledge").body()).isEqualTo(FrameAcknowledgePdu.of(1));
    }

    @Test
    void confirmActiveOfFreeRdpIsWhatTheFactoryWrites() {
        byte[] octets = RecordedUserData.first(XRDP, Direction.C2S, "confirm-active");
        ConfirmActivePdu pdu = (ConfirmActivePdu) RecordedUserData.decode(octets, ShareControlPdu::decode);
        assertThat(pdu.sourceDescriptor()).isEqualTo(Bytes.ascii("FREERDP\0"));
        assertThat(ConfirmActivePdu.of(
                        pdu.header().pduSource(), pdu.shareId(), pdu.sourceDescriptor(), pdu.capabilitySets()))
                .isEqualTo(pdu);
    }

    @Test
    void demandActiveOfTheShadowServerIsWhatTheFactoryWrites() {
        byte[] octets = octets(Direction.S2C, "demand-active");
        DemandActivePdu pdu = (DemandActivePdu) RecordedUserData.decode(octets, ShareControlPdu::decode);
        assertThat(DemandActivePdu.of(
                        pdu.header().pduSource(), pdu.shareId(), pdu.sourceDescriptor(), pdu.capabilitySets()))
                .isEqualTo(pdu);
        assertThat(pdu.sessionId()).hasValue(0);
    }

    @Test
    void demandActiveWithoutSessionId() {
        byte[] octets = octets(Direction.S2C, "demand-active");
        byte[] less = Arrays.copyOf(octets, octets.length - 4);
        less[0] -= 4;
        DemandActivePdu pdu = (DemandActivePdu) RecordedUserData.decode(less, ShareControlPdu::decode);
        assertThat(pdu.sessionId()).isEmpty();
        RecordedUserData.holds(less, ShareControlPdu::decode);
    }

    @Test
    void demandActiveThatIsLongerThanItsLength() {
        byte[] octets = octets(Direction.S2C, "demand-active");
        octets[0] -= 10; // the case InvalidPDULength of Microsoft's test suite
        assertThatThrownBy(() -> RecordedUserData.decode(octets, ShareControlPdu::decode))
                .isInstanceOfSatisfying(WireException.class, e -> {
                    assertThat(e.field()).contains("demandActive.combinedCapabilities");
                    assertThat(e.section()).startsWith("MS-RDPBCGR 2.2.1.13.1.1");
                });
    }

    @Test
    void severalPdusInOneMessage() {
        byte[] all = concatenated(
                DataPdu.of(USER, SHARE, SynchronizePdu.of(USER)).toByteArray(),
                new FlowPdu(0, 0x42, 1, 2, USER).toByteArray(),
                DeactivateAllPdu.of(1002, SHARE).toByteArray(),
                new byte[] {1, 2, 3});
        List<ShareControlPdu> pdus = ShareControlPdu.decodeAll(WireReader.of(all, "SendDataIndication", "test"));
        assertThat(pdus)
                .containsExactly(
                        DataPdu.of(USER, SHARE, SynchronizePdu.of(USER)),
                        new FlowPdu(0, 0x42, 1, 2, USER),
                        DeactivateAllPdu.of(1002, SHARE));
    }

    @Test
    void headerDataHeaderAndBodyOneAfterTheOther() {
        WireReader in = WireReader.of(
                concatenated(octets(Direction.S2C, "font-map"), octets(Direction.S2C, "synchronize")), "Two", "test");
        List<Integer> types = new ArrayList<>();
        while (in.has(ShareControlPdu.LEAST)) {
            ShareControlHeader header = ShareControlHeader.decode(in);
            WireReader body = header.body(in);
            assertThat(header.isData()).isTrue();
            ShareDataHeader data = ShareDataHeader.decode(body);
            assertThat(data.isCompressed()).isFalse();
            types.add(ShareDataBody.decode(data.pduType2(), body).pduType2());
        }
        assertThat(types).containsExactly(ShareDataHeader.PDUTYPE2_FONTMAP, ShareDataHeader.PDUTYPE2_SYNCHRONIZE);
    }

    @Test
    void compressedBodiesStayOctets() {
        byte[] octets = RecordedUserData.first("freerdp-aad/xrdp-login-screen", Direction.S2C, "update");
        DataPdu pdu = (DataPdu) RecordedUserData.decode(octets, ShareControlPdu::decode);
        assertThat(pdu.dataHeader().compressedType()).isEqualTo(ShareDataHeader.PACKET_COMPRESSED | 1);
        assertThat(pdu.dataHeader().compressedLength()).isEqualTo(octets.length);
        assertThat(pdu.dataHeader().uncompressedLength()).isEqualTo(0x3E2F);
        assertThat(pdu.body()).isInstanceOf(ShareDataBody.Compressed.class);
        assertThat(((ShareDataBody.Compressed) pdu.body()).data().size()).isEqualTo(octets.length - 18);
    }

    @Test
    void deactivateAllIsOftenCutShort() {
        String whole = "0d001600ea03ea0301000100" + "00";
        for (int length : new int[] {13, 10, 6}) {
            Bytes octets = Bytes.hex(whole).slice(0, length);
            byte[] cut = octets.toArray();
            cut[0] = (byte) length;
            DeactivateAllPdu pdu = (DeactivateAllPdu) RecordedUserData.decode(cut, ShareControlPdu::decode);
            assertThat(pdu.shareId().isPresent()).isEqualTo(length >= 10);
            assertThat(pdu.sourceDescriptor().isPresent()).isEqualTo(length == 13);
            RecordedUserData.holds(cut, ShareControlPdu::decode);
        }
        byte[] least = {4, 0, 0x16, 0};
        DeactivateAllPdu pdu = (DeactivateAllPdu) RecordedUserData.decode(least, ShareControlPdu::decode);
        assertThat(pdu.header().pduSource()).isZero();
        assertThat(pdu.toByteArray()).isEqualTo(least);
        assertThat(DeactivateAllPdu.of(1002, SHARE).toByteArray())
                .isEqualTo(Bytes.hex(whole).toArray());
    }

    @Test
    void unknownTypesAreKept() {
        byte[] odd = Bytes.hex("0900ff0fea03010203").toArray();
        ShareControlPdu pdu = RecordedUserData.decode(odd, ShareControlPdu::decode);
        assertThat(pdu)
                .isEqualTo(
                        new ShareControlPdu.Unknown(new ShareControlHeader(9, 0xF, 0xFF, 1002), Bytes.hex("010203")));
        RecordedUserData.holds(odd, ShareControlPdu::decode);
        RecordedUserData.holds(
                DataPdu.of(USER, SHARE, new ShareDataBody.Unknown(0x99, Bytes.hex("0102")))
                        .toByteArray(),
                ShareControlPdu::decode);
    }

    @Test
    void wrongLengthsAreRefused() {
        for (int length : new int[] {0, 3, 5, 200}) {
            byte[] octets = {(byte) length, 0, 0x17, 0, 1, 2, 3, 4};
            assertThatThrownBy(() -> RecordedUserData.decode(octets, ShareControlPdu::decode))
                    .isInstanceOf(WireException.class);
        }
        assertThatThrownBy(() -> DataPdu.of(USER, SHARE, new UpdatePdu(Bytes.of(new byte[65530])))
                        .toByteArray())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
