package porthole.protocol.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Fixtures;
import porthole.protocol.RecordedUpdates;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.WireReader;

class BulkCompressorTest {
    private static final int FLAGS = BulkDecompressor.COMPRESSED | BulkDecompressor.AT_FRONT | BulkDecompressor.FLUSHED;

    /** A compressor and a decompressor with a wire between them. */
    private static final class Pair {
        private final BulkCompressor compressor;
        private final BulkDecompressor decompressor = new BulkDecompressor();
        private final List<Integer> flags = new ArrayList<>();
        private byte[] wire;
        private long plainOctets;
        private long wireOctets;

        Pair(int type) {
            compressor = new BulkCompressor(type);
        }

        int send(byte[] plain) {
            ByteBuf out = Unpooled.buffer();
            out.writeByte(0x55); // what is there already stays
            ByteBuf in = Unpooled.wrappedBuffer(plain);
            int sent = compressor.compress(in, out);
            assertThat(in.readerIndex()).isZero();
            assertThat(out.readByte()).isEqualTo((byte) 0x55);
            wire = ByteBufUtil.getBytes(out);
            plainOctets += plain.length;
            wireOctets += wire.length;
            flags.add(sent);
            assertThat(wire.length).isLessThanOrEqualTo(plain.length);
            if ((sent & BulkDecompressor.COMPRESSED) == 0) {
                assertThat(wire).isEqualTo(plain);
            } else {
                assertThat(wire.length).isLessThan(plain.length);
            }
            assertThat(sent & ~FLAGS).isEqualTo(sent == 0 ? 0 : compressor.type());
            assertThat(ByteBufUtil.getBytes(decompressor.decompress(sent, WireReader.of(wire, "Packet", "test"))))
                    .isEqualTo(plain);
            return sent;
        }

        boolean saw(int wanted) {
            return flags.stream().anyMatch(each -> (each & wanted) == wanted);
        }
    }

