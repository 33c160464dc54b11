package porthole.protocol.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Row;
import porthole.protocol.failure.WireException;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class BulkDecompressorTest {
    private static final int PACKED_8K = BulkDecompressor.COMPRESSED;
    private static final int PACKED_64K = BulkDecompressor.COMPRESSED | BulkDecompressor.TYPE_64K;

    private final BulkDecompressor bulk = new BulkDecompressor();

    private Bytes decompress(int flags, byte[] data) {
        return Bytes.of(ByteBufUtil.getBytes(bulk.decompress(flags, WireReader.of(data, "Packet", "test"))));
    }

    /** Octets of a text of zeros and ones, filled up with zeros. */
    private static byte[] bits(String text) {
        String bits = text.replace(" ", "");
        byte[] octets = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            octets[i / 8] |= (byte) ((bits.charAt(i) - '0') << 7 - i % 8);
        }
        return octets;
    }

    private static String literals(String text) {
        StringBuilder bits = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            String seven = Integer.toBinaryString(0x80 | octet & 0x7F).substring(1);
            bits.append(octet < 0 ? "10" : "0").append(seven);
        }
        return bits.toString();
    }

    /** The text of RFC 2118 and MS-RDPBCGR 3.1.8.4. */
    @Test
    void theExampleOfTheSpecification() {
        String text = "for.whom.the.bell.tolls,.the.bell.tolls.for.thee!";
        byte[] rdp4 = Bytes.hex("666f722e77686f6d2e7468652e62656c6c2e746f6c6c732c f437 2e666f722e7468656521")
                .toArray();
        assertThat(decompress(PACKED_8K, rdp4)).isEqualTo(Bytes.ascii(text));
        byte[] rdp5 = bits(literals("for.whom.the.bell.tolls,") + "11111 010000 110111" + literals(".for.thee!"));
        assertThat(decompress(PACKED_64K, rdp5)).isEqualTo(Bytes.ascii(text));
    }

    @Test
    void literalsAboveSevenBits() {
        byte[] packed = bits(literals("\u00e9\u0080A\u00ff"));
        assertThat(decompress(PACKED_8K, packed)).isEqualTo(Bytes.hex("E98041FF"));
    }

    @Test
    void everyFormOfDistanceAndLength() {
        byte[] noise = new byte[9000];
        new SplittableRandom(1).nextBytes(noise);
        for (int distance : new int[] {1, 63, 64, 319, 320, 2367, 2368, 8191}) {
            for (int length : new int[] {3, 4, 7, 8, 15, 16, 100, 1000, 4095}) {
                String copy64 = distance < 64
                        ? "11111" + binary(distance, 6)
                        : distance < 320
                                ? "11110" + binary(distance - 64, 8)
                                : distance < 2368
                                        ? "1110" + binary(distance - 320, 11)
                                        : "110" + binary(distance - 2368, 16);
                check(PACKED_64K, noise, 9000, distance, length, copy64 + length(length));
                String copy8 = distance < 64
                        ? "1111" + binary(distance, 6)
                        : distance < 320 ? "1110" + binary(distance - 64, 8) : "110" + binary(distance - 320, 13);
                // an 8K history has room for less, and what lies before its begin comes from its end
                if (length <= 1000 && distance <= 4000) {
                    check(PACKED_8K, noise, 4000, distance, length, copy8 + length(length));
                }
            }
        }
    }

    private void check(int flags, byte[] noise, int before, int distance, int length, String copy) {
        byte[] head = Arrays.copyOf(noise, before);
        String text = new String(head, StandardCharsets.ISO_8859_1);
        decompress(flags | BulkDecompressor.FLUSHED, bits(literals(text)));
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
            int from = before - distance + i;
            expected[i] = from < before ? head[from] : expected[i - distance];
        }
        assertThat(decompress(flags, bits(copy))).isEqualTo(Bytes.of(expected));
    }

    private static String length(int length) {
        if (length == 3) {
            return "0";
        }
        int ones = 31 - Integer.numberOfLeadingZeros(length) - 1;
        return "1".repeat(ones) + "0" + binary(length - (1 << ones + 1), ones + 1);
    }

    private static String binary(int value, int bits) {
        return Integer.toBinaryString(1 << bits | value).substring(1);
    }

    @Test
    void theHistoryOutlivesAPacketUntilItIsFlushed() {
        assertThat(decompress(PACKED_8K, bits(literals("abc")))).isEqualTo(Bytes.ascii("abc"));
        String copy = "1111 000011 0"; // 3 from distance 3
        assertThat(decompress(PACKED_8K, bits(copy))).isEqualTo(Bytes.ascii("abc"));
        // at the front again, the three octets before the begin are the zeros at the end of the history
        assertThat(decompress(PACKED_8K | BulkDecompressor.AT_FRONT, bits(copy)))
                .isEqualTo(Bytes.hex("000000"));
        decompress(PACKED_8K | BulkDecompressor.AT_FRONT, bits(literals("xyz")));
        assertThat(decompress(BulkDecompressor.FLUSHED, new byte[] {7})).isEqualTo(Bytes.hex("07"));
        assertThat(decompress(PACKED_8K, bits("1111 111111 0"))).isEqualTo(Bytes.hex("000000"));
    }

    @Test
    void plainDataIsHandedThrough() {
        assertThat(decompress(0, new byte[] {1, 2, 3})).isEqualTo(Bytes.hex("010203"));
        assertThat(decompress(BulkDecompressor.TYPE_RDP61, new byte[] {1})).isEqualTo(Bytes.hex("01"));
    }

    @Test
    void whatTheAlgorithmCannotMeanIsRefused() {
        assertThatThrownBy(() -> decompress(PACKED_8K, bits("1111 000000 0")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("distance 0");
        assertThatThrownBy(() -> decompress(PACKED_8K, bits("1111 000001 1111 1111 1111 0000 0000 0000 0")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("12 ones");
        assertThatThrownBy(() -> decompress(PACKED_8K, bits("1111 0001")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("bits left");
        // 8000 octets are there, 300 more do not fit
        String copy = "1111 000001" + length(4000);
        decompress(PACKED_8K | BulkDecompressor.FLUSHED, bits(copy + copy));
        assertThatThrownBy(() -> decompress(PACKED_8K, bits("1111 000001" + length(300))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("8192 octets of history");
        assertThatThrownBy(() -> decompress(BulkDecompressor.COMPRESSED | 4, new byte[] {1}))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("type 4");
    }

    /** Compressed slow-path updates and fast-path frames of a recording in one history; all but their flags is random. */
    @ParameterizedTest
    @ValueSource(strings = {"freerdp-tls-xrdp/bpp16-compressed", "freerdp-tls-xrdp/bpp32-compressed"})
    void mutatedPacketsAreRefusedOrStayInBounds(String name) {
        List<byte[]> packets = new ArrayList<>();
        var recording = Fixtures.recording(name);
        for (Row row : recording.rows(Direction.S2C, "update")) {
            ChannelData.of(recording.pdu(row)).shareData().stream()
                    .filter(share -> share.compressedType() == PACKED_64K && share.body().length > 0)
                    .forEach(share -> packets.add(share.body()));
        }
        assertThat(packets.size()).isGreaterThan(100);
        SplittableRandom random = new SplittableRandom(9);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] packet = packets.get(random.nextInt(packets.size())).clone();
            for (int change = random.nextInt(5); change > 0; change--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            int flags = random.nextInt(2) | BulkDecompressor.COMPRESSED | (random.nextInt(8) == 0 ? 0x40 : 0);
            try {
                assertThat(decompress(flags, packet).size()).isBetween(0, 1 << 16);
            } catch (WireException expected) {
                refused++;
                assertThat(expected.offset()).isBetween(0, packet.length);
            }
        }
        assertThat(refused).isBetween(1, 4_999);
    }

    /** Fast-path updates of a type that FreeRDP's host compresses; cut or with octets changed. */
    @ParameterizedTest
    @CsvSource({
        "freerdp-gfx-shadow/bulk-level-2, 2",
        "freerdp-gfx-shadow/bulk-level-3, 3",
        "weston-rdp/tls-bpp32, 3",
    })
    void mutatedFastPathUpdatesAreRefusedOrStayInBounds(String name, int type) {
        List<byte[]> packets = new ArrayList<>();
        List<Integer> flags = new ArrayList<>();
        var recording = Fixtures.recording(name);
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                WireReader in = WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION);
                FastPathOutput.forEachUpdate(in, (code, fragmentation, compressionFlags, data) -> {
                    if ((compressionFlags & 0x2F) == (BulkDecompressor.COMPRESSED | type)) {
                        packets.add(data.rest("data").toArray());
                        flags.add(compressionFlags);
                    }
                });
            }
        }
        assertThat(packets.size()).isGreaterThan(5);
        SplittableRandom random = new SplittableRandom(type);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            int which = random.nextInt(packets.size());
            byte[] packet = packets.get(which).clone();
            if (random.nextInt(3) == 0) {
                packet = Arrays.copyOf(packet, random.nextInt(packet.length));
            }
            for (int change = packet.length == 0 ? 0 : random.nextInt(4); change > 0; change--) {
                packet[random.nextInt(Math.min(packet.length, 64))] = (byte) random.nextInt(256);
            }
            int own = random.nextInt(8) == 0 ? flags.get(which) ^ BulkDecompressor.AT_FRONT : flags.get(which);
            try {
                assertThat(decompress(own, packet).size()).isBetween(0, 1 << 16);
            } catch (WireException expected) {
                refused++;
                assertThat(expected.offset()).isBetween(0, 1 << 16);
            }
        }
        assertThat(refused).isBetween(1, 2_999);
    }
}
