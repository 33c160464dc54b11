package porthole.protocol.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.Direction;
import porthole.protocol.failure.WireException;
import porthole.protocol.share.ConfirmActivePdu;
import porthole.protocol.share.DemandActivePdu;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class CapabilitySetTest {
    private static final String XRDP = "freerdp-tls-xrdp/login-screen";

    private static DemandActivePdu demand() {
        return (DemandActivePdu) RecordedUserData.decode(
                RecordedUserData.first(XRDP, Direction.S2C, "demand-active"), ShareControlPdu::decode);
    }

    private static ConfirmActivePdu confirm(String recording) {
        return (ConfirmActivePdu) RecordedUserData.decode(
                RecordedUserData.first(recording, Direction.C2S, "confirm-active"), ShareControlPdu::decode);
    }

    @Test
    void setsOfXrdp() {
        DemandActivePdu pdu = demand();
        assertThat(pdu.shareId()).isEqualTo(0x000103EA);
        assertThat(pdu.sourceDescriptor()).isEqualTo(Bytes.ascii("RDP\0"));
        assertThat(pdu.capabilitySets()).hasSize(13);
        // a set of type 6 with one octet, which no specification names
        assertThat(pdu.capabilitySets().stream().filter(CapabilitySet.Unknown.class::isInstance))
                .containsExactly(new CapabilitySet.Unknown(6, Bytes.hex("00")));
        GeneralCapabilitySet general =
                pdu.capability(GeneralCapabilitySet.class).orElseThrow();
        assertThat(general.protocolVersion()).isEqualTo(GeneralCapabilitySet.TS_CAPS_PROTOCOLVERSION);
        assertThat(general.extraFlags())
                .isEqualTo(GeneralCapabilitySet.FASTPATH_OUTPUT_SUPPORTED
                        | GeneralCapabilitySet.NO_BITMAP_COMPRESSION_HDR);
        assertThat(general.refreshRectSupport()).isEqualTo(1);
        assertThat(general.suppressOutputSupport()).isEqualTo(1);
        BitmapCapabilitySet bitmap = pdu.capability(BitmapCapabilitySet.class).orElseThrow();
        assertThat(bitmap.preferredBitsPerPixel()).isEqualTo(32);
        assertThat(bitmap.desktopWidth()).isEqualTo(800);
        assertThat(bitmap.desktopHeight()).isEqualTo(600);
        assertThat(bitmap.desktopResizeFlag()).isEqualTo(1);
        assertThat(pdu.capability(MultifragmentUpdateCapabilitySet.class)
                        .orElseThrow()
                        .maxRequestSize())
                .isEqualTo(0x20C000);
        assertThat(pdu.capability(FontCapabilitySet.class).orElseThrow().fontSupportFlags())
                .isEmpty();
        assertThat(pdu.capability(LargePointerCapabilitySet.class)).isEmpty();
        assertThat(pdu.capability(BitmapCodecsCapabilitySet.class).orElseThrow().supportedBitmapCodecs())
                .extracting(BitmapCodec::codecName)
                .containsExactly(
                        Optional.of("NSCodec"),
                        Optional.of("RemoteFX"),
                        Optional.of("RemoteFX Image"),
                        Optional.of("JPEG"));
    }

    @Test
    void propertiesOfNsCodec() {
        BitmapCodec codec = demand().capability(BitmapCodecsCapabilitySet.class)
                .orElseThrow()
                .supportedBitmapCodecs()
                .get(0);
        assertThat(codec.codecId()).isEqualTo(1);
        NsCodecProperties properties =
                NsCodecProperties.decode(WireReader.of(codec.codecProperties(), "NSCodec", "MS-RDPNSC 2.2.1"));
        assertThat(properties).isEqualTo(new NsCodecProperties(1, 1, 3, Bytes.EMPTY));
        assertThat(properties.toByteArray()).isEqualTo(codec.codecProperties().toArray());
    }

    @Test
    void setsOfFreeRdp() {
        ConfirmActivePdu pdu = confirm(XRDP);
        assertThat(pdu.originatorId()).isEqualTo(ConfirmActivePdu.SERVER_CHANNEL_ID);
        assertThat(pdu.capabilitySets()).hasSize(19).noneMatch(CapabilitySet.Unknown.class::isInstance);
        assertThat(pdu.capability(GeneralCapabilitySet.class).orElseThrow().osMajorType())
                .isEqualTo(GeneralCapabilitySet.OSMAJORTYPE_UNIX);
        OrderCapabilitySet order = pdu.capability(OrderCapabilitySet.class).orElseThrow();
        assertThat(order.orderFlags())
                .isEqualTo(OrderCapabilitySet.NEGOTIATEORDERSUPPORT
                        | OrderCapabilitySet.ZEROBOUNDSDELTASSUPPORT
                        | OrderCapabilitySet.COLORINDEXSUPPORT
                        | OrderCapabilitySet.ORDERFLAGS_EXTRA_FLAGS);
        assertThat(order.orderSupport().at(OrderCapabilitySet.TS_NEG_DSTBLT_INDEX))
                .isEqualTo(1);
        assertThat(order.orderSupport().at(OrderCapabilitySet.TS_NEG_LINETO_INDEX))
                .isEqualTo(1);
        assertThat(order.orderSupport().at(OrderCapabilitySet.TS_NEG_POLYGON_SC_INDEX))
                .isZero();
        assertThat(order.textANSICodePage()).isEqualTo(65001);
        assertThat(order.desktopSaveSize()).isEqualTo(230400);
        InputCapabilitySet input = pdu.capability(InputCapabilitySet.class).orElseThrow();
        assertThat(input.inputFlags())
                .isEqualTo(InputCapabilitySet.INPUT_FLAG_SCANCODES
                        | InputCapabilitySet.INPUT_FLAG_MOUSEX
                        | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT
                        | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT2
                        | InputCapabilitySet.TS_INPUT_FLAG_MOUSE_HWHEEL
                        | InputCapabilitySet.TS_INPUT_FLAG_QOE_TIMESTAMPS);
        assertThat(input.keyboardLayout()).isEqualTo(0x409);
        assertThat(input.keyboardType()).isEqualTo(4);
        assertThat(input.keyboardFunctionKey()).isEqualTo(12);
        assertThat(pdu.capability(VirtualChannelCapabilitySet.class).orElseThrow())
                .satisfies(set -> assertThat(set.vcChunkSize()).hasValue(1600));
        assertThat(pdu.capability(PointerCapabilitySet.class).orElseThrow().pointerCacheSize())
                .hasValue(25);
        assertThat(pdu.capability(BitmapCacheRev2CapabilitySet.class)
                        .orElseThrow()
                        .numCellCaches())
                .isEqualTo(5);
        assertThat(pdu.capability(SurfaceCommandsCapabilitySet.class)
                        .orElseThrow()
                        .cmdFlags())
                .isEqualTo(SurfaceCommandsCapabilitySet.SURFCMDS_SET_SURFACE_BITS
                        | SurfaceCommandsCapabilitySet.SURFCMDS_FRAME_MARKER
                        | SurfaceCommandsCapabilitySet.SURFCMDS_STREAM_SURFACE_BITS);
        assertThat(pdu.capability(BitmapCodecsCapabilitySet.class).orElseThrow().supportedBitmapCodecs())
                .isEmpty();
        assertThat(pdu.capability(FrameAcknowledgeCapabilitySet.class)
                        .orElseThrow()
                        .maxUnacknowledgedFrameCount())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 24, GeneralCapabilitySet",
        "2, 28, BitmapCapabilitySet",
        "3, 88, OrderCapabilitySet",
        "4, 40, BitmapCacheCapabilitySet",
        "5, 12, ControlCapabilitySet",
        "7, 12, WindowActivationCapabilitySet",
        "9, 8, ShareCapabilitySet",
        "10, 8, ColorCacheCapabilitySet",
        "12, 8, SoundCapabilitySet",
        "13, 88, InputCapabilitySet",
        "15, 8, BrushCapabilitySet",
        "16, 52, GlyphCacheCapabilitySet",
        "17, 12, OffscreenCacheCapabilitySet",
        "18, 8, BitmapCacheHostSupportCapabilitySet",
        "19, 40, BitmapCacheRev2CapabilitySet",
        "21, 12, DrawNineGridCapabilitySet",
        "22, 40, DrawGdiPlusCapabilitySet",
        "23, 8, RailCapabilitySet",
        "24, 11, WindowListCapabilitySet",
        "25, 6, DesktopCompositionCapabilitySet",
        "26, 8, MultifragmentUpdateCapabilitySet",
        "27, 6, LargePointerCapabilitySet",
        "28, 12, SurfaceCommandsCapabilitySet",
        "30, 8, FrameAcknowledgeCapabilitySet"
    })
    void lengthsOfTheSpecification(int type, int length, String name) {
        byte[] exact = set(type, length);
        CapabilitySet decoded = RecordedUserData.decode(exact, CapabilitySet::decode);
        assertThat(decoded.getClass().getSimpleName()).isEqualTo(name);
        assertThat(decoded.capabilitySetType()).isEqualTo(type);
        assertThat(decoded.toString()).contains("trailing=0:");
        RecordedUserData.holds(exact, CapabilitySet::decode);
        RecordedUserData.holds(set(type, length + 3), CapabilitySet::decode);
        assertThatThrownBy(() -> RecordedUserData.decode(set(type, length - 1), CapabilitySet::decode))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).startsWith("capabilityData." + name + "."));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, true",
        "8, 9, false",
        "8, 10, true",
        "8, 11, true",
        "14, 4, true",
        "14, 5, false",
        "14, 6, true",
        "14, 8, true",
        "20, 8, true",
        "20, 10, false",
        "20, 12, true",
        "20, 13, true",
        "20, 7, false",
        "8, 7, false"
    })
    void setsWhosePeersLeaveFieldsOut(int type, int length, boolean taken) {
        if (taken) {
            RecordedUserData.holds(set(type, length), CapabilitySet::decode);
            assertThat(RecordedUserData.decode(set(type, length), CapabilitySet::decode))
                    .isNotInstanceOf(CapabilitySet.Unknown.class);
        } else {
            assertThatThrownBy(() -> RecordedUserData.decode(set(type, length), CapabilitySet::decode))
                    .isInstanceOf(WireException.class);
        }
    }

    private static byte[] set(int type, int length) {
        byte[] octets = new byte[length];
        for (int i = 4; i < length; i++) {
            octets[i] = (byte) (i * 7);
        }
        octets[0] = (byte) type;
        octets[2] = (byte) length;
        return octets;
    }

    @Test
    void unknownSetsAreKept() {
        RecordedUserData.holds(set(6, 4), CapabilitySet::decode);
        CapabilitySet unknown = RecordedUserData.decode(set(0x7F, 9), CapabilitySet::decode);
        assertThat(unknown).isEqualTo(new CapabilitySet.Unknown(0x7F, Bytes.hex("1c232a3138")));
        assertThatThrownBy(() -> RecordedUserData.decode(set(0x7F, 4), in -> {
                    in.skip(0, "nothing");
                    return CapabilitySet.decodeAll(in, 2);
                }))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("numberCapabilities");
    }

    @Test
    void codecsAreLimitedByTheirOctets() {
        byte[] many = Arrays.copyOf(new byte[] {0x1D, 0, 24, 0, (byte) 255}, 24);
        assertThatThrownBy(() -> RecordedUserData.decode(many, CapabilitySet::decode))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("bitmapCodecCount");
        BitmapCodecsCapabilitySet set = new BitmapCodecsCapabilitySet(
                List.of(new BitmapCodec(BitmapCodec.CODEC_GUID_IGNORE, 9, Bytes.EMPTY)), Bytes.hex("ff"));
        assertThat(RecordedUserData.decode(set.toByteArray(), CapabilitySet::decode))
                .isEqualTo(set);
        assertThat(set.supportedBitmapCodecs().get(0).codecName()).hasValue("Ignore");
    }
}