    private static byte[] noise(SplittableRandom random, int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    /** Octets like those of a screen: runs, repeats of what came before, ramps, a little noise. */
    private static byte[] packet(SplittableRandom random, List<byte[]> before, int size) {
        byte[] octets = new byte[size];
        int at = 0;
        while (at < size) {
            int part = Math.min(size - at, 1 + random.nextInt(1 << random.nextInt(1, 13)));
            switch (random.nextInt(4)) {
                case 0 -> Arrays.fill(octets, at, at + part, (byte) random.nextInt(256));
                case 1 -> System.arraycopy(noise(random, Math.min(part, 40)), 0, octets, at, part = Math.min(part, 40));
                case 2 -> {
                    int step = random.nextInt(5);
                    for (int i = 0; i < part; i++) {
                        octets[at + i] = (byte) (i * step);
                    }
                }
                default -> {
                    if (!before.isEmpty()) {
                        byte[] old = before.get(random.nextInt(before.size()));
                        part = Math.min(part, old.length);
                        int from = old.length == part ? 0 : random.nextInt(old.length - part);
                        System.arraycopy(old, from, octets, at, part);
                    }
                }
            }
            at += part;
        }
        before.add(octets);
        return octets;
    }

    @ParameterizedTest
    @CsvSource({"0, 11", "0, 12", "1, 21", "1, 22", "2, 31", "2, 32", "3, 41", "3, 42"})
    void whatIsCompressedIsDecompressed(int type, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pair pair = new Pair(type);
        List<byte[]> before = new ArrayList<>();
        int longest = pair.compressor.longest();
        for (int i = 0; i < 400; i++) {
            switch (random.nextInt(16)) {
                case 0 -> pair.send(noise(random, random.nextInt(longest)));
                case 1 -> pair.send(packet(random, before, longest));
                case 2 ->
                    assertThat(pair.send(packet(random, before, longest + 1))).isZero();
                case 3 -> pair.send(packet(random, before, random.nextInt(60)));
                default -> pair.send(packet(random, before, random.nextInt(Math.min(longest, 6_000))));
            }
            if (before.size() > 30) {
                before.remove(0);
            }
        }
        assertThat(pair.saw(BulkDecompressor.COMPRESSED)).isTrue();
        assertThat(pair.saw(BulkDecompressor.FLUSHED)).isTrue();
        if (type != BulkDecompressor.TYPE_RDP61) {
            assertThat(pair.saw(BulkDecompressor.COMPRESSED | BulkDecompressor.AT_FRONT))
                    .isTrue();
        }
        assertThat(pair.wireOctets).isLessThan(pair.plainOctets * 3 / 4);
    }

    /** Octets that fit the history to its last place, over and over. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theHistoryWrapsWithoutALoss(int type) {
        SplittableRandom random = new SplittableRandom(type);
        Pair pair = new Pair(type);
        int rounds = type == BulkDecompressor.TYPE_RDP61 ? 300 : 60;
        byte[] letters = new byte[pair.compressor.longest()];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < letters.length; i++) {
                letters[i] = (byte) ('a' + random.nextInt(1 + round % 5));
            }
            int size = round % 2 == 0 ? letters.length : 50 + random.nextInt(letters.length - 50);
            int flags = pair.send(Arrays.copyOf(letters, size));
            assertThat(flags & BulkDecompressor.COMPRESSED).isNotZero();
        }
    }

    @Test
    void rdp61StartsItsHistoryAgain() {
        SplittableRandom random = new SplittableRandom(5);
        Pair pair = new Pair(BulkDecompressor.TYPE_RDP61);
        byte[] block = noise(random, 8_000);
        byte[] twice = new byte[16_000];
        System.arraycopy(block, 0, twice, 0, 8_000);
        System.arraycopy(block, 0, twice, 8_000, 8_000);
        int again = 0;
        for (int i = 0; i < 260; i++) {
            assertThat(pair.send(twice) & BulkDecompressor.COMPRESSED).isNotZero();
            again += (pair.wire[0] & Xcrush.L1_PACKET_AT_FRONT) != 0 ? 1 : 0;
        }
        assertThat(again)
                .as("at the first packet, and after 124 of 16,000 octets")
                .isEqualTo(3);
        assertThat(pair.wireOctets).isLessThan(pair.plainOctets / 60);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatDoesNotShrinkIsSentAsItIsAndFlushes(int type) {
        SplittableRandom random = new SplittableRandom(3);
        Pair pair = new Pair(type);
        byte[] text = "the same words again and again, ".repeat(4).getBytes(StandardCharsets.US_ASCII);
        assertThat(pair.send(text) & FLAGS)
                .isEqualTo(BulkDecompressor.COMPRESSED | (type == 2 ? 0 : BulkDecompressor.AT_FRONT));
        assertThat(pair.send(text) & FLAGS).isEqualTo(BulkDecompressor.COMPRESSED);
        int again = pair.wire.length;
        assertThat(pair.send(noise(random, 3_000))).isEqualTo(BulkDecompressor.FLUSHED | type);
        pair.send(text);
        assertThat(pair.wire.length).as("nothing is known any more").isGreaterThan(again);
    }

    @Test
    void rdp61SendsWhatDoesNotShrinkWithoutFlagsAndFlushesWithTheNext() {
        Pair pair = new Pair(BulkDecompressor.TYPE_RDP61);
        byte[] text = "the same words again and again, ".repeat(4).getBytes(StandardCharsets.US_ASCII);
        pair.send(text);
        assertThat(pair.send(text) & FLAGS).isEqualTo(BulkDecompressor.COMPRESSED);
        assertThat(pair.send(noise(new SplittableRandom(4), 3_000))).isZero();
        assertThat(pair.send(text) & FLAGS).isEqualTo(BulkDecompressor.COMPRESSED | BulkDecompressor.FLUSHED);
        assertThat(pair.wire[0] & Xcrush.L1_PACKET_AT_FRONT).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shortAndLongPacketsStayAsTheyAre(int type) {
        Pair pair = new Pair(type);
        assertThat(pair.send(new byte[0])).isZero();
        assertThat(pair.send(new byte[BulkCompressor.SHORTEST - 1])).isZero();
        assertThat(pair.send(new byte[pair.compressor.longest() + 1])).isZero();
        assertThat(pair.send(new byte[BulkCompressor.SHORTEST])).isNotZero();
        assertThat(pair.send(new byte[pair.compressor.longest()])).isNotZero();
    }

    @Test
    void thereAreFourTypes() {
        assertThatThrownBy(() -> new BulkCompressor(4)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new BulkCompressor(BulkDecompressor.TYPE_8K).longest()).isLessThanOrEqualTo(8 * 1024);
    }

    /** Updates of a recorded host, packet by packet, get smaller with each type. */
    @Test
    void recordedUpdatesShrink() {
        List<byte[]> updates = RecordedUpdates.of(Fixtures.recording("freerdp-gfx-shadow/bulk-off")).stream()
                .map(RecordedUpdates::body)
                .toList();
        long[] sizes = new long[4];
        for (int type = 0; type < sizes.length; type++) {
            Pair pair = new Pair(type);
            for (byte[] update : updates) {
                int part = Math.min(pair.compressor.longest(), 8_000);
                for (int from = 0; from < update.length; from += part) {
                    pair.send(Arrays.copyOfRange(update, from, Math.min(update.length, from + part)));
                }
            }
            sizes[type] = pair.wireOctets;
            assertThat(pair.wireOctets).as("type " + type).isLessThan(pair.plainOctets);
        }
        assertThat(sizes[1]).isLessThan(sizes[0]);
    }

    /** Every truncation of a packet, and packets with changed octets, stay in bounds or are refused. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void brokenPacketsAreRefusedOrStayInBounds(int type) {
        SplittableRandom random = new SplittableRandom(type);
        BulkCompressor compressor = new BulkCompressor(type);
        ByteBuf out = Unpooled.buffer();
        int flags = compressor.compress(Unpooled.wrappedBuffer(packet(random, new ArrayList<>(), 900)), out);
        byte[] whole = ByteBufUtil.getBytes(out);
        int refused = 0;
        for (int i = 0; i < whole.length + 2_000; i++) {
            byte[] packet = i < whole.length ? Arrays.copyOf(whole, i) : whole.clone();
            for (int change = i < whole.length ? 0 : 1 + random.nextInt(4); change > 0; change--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            try {
                ByteBuf plain = new BulkDecompressor().decompress(flags, WireReader.of(packet, "Packet", "test"));
                assertThat(plain.readableBytes()).isBetween(0, 1 << 16);
            } catch (WireException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
