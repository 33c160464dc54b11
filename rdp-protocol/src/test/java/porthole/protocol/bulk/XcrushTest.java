package porthole.protocol.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class XcrushTest {
    private static final int PACKED = BulkDecompressor.COMPRESSED | BulkDecompressor.TYPE_RDP61;

    private final BulkDecompressor bulk = new BulkDecompressor();

    private Bytes decompress(String hex) {
        return decompress(PACKED, Bytes.hex(hex));
    }

    private Bytes decompress(int flags, Bytes data) {
        return Bytes.of(ByteBufUtil.getBytes(bulk.decompress(flags, WireReader.of(data, "Packet", "test"))));
    }

    @Test
    void literalsMatchesAndLiteralsBehindThem() {
        assertThat(decompress("02 00 616263646566")).isEqualTo(Bytes.ascii("abcdef"));
        // 2 literals, 4 octets from 1, 1 literal, 3 octets from 9 that overlap themselves, the rest
        assertThat(decompress("01 00 0200 0400 0200 01000000 0300 0700 0C000000 4142 43 4445"))
                .isEqualTo(Bytes.ascii("ABbcdeCCCCDE"));
        assertThat(decompress("01 00 0100 0300 0000 00000000")).isEqualTo(Bytes.ascii("abc"));
    }

    @Test
    void theInnerCompressorHasItsOwnHistory() {
        // RDP 5.0: the literals a, b, c; a copy of 3 from distance 3
        assertThat(decompress("12 21 616263")).isEqualTo(Bytes.ascii("abc"));
        assertThat(decompress("12 21 F860")).isEqualTo(Bytes.ascii("abc"));
        assertThat(decompress("12 01 F860")).as("inner, but not packed").isEqualTo(Bytes.hex("F860"));
        assertThat(decompress("01 00 0100 0800 0000 00000000")).isEqualTo(Bytes.hex("616263616263F860"));
        assertThat(decompress("12 A1 F860")).as("flushed inside").isEqualTo(Bytes.hex("000000"));
    }

    @Test
    void atFrontStartsAgainAndFlushedClears() {
        decompress("02 00 616263646566");
        assertThat(decompress("06 00 7879")).isEqualTo(Bytes.ascii("xy"));
        assertThat(decompress("01 00 0100 0200 0000 00000000")).isEqualTo(Bytes.ascii("xy"));
        assertThat(decompress(PACKED | BulkDecompressor.FLUSHED, Bytes.hex("01 00 0100 0300 0000 00000000")))
                .isEqualTo(Bytes.hex("000000"));
        assertThat(decompress(BulkDecompressor.FLUSHED | BulkDecompressor.TYPE_RDP61, Bytes.hex("0708")))
                .isEqualTo(Bytes.hex("0708"));
    }

    @Test
    void whatTheAlgorithmCannotMeanIsRefused() {
        refused("00 00 61", "Level1ComprFlags");
        refused("03 00 61", "Level1ComprFlags");
        refused("01", "Level2ComprFlags");
        refused("01 00 0200 0100 0000 00000000", "MatchCount");
        // the second match's place lies inside the first
        refused("01 00 0200 0400 0000 00000000 0400 0300 00000000", "MatchOutputOffset");
        // 5 literals are wanted and 2 are there
        refused("01 00 0100 0400 0500 00000000 4142", "Literals");
        // 1,999,999 + 2, and the greatest offset
        refused("01 00 0100 0200 0000 7F841E00", "MatchHistoryOffset");
        refused("01 00 0100 0200 0000 FFFFFFFF", "MatchHistoryOffset");
        refused("01 00 0200 FFFF 0000 00000000 0200 FFFF 00000000", "of 65536 left for a packet");
    }

    private void refused(String hex, String field) {
        assertThatThrownBy(() -> decompress(hex))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(field);
    }

    @Test
    void theHistoryHasAnEnd() {
        String most = "01 00 0100 FFFF 0000 00000000";
        for (int i = 0; i < 30; i++) {
            assertThat(decompress(most).size()).isEqualTo(65_535);
        }
        refused(most, "33950 of history left");
        assertThat(decompress("05 00 0100 FFFF 0000 00000000").size()).isEqualTo(65_535);
    }
}
