package porthole.cli.conformance;

import java.io.ByteArrayOutputStream;

/** Writes the fields of hand-made messages, little-endian. */
final class Octets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Octets u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    Octets u16(int... values) {
        for (int value : values) {
            u8(value, value >> 8);
        }
        return this;
    }

    Octets u32(long... values) {
        for (long value : values) {
            u16((int) value, (int) (value >> 16));
        }
        return this;
    }

    /** Blue, green and red of 0xRRGGBB. */
    Octets bgr(int... colors) {
        for (int color : colors) {
            u8(color, color >> 8, color >> 16);
        }
        return this;
    }

    Octets raw(byte[]... parts) {
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return this;
    }

    Octets times(int count, int octet) {
        for (int i = 0; i < count; i++) {
            out.write(octet);
        }
        return this;
    }

    byte[] done() {
        return out.toByteArray();
    }
}
