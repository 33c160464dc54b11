package porthole.graphics.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Adaptive run-length Golomb-Rice decoding of RemoteFX coefficients. MS-RDPRFX 3.1.8.1.7.3.
 *
 * <p>Input that ends early stands for zeros, as hosts cut trailing ones off; whatever the octets, exactly the asked-for
 * count of coefficients comes out. Each code is read from one load of 64 bits; the few that are longer take further loads.
 */
final class Rlgr {
    private static final VarHandle BITS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int K_MAXIMUM = 80;
    private static final int SCALE = 3; // the adaptive parameters k and kr are kept times eight
    private static final int UP_RUN = 4;
    private static final int DOWN_RUN = 6;
    private static final int UP_ZERO = 3;
    private static final int DOWN_VALUE = 3;
    /** No coefficient has more bits; hostile input ends its unary codes here. */
    private static final int LONGEST_UNARY = 1 << 16;
    /** Bits of a window that are there wherever in an octet it begins. */
    private static final int SURE = 57;
    /** Zeros behind the input: the longest code read without a look at the end, and a window. */
    private static final int PADDING = 4 * Long.BYTES;

    /** Bits of 0 whose meaning is looked up at once. */
    private static final int TABLED = 15;

    private static final int TABLED_BITS = 4;
    private static final int[] RUNS = runs();

    private byte[] padded = new byte[0];

    /**
     * Fills {@code out} from {@code begin} on.
     *
     * @param triple RLGR3, otherwise RLGR1
     */
    void decode(boolean triple, byte[] octets, int from, int to, int[] out, int begin, int count) {
        int length = to - from;
        if (padded.length < length + PADDING) {
            padded = new byte[length + PADDING];
        }
        System.arraycopy(octets, from, padded, 0, length);
        Arrays.fill(padded, length, length + PADDING, (byte) 0);
        Arrays.fill(out, begin, begin + count, 0);
        decode(triple, padded, length << 3, out, begin, begin + count);
    }

    private static void decode(boolean triple, byte[] in, int end, int[] out, int begin, int stop) {
        int kp = 1 << SCALE;
        int krp = 1 << SCALE;
        int position = 0;
        for (int o = begin; o < stop && position < end; o++) {
            int kr = krp >> SCALE;
            if (kp >= 1 << SCALE) {
                long run = run(in, position, end, kp, stop - o);
                if (run < 0) {
                    return; // the rest is zeros
                }
                o += (int) run & 0xFFFF;
                kp = (int) run >> 16;
                position = (int) (run >>> 32);
                int sign = (int) (window(in, position) >> 63);
                long code = golombRice(in, position + 1, kr);
                int value = (int) code;
                position = (int) (code >>> 32);
                krp = adapted(krp, value >>> kr);
                out[o] = (value + 1 ^ sign) - sign;
                kp = Math.max(0, kp - DOWN_RUN);
                continue;
            }
            long code = golombRice(in, position, kr);
            int value = (int) code;
            position = (int) (code >>> 32);
            krp = adapted(krp, value >>> kr);
            if (!triple) {
                out[o] = signed(value);
                kp = value == 0 ? Math.min(kp + UP_ZERO, K_MAXIMUM) : Math.max(0, kp - DOWN_VALUE);
            } else if (value == 0) {
                o++; // a pair of zeros
                kp = Math.min(kp + 2 * UP_ZERO, K_MAXIMUM);
            } else {
                int bits = 32 - Integer.numberOfLeadingZeros(value);
                int first = (int) (window(in, position) >>> 64 - bits);
                position += bits;
                int second = value - first;
                if (first != 0 && second != 0) {
                    kp = Math.max(0, kp - 2 * DOWN_VALUE);
                }
                out[o] = signed(first);
                if (++o < stop) {
                    out[o] = signed(second);
                }
            }
        }
    }

    /**
     * Reads how many zeros precede the next value: each bit of 0 stands for 2^k of them, and behind a bit of 1 their rest has
     * k bits.
     *
     * @return the count in the lowest 16 bits, kp in the next 16, the position behind it above; negative if all that are left
     *     are zeros
     */
    private static long run(byte[] in, int from, int end, int kpBefore, int left) {
        int position = from;
        int kp = kpBefore;
        int run = 0;
        while (true) {
            int zeros = Long.numberOfLeadingZeros(window(in, position) | 1L << 63 - TABLED);
            if (position + zeros >= end) {
                return -1;
            }
            position += zeros;
            int tabled = RUNS[kp << TABLED_BITS | zeros];
            run += tabled & 0xFFFF;
            kp = tabled >>> 16;
            if (run >= left) {
                return -1;
            }
            if (zeros < TABLED) {
                break;
            }
        }
        int k = kp >> SCALE;
        run += (int) (window(in, position) << 1 >>> 64 - k); // k is at least 1 here
        position += 1 + k;
        return run >= left ? -1 : (long) position << 32 | (long) kp << 16 | run;
    }

    /** For each kp and up to {@link #TABLED} bits of 0: how many zeros they stand for, and kp behind them in the upper half. */
    private static int[] runs() {
        int[] runs = new int[K_MAXIMUM + 1 << TABLED_BITS];
        for (int kp = 0; kp <= K_MAXIMUM; kp++) {
            int run = 0;
            int now = kp;
            for (int zeros = 0; zeros <= TABLED; zeros++) {
                runs[kp << TABLED_BITS | zeros] = now << 16 | run;
                run += 1 << (now >> SCALE);
                now = Math.min(now + UP_RUN, K_MAXIMUM);
            }
        }
        return runs;
    }

    /** The codes 0, 1, 2, 3, 4 mean 0, -1, 1, -2, 2, and so on. */
    private static int signed(int code) {
        int negative = -(code & 1);
        return (code + 1 >>> 1 ^ negative) - negative;
    }

    /**
     * The parameter of the next value, after one whose quotient was coded in {@code unary} bits of 1: 2 less for none of them, the
     * same for one, and otherwise as much more.
     */
    private static int adapted(int krp, int unary) {
        int few = unary - 2 >> 31;
        return Math.min(Math.max(0, krp + unary - (few & 2 - unary)), K_MAXIMUM);
    }

    /** Reads a value whose low {@code kr} bits follow its unary quotient: the value below, the position behind it above. */
    private static long golombRice(byte[] in, int from, int kr) {
        long window = window(in, from);
        int ones = Long.numberOfLeadingZeros(~window);
        if (ones >= SURE - K_MAXIMUM / 8) {
            return longGolombRice(in, from, kr);
        }
        int low = (int) (window << ones + 1 >>> 32) >>> 1 >>> 31 - kr;
        return (long) (from + ones + 1 + kr) << 32 | (ones << kr | low);
    }

    private static long longGolombRice(byte[] in, int from, int kr) {
        int position = from;
        int unary = 0;
        while (true) {
            int ones = Math.min(SURE, Long.numberOfLeadingZeros(~window(in, position)));
            unary += ones;
            position += ones;
            if (unary > LONGEST_UNARY) {
                unary = LONGEST_UNARY;
                break;
            }
            if (ones < SURE) {
                position++;
                break;
            }
        }
        int low = (int) (window(in, position) >>> 32) >>> 1 >>> 31 - kr;
        return (long) (position + kr) << 32 | (unary << kr | low);
    }

    /** The bits from {@code position} on, at the top; at least {@link #SURE} of them. */
    private static long window(byte[] in, int position) {
        return (long) BITS.get(in, position >>> 3) << (position & 7);
    }
}
