package porthole.protocol.x224;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import porthole.protocol.DecoderLaws;
import porthole.protocol.wire.Bytes;

class DisconnectRequestTest {
    private static final DecoderLaws LAWS =
            new DecoderLaws("DisconnectRequest", frame -> DisconnectRequest.decode(frame, null));

    /** TPKT of 14 octets; length indicator 9, DR, references 0x0102 and 0x1234, reason 136, three octets more. */
    private static final byte[] FRAME =
            Bytes.hex("0300000e 09 80 0102 1234 88 e00141").toArray();

    @Test
    void readsReasonAndAdditionalInformation() {
        assertThat(DisconnectRequest.isIn(Unpooled.wrappedBuffer(FRAME))).isTrue();
        assertThat(DisconnectRequest.isIn(Unpooled.wrappedBuffer(FRAME, 0, 5))).isFalse();
        DisconnectRequest request = (DisconnectRequest) LAWS.keeps(FRAME);
        assertThat(request).isEqualTo(new DisconnectRequest(0x0102, 0x1234, 136, Bytes.hex("e00141")));
        assertThat(request.meaning()).isEqualTo("connections are refused on this network connection");
        assertThat(new DisconnectRequest(77).meaning()).contains("not one of X.224");
    }

    @Test
    void refusesTruncationsAndSurvivesMutations() {
        LAWS.refusesEveryTruncation(FRAME);
        LAWS.survivesMutations(FRAME, 500, 1, X224Samples::relength);
    }
}
