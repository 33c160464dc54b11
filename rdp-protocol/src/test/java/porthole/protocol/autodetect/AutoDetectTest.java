package porthole.protocol.autodetect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.protocol.failure.WireException;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class AutoDetectTest {
    private static final String SHADOW = "freerdp-aad-faults/none";

    @Test
    void recordedRoundTrip() {
        WireReader request =
                WireReader.of(RecordedUserData.first(SHADOW, Direction.S2C, "autodetect-request"), "Message", "test");
        assertThat(BasicSecurityHeader.decode(request))
                .isEqualTo(BasicSecurityHeader.of(BasicSecurityHeader.SEC_AUTODETECT_REQ));
        assertThat(AutoDetectRequest.decode(request))
                .isEqualTo(new AutoDetectRequest.RttMeasureRequest(
                        0x23, AutoDetectRequest.RTT_MEASURE_REQUEST_CONNECT_TIME, Bytes.EMPTY));
        assertThat(BasicSecurityHeader.of(BasicSecurityHeader.SEC_AUTODETECT_RSP)
                        .before(AutoDetectResponse.RttMeasureResponse.of(0x23))
                        .toByteArray())
                .isEqualTo(RecordedUserData.first(SHADOW, Direction.C2S, "autodetect-response"));
    }

    static List<Arguments> requests() {
        Bytes none = Bytes.EMPTY;
        return List.of(
                Arguments.of("060007000100", new AutoDetectRequest.RttMeasureRequest(7, 0x0001, none)),
                Arguments.of("060007001410", new AutoDetectRequest.BandwidthMeasureStart(7, 0x1014, none)),
                Arguments.of("060007001401", new AutoDetectRequest.BandwidthMeasureStart(7, 0x0114, none)),
                Arguments.of(
                        "0800070002000300aabbcc",
                        new AutoDetectRequest.BandwidthMeasurePayload(7, Bytes.hex("aabbcc"), none)),
                Arguments.of(
                        "080007002b000100dd",
                        new AutoDetectRequest.BandwidthMeasureStop(7, 0x002B, Optional.of(Bytes.hex("dd")), none)),
                Arguments.of(
                        "060007002904", new AutoDetectRequest.BandwidthMeasureStop(7, 0x0429, Optional.empty(), none)),
                Arguments.of(
                        "0e00070040080500000006000000",
                        new AutoDetectRequest.NetworkCharacteristicsResult(7, 0x0840, 5, 0, 6, none)),
                Arguments.of(
                        "0e00070080080500000006000000",
                        new AutoDetectRequest.NetworkCharacteristicsResult(7, 0x0880, 0, 5, 6, none)),
                Arguments.of(
                        "12000700c008040000000500000006000000",
                        new AutoDetectRequest.NetworkCharacteristicsResult(7, 0x08C0, 4, 5, 6, none)),
                Arguments.of("060007000100ff", new AutoDetectRequest.RttMeasureRequest(7, 1, Bytes.hex("ff"))),
                Arguments.of("0700070001000a", new AutoDetectRequest.Unknown(7, 7, 1, Bytes.hex("0a"))),
                Arguments.of("06000700ffff", new AutoDetectRequest.Unknown(6, 7, 0xFFFF, none)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestOfEachType(String hex, AutoDetectRequest request) {
        byte[] octets = Bytes.hex(hex).toArray();
        assertThat(RecordedUserData.decode(octets, AutoDetectRequest::decode)).isEqualTo(request);
        RecordedUserData.holds(octets, AutoDetectRequest::decode);
    }

    static List<Arguments> responses() {
        Bytes none = Bytes.EMPTY;
        return List.of(
                Arguments.of(
                        "0e0107000300e8030000a0860100",
                        new AutoDetectResponse.BandwidthMeasureResults(7, 0x0003, 1000, 100000, none)),
                Arguments.of(
                        "0e0107000b00e8030000a0860100",
                        new AutoDetectResponse.BandwidthMeasureResults(7, 0x000B, 1000, 100000, none)),
                Arguments.of(
                        "0e0107001800e803000014000000",
                        new AutoDetectResponse.NetworkCharacteristicsSync(7, 1000, 20, none)),
                Arguments.of("06010700000001", new AutoDetectResponse.RttMeasureResponse(7, Bytes.hex("01"))),
                Arguments.of("060107001800", new AutoDetectResponse.Unknown(6, 7, 0x18, none)));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void responseOfEachType(String hex, AutoDetectResponse response) {
        byte[] octets = Bytes.hex(hex).toArray();
        assertThat(RecordedUserData.decode(octets, AutoDetectResponse::decode)).isEqualTo(response);
        RecordedUserData.holds(octets, AutoDetectResponse::decode);
    }

    @Test
    void requestsAndResponsesAreNotMixedUp() {
        for (String hex : new String[] {"060107000100", "050007000100", "0800070002000300aa"}) {
            assertThatThrownBy(() -> RecordedUserData.decode(Bytes.hex(hex).toArray(), AutoDetectRequest::decode))
                    .isInstanceOf(WireException.class);
        }
        assertThatThrownBy(
                        () -> RecordedUserData.decode(Bytes.hex("060007000000").toArray(), AutoDetectResponse::decode))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("headerTypeId");
    }
}
