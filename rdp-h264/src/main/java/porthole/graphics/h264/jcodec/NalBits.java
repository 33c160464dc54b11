package porthole.graphics.h264.jcodec;

import java.nio.ByteBuffer;

/** Reads the bits of a NAL unit that is still escaped; a read past its end is refused. ITU-T H.264 7.2 and 7.4.1. */
final class NalBits {
    private final ByteBuffer in;
    private int bit;
    private int zeros;
    private int octet;

    NalBits(ByteBuffer unit) {
        in = unit;
    }

    boolean flag(String field) {
        return bits(1, field) != 0;
    }

    int bits(int count, String field) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (bit == 0) {
                octet = next(field);
                bit = 8;
            }
            value = value << 1 | octet >> --bit & 1;
        }
        return value;
    }

    /** An unsigned Exp-Golomb code. */
    long golomb(String field) {
        int leading = 0;
        while (bits(1, field) == 0) {
            if (++leading > 32) {
                throw JcodecDecoder.error(field, "more than 32 leading zeros", "an Exp-Golomb code");
            }
        }
        long value = 0;
        for (int i = 0; i < leading; i++) {
            value = value << 1 | bits(1, field);
        }
        return (1L << leading) - 1 + value;
    }

    /** An unsigned Exp-Golomb code of at most {@code limit}. */
    int most(int limit, String field) {
        long value = golomb(field);
        if (value > limit) {
            throw JcodecDecoder.error(field, String.valueOf(value), "0 to " + limit);
        }
        return (int) value;
    }

    private int next(String field) {
        if (!in.hasRemaining()) {
            throw JcodecDecoder.error(field, "the end of the NAL unit", "the whole field");
        }
        int value = in.get() & 0xFF;
        if (zeros == 2 && value == 3) { // an emulation prevention octet, which is none of the content
            zeros = 0;
            return next(field);
        }
        zeros = value == 0 ? zeros + 1 : 0;
        return value;
    }
}
