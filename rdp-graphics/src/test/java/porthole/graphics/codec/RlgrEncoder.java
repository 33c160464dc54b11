package porthole.graphics.codec;

import java.io.ByteArrayOutputStream;

/** The other half of {@link Rlgr} in mode RLGR1, written from MS-RDPRFX 3.1.8.1.7.3.1 for tests. */
final class RlgrEncoder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int octet;
    private int filled;
    private int krp = 8;

    static byte[] encode(int[] values) {
        RlgrEncoder encoder = new RlgrEncoder();
        encoder.run(values);
        return encoder.finish();
    }

    void run(int[] values) {
        int kp = 8;
        for (int i = 0; i < values.length; ) {
            int k = kp / 8;
            if (k == 0) {
                int value = values[i++];
                int code = value >= 0 ? 2 * value : -2 * value - 1;
                golombRice(code);
                kp = code == 0 ? Math.min(80, kp + 3) : Math.max(0, kp - 3);
                continue;
            }
            int zeros = 0;
            while (i < values.length && values[i] == 0) {
                zeros++;
                i++;
            }
            while (zeros >= 1 << k) {
                bit(0);
                zeros -= 1 << k;
                kp = Math.min(80, kp + 4);
                k = kp / 8;
            }
            if (i == values.length && zeros == 0) {
                return;
            }
            bit(1);
            bits(zeros, k);
            int value = i < values.length ? values[i++] : 1; // behind the end nobody looks
            bit(value < 0 ? 1 : 0);
            golombRice(Math.abs(value) - 1);
            kp = Math.max(0, kp - 6);
        }
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

    void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bit(value >> i & 1);
        }
    }

    void bit(int bit) {
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
