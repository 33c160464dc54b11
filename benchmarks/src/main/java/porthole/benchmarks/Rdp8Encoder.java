package porthole.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.bulk.Rdp8Decompressor;

/** RDP 8.0 bulk compression, as no recorded host uses it: the last place with the same four octets is matched. MS-RDPEGFX 3.1.9.1. */
final class Rdp8Encoder {
    private static final int SEGMENT = 65_535;
    private static final int FARTHEST = 2_000_000;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 32_767;
    private static final int HASH_BITS = 16;

    /** Prefix, its length, bits of the distance and the least distance. */
    private static final int[][] MATCHES = {
        {0b10001, 5, 5, 0},
        {0b10010, 5, 7, 32},
        {0b10011, 5, 9, 160},
        {0b10100, 5, 10, 672},
        {0b10101, 5, 12, 1696},
        {0b101100, 6, 14, 5792},
        {0b101101, 6, 15, 22176},
        {0b1011100, 7, 18, 54944},
        {0b1011101, 7, 20, 317088},
        {0b10111100, 8, 20, 1365664},
        {0b10111101, 8, 21, 2414240}
    };

    private final int[] places = new int[1 << HASH_BITS];
    private byte[] history = new byte[1 << 20];
    private int length;
    private long pending;
    private int bits;

    Rdp8Encoder() {
        Arrays.fill(places, -1);
    }

    /** One message as RDP_SEGMENTED_DATA; refers to earlier ones. */
    byte[] encode(byte[] message) {
        int start = length;
        if (history.length < start + message.length + SHORTEST) {
            history = Arrays.copyOf(history, 2 * (start + message.length + SHORTEST));
        }
        System.arraycopy(message, 0, history, start, message.length);
        length += message.length;
        List<byte[]> segments = new ArrayList<>();
        for (int at = start; at < length; at += SEGMENT) {
            segments.add(segment(at, Math.min(length, at + SEGMENT)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (segments.size() == 1) {
            out.write(Rdp8Decompressor.SINGLE);
            out.writeBytes(segments.get(0));
            return out.toByteArray();
        }
        out.write(Rdp8Decompressor.MULTIPART);
        out.write(segments.size());
        out.write(segments.size() >> 8);
        u32(out, message.length);
        for (byte[] segment : segments) {
            u32(out, segment.length);
            out.writeBytes(segment);
        }
        return out.toByteArray();
    }

    private byte[] segment(int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Rdp8Decompressor.PACKET_COMPRESSED | Rdp8Decompressor.PACKET_COMPR_TYPE_RDP8);
        pending = 0;
        bits = 0;
        for (int at = from; at < to; ) {
            int place = at + SHORTEST <= to ? remember(at) : -1;
            int match = place < 0 || at - place > FARTHEST ? 0 : matching(place, at, Math.min(to - at, LONGEST));
            if (match < SHORTEST) {
                put(out, history[at] & 0xFF, 9); // a zero and eight bits
                at++;
                continue;
            }
            distance(out, at - place);
            matchLength(out, match);
            for (int i = at + 1; i < at + match && i + SHORTEST <= to; i++) {
                remember(i);
            }
            at += match;
        }
        int unused = bits % 8 == 0 ? 0 : 8 - bits % 8;
        put(out, 0, unused);
        out.write(unused);
        return out.toByteArray();
    }

    /** The last place that had the same four octets, or another with the same hash. */
    private int remember(int at) {
        int four = history[at] & 0xFF
                | (history[at + 1] & 0xFF) << 8
                | (history[at + 2] & 0xFF) << 16
                | history[at + 3] << 24;
        int hash = four * 0x9E3779B1 >>> 32 - HASH_BITS;
        int place = places[hash];
        places[hash] = at;
        return place;
    }

    private int matching(int place, int at, int most) {
        int found = Arrays.mismatch(history, place, place + most, history, at, at + most);
        return found < 0 ? most : found;
    }

    private void distance(ByteArrayOutputStream out, int distance) {
        int row = MATCHES.length - 1;
        while (MATCHES[row][3] > distance) {
            row--;
        }
        put(out, MATCHES[row][0], MATCHES[row][1]);
        put(out, distance - MATCHES[row][3], MATCHES[row][2]);
    }

    private void matchLength(ByteArrayOutputStream out, int match) {
        int valueBits = 31 - Integer.numberOfLeadingZeros(match); // at least 2
        put(out, (1 << valueBits) - 2, valueBits); // ones and a zero
        put(out, match - (1 << valueBits), valueBits);
    }

    private void put(ByteArrayOutputStream out, int value, int count) {
        pending = pending << count | value & (1L << count) - 1;
        bits += count;
        while (bits >= 8) {
            bits -= 8;
            out.write((int) (pending >>> bits));
        }
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >>> shift);
        }
    }
}
