package porthole.protocol.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class Rdp8DecompressorTest {
    private static final String FOX = "The quick brown fox jumps over the lazy dog";
    private static final int MAXIMUM = 1 << 20;

    private final Rdp8Decompressor rdp8 = Rdp8Decompressor.rdp8(MAXIMUM);

    private static Bytes plain(Rdp8Decompressor decompressor, byte[] data) {
        return Bytes.of(ByteBufUtil.getBytes(decompressor.decompress(WireReader.of(data, "Segments", "test"))));
    }

    private Bytes plain(String hex) {
        return plain(rdp8, Bytes.hex(hex).toArray());
    }

    private void refused(byte[] data, String why) {
        assertThatThrownBy(() -> plain(rdp8, data))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
    }

    /** A single compressed segment of a text of zeros and ones. */
    private static byte[] bits(String text) {
        String bits = text.replace(" ", "");
        int octets = (bits.length() + 7) / 8;
        byte[] segment = new byte[octets + 3];
        segment[0] = (byte) Rdp8Decompressor.SINGLE;
        segment[1] = Rdp8Decompressor.PACKET_COMPRESSED | Rdp8Decompressor.PACKET_COMPR_TYPE_RDP8;
        for (int i = 0; i < bits.length(); i++) {
            segment[2 + i / 8] |= (byte) ((bits.charAt(i) - '0') << 7 - i % 8);
        }
        segment[octets + 2] = (byte) (octets * 8 - bits.length());
        return segment;
    }

    private static String binary(long value, int width) {
        return Long.toBinaryString(1L << width | value).substring(1);
    }

    @Test
    void theExamplesOfTheSpecification() {
        assertThat(plain("E0 24 CE 9B 19 62 18 00")).isEqualTo(Bytes.hex("01 02 FF 65 65 65 65 65"));
        assertThat(plain("E004" + Bytes.ascii(FOX).toHex())).isEqualTo(Bytes.ascii(FOX));
        assertThat(plain("E0 24 20 90 88 71 1F B2 01")).isEqualTo(Bytes.ascii("ABC".repeat(20)));
        assertThat(plain("""
                E1 03 00 2B 00 00 00 11 00 00 00 04 54 68 65 20
                71 75 69 63 6B 20 62 72 6F 77 6E 20 0E 00 00 00
                04 66 6F 78 20 6A 75 6D 70 73 20 6F 76 65 10 00
                00 00 24 39 08 0E 91 F8 D8 61 3D 1E 44 06 43 79
                9C 02""")).isEqualTo(Bytes.ascii(FOX));
        byte[] noise = new byte[1000];
        new SplittableRandom(3).nextBytes(noise);
        assertThat(plain("E0 24 88 01 F4 00" + Bytes.of(noise).toHex() + "00")).isEqualTo(Bytes.of(noise));
    }

    /** MS-RDPEDYC 4.3.3 and 4.3.4: the second refers to what the first put out. */
    @Test
    void theExamplesOfTheLiteForm() {
        Rdp8Decompressor lite = Rdp8Decompressor.lite();
        assertThat(plain(lite, Bytes.hex("e0 26 38 c4 3f f4 74 01").toArray()))
                .isEqualTo(Bytes.ascii("q".repeat(1595)));
        assertThat(plain(lite, Bytes.hex("e0 26 88 7f e8 f4 02").toArray())).isEqualTo(Bytes.ascii("q".repeat(1597)));
        assertThatThrownBy(() -> plain(lite, Bytes.hex("e0 24 00").toArray()))
                .hasMessageContaining("compression type 6");
        assertThatThrownBy(() -> plain(lite, Bytes.hex("e1 0000 00000000").toArray()))
                .hasMessageContaining("SINGLE");
    }

    @ParameterizedTest
    @CsvSource({
        "11000,00",
        "11001,01",
        "110100,02",
        "110101,03",
        "110110,FF",
        "1101110,04",
        "1101111,05",
        "1110000,06",
        "1110001,07",
        "1110010,08",
        "1110011,09",
        "1110100,0A",
        "1110101,0B",
        "1110110,3A",
        "1110111,3B",
        "1111000,3C",
        "1111001,3D",
        "1111010,3E",
        "1111011,3F",
        "1111100,40",
        "1111101,80",
        "11111100,0C",
        "11111101,38",
        "11111110,39",
        "11111111,66",
        "001001001,49",
        "011111110,FE"
    })
    void everyLiteral(String code, String octet) {
        assertThat(plain(rdp8, bits(code + code))).isEqualTo(Bytes.hex(octet + octet));
    }

    private static String distance(int distance) {
        int[] least = {0, 32, 160, 672, 1696, 5792, 22176, 54944, 317088, 1365664, 2414240, Integer.MAX_VALUE};
        int[] width = {5, 7, 9, 10, 12, 14, 15, 18, 20, 20, 21};
        String[] prefix = {
            "10001",
            "10010",
            "10011",
            "10100",
            "10101",
            "101100",
            "101101",
            "1011100",
            "1011101",
            "10111100",
            "10111101"
        };
        int row = 0;
        while (least[row + 1] <= distance) {
            row++;
        }
        return prefix[row] + binary(distance - least[row], width[row]);
    }

    private static String length(int length) {
        if (length == 3) {
            return "0";
        }
        int width = 31 - Integer.numberOfLeadingZeros(length);
        return "1".repeat(width - 1) + "0" + binary(length - (1 << width), width);
    }

    /** The history of a message whose last octets are those of the history; compared with a plain model. */
    @Test
    void everyFormOfDistanceAndLengthAcrossMessages() {
        byte[] model = new byte[2_600_000];
        int end = 0;
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 40; i++) {
            byte[] noise = new byte[65_000];
            random.nextBytes(noise);
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            raw.write(0xE0);
            raw.write(4);
            raw.writeBytes(noise);
            assertThat(plain(rdp8, raw.toByteArray())).isEqualTo(Bytes.of(noise));
            System.arraycopy(noise, 0, model, end, noise.length);
            end += noise.length;
        }
        int[] distances = {
            1, 2, 31, 32, 159, 160, 671, 672, 1695, 1696, 5791, 5792, 22175, 22176, 54943, 54944, 317087, 317088,
            1365663, 1365664, 2414239, 2414240, 2_499_999, 2_500_000
        };
        for (int distance : distances) {
            for (int length : new int[] {3, 4, 7, 8, 100, 2048, 65_535}) {
                byte[] expected = new byte[length];
                byte[] window = Arrays.copyOfRange(model, end - distance, end);
                for (int i = 0; i < length; i++) {
                    expected[i] = window[i % distance];
                }
                assertThat(plain(rdp8, bits(distance(distance) + length(length))))
                        .as(distance + " " + length)
                        .isEqualTo(Bytes.of(expected));
                byte[] both = new byte[2_600_000 + length];
                System.arraycopy(model, 0, both, 0, end);
                System.arraycopy(expected, 0, both, end, length);
                int keep = Math.min(end + length, 2_500_000);
                System.arraycopy(both, end + length - keep, model, 0, keep);
                end = keep;
            }
        }
    }

    @Test
    void matchesWithinAMessageAndIntoTheOneBefore() {
        plain("E004" + Bytes.ascii("abcdef").toHex());
        String x = "0" + binary('x', 8);
        assertThat(plain(rdp8, bits(x + distance(4) + length(3) + distance(1) + length(9) + distance(5) + length(6))))
                .isEqualTo(Bytes.ascii("xdef" + "f".repeat(9) + "ffffff"));
        assertThat(plain(rdp8, bits(distance(19) + length(25))))
                .isEqualTo(Bytes.ascii("xdef" + "f".repeat(15) + "xdefff"));
    }

    @Test
    void whatBreaksTheRulesIsRefused() {
        refused(Bytes.hex("").toArray(), "octets left");
        refused(Bytes.hex("E2 04").toArray(), "SINGLE");
        refused(Bytes.hex("E0").toArray(), "octets left");
        refused(Bytes.hex("E0 05").toArray(), "compression type 4");
        refused(Bytes.hex("E0 24").toArray(), "octets left");
        refused(Bytes.hex("E0 24 07").toArray(), "unused bits");
        refused(bits("1000"), "reserved token");
        refused(bits("101111100" + "0".repeat(22)), "reserved token");
        refused(bits("0 0100100"), "within a token");
        refused(bits("10001 0000"), "within a token");
        refused(bits("10001 00001"), "within a token");
        refused(bits("10001 00001 110 00"), "within a token");
        refused(bits("10001 00001" + "1".repeat(15) + "0".repeat(20)), "length prefix of 15");
        refused(bits("10111101" + binary(2_500_001 - 2_414_240, 21) + "0"), "a distance of 2500001");
        refused(bits("10001 00000" + binary(5, 15) + "0000000" + "0".repeat(32)), "unencoded run of 5");
        String most = "0" + binary('a', 8) + "10001 00001" + length(65_534);
        assertThat(plain(rdp8, bits(most)).size()).isEqualTo(65_535);
        refused(bits(most + "0" + binary('a', 8)), "a literal behind octet 65535");
        refused(bits(most + "10001 00001 0"), "a match of 3 octets");
        refused(Bytes.hex("E0 04" + "00".repeat(65_536)).toArray(), "at most 65535");
    }

    @Test
    void partsHaveToGiveWhatIsAnnounced() {
        refused(Bytes.hex("E1 0100 01001000 01000000 04").toArray(), "at most " + MAXIMUM);
        refused(Bytes.hex("E1 FFFF 00000000 01000000 04").toArray(), "segmentCount");
        refused(Bytes.hex("E1 0100 01000000 FFFFFFFF 04").toArray(), "no more than follow");
        refused(Bytes.hex("E1 0100 01000000 03000000 04 61 62").toArray(), "the uncompressedSize 1");
        refused(Bytes.hex("E1 0100 03000000 03000000 04 61 62").toArray(), "the uncompressedSize 3");
        refused(Bytes.hex("E1 0100 02000000 03000000 04 61 62 00").toArray(), "behind the last field");
        assertThat(plain("E1 0100 02000000 03000000 04 61 62")).isEqualTo(Bytes.ascii("ab"));
        assertThat(plain("E1 0000 00000000")).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aMessageNeverGrowsPastItsMaximum() {
        Rdp8Decompressor small = Rdp8Decompressor.rdp8(100);
        String most = "0" + binary('a', 8) + "10001 00001" + length(99);
        assertThat(plain(small, bits(most)).size()).isEqualTo(100);
        assertThatThrownBy(() -> plain(small, bits("0" + binary('a', 8) + "10001 00001" + length(100))))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() ->
                        plain(small, Bytes.hex("E0 04" + "00".repeat(101)).toArray()))
                .isInstanceOf(WireException.class);
    }

    @Test
    void truncationsAndMutationsAreRefusedOrGiveSomethingWithinBounds() {
        byte[] wire = bits("0" + binary('a', 8) + distance(1) + length(40) + "10001 00000" + binary(2, 15) + "0000000"
                + "0110000101100010" + distance(33) + length(3));
        byte[] parts = Bytes.hex("E1 0200 04000000 03000000 04 61 62 03000000 04 63 64")
                .toArray();
        SplittableRandom random = new SplittableRandom(8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = (i % 2 == 0 ? wire : parts).clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (i % 5 == 0) {
                octets = Arrays.copyOf(octets, random.nextInt(octets.length));
            }
            try {
                ByteBuf plain = rdp8.decompress(WireReader.of(octets, "Segments", "test"));
                assertThat(plain.readableBytes()).isLessThanOrEqualTo(MAXIMUM);
            } catch (WireException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }
}
