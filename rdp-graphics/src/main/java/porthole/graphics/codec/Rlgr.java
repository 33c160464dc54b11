package porthole.graphics.codec;

import java.util.Arrays;

/**
 * Adaptive run-length Golomb-Rice decoding of RemoteFX coefficients. MS-RDPRFX 3.1.8.1.7.3.
 *
 * <p>Input that ends early stands for zeros, as hosts cut trailing ones off; whatever the octets, exactly the asked-for
 * count of coefficients comes out.
 */
final class Rlgr {
    private static final int K_MAXIMUM = 80;
    private static final int SCALE = 3; // the adaptive parameters k and kr are kept times eight
    private static final int UP_RUN = 4;
    private static final int DOWN_RUN = 6;
    private static final int UP_ZERO = 3;
    private static final int DOWN_VALUE = 3;
    /** No coefficient has more bits; hostile input ends its unary codes here. */
    private static final int LONGEST_UNARY = 1 << 16;

    private byte[] in;
    private int at;
    private int end;
    private long window; // unread bits, the next one on top
    private int bits; // how many of them are real
    private int kr;
    private int krp;

    /**
     * Fills {@code out} from {@code begin} on.
     *
     * @param triple RLGR3, otherwise RLGR1
     */
    void decode(boolean triple, byte[] in, int from, int to, int[] out, int begin, int count) {
        this.in = in;
        this.at = from;
        this.end = to;
        window = 0;
        bits = 0;
        krp = 1 << SCALE;
        kr = 1;
        int kp = 1 << SCALE;
        int k = 1;
        int o = begin;
        int stop = begin + count;
        while (o < stop) {
            refill();
            if (bits == 0) {
                break;
            }
            if (k > 0) {
                int left = stop - o;
                int run = 0;
                while (true) {
                    int zeros = Math.min(Long.numberOfLeadingZeros(window), bits);
                    drop(zeros);
                    for (int i = 0; i < zeros && run < left; i++) {
                        run += 1 << k;
                        kp = Math.min(kp + UP_RUN, K_MAXIMUM);
                        k = kp >> SCALE;
                    }
                    if (bits > 0 || run >= left) {
                        break;
                    }
                    refill();
                    if (bits == 0) {
                        run = left;
                    }
                }
                if (run >= left) {
                    break; // the rest is zeros
                }
                drop(1);
                run += take(k);
                if (run >= left) {
                    break;
                }
                Arrays.fill(out, o, o + run, 0);
                o += run;
                int sign = take(1);
                int magnitude = golombRice() + 1;
                out[o++] = sign == 0 ? magnitude : -magnitude;
                kp = Math.max(0, kp - DOWN_RUN);
                k = kp >> SCALE;
            } else {
                int code = golombRice();
                if (triple) {
                    int first = code == 0 ? 0 : take(32 - Integer.numberOfLeadingZeros(code));
                    int second = code - first;
                    if (first != 0 && second != 0) {
                        kp = Math.max(0, kp - 2 * DOWN_VALUE);
                    } else if (first == 0 && second == 0) {
                        kp = Math.min(kp + 2 * UP_ZERO, K_MAXIMUM);
                    }
                    out[o++] = signed(first);
                    if (o < stop) {
                        out[o++] = signed(second);
                    }
                } else {
                    out[o++] = signed(code);
                    kp = code == 0 ? Math.min(kp + UP_ZERO, K_MAXIMUM) : Math.max(0, kp - DOWN_VALUE);
                }
                k = kp >> SCALE;
            }
        }
        Arrays.fill(out, o, stop, 0);
        this.in = null;
    }

    /** The codes 0, 1, 2, 3, 4 mean 0, -1, 1, -2, 2, and so on. */
    private static int signed(int code) {
        return (code & 1) == 0 ? code >>> 1 : -(code + 1 >>> 1);
    }

    private int golombRice() {
        int unary = 0;
        while (true) {
            refill();
            if (bits == 0) {
                break;
            }
            int ones = Math.min(Long.numberOfLeadingZeros(~window), bits);
            drop(ones);
            unary += ones;
            if (unary > LONGEST_UNARY) {
                unary = LONGEST_UNARY;
                break;
            }
            if (bits > 0) {
                drop(1);
                break;
            }
        }
        int value = unary << kr | take(kr);
        if (unary == 0) {
            krp = Math.max(0, krp - 2);
        } else if (unary > 1) {
            krp = Math.min(krp + unary, K_MAXIMUM);
        }
        kr = krp >> SCALE;
        return value;
    }

    private int take(int count) {
        if (count == 0) {
            return 0;
        }
        refill();
        int value = (int) (window >>> 64 - count); // what is missing at the end reads as zeros
        drop(Math.min(count, bits));
        return value;
    }

    private void drop(int count) {
        window = count == 64 ? 0 : window << count;
        bits -= count;
    }

    private void refill() {
        while (bits <= 56 && at < end) {
            window |= (in[at++] & 0xFFL) << 56 - bits;
            bits += 8;
        }
    }
}
