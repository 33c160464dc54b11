package porthole.benchmarks;

import java.io.ByteArrayOutputStream;

/** Writes the entropy codes of RemoteFX: RLGR1 (MS-RDPRFX 3.1.8.1.7.3.1) and the runs of upgrades (MS-RDPEGFX 3.2.8.1.5.1). */
final class RunLengthBits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int octet;
    private int filled;
    private int kp = 8;
    private int krp = 8;
    private int zeros;

    byte[] rlgr1(int[] values) {
        for (int i = 0; i < values.length; ) {
            int k = kp / 8;
            if (k == 0) {
                int value = values[i++];
                int code = value >= 0 ? 2 * value : -2 * value - 1;
                golombRice(code);
                kp = code == 0 ? Math.min(80, kp + 3) : Math.max(0, kp - 3);
                continue;
            }
            zeros = 0;
            while (i < values.length && values[i] == 0) {
                zeros++;
                i++;
            }
            fullRuns();
            if (i == values.length && zeros == 0) {
                break;
            }
            bit(1);
            bits(zeros, kp / 8);
            int value = i < values.length ? values[i++] : 1; // behind the end nobody looks
            bit(value < 0 ? 1 : 0);
            golombRice(Math.abs(value) - 1);
            kp = Math.max(0, kp - 6);
        }
        return finish();
    }

    private void golombRice(int value) {
        int kr = krp / 8;
        int unary = value >> kr;
        for (int i = 0; i < unary; i++) {
            bit(1);
        }
        bit(0);
        bits(value, kr);
        if (unary == 0) {
            krp = Math.max(0, krp - 2);
        } else if (unary > 1) {
            krp = Math.min(80, krp + unary);
        }
    }

    /** A coefficient that was zero so far, in {@code bits} more bits. */
    void simplified(int value, int bits) {
        if (value == 0) {
            zeros++;
            return;
        }
        fullRuns();
        bit(1);
        bits(zeros, kp / 8);
        zeros = 0;
        bit(value < 0 ? 1 : 0);
        kp = Math.max(0, kp - 6);
        int magnitude = Math.abs(value);
        for (int i = 1; i < magnitude; i++) {
            bit(0);
        }
        if (magnitude < (1 << bits) - 1) {
            bit(1);
        }
    }

    byte[] finishSimplified() {
        fullRuns();
        if (zeros > 0) {
            bit(0);
        }
        return finish();
    }

    private void fullRuns() {
        while (zeros >= 1 << kp / 8) {
            bit(0);
            zeros -= 1 << kp / 8;
            kp = Math.min(80, kp + 4);
        }
    }

    void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bit(value >> i & 1);
        }
    }

    private void bit(int bit) {
        octet = octet << 1 | bit;
        if (++filled == 8) {
            out.write(octet);
            octet = 0;
            filled = 0;
        }
    }

    byte[] finish() {
        while (filled != 0) {
            bit(0);
        }
        return out.toByteArray();
    }
}
