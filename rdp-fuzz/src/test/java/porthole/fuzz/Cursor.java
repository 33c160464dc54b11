package porthole.fuzz;

import java.util.Arrays;

/** Takes an input apart into numbers and parts; past its end there are zeros and nothing. */
final class Cursor {
    private final byte[] input;
    private int at;

    Cursor(byte[] input) {
        this.input = input;
    }

    boolean hasMore() {
        return at < input.length;
    }

    int u8() {
        return at < input.length ? input[at++] & 0xFF : 0;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    /** At most {@code length} octets. */
    byte[] part(int length) {
        int end = Math.min(input.length, at + length);
        byte[] part = Arrays.copyOfRange(input, at, end);
        at = end;
        return part;
    }

    byte[] rest() {
        return part(input.length - at);
    }
}
