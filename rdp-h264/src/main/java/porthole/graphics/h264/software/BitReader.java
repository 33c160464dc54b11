package porthole.graphics.h264.software;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The payload of one NAL unit, bit by bit, without emulation prevention. ITU-T H.264 7.2, 7.3.1 and 9.1.
 *
 * <p>Behind the end there are zeros, as many as are asked for: whoever loops asks {@link #isBeyondEnd()}, too. Its array is used
 * again from unit to unit.
 */
final class BitReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int PADDING = 16;

    private byte[] octets = new byte[1 << 12];
    private int length;
    private int end;
    private int position;

    /** Takes the octets of a unit behind its header. */
    void load(byte[] from, int begin, int limit) {
        if (octets.length < limit - begin + PADDING) {
            octets = new byte[(limit - begin) * 2 + PADDING];
        }
        int to = 0;
        int copied = begin;
        int i = begin;
        while (i + 2 < limit) {
            int third = from[i + 2];
            if (third > 3 || third < 0) {
                i += 3;
            } else if (third == 3 && from[i + 1] == 0 && from[i] == 0) {
                System.arraycopy(from, copied, octets, to, i + 2 - copied);
                to += i + 2 - copied;
                copied = i + 3; // emulation_prevention_three_byte
                i = copied;
            } else {
                i++;
            }
        }
        System.arraycopy(from, copied, octets, to, limit - copied);
        to += limit - copied;
        while (to > 0 && octets[to - 1] == 0) {
            to--; // trailing_zero_8bits and cabac_zero_word
        }
        length = to;
        Arrays.fill(octets, to, to + PADDING, (byte) 0);
        end = to == 0 ? 0 : to * 8 - 1 - Integer.numberOfTrailingZeros(octets[to - 1]); // rbsp_stop_one_bit
        position = 0;
    }

    /** The payload's octets, of which {@link #length()} are its own; zeros follow. */
    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** In bits. */
    int position() {
        return position;
    }

    /** In bits: where the trailing bits begin. */
    int end() {
        return end;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    boolean isBeyondEnd() {
        return position > end;
    }

    /** 7.2: more_rbsp_data. */
    boolean hasMore() {
        return position < end;
    }

    /** @throws porthole.protocol.failure.WireException where more was read than there is */
    void checkEnd(String field) {
        if (position > end) {
            throw Syntax.error(field, position >>> 3, length + " octets", "more of them", "7.3");
        }
    }

    /** The next bits at the upper end, of which 57 count. */
    long peek() {
        return (long) LONGS.get(octets, Math.min(position >>> 3, length)) << (position & 7);
    }

    void skip(int count) {
        position += count;
    }

    /** @param count 1 to 32 */
    int bits(int count) {
        int value = (int) (peek() >>> 64 - count);
        position += count;
        return value;
    }

    boolean flag() {
        boolean set = peek() < 0;
        position++;
        return set;
    }

    boolean flag(String field) {
        boolean set = flag();
        checkEnd(field);
        return set;
    }

    int bits(int count, String field) {
        int value = bits(count);
        checkEnd(field);
        return value;
    }

    /** ue(v); numbers of more than 25 bits come out as the largest int. */
    int golomb() {
        long next = peek();
        int zeros = Long.numberOfLeadingZeros(next);
        if (zeros > 25) {
            position += Math.min(65, 2 * zeros + 1);
            return Integer.MAX_VALUE;
        }
        position += 2 * zeros + 1;
        return (int) (next >>> 63 - 2 * zeros) - 1;
    }

    /** se(v). */
    int signedGolomb() {
        int code = golomb();
        return (code & 1) != 0 ? (code >>> 1) + 1 : -(code >>> 1);
    }

    /** @return ue(v), 0 to {@code most} */
    int unsigned(int most, String field, String clause) {
        int value = golomb();
        checkEnd(field);
        if (value > most) {
            throw Syntax.error(field, position >>> 3, value, "0 to " + most, clause);
        }
        return value;
    }

    /** @return se(v), {@code least} to {@code most} */
    int signed(int least, int most, String field, String clause) {
        int value = signedGolomb();
        checkEnd(field);
        if (value < least || value > most) {
            throw Syntax.error(field, position >>> 3, value, least + " to " + most, clause);
        }
        return value;
    }

    /** se(v) of up to 32 bits, of which as many count as an int has. */
    int longSigned(String field) {
        int zeros = 0;
        while (zeros < 32 && !flag()) {
            zeros++;
        }
        long code = (1L << zeros) - 1 + (zeros == 0 ? 0 : bits(zeros) & 0xFFFFFFFFL);
        checkEnd(field);
        return (int) ((code & 1) != 0 ? code / 2 + 1 : -(code / 2));
    }
}
