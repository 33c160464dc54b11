package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import porthole.protocol.failure.WireException;
import porthole.protocol.gateway.GatewayData;
import porthole.protocol.gateway.HttpPacket;
import porthole.protocol.wire.Framing;

/** The packets of an RD Gateway. */
class GatewayFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void packets(byte[] input) {
        if (input.length >= HttpPacket.HEADER) {
            Unpooled.wrappedBuffer(input).setIntLE(4, input.length); // the cut before the decoder sees to that
        }
        Oracle.keeps(input, HttpPacket::decode);
    }

    @FuzzTest(maxDuration = "30s")
    void framing(byte[] input) {
        try {
            int length = HttpPacket.frameLength(Unpooled.wrappedBuffer(input));
            if (length != Framing.MORE && (length < HttpPacket.HEADER || length > HttpPacket.MAXIMUM)) {
                throw new AssertionError("a length of " + length);
            }
            GatewayData.view(Unpooled.wrappedBuffer(input));
        } catch (WireException refused) {
            if (refused.pdu().isEmpty()) {
                throw new AssertionError("an error must say where", refused);
            }
        }
    }
}
