package porthole.protocol.wire;

/** The few forms of X.691 aligned packed encoding that GCC and the MCS domain PDUs use. */
public final class Per {
    /** The longest length that fits a determinant without fragments (X.691 10.9.3.7). */
    public static final int MAX_LENGTH = 0x3FFF;

    private Per() {}

    /** A length determinant of one or two octets; the caller checks it against what follows. */
    public static int length(WireReader in, String field) {
        int first = in.peekU8(field);
        if (first < 0x80) {
            return in.u8(field);
        }
        in.check(first < 0xC0, field, "first octet " + first, "a length below 16384 without fragments");
        return in.u16be(field) & MAX_LENGTH;
    }

    /** Appends a length determinant in its shortest form. */
    public static void length(WireWriter out, int length) {
        if (length < 0x80) {
            out.u8(length);
        } else {
            longLength(out, length);
        }
    }

    /** Appends a length determinant of two octets, also for a length that one would hold. */
    public static void longLength(WireWriter out, int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(length + " octets do not fit a length without fragments");
        }
        out.u16be(0x8000 | length);
    }

    /** A number of 0 to 2^31-1 behind its own length in octets, which must be the shortest. */
    public static int unsigned(WireReader in, String field) {
        int octets = in.u8(field + ".length");
        in.check(octets >= 1 && octets <= 4, 1, field + ".length", octets, "1 to 4 octets");
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | in.u8(field);
        }
        in.check(value <= Integer.MAX_VALUE, field, value, "at most 2147483647");
        in.check(octets == octetsOf(value), field, value + " in " + octets + " octets", "the fewest octets");
        return (int) value;
    }

    /** Appends a number of 0 to 2^31-1 behind its own length in octets. */
    public static void unsigned(WireWriter out, int value) {
        int octets = octetsOf(value);
        out.u8(octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.u8(value >> shift);
        }
    }

    private static int octetsOf(long value) {
        return value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1000000 ? 3 : 4;
    }
}
