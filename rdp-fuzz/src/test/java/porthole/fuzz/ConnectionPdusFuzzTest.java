package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import porthole.protocol.gcc.ConferenceCreateRequest;
import porthole.protocol.gcc.ConferenceCreateResponse;
import porthole.protocol.mcs.ConnectInitial;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.mcs.SendData;
import porthole.protocol.mcs.SendDataIndication;
import porthole.protocol.mcs.SendDataRequest;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.DisconnectRequest;
import porthole.protocol.x224.X224Data;

/** X.224, MCS and GCC. */
class ConnectionPdusFuzzTest {
    private static final Family X224 = new Family(
            ConnectionRequest::decode,
            ConnectionConfirm::decode,
            ConnectionPdusFuzzTest::frame,
            DisconnectRequest::decode);

    private static final Family MCS = new Family(
            DomainPdu::decode, ConnectInitial::decode, ConnectResponse::decode, ConnectionPdusFuzzTest::sendData);

    private static final Family GCC = new Family(ConferenceCreateRequest::decode, ConferenceCreateResponse::decode);

    /** A domain PDU with TPKT and X.224 around it. */
    private record Frame(DomainPdu pdu) implements Pdu {
        @Override
        public void encode(WireWriter out) {
            X224Data.encode(out, pdu);
        }
    }

    private static Frame frame(WireReader in) {
        byte[] octets = in.rest("frame").toArray();
        return new Frame(DomainPdu.decode(X224Data.unwrap(io.netty.buffer.Unpooled.wrappedBuffer(octets), null)));
    }

    /** The way without a copy gives the same as the way with one. */
    private static Pdu sendData(WireReader in) {
        SendData data = SendData.read(in);
        return data.isIndication()
                ? new SendDataIndication(
                        data.initiator(), data.channelId(), data.flags(), data.longLength(), rest(data))
                : new SendDataRequest(data.initiator(), data.channelId(), data.flags(), data.longLength(), rest(data));
    }

    private static Bytes rest(SendData data) {
        return data.userData().rest("octets");
    }

    @FuzzTest(maxDuration = "30s")
    void x224(byte[] input) {
        X224.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void mcs(byte[] input) {
        MCS.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void gcc(byte[] input) {
        GCC.test(input);
    }
}
