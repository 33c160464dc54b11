package porthole.protocol.autodetect;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.14.1 server-to-client structures, behind a security header with {@code SEC_AUTODETECT_REQ}.
 *
 * <p>{@code headerLength} is computed when written. A structure whose header length does not fit its type is
 * {@link Unknown}.
 */
public sealed interface AutoDetectRequest extends Pdu {
    int TYPE_ID_AUTODETECT_REQUEST = 0x00;

    /** After connecting. */
    int RTT_MEASURE_REQUEST = 0x0001;
    /** While connecting. */
    int RTT_MEASURE_REQUEST_CONNECT_TIME = 0x1001;

    int BANDWIDTH_MEASURE_START = 0x0014;
    int BANDWIDTH_MEASURE_START_LOSSY = 0x0114;
    int BANDWIDTH_MEASURE_START_CONNECT_TIME = 0x1014;
    int BANDWIDTH_MEASURE_PAYLOAD = 0x0002;
    /** While connecting; the only stop with a payload. */
    int BANDWIDTH_MEASURE_STOP_CONNECT_TIME = 0x002B;

    int BANDWIDTH_MEASURE_STOP = 0x0429;
    int BANDWIDTH_MEASURE_STOP_LOSSY = 0x0629;
    int NETWORK_CHARACTERISTICS_RTT = 0x0840;
    int NETWORK_CHARACTERISTICS_BANDWIDTH = 0x0880;
    int NETWORK_CHARACTERISTICS_ALL = 0x08C0;

    int sequenceNumber();

    int requestType();

    Bytes trailing();

    /** Octets of the header and the fields that it counts. */
    int headerLength();

    /** Appends what follows {@code requestType}. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        out.u8(headerLength())
                .u8(TYPE_ID_AUTODETECT_REQUEST)
                .u16le(sequenceNumber())
                .u16le(requestType());
        encodeBody(out);
        out.bytes(trailing());
    }

    /** 2.2.14.1.1 RTT Measure Request (RDP_RTT_REQUEST). */
    record RttMeasureRequest(int sequenceNumber, int requestType, Bytes trailing) implements AutoDetectRequest {
        @Override
        public int headerLength() {
            return 6;
        }

        @Override
        public void encodeBody(WireWriter out) {}
    }

    /** 2.2.14.1.2 Bandwidth Measure Start (RDP_BW_START). */
    record BandwidthMeasureStart(int sequenceNumber, int requestType, Bytes trailing) implements AutoDetectRequest {
        @Override
        public int headerLength() {
            return 6;
        }

        @Override
        public void encodeBody(WireWriter out) {}
    }

    /** 2.2.14.1.3 Bandwidth Measure Payload (RDP_BW_PAYLOAD). */
    record BandwidthMeasurePayload(int sequenceNumber, Bytes payload, Bytes trailing) implements AutoDetectRequest {
        @Override
        public int requestType() {
            return BANDWIDTH_MEASURE_PAYLOAD;
        }

        @Override
        public int headerLength() {
            return 8;
        }

        @Override
        public void encodeBody(WireWriter out) {
            out.u16le(payload.size()).bytes(payload);
        }
    }

    /**
     * 2.2.14.1.4 Bandwidth Measure Stop (RDP_BW_STOP).
     *
     * @param payload present with {@link #BANDWIDTH_MEASURE_STOP_CONNECT_TIME} alone
     */
    record BandwidthMeasureStop(int sequenceNumber, int requestType, Optional<Bytes> payload, Bytes trailing)
            implements AutoDetectRequest {
        @Override
        public int headerLength() {
            return payload.isPresent() ? 8 : 6;
        }

        @Override
        public void encodeBody(WireWriter out) {
            payload.ifPresent(octets -> out.u16le(octets.size()).bytes(octets));
        }
    }

    /**
     * 2.2.14.1.5 Network Characteristics Result (RDP_NETCHAR_RESULT).
     *
     * @param baseRtt milliseconds; zero where the request type does not carry it
     * @param bandwidth kilobits a second; zero where the request type does not carry it
     * @param averageRtt milliseconds
     */
    record NetworkCharacteristicsResult(
            int sequenceNumber, int requestType, long baseRtt, long bandwidth, long averageRtt, Bytes trailing)
            implements AutoDetectRequest {
        @Override
        public int headerLength() {
            return requestType == NETWORK_CHARACTERISTICS_ALL ? 18 : 14;
        }

        @Override
        public void encodeBody(WireWriter out) {
            if (requestType != NETWORK_CHARACTERISTICS_BANDWIDTH) {
                out.u32le(baseRtt);
            }
            if (requestType != NETWORK_CHARACTERISTICS_RTT) {
                out.u32le(bandwidth);
            }
            out.u32le(averageRtt);
        }
    }

    /** A type that this version does not know. */
    record Unknown(int headerLength, int sequenceNumber, int requestType, Bytes trailing) implements AutoDetectRequest {
        @Override
        public void encodeBody(WireWriter out) {}
    }

    /** Reads what follows the security header. */
    static AutoDetectRequest decode(WireReader in) {
        int headerLength = in.u8("headerLength");
        in.check(headerLength >= 6, "headerLength", headerLength, "6 or more");
        in.expect(in.u8("headerTypeId"), TYPE_ID_AUTODETECT_REQUEST, 1, "headerTypeId");
        int sequence = in.u16le("sequenceNumber");
        int type = in.u16le("requestType");
        AutoDetectRequest request = switch (type * 256 + headerLength) {
            case RTT_MEASURE_REQUEST * 256 + 6, RTT_MEASURE_REQUEST_CONNECT_TIME * 256 + 6 ->
                new RttMeasureRequest(sequence, type, in.rest("trailing"));
            case BANDWIDTH_MEASURE_START * 256 + 6,
                    BANDWIDTH_MEASURE_START_LOSSY * 256 + 6,
                    BANDWIDTH_MEASURE_START_CONNECT_TIME * 256 + 6 ->
                new BandwidthMeasureStart(sequence, type, in.rest("trailing"));
            case BANDWIDTH_MEASURE_PAYLOAD * 256 + 8 ->
                new BandwidthMeasurePayload(sequence, payload(in), in.rest("trailing"));
            case BANDWIDTH_MEASURE_STOP_CONNECT_TIME * 256 + 8 ->
                new BandwidthMeasureStop(sequence, type, Optional.of(payload(in)), in.rest("trailing"));
            case BANDWIDTH_MEASURE_STOP * 256 + 6, BANDWIDTH_MEASURE_STOP_LOSSY * 256 + 6 ->
                new BandwidthMeasureStop(sequence, type, Optional.empty(), in.rest("trailing"));
            case NETWORK_CHARACTERISTICS_RTT * 256 + 14,
                    NETWORK_CHARACTERISTICS_BANDWIDTH * 256 + 14,
                    NETWORK_CHARACTERISTICS_ALL * 256 + 18 ->
                new NetworkCharacteristicsResult(
                        sequence,
                        type,
                        type == NETWORK_CHARACTERISTICS_BANDWIDTH ? 0 : in.u32le("baseRTT"),
                        type == NETWORK_CHARACTERISTICS_RTT ? 0 : in.u32le("bandwidth"),
                        in.u32le("averageRTT"),
                        in.rest("trailing"));
            default -> new Unknown(headerLength, sequence, type, in.rest("trailing"));
        };
        return request;
    }

    private static Bytes payload(WireReader in) {
        return in.bytes(in.u16le("payloadLength"), "payload");
    }
}
