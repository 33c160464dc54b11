package porthole.protocol.drdynvc;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * The number of a dynamic channel in a field of one, two or four octets. MS-RDPEDYC 2.2.
 *
 * @param cbId 0, 1 or 2: the width of the field
 * @param value 0 to 4294967295
 */
public record ChannelId(int cbId, long value) {
    private static final int WIDE = 2;

    public ChannelId {
        if (cbId < 0 || cbId > WIDE || value < 0 || value >>> width(cbId) * 8 != 0) {
            throw new IllegalArgumentException("no channel id of width code " + cbId + ": " + value);
        }
    }

    /** In the narrowest field. */
    public static ChannelId of(long value) {
        return new ChannelId(narrowest(value), value);
    }

    static ChannelId decode(int cbId, WireReader in) {
        return new ChannelId(checked(cbId, "cbId", in), number(cbId, "ChannelId", in));
    }

    void encode(WireWriter out) {
        number(cbId, value, out);
    }

    /** A width code from the wire. */
    static int checked(int code, String field, WireReader in) {
        in.check(code <= WIDE, field, code, "0, 1 or 2");
        return code;
    }

    /** The width code for a number. */
    static int narrowest(long value) {
        return value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : WIDE;
    }

    static long number(int code, String field, WireReader in) {
        return switch (checked(code, field, in)) {
            case 0 -> in.u8(field);
            case 1 -> in.u16le(field);
            default -> in.u32le(field);
        };
    }

    static void number(int code, long value, WireWriter out) {
        switch (code) {
            case 0 -> out.u8((int) value);
            case 1 -> out.u16le((int) value);
            default -> out.u32le(value);
        }
    }

    private static int width(int code) {
        return 1 << code;
    }
}
