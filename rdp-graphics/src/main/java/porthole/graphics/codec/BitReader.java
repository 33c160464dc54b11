package porthole.graphics.codec;

/** Bits of an array, the top one of each octet first; behind its end there are zeros. Not thread-safe. */
final class BitReader {
    private byte[] in;
    private int at;
    private int end;
    private long window;
    private int bits;

    void over(byte[] octets, int from, int to) {
        in = octets;
        at = from;
        end = to;
        window = 0;
        bits = 0;
    }

    /** The next {@code count} bits, 0 to 32. */
    int take(int count) {
        if (bits < count) {
            while (bits <= 56) {
                long next = at < end ? in[at++] & 0xFFL : 0;
                window |= next << 56 - bits;
                bits += 8;
            }
        }
        int value = count == 0 ? 0 : (int) (window >>> 64 - count);
        window <<= count;
        bits -= count;
        return value;
    }
}
