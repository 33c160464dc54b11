package porthole.graphics.h264.software;

import java.io.ByteArrayOutputStream;

/** Writes NAL units, emulation prevention included. */
final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int octet;
    private int filled;
    private int zeros;

    Bits put(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            octet = octet << 1 | (int) (value >> i & 1);
            if (++filled == 8) {
                flush();
            }
        }
        return this;
    }

    private void flush() {
        if (zeros == 2 && octet <= 3) {
            out.write(3);
            zeros = 0;
        }
        out.write(octet);
        zeros = octet == 0 ? zeros + 1 : 0;
        octet = 0;
        filled = 0;
    }

    /** ue(v). */
    Bits golomb(long value) {
        int length = 64 - Long.numberOfLeadingZeros(value + 1);
        return put(0, length - 1).put(value + 1, length);
    }

    Bits align() {
        while (filled != 0) {
            put(0, 1);
        }
        return this;
    }

    /** The unit with its trailing bits. */
    byte[] octets() {
        return put(1, 1).align().out.toByteArray();
    }
}
