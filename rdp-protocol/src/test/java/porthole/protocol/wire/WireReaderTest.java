package porthole.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;

class WireReaderTest {
    @Test
    void namesTheFieldTheOffsetAndTheRuleWhenTheOctetsEnd() {
        WireReader in = WireReader.of(new byte[] {1, 2, 3}, "Example", "MS-RDPBCGR 9.9");
        in.u16le("first");
        assertThatThrownBy(() -> in.u16le("second")).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.pdu()).isEqualTo("Example");
            assertThat(e.field()).isEqualTo("second");
            assertThat(e.offset()).isEqualTo(2);
            assertThat(e.section()).isEqualTo("MS-RDPBCGR 9.9");
        });
    }

    @Test
    void aSubReaderCannotReadPastItsOwnEnd() {
        WireReader in = WireReader.of(new byte[] {1, 2, 3, 4}, "Outer", "x");
        WireReader inner = in.sub(2, "inner", "y");
        inner.u16be("value");
        assertThatThrownBy(() -> inner.u8("beyond"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("Outer.inner.beyond");
        assertThat(in.u16le("behind")).isEqualTo(0x0403);
    }

    @Test
    void refusesACountThatCannotFollow() {
        WireReader in = WireReader.of(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0}, "Outer", "x");
        long count = in.u32le("count");
        assertThatThrownBy(() -> in.count(count, 8, "count")).isInstanceOf(WireException.class);
    }

    @Test
    void tellsEachFieldToTheListener() {
        List<String> fields = new ArrayList<>();
        WireReader in = WireReader.of(
                io.netty.buffer.Unpooled.wrappedBuffer(new byte[] {1, 2, 0, 9}),
                "Outer",
                "x",
                (path, offset, length, value) -> fields.add(path + "@" + offset + "+" + length + "=" + value));
        in.u8("kind");
        in.within("body", "y", body -> body.u16le("length"));
        in.rest("tail");
        assertThat(fields).containsExactly("Outer.kind@0+1=1", "Outer.body.length@1+2=2", "Outer.tail@3+1=1:09");
    }
}
