package porthole.protocol.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.autodetect.AutoDetectRequest;
import porthole.protocol.autodetect.AutoDetectResponse;
import porthole.protocol.info.ClientInfoPdu;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.multitransport.InitiateMultitransportRequest;
import porthole.protocol.multitransport.InitiateMultitransportResponse;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.share.RecordedUserData.Sample;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Every recorded PDU of these packages decodes, encodes to the same octets, and fails as it should when it is damaged. */
class RecordedSharePdusTest {
    static Stream<Sample> sharePdus() {
        return RecordedUserData.of(
                "demand-active",
                "confirm-active",
                "synchronize",
                "control-cooperate",
                "control-request",
                "control-granted",
                "font-list",
                "font-map",
                "frame-acknowledge",
                "server-redirection");
    }

    @ParameterizedTest
    @MethodSource("sharePdus")
    void sharePdu(Sample sample) {
        RecordedUserData.holds(sample.octets(), ShareControlPdu::decode);
        assertThat(RecordedUserData.decode(sample.octets(), ShareControlPdu::decode))
                .isNotInstanceOf(ShareControlPdu.Unknown.class);
    }

    static Stream<Sample> updates() {
        return RecordedUserData.of("update", "update-bitmap");
    }

    @ParameterizedTest
    @MethodSource("updates")
    void slowPathUpdate(Sample sample) {
        if (sample.octets().length < 1000) {
            RecordedUserData.holds(sample.octets(), ShareControlPdu::decode);
        }
        DataPdu pdu = (DataPdu) RecordedUserData.decode(sample.octets(), ShareControlPdu::decode);
        assertThat(pdu.toByteArray()).isEqualTo(sample.octets());
        assertThat(pdu.header().totalLength()).isEqualTo(sample.octets().length);
        assertThat(pdu.body() instanceof ShareDataBody.Compressed)
                .isEqualTo(pdu.dataHeader().isCompressed());
    }

    static Stream<Sample> clientInfos() {
        return RecordedUserData.of("client-info");
    }

    @ParameterizedTest
    @MethodSource("clientInfos")
    void clientInfo(Sample sample) {
        RecordedUserData.holds(sample.octets(), ClientInfoPdu::decode);
    }

    static Stream<Sample> licenses() {
        return RecordedUserData.of("license");
    }

    @ParameterizedTest
    @MethodSource("licenses")
    void license(Sample sample) {
        RecordedUserData.holds(
                sample.octets(), in -> secured(BasicSecurityHeader.SEC_LICENSE_PKT, LicensingPdu::decode, in));
    }

    static Stream<Sample> autoDetectRequests() {
        return RecordedUserData.of("autodetect-request");
    }

    @ParameterizedTest
    @MethodSource("autoDetectRequests")
    void autoDetectRequest(Sample sample) {
        RecordedUserData.holds(sample.octets(), in -> secured(0, AutoDetectRequest::decode, in));
    }

    static Stream<Sample> autoDetectResponses() {
        return RecordedUserData.of("autodetect-response");
    }

    @ParameterizedTest
    @MethodSource("autoDetectResponses")
    void autoDetectResponse(Sample sample) {
        RecordedUserData.holds(sample.octets(), in -> secured(0, AutoDetectResponse::decode, in));
    }

    static Stream<Sample> transportRequests() {
        return RecordedUserData.of("transport-request");
    }

    @ParameterizedTest
    @MethodSource("transportRequests")
    void transportRequest(Sample sample) {
        RecordedUserData.holds(sample.octets(), in -> secured(0, InitiateMultitransportRequest::decode, in));
    }

    static Stream<Sample> transportResponses() {
        return RecordedUserData.of("transport-response");
    }

    @ParameterizedTest
    @MethodSource("transportResponses")
    void transportResponse(Sample sample) {
        RecordedUserData.holds(sample.octets(), in -> secured(0, InitiateMultitransportResponse::decode, in));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void securityExchange(Sample sample) {
        RecordedUserData.holds(sample.octets(), SecurityExchangePdu::decode);
    }

    static Stream<Sample> exchanges() {
        return Fixtures.recordings("freerdp-rdp-xrdp").stream()
                .filter(recording ->
                        !recording.rows(Direction.C2S, "sec-exchange").isEmpty())
                .map(recording -> new Sample(
                        recording.name(), RecordedUserData.first(recording.name(), Direction.C2S, "sec-exchange")));
    }

    /** A header and a body, comparable as a pair. */
    private record Secured(BasicSecurityHeader header, Pdu body) implements Pdu {
        @Override
        public void encode(WireWriter out) {
            out.pdu(header.before(body));
        }
    }

    private static Pdu secured(int flag, Function<WireReader, ? extends Pdu> body, WireReader in) {
        BasicSecurityHeader header = BasicSecurityHeader.decode(in);
        in.check(header.has(flag), "flags", header.flags(), "flag " + flag);
        return new Secured(header, body.apply(in));
    }
}
