package porthole.graphics.codec;

import porthole.protocol.failure.WireException;

/**
 * A bounded cursor over the octets of one codec; used again from call to call, so that decoding allocates nothing.
 *
 * <p>Little-endian. A read past the end throws {@link WireException} with the field's name. Not thread-safe.
 */
final class CodecReader {
    private final CodecErrors errors;
    private byte[] octets;
    private int at;
    private int end;

    CodecReader(CodecErrors errors) {
        this.errors = errors;
    }

    /** Begins anew, with octets {@code from} to {@code to} (exclusive) of an array that is borrowed until the next call. */
    CodecReader over(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.end = to;
        return this;
    }

    byte[] array() {
        return octets;
    }

    int position() {
        return at;
    }

    int end() {
        return end;
    }

    int remaining() {
        return end - at;
    }

    boolean hasRemaining() {
        return at < end;
    }

    void require(long count, String field) {
        if (count < 0 || count > end - at) {
            throw error(field, end - at + " octets left", "at least " + count + " octets");
        }
    }

    int u8(String field) {
        require(1, field);
        return octets[at++] & 0xFF;
    }

    int u16(String field) {
        require(2, field);
        int value = octets[at] & 0xFF | (octets[at + 1] & 0xFF) << 8;
        at += 2;
        return value;
    }

    long u32(String field) {
        require(4, field);
        int value =
                octets[at] & 0xFF | (octets[at + 1] & 0xFF) << 8 | (octets[at + 2] & 0xFF) << 16 | octets[at + 3] << 24;
        at += 4;
        return value & 0xFFFFFFFFL;
    }

    /** Blue, green and red, an octet each, as 0xFFRRGGBB. */
    int bgr(String field) {
        int from = skip(3, field);
        return 0xFF000000 | (octets[from + 2] & 0xFF) << 16 | (octets[from + 1] & 0xFF) << 8 | octets[from] & 0xFF;
    }

    /** A length from the wire that lies within what is left. */
    int length(long octets, String field) {
        if (octets > end - at) {
            throw error(field, octets + " octets", "at most the " + (end - at) + " that follow");
        }
        return (int) octets;
    }

    /** Passes over octets and returns where they begin. */
    int skip(long count, String field) {
        require(count, field);
        int from = at;
        at += (int) count;
        return from;
    }

    /** Refuses a number; what is not one is put into words only where it is refused, by {@link #error}. */
    void check(boolean ok, String field, long seen, String rule) {
        if (!ok) {
            throw error(field, String.valueOf(seen), rule);
        }
    }

    /** Refuses what needs no number to be said. */
    void check(boolean ok, String field, String seen, String rule) {
        if (!ok) {
            throw error(field, seen, rule);
        }
    }

    WireException error(String field, String seen, String rule) {
        return errors.error(field, at, seen, rule);
    }
}
