package porthole.protocol.x224;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

class ConnectionRequestTest {
    private static final NegotiationRequest TLS = new NegotiationRequest(0, SecurityProtocols.TLS);
    private final DecoderLaws laws =
            new DecoderLaws("ConnectionRequest", frame -> ConnectionRequest.decode(frame, null));

    @Test
    void keepsEveryRecordedRequestAndReadsItAsTheRecorderDid() {
        List<Recorded> requests = Recorded.ofKind("x224-cr");
        assertThat(requests).hasSizeGreaterThan(180);
        for (Recorded recorded : requests) {
            ConnectionRequest request = (ConnectionRequest) laws.keeps(recorded.octets());
            JsonNode detail = recorded.detail();
            String line = request.cookieText()
                    .map(user -> "Cookie: mstshash=" + user)
                    .or(() -> request.routingToken().map(Bytes::toAscii))
                    .orElse(null);
            String expected =
                    detail.path("cookie").isTextual() ? detail.path("cookie").asText() : null;
            if (expected == null || expected.chars().allMatch(c -> c < 0x80)) {
                assertThat(line).as(recorded.toString()).isEqualTo(expected);
            }
            assertThat(request.requestedProtocols().bits())
                    .as(recorded.toString())
                    .isEqualTo(detail.path("nego").path("value").asInt());
            assertThat(request.negotiationRequest()
                            .map(NegotiationRequest::flags)
                            .orElse(0))
                    .isEqualTo(detail.path("nego").path("flags").asInt());
            assertThat(request.negotiationRequest().isPresent())
                    .isEqualTo(detail.path("nego").isObject());
            assertThat(request.trailing()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void tellsACookieFromARoutingToken() {
        ConnectionRequest utf8 = request("36-cookie-utf8-xrdp-tls-c0-0-c2s-x224-cr.bin");
        assertThat(utf8.cookieText()).contains("j\u00fcrgen");
        assertThat(utf8.routingToken()).isEmpty();

        ConnectionRequest token = request("37-routing-token-xrdp-tls-c0-0-c2s-x224-cr.bin");
        assertThat(token.cookie()).isEmpty();
        assertThat(token.routingToken()).contains(Bytes.ascii("Cookie: msts=3640205228.15629.0000"));

        ConnectionRequest plugin = request("38-routing-token-tsv-xrdp-tls-c0-0-c2s-x224-cr.bin");
        assertThat(plugin.routingToken()).contains(Bytes.ascii("tsv://MS Terminal Services Plugin.1.LabPool"));

        ConnectionRequest none = request("08-sec-rdp-xrdp-rdp-c0-0-c2s-x224-cr.bin");
        assertThat(none.negotiationRequest()).isEmpty();
        assertThat(none.requestedProtocols()).isEqualTo(SecurityProtocols.RDP);
        assertThat(none.cookieText()).contains("alice");
    }

    private ConnectionRequest request(String file) {
        return Recorded.ofKind("x224-cr").stream()
                .filter(r -> r.origin().equals(file))
                .map(r -> (ConnectionRequest) laws.keeps(r.octets()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void writesWhatFreeRdpWrites() {
        ConnectionRequest cookie =
                ConnectionRequest.withCookie("alice@lab.test", new NegotiationRequest(0, SecurityProtocols.RDSAAD));
        assertThat(Bytes.of(cookie.toByteArray()))
                .isEqualTo(Bytes.hex("030000342fe00000000000"
                        + "436f6f6b69653a206d737473686173683d616c696365406c61622e746573740d0a"
                        + "0100080010000000"));
        ConnectionRequest token = ConnectionRequest.withRoutingToken(
                Bytes.ascii("mth://localhost/b2d4c2a0-0000-4000-8000-000000000001/lab-pool\r\n"),
                new NegotiationRequest(0, SecurityProtocols.RDSAAD));
        assertThat(Recorded.ofKind("x224-cr").stream().map(r -> Bytes.of(r.octets())))
                .contains(Bytes.of(token.toByteArray()));
    }

    @Test
    void carriesCorrelationInfoBehindTheFlagThatAnnouncesIt() {
        CorrelationInfo info = new CorrelationInfo(Bytes.hex("0102030405060708090a0b0c0e0f1011"));
        ConnectionRequest request = ConnectionRequest.of(TLS).withCorrelationInfo(info);
        ConnectionRequest decoded = (ConnectionRequest) laws.keeps(request.toByteArray());
        assertThat(decoded.correlationInfo()).contains(info);
        assertThat(decoded.negotiationRequest().orElseThrow().flags())
                .isEqualTo(NegotiationRequest.CORRELATION_INFO_PRESENT);
        assertThat(info.isWellFormed()).isTrue();
        assertThat(new CorrelationInfo(Bytes.hex("f4".repeat(16))).isWellFormed())
                .isFalse();
        assertThat(new CorrelationInfo(Bytes.hex("01".repeat(15) + "0d")).isWellFormed())
                .isFalse();

        byte[] wire = request.toByteArray();
        byte[] without = X224Samples.relength(Arrays.copyOf(wire, wire.length - 36));
        assertThatThrownBy(() -> ConnectionRequest.decode(Unpooled.wrappedBuffer(without), null))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("correlationInfo.type");
    }

    @Test
    void keepsTextWithoutALineEndAndUnknownTail() {
        byte[] noLineEnd = X224Samples.relength(
                Bytes.hex("0300000000e00000000000 4142434445").toArray());
        assertThat(((ConnectionRequest) laws.keeps(noLineEnd)).trailing()).isEqualTo(Bytes.ascii("ABCDE"));
        byte[] tail = X224Samples.relength(
                Bytes.hex("0300000000e00000000000 0100080003000000 07000400").toArray());
        ConnectionRequest request = (ConnectionRequest) laws.keeps(tail);
        assertThat(request.trailing()).isEqualTo(Bytes.hex("07000400"));
        assertThat(request.requestedProtocols()).isEqualTo(SecurityProtocols.TLS.with(SecurityProtocols.HYBRID));
    }

    @Test
    void cutsAUserNameAtALineEnd() {
        ConnectionRequest request = ConnectionRequest.withCookie("eve\r\nCookie: msts=1", TLS);
        assertThat(request.cookieText()).contains("eve");
    }

    @Test
    void refusesToWriteATpduThatIsTooLong() {
        ConnectionRequest request = ConnectionRequest.withRoutingToken(Bytes.of(new byte[250]), TLS);
        assertThatThrownBy(request::toByteArray)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 254");
    }

    @Test
    void refusesACookieTogetherWithARoutingToken() {
        Optional<Bytes> line = Optional.of(Bytes.ascii("x"));
        assertThatThrownBy(() ->
                        new ConnectionRequest(0, 0, 0, line, line, Optional.empty(), Optional.empty(), Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesTruncationAndMutation() {
        byte[] wire = ConnectionRequest.withCookie("alice", TLS)
                .withCorrelationInfo(new CorrelationInfo(Bytes.hex("11".repeat(16))))
                .toByteArray();
        laws.refusesEveryTruncation(wire);
        laws.survivesEveryTruncation(wire, X224Samples::relength);
        laws.survivesMutations(wire, 3000, 1, X224Samples::relength);
        laws.survivesMutations(wire, 1000, 2, same -> same);
    }
}
