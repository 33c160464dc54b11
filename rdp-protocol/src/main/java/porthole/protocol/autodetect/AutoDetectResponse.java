package porthole.protocol.autodetect;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.14.2 client-to-server structures, behind a security header with {@code SEC_AUTODETECT_RSP}.
 *
 * <p>A structure whose header length does not fit its type is {@link Unknown}.
 */
public sealed interface AutoDetectResponse extends Pdu {
    int TYPE_ID_AUTODETECT_RESPONSE = 0x01;

    int RTT_MEASURE_RESPONSE = 0x0000;
    /** Answers a stop that came while connecting. */
    int BANDWIDTH_MEASURE_RESULTS_CONNECT_TIME = 0x0003;

    int BANDWIDTH_MEASURE_RESULTS = 0x000B;
    int NETWORK_CHARACTERISTICS_SYNC = 0x0018;

    int sequenceNumber();

    int responseType();

    Bytes trailing();

    /** Octets of the header and the fields that it counts. */
    int headerLength();

    /** Appends what follows {@code responseType}. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        out.u8(headerLength())
                .u8(TYPE_ID_AUTODETECT_RESPONSE)
                .u16le(sequenceNumber())
                .u16le(responseType());
        encodeBody(out);
        out.bytes(trailing());
    }

    /** 2.2.14.2.1 RTT Measure Response (RDP_RTT_RESPONSE). */
    record RttMeasureResponse(int sequenceNumber, Bytes trailing) implements AutoDetectResponse {
        public static RttMeasureResponse of(int sequenceNumber) {
            return new RttMeasureResponse(sequenceNumber, Bytes.EMPTY);
        }

        @Override
        public int responseType() {
            return RTT_MEASURE_RESPONSE;
        }

        @Override
        public int headerLength() {
            return 6;
        }

        @Override
        public void encodeBody(WireWriter out) {}
    }

    /**
     * 2.2.14.2.2 Bandwidth Measure Results (RDP_BW_RESULTS).
     *
     * @param timeDelta milliseconds between start and stop
     * @param byteCount octets received between them
     */
    record BandwidthMeasureResults(int sequenceNumber, int responseType, long timeDelta, long byteCount, Bytes trailing)
            implements AutoDetectResponse {
        @Override
        public int headerLength() {
            return 14;
        }

        @Override
        public void encodeBody(WireWriter out) {
            out.u32le(timeDelta).u32le(byteCount);
        }
    }

    /**
     * 2.2.14.2.3 Network Characteristics Sync (RDP_NETCHAR_SYNC): what a reconnecting client still knows.
     *
     * @param bandwidth kilobits a second
     * @param rtt milliseconds
     */
    record NetworkCharacteristicsSync(int sequenceNumber, long bandwidth, long rtt, Bytes trailing)
            implements AutoDetectResponse {
        @Override
        public int responseType() {
            return NETWORK_CHARACTERISTICS_SYNC;
        }

        @Override
        public int headerLength() {
            return 14;
        }

        @Override
        public void encodeBody(WireWriter out) {
            out.u32le(bandwidth).u32le(rtt);
        }
    }

    /** A type that this version does not know. */
    record Unknown(int headerLength, int sequenceNumber, int responseType, Bytes trailing)
            implements AutoDetectResponse {
        @Override
        public void encodeBody(WireWriter out) {}
    }

    /** Reads what follows the security header. */
    static AutoDetectResponse decode(WireReader in) {
        int headerLength = in.u8("headerLength");
        in.check(headerLength >= 6, "headerLength", headerLength, "6 or more");
        in.expect(in.u8("headerTypeId"), TYPE_ID_AUTODETECT_RESPONSE, 1, "headerTypeId");
        int sequence = in.u16le("sequenceNumber");
        int type = in.u16le("responseType");
        if (type == RTT_MEASURE_RESPONSE && headerLength == 6) {
            return new RttMeasureResponse(sequence, in.rest("trailing"));
        }
        if (headerLength == 14
                && (type == BANDWIDTH_MEASURE_RESULTS || type == BANDWIDTH_MEASURE_RESULTS_CONNECT_TIME)) {
            return new BandwidthMeasureResults(
                    sequence, type, in.u32le("timeDelta"), in.u32le("byteCount"), in.rest("trailing"));
        }
        if (headerLength == 14 && type == NETWORK_CHARACTERISTICS_SYNC) {
            return new NetworkCharacteristicsSync(
                    sequence, in.u32le("bandwidth"), in.u32le("rtt"), in.rest("trailing"));
        }
        return new Unknown(headerLength, sequence, type, in.rest("trailing"));
    }
}
