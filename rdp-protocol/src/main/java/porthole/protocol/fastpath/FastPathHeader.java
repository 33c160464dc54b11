package porthole.protocol.fastpath;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The first octet and the length that both directions share: MS-RDPBCGR 2.2.8.1.2 and 2.2.9.1.2. */
final class FastPathHeader {
    static final String INPUT_SECTION = "MS-RDPBCGR 2.2.8.1.2";
    static final String OUTPUT_SECTION = "MS-RDPBCGR 2.2.9.1.2";

    private static final int TWO_OCTETS = 0x80;
    private static final int ONE_OCTET_MAXIMUM = 0x7F;
    private static final int MAXIMUM = 0x7FFF;

    private FastPathHeader() {}

    /** Reads {@code length1} and {@code length2} behind the first octet and returns the octets that follow. */
    static int bodyLength(WireReader in) {
        boolean two = isTwoOctets(in);
        int length = in.u8("length1") & ONE_OCTET_MAXIMUM;
        if (two) {
            length = length << 8 | in.u8("length2");
        }
        int body = length - (two ? 3 : 2);
        in.check(body == in.remaining(), two ? "length2" : "length1", length, "the octets of the whole frame");
        return body;
    }

    static boolean isTwoOctets(WireReader in) {
        return (in.peekU8("length1") & TWO_OCTETS) != 0;
    }

    /** Writes a length field to be filled in by {@link #end}; returns its position. */
    static int begin(WireWriter out, boolean twoOctets) {
        int position = out.position();
        out.zeros(twoOctets ? 2 : 1);
        return position;
    }

    static void end(WireWriter out, int position, boolean twoOctets) {
        int length = out.position() - position + 1;
        if (length > (twoOctets ? MAXIMUM : ONE_OCTET_MAXIMUM)) {
            throw new IllegalStateException("a fast-path frame of " + length + " octets does not fit its length field");
        }
        if (twoOctets) {
            out.patchU16be(position, TWO_OCTETS << 8 | length);
        } else {
            out.patchU8(position, length);
        }
    }

    /** Whether a frame whose body has {@code octets} octets needs the length of two octets. */
    static boolean needsTwoOctets(int octets) {
        return octets + 2 > ONE_OCTET_MAXIMUM;
    }
}
