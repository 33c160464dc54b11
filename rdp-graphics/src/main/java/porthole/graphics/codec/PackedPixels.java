package porthole.graphics.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Puts the octets of three planes side by side into ints, 0xFF on top, so that colours can be converted in place.
 *
 * <p>A loop over one array of ints becomes vector instructions; one that reads octets does not, as C2 of JDK 17 does not widen
 * them. Octets are therefore read eight at a time, and nothing is computed here.
 */
public final class PackedPixels {
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int OPAQUE = 0xFF000000;
    private static final int HIGH = 0xFF0000;
    private static final int MIDDLE = 0xFF00;
    private static final int LOW = 0xFF;

    private PackedPixels() {}

    /**
     * Packs {@code count} octets of each plane.
     *
     * @param h where the octets for bits 16 to 23 begin; {@code m} those for bits 8 to 15, {@code l} those for the lowest
     */
    public static void pack(byte[] high, int h, byte[] middle, int m, byte[] low, int l, int count, int[] out, int to) {
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            long a = EightOctets.get(high, h + i);
            long b = EightOctets.get(middle, m + i);
            long c = EightOctets.get(low, l + i);
            four((int) a, (int) b, (int) c, out, to + i);
            four((int) (a >>> 32), (int) (b >>> 32), (int) (c >>> 32), out, to + i + 4);
        }
        for (; i < count; i++) {
            out[to + i] = OPAQUE | (high[h + i] & 0xFF) << 16 | (middle[m + i] & 0xFF) << 8 | low[l + i] & 0xFF;
        }
    }

    private static void four(int a, int b, int c, int[] out, int to) {
        out[to] = OPAQUE | a << 16 & HIGH | b << 8 & MIDDLE | c & LOW;
        out[to + 1] = OPAQUE | a << 8 & HIGH | b & MIDDLE | c >> 8 & LOW;
        out[to + 2] = OPAQUE | a & HIGH | b >> 8 & MIDDLE | c >> 16 & LOW;
        out[to + 3] = OPAQUE | a >> 8 & HIGH | b >> 16 & MIDDLE | c >>> 24;
    }

    /** The same where two pixels share their octets of the middle and the low plane, beginning with a pair. */
    public static void packPairs(
            byte[] high, int h, byte[] middle, int m, byte[] low, int l, int count, int[] out, int to) {
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            long a = EightOctets.get(high, h + i);
            int b = (int) FOUR.get(middle, m + (i >> 1));
            int c = (int) FOUR.get(low, l + (i >> 1));
            int at = to + i;
            int first = (int) a;
            int shared = OPAQUE | b << 8 & MIDDLE | c & LOW;
            out[at] = shared | first << 16 & HIGH;
            out[at + 1] = shared | first << 8 & HIGH;
            shared = OPAQUE | b & MIDDLE | c >> 8 & LOW;
            out[at + 2] = shared | first & HIGH;
            out[at + 3] = shared | first >> 8 & HIGH;
            int second = (int) (a >>> 32);
            shared = OPAQUE | b >> 8 & MIDDLE | c >> 16 & LOW;
            out[at + 4] = shared | second << 16 & HIGH;
            out[at + 5] = shared | second << 8 & HIGH;
            shared = OPAQUE | b >> 16 & MIDDLE | c >>> 24;
            out[at + 6] = shared | second & HIGH;
            out[at + 7] = shared | second >> 8 & HIGH;
        }
        for (; i < count; i++) {
            int pair = i >> 1;
            out[to + i] = OPAQUE | (high[h + i] & 0xFF) << 16 | (middle[m + pair] & 0xFF) << 8 | low[l + pair] & 0xFF;
        }
    }

    /** Puts the octets of a plane on top of pixels that are opaque so far. */
    static void alpha(byte[] plane, int from, int count, int[] out, int to) {
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            if (EightOctets.get(plane, from + i) != -1) { // most pixels are opaque already
                alpha(plane, from, i, i + 8, out, to);
            }
        }
        alpha(plane, from, i, count, out, to);
    }

    private static void alpha(byte[] plane, int from, int begin, int end, int[] out, int to) {
        for (int i = begin; i < end; i++) {
            out[to + i] = plane[from + i] << 24 | out[to + i] & ~OPAQUE;
        }
    }
}
