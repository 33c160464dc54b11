package porthole.protocol.wire;

/**
 * The few forms of X.690 basic encoding that MCS connect PDUs use: definite lengths and unsigned integers.
 *
 * <p>Writing takes the shortest form; a record whose peer took another one keeps the octets that it received.
 */
public final class Ber {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int OCTET_STRING = 0x04;
    public static final int ENUMERATED = 0x0A;
    public static final int SEQUENCE = 0x30;

    private Ber() {}

    /** A reader over the contents of the element with the one-octet {@code tag} that comes next. */
    public static WireReader element(WireReader in, int tag, String field) {
        in.expect(in.u8(field + ".tag"), tag, 1, field + ".tag");
        return in.sub(length(in, field), field);
    }

    /** A definite length of up to three length octets, refused when that many octets do not follow. */
    public static int length(WireReader in, String field) {
        int first = in.u8(field + ".length");
        if (first < 0x80) {
            return in.count(first, 1, field + ".length");
        }
        int octets = first & 0x7F;
        in.check(
                octets >= 1 && octets <= 3,
                field + ".length",
                "first octet " + first,
                "a definite length below 16 MiB");
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | in.u8(field + ".length");
        }
        return in.count(length, 1, field + ".length");
    }

    /** An integer or enumerated value of 1 to 4 octets read as unsigned, as peers write 65535 both as FFFF and 00FFFF. */
    public static long unsigned(WireReader in, int tag, String field) {
        WireReader value = element(in, tag, field);
        int octets = value.remaining();
        boolean padded = octets == 5 && value.peekU8("") == 0;
        in.check(octets >= 1 && (octets <= 4 || padded), field, octets + " octets", "a number of 1 to 4 octets");
        long number = 0;
        while (value.hasRemaining()) {
            number = number << 8 | value.u8("value");
        }
        return number;
    }

    /** A boolean; every octet but zero is true. */
    public static boolean bool(WireReader in, String field) {
        WireReader value = element(in, BOOLEAN, field);
        boolean truth = value.u8("value") != 0;
        value.end();
        return truth;
    }

    /** A copy of the contents of an octet string. */
    public static Bytes octetString(WireReader in, String field) {
        return element(in, OCTET_STRING, field).rest("value");
    }

    /** Appends a tag of one octet and the length of what follows. */
    public static void header(WireWriter out, int tag, int length) {
        length(out.u8(tag), length);
    }

    /** Appends a length in the shortest form. */
    public static void length(WireWriter out, int length) {
        if (length < 0x80) {
            out.u8(length);
        } else if (length < 0x100) {
            out.u8(0x81).u8(length);
        } else if (length < 0x10000) {
            out.u8(0x82).u16be(length);
        } else {
            out.u8(0x83).u8(length >> 16).u16be(length);
        }
    }

    /** Appends an unsigned number of up to 32 bits, with a leading zero octet where the top bit would make it negative. */
    public static void unsigned(WireWriter out, int tag, long value) {
        int octets = 1;
        while (octets < 5 && value >> (8 * octets - 1) != 0) {
            octets++;
        }
        header(out, tag, octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.u8((int) (value >> shift));
        }
    }

    public static void bool(WireWriter out, boolean value) {
        header(out, BOOLEAN, 1);
        out.u8(value ? 0xFF : 0);
    }

    public static void octetString(WireWriter out, Bytes octets) {
        header(out, OCTET_STRING, octets.size());
        out.bytes(octets);
    }
}
