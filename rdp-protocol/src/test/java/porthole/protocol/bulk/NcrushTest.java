package porthole.protocol.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class NcrushTest {
    private static final int PACKED = BulkDecompressor.COMPRESSED | BulkDecompressor.TYPE_RDP6;
    private static final int UNUSED_SYMBOL = 293;

    private final BulkDecompressor bulk = new BulkDecompressor();

    private Bytes decompress(int flags, byte[] data) {
        return Bytes.of(ByteBufUtil.getBytes(bulk.decompress(flags, WireReader.of(data, "Packet", "test"))));
    }

    /** Builds a packet symbol by symbol. */
    private static final class Symbols {
        private final StringBuilder bits = new StringBuilder();

        Symbols bits(int value, int count) {
            for (int i = 0; i < count; i++) {
                bits.append(value >> i & 1);
            }
            return this;
        }

        private Symbols code(HuffmanCode code, int symbol) {
            return bits(code.code(symbol), code.codeLength(symbol));
        }

        Symbols lec(int symbol) {
            return code(NcrushCode.LEC, symbol);
        }

        Symbols text(String text) {
            for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
                lec(octet & 0xFF);
            }
            return this;
        }

        Symbols length(int symbol, int extra) {
            return code(NcrushCode.LENGTHS, symbol).bits(extra, NcrushCode.lengthBits(symbol));
        }

        Symbols length(int length) {
            int symbol = NcrushCode.lengthSymbol(length);
            return length(symbol, length - NcrushCode.lengthBase(symbol));
        }

        Symbols copy(int distance, int length) {
            int index = NcrushCode.offsetIndex(distance);
            return lec(NcrushCode.FIRST_OFFSET + index)
                    .bits(distance - NcrushCode.offsetBase(index), NcrushCode.offsetBits(index))
                    .length(length);
        }

        Symbols cached(int index, int length) {
            return lec(NcrushCode.FIRST_CACHED + index).length(length);
        }

        byte[] end() {
            lec(NcrushCode.END);
            return unfinished();
        }

        byte[] unfinished() {
            byte[] octets = new byte[(bits.length() + 7) / 8];
            for (int i = 0; i < bits.length(); i++) {
                octets[i / 8] |= (byte) (bits.charAt(i) - '0' << i % 8);
            }
            return octets;
        }
    }

    /** MS-RDPEGDI 3.1.8.1.4.2, table 5. */
    @Test
    void theCodebookIsThatOfTheSpecification() {
        int[] first = {0x0001, 0x0000, 0x0002, 0x0009, 0x0006, 0x0005, 0x000d, 0x000b};
        int[] last = {0x003f, 0x013f, 0x00bf, 0x01bf, 0x007f, 0x017f, 0x00ff, 0x01ff};
        for (int i = 0; i < 8; i++) {
            assertThat(NcrushCode.LENGTHS.code(i)).isEqualTo(first[i]);
            assertThat(NcrushCode.LENGTHS.code(24 + i)).isEqualTo(last[i]);
        }
    }

    @Test
    void everyBitPatternIsASymbolAndEverySymbolIsFound() {
        double share = 0;
        for (int symbol = 0; symbol <= UNUSED_SYMBOL; symbol++) {
            int entry = NcrushCode.LEC.lookUp(NcrushCode.LEC.code(symbol));
            assertThat(HuffmanCode.symbol(entry)).isEqualTo(symbol);
            assertThat(HuffmanCode.length(entry)).isEqualTo(NcrushCode.LEC.codeLength(symbol));
            share += 1.0 / (1 << HuffmanCode.length(entry));
        }
        assertThat(share).isEqualTo(1.0);
    }

    @Test
    void literalsAndCopies() {
        assertThat(decompress(
                        PACKED,
                        new Symbols()
                                .text("ab\u00ff\u0080")
                                .copy(3, 7)
                                .text("!")
                                .end()))
                .isEqualTo(Bytes.hex("6162ff80 62ff8062ff8062 21"));
        assertThat(decompress(PACKED, new Symbols().end()))
                .as("the end of stream and nothing else")
                .isEqualTo(Bytes.EMPTY);
    }

    @Test
    void everyDistanceAndLengthIsReached() {
        byte[] letters = new byte[30_000];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) (i * 7 + i / 256 * 3);
        }
        byte[] head = new Symbols()
                .text(new String(letters, StandardCharsets.ISO_8859_1))
                .end();
        for (int distance : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 63, 64, 255, 256, 257, 4095, 16_383, 16_384, 29_999}) {
            for (int length : new int[] {2, 9, 10, 11, 33, 129, 130, 257, 258, 769, 770, 5000, 16_385}) {
                assertThat(decompress(PACKED | BulkDecompressor.FLUSHED, head)).isEqualTo(Bytes.of(letters));
                byte[] expected = new byte[length];
                for (int i = 0; i < length; i++) {
                    expected[i] = i < distance ? letters[letters.length - distance + i] : expected[i - distance];
                }
                assertThat(decompress(
                                PACKED, new Symbols().copy(distance, length).end()))
                        .isEqualTo(Bytes.of(expected));
            }
        }
    }

    @Test
    void theCacheHoldsTheLastFourDistances() {
        byte[] packed = new Symbols()
                .text("abcdefgh")
                .copy(8, 2) // ab, cache 8
                .copy(7, 2) // de, cache 7 8
                .copy(6, 2) // gh, cache 6 7 8
                .copy(5, 2) // bd, cache 5 6 7 8
                .cached(3, 2) // distance 8: gh? then 8 6 7 5
                .cached(0, 2) // distance 8 again
                .cached(3, 2) // distance 5
                .end();
        StringBuilder expected = new StringBuilder("abcdefgh");
        for (int distance : new int[] {8, 7, 6, 5, 8, 8, 5}) {
            int from = expected.length() - distance;
            expected.append(expected, from, from + 2);
        }
        assertThat(decompress(PACKED, packed)).isEqualTo(Bytes.ascii(expected.toString()));
    }

    @Test
    void atFrontSlidesTheHistoryByHalfAndFlushedClearsIt() {
        byte[] fill = new Symbols()
                .text("x")
                .copy(1, 16_385)
                .copy(1, 16_385)
                .text("tail")
                .end();
        decompress(PACKED, fill);
        assertThat(decompress(
                        PACKED | BulkDecompressor.AT_FRONT,
                        new Symbols().copy(4, 4).end()))
                .isEqualTo(Bytes.ascii("tail"));
        // what lies before the begin comes from the end, which is empty after the slide
        assertThat(decompress(PACKED, new Symbols().copy(32_773, 2).end())).isEqualTo(Bytes.hex("0078"));
        assertThat(decompress(BulkDecompressor.FLUSHED | BulkDecompressor.TYPE_RDP6, new byte[] {7}))
                .isEqualTo(Bytes.hex("07"));
        assertThat(decompress(PACKED, new Symbols().copy(4, 4).end())).isEqualTo(Bytes.hex("00000000"));
    }

    @Test
    void whatTheAlgorithmCannotMeanIsRefused() {
        refused(new Symbols().text("a").unfinished(), "the end of stream is still to come");
        refused(new byte[0], "the end of stream is still to come");
        refused(new Symbols().lec(NcrushCode.FIRST_OFFSET).length(2).end(), "distance 0");
        refused(new Symbols().cached(2, 2).end(), "distance 0");
        refused(new Symbols().lec(UNUSED_SYMBOL).length(2).end(), "unused symbol");
        refused(
                new Symbols()
                        .text("a")
                        .lec(NcrushCode.FIRST_OFFSET + 1)
                        .code(NcrushCode.LENGTHS, 30)
                        .end(),
                "length symbol 30");
        Symbols big = new Symbols().text("a");
        for (int i = 0; i < 4; i++) {
            big.copy(1, NcrushCode.LONGEST_MATCH);
        }
        refused(big.end(), "65536 octets of history");
        assertThatThrownBy(() -> decompress(PACKED | BulkDecompressor.AT_FRONT, new Symbols().end()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("PACKET_AT_FRONT at history offset 0");
    }

    private void refused(byte[] packet, String why) {
        assertThatThrownBy(() -> decompress(PACKED | BulkDecompressor.FLUSHED, packet))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
        decompress(BulkDecompressor.FLUSHED | BulkDecompressor.TYPE_RDP6, new byte[0]);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] packet = new Symbols()
                .text("some text")
                .copy(5, 300)
                .cached(0, 20)
                .text("end")
                .end();
        for (int length = 0; length < packet.length; length++) {
            refused(Arrays.copyOf(packet, length), "bits left");
        }
    }
}
