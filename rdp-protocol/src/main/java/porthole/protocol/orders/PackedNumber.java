package porthole.protocol.orders;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The numbers of drawing orders whose first octet says how many follow; writing takes the shortest form. */
final class PackedNumber {
    private static final int MORE = 0x80;

    private PackedNumber() {}

    /** A signed delta of 7 or 15 bits in two's complement. MS-RDPEGDI 2.2.2.2.1.1.1.4. */
    static int delta(WireReader in, String field) {
        int first = in.peekU8(field);
        if ((first & MORE) == 0) {
            return in.u8(field) << 25 >> 25;
        }
        return in.u16be(field) << 17 >> 17;
    }

    static void delta(WireWriter out, int value) {
        if (value >= -0x40 && value < 0x40) {
            out.u8(value & 0x7F);
        } else {
            out.u16be(value & 0x7FFF | MORE << 8);
        }
    }

    /** TWO_BYTE_UNSIGNED_ENCODING: 0 to 32767. MS-RDPEGDI 2.2.2.2.1.2.1.2. */
    static int unsigned2(WireReader in, String field) {
        return (in.peekU8(field) & MORE) == 0 ? in.u8(field) : in.u16be(field) & 0x7FFF;
    }

    static void unsigned2(WireWriter out, int value) {
        if (value < 0x80) {
            out.u8(value);
        } else {
            out.u16be(value | MORE << 8);
        }
    }

    /** TWO_BYTE_SIGNED_ENCODING: -16383 to 16383, as a sign and a magnitude. MS-RDPEGDI 2.2.2.2.1.2.1.3. */
    static int signed2(WireReader in, String field) {
        if ((in.peekU8(field) & MORE) == 0) {
            int value = in.u8(field);
            return (value & 0x40) != 0 ? -(value & 0x3F) : value & 0x3F;
        }
        int value = in.u16be(field);
        return (value & 0x4000) != 0 ? -(value & 0x3FFF) : value & 0x3FFF;
    }

    static void signed2(WireWriter out, int value) {
        int magnitude = Math.abs(value);
        int sign = value < 0 ? 0x40 : 0;
        if (magnitude < 0x40) {
            out.u8(sign | magnitude);
        } else {
            out.u16be((MORE | sign) << 8 | magnitude & 0x3FFF);
        }
    }

    /** FOUR_BYTE_UNSIGNED_ENCODING: 0 to 1073741823. MS-RDPEGDI 2.2.2.2.1.2.1.4. */
    static int unsigned4(WireReader in, String field) {
        int following = in.peekU8(field) >> 6;
        in.require(1 + following, field);
        return switch (following) {
            case 0 -> in.u8(field);
            case 1 -> in.u16be(field) & 0x3FFF;
            case 2 -> (in.u8(field) & 0x3F) << 16 | in.u16be(field);
            default -> (int) (in.u32be(field) & 0x3FFFFFFF);
        };
    }

    static void unsigned4(WireWriter out, int value) {
        if (value < 0x40) {
            out.u8(value);
        } else if (value < 0x4000) {
            out.u16be(value | 0x4000);
        } else if (value < 0x40_0000) {
            out.u8(value >> 16 | 0x80).u16be(value & 0xFFFF);
        } else {
            out.u32be(value | 0xC000_0000L);
        }
    }
}
