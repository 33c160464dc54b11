package porthole.protocol.x224;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class X224DataTest {
    @Test
    void wrapsAndUnwrapsABody() {
        ByteBuf frame = X224Data.wrap(UnpooledByteBufAllocator.DEFAULT, out -> out.u16be(0x2180));
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("0300000902f0802180");
        WireReader body = X224Data.unwrap(frame, null);
        assertThat(body.offset()).isEqualTo(X224Data.HEADER_SIZE);
        assertThat(body.rest("body")).isEqualTo(Bytes.hex("2180"));
        assertThat(frame.readerIndex()).isZero();
        frame.release();
    }

    @Test
    void tellsTheHeaderToAListener() {
        List<String> fields = new ArrayList<>();
        ByteBuf frame = Unpooled.wrappedBuffer(Bytes.hex("0300000802f08028").toArray());
        X224Data.unwrap(frame, (path, offset, length, value) -> fields.add(path + "=" + value));
        assertThat(fields)
                .containsExactly(
                        "X224Data.tpktHeader.version=3",
                        "X224Data.tpktHeader.reserved=0",
                        "X224Data.tpktHeader.length=8",
                        "X224Data.lengthIndicator=2",
                        "X224Data.code=240",
                        "X224Data.eot=128");
    }

    @Test
    void refusesWhatIsNoDataTpdu() {
        assertThatThrownBy(() -> unwrap("0300000a02f08028")).hasMessageContaining("tpktHeader.length");
        assertThatThrownBy(() -> unwrap("0300000602f08028")).hasMessageContaining("tpktHeader.length");
        assertThatThrownBy(() -> unwrap("0300000803f08028")).hasMessageContaining("lengthIndicator");
        assertThatThrownBy(() -> unwrap("0300000802f00028")).hasMessageContaining("eot");
        assertThatThrownBy(() -> unwrap("0300000b06d00000123400")).hasMessageContaining("connection confirm");
        assertThatThrownBy(() -> unwrap("1503010002020a")).hasMessageContaining("a TLS record with an alert");
        assertThatThrownBy(() -> unwrap("")).isInstanceOf(WireException.class);
    }

    @Test
    void releasesTheBufferWhenTheBodyCannotBeWritten() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        assertThatThrownBy(() -> X224Data.wrap(allocator, out -> out.zeros(70_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not fit a TPKT frame");
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
    }

    private static WireReader unwrap(String hex) {
        return X224Data.unwrap(Unpooled.wrappedBuffer(Bytes.hex(hex).toArray()), null);
    }
}
