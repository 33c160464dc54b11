package porthole.transport.sequence;

import java.util.LinkedHashMap;
import java.util.Map;
import porthole.protocol.autodetect.AutoDetectRequest;
import porthole.protocol.autodetect.AutoDetectResponse;
import porthole.protocol.multitransport.HeartbeatPdu;
import porthole.protocol.multitransport.InitiateMultitransportRequest;
import porthole.protocol.multitransport.InitiateMultitransportResponse;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.transport.BandwidthMeter;
import porthole.transport.Connection;

/**
 * Answers what a host asks on the message channel: network characteristics (MS-RDPBCGR 2.2.14), multitransport
 * (2.2.15) and heartbeats (2.2.16). Any phase after the channel connection may get these.
 */
final class MessageChannel {
    /** The responseType values of RDP_BW_RESULTS (MS-RDPBCGR 2.2.14.2.2). */
    private static final int RESULTS_CONNECT_TIME = 0x0003;

    private static final int RESULTS_CONTINUOUS = 0x000B;

    private final Connection connection;

    MessageChannel(Connection connection) {
        this.connection = connection;
    }

    /** What a message is, without reading it: the flags of its security header. */
    static int flags(WireReader in) {
        return in.peekU16le("securityHeader.flags");
    }

    void receive(WireReader in) {
        BasicSecurityHeader header =
                in.within("securityHeader", "MS-RDPBCGR 2.2.8.1.1.2.1", BasicSecurityHeader::decode);
        if (has(header, BasicSecurityHeader.SEC_AUTODETECT_REQ)) {
            measure(AutoDetectRequest.decode(in));
        } else if (has(header, BasicSecurityHeader.SEC_TRANSPORT_REQ)) {
            refuse(InitiateMultitransportRequest.decode(in));
        } else if (has(header, BasicSecurityHeader.SEC_HEARTBEAT)) {
            HeartbeatPdu beat = HeartbeatPdu.decode(in);
            connection.clock().note("heartbeat", Map.of("period", beat.period()));
            connection.heartbeats().beat(beat);
        } else {
            connection.clock().note("unknown-message", Map.of("flags", header.flags(), "octets", in.remaining()));
        }
    }

    private static boolean has(BasicSecurityHeader header, int flag) {
        return (header.flags() & flag) != 0;
    }

    private void refuse(InitiateMultitransportRequest request) {
        send(
                BasicSecurityHeader.SEC_TRANSPORT_RSP,
                "InitiateMultitransportResponse",
                InitiateMultitransportResponse.of(request.requestId(), InitiateMultitransportResponse.E_ABORT));
    }

    private void measure(AutoDetectRequest request) {
        BandwidthMeter meter = connection.meter();
        long now = connection.clock().elapsed().toMillis();
        if (request instanceof AutoDetectRequest.RttMeasureRequest rtt) {
            answer("RttMeasureResponse", AutoDetectResponse.RttMeasureResponse.of(rtt.sequenceNumber()));
        } else if (request instanceof AutoDetectRequest.BandwidthMeasureStart) {
            meter.start(now, connection.octetsReceived());
        } else if (request instanceof AutoDetectRequest.BandwidthMeasurePayload payload) {
            meter.payload(payload.payload().size());
        } else if (request instanceof AutoDetectRequest.BandwidthMeasureStop stop) {
            int last = stop.payload().map(Bytes::size).orElse(0);
            answer(
                    "BandwidthMeasureResults",
                    new AutoDetectResponse.BandwidthMeasureResults(
                            stop.sequenceNumber(),
                            stop.payload().isPresent() ? RESULTS_CONNECT_TIME : RESULTS_CONTINUOUS,
                            meter.millis(now),
                            meter.octets(connection.octetsReceived(), last),
                            Bytes.EMPTY));
        } else if (request instanceof AutoDetectRequest.NetworkCharacteristicsResult result) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("baseRttMillis", result.baseRtt());
            facts.put("bandwidthKbit", result.bandwidth());
            facts.put("averageRttMillis", result.averageRtt());
            connection.clock().note("network-characteristics", facts);
        } else {
            connection.clock().note("unknown-autodetect", Map.of());
        }
    }

    private void answer(String name, AutoDetectResponse response) {
        send(BasicSecurityHeader.SEC_AUTODETECT_RSP, name, response);
    }

    private void send(int flags, String name, Pdu body) {
        connection.sendOn(connection.facts().messageChannelId().orElseThrow(), name, flags, body);
    }
}
