package porthole.graphics.codec;

/**
 * The two bit streams of an upgrade pass: raw bits of coefficients that have a sign already, and run-lengths of those that
 * are zero so far. MS-RDPEGFX 3.2.8.1.5.1. Input that ends early reads as zeros. Not thread-safe.
 */
final class UpgradeReader {
    private static final int K_MAXIMUM = 80;

    private final BitReader raw = new BitReader();
    private final BitReader srl = new BitReader();
    private int zeros; // that a run still has
    private int kp;
    private boolean unaryNext; // a run has ended, and the value behind it comes next

    void begin(byte[] in, int srlFrom, int srlLength, int rawFrom, int rawLength) {
        srl.over(in, srlFrom, srlFrom + srlLength);
        raw.over(in, rawFrom, rawFrom + rawLength);
        zeros = 0;
        kp = 8;
        unaryNext = false;
    }

    /** Refines coefficients {@code from} to {@code to} by {@code bits} more bits, whose lowest has the weight 2^shift. */
    void refine(short[] current, byte[] sign, int from, int to, int shift, int bits) {
        for (int i = from; i < to; i++) {
            int value;
            if (sign[i] > 0) {
                value = raw.take(bits);
            } else if (sign[i] < 0) {
                value = -raw.take(bits);
            } else {
                value = next(bits);
                sign[i] = (byte) Integer.signum(value);
            }
            current[i] += (short) (value << shift);
        }
    }

    /** The same for LL3, whose coefficients have no sign: all their bits are raw. */
    void refineUnsigned(short[] current, int from, int to, int shift, int bits) {
        for (int i = from; i < to; i++) {
            current[i] += (short) (raw.take(bits) << shift);
        }
    }

    /** The next of the coefficients that were zero so far. */
    private int next(int bits) {
        if (zeros > 0) {
            zeros--;
            return 0;
        }
        if (!unaryNext) {
            int k = kp / 8;
            if (srl.take(1) == 0) {
                zeros = (1 << k) - 1;
                kp = Math.min(kp + 4, K_MAXIMUM);
                return 0;
            }
            zeros = srl.take(k);
            if (zeros > 0) {
                zeros--;
                unaryNext = true;
                return 0;
            }
        }
        unaryNext = false;
        boolean negative = srl.take(1) != 0;
        kp = Math.max(0, kp - 6);
        int most = (1 << bits) - 1;
        int magnitude = 1;
        while (magnitude < most && srl.take(1) == 0) {
            magnitude++;
        }
        return negative ? -magnitude : magnitude;
    }
}
