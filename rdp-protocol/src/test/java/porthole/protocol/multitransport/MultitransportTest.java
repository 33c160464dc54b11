package porthole.protocol.multitransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class MultitransportTest {
    private static final String SHADOW = "freerdp-aad-faults/none";

    @Test
    void recordedRequestAndResponse() {
        WireReader in =
                WireReader.of(RecordedUserData.first(SHADOW, Direction.S2C, "transport-request"), "Message", "test");
        assertThat(BasicSecurityHeader.decode(in).has(BasicSecurityHeader.SEC_TRANSPORT_REQ))
                .isTrue();
        InitiateMultitransportRequest request = InitiateMultitransportRequest.decode(in);
        assertThat(request.requestId()).isZero();
        assertThat(request.requestedProtocol())
                .isEqualTo(InitiateMultitransportRequest.INITIATE_REQUEST_PROTOCOL_UDPFECR);
        assertThat(request.toString())
                .doesNotContain(request.securityCookie().toHex().substring(0, 8));
        assertThat(BasicSecurityHeader.of(BasicSecurityHeader.SEC_TRANSPORT_RSP)
                        .before(InitiateMultitransportResponse.of(0, InitiateMultitransportResponse.E_ABORT))
                        .toByteArray())
                .isEqualTo(RecordedUserData.first(SHADOW, Direction.C2S, "transport-response"));
    }

    @Test
    void requestsBuiltByHand() {
        InitiateMultitransportRequest request =
                InitiateMultitransportRequest.of(0x01020304, 2, Bytes.hex("5b".repeat(16)));
        assertThat(Bytes.of(request.toByteArray())).isEqualTo(Bytes.hex("0403020102000000" + "5b".repeat(16)));
        assertThatThrownBy(() -> InitiateMultitransportRequest.of(1, 1, Bytes.hex("00")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void heartbeat() {
        byte[] octets = Bytes.hex("003c0103ee").toArray();
        HeartbeatPdu pdu = RecordedUserData.decode(octets, HeartbeatPdu::decode);
        assertThat(pdu).isEqualTo(new HeartbeatPdu(0, 60, 1, 3, Bytes.hex("ee")));
        assertThat(HeartbeatPdu.of(60, 1, 3).toByteArray()).isEqualTo(new byte[] {0, 60, 1, 3});
        RecordedUserData.holds(octets, HeartbeatPdu::decode);
    }
}
