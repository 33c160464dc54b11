package porthole.protocol.mcs;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * The two octets that both confirms begin with: six bits of choice, one that says whether the last field is present,
 * four of result, and five of padding before the next aligned field (X.691).
 */
final class ConfirmHead {
    private static final int PRESENT = 0x200;

    private ConfirmHead() {}

    static int read(WireReader in, int choice) {
        int first = in.u8("choice");
        in.expect(first & 0xFC, choice, 1, "choice");
        int second = in.u8("result");
        in.check((second & 0x1F) == 0, 1, "result", String.format("0x%02X", second), "five padding bits that are zero");
        return first << 8 | second;
    }

    static boolean isPresent(int head) {
        return (head & PRESENT) != 0;
    }

    static int result(int head) {
        return head >> 5 & 0x0F;
    }

    static void write(WireWriter out, int choice, boolean present, int result) {
        if (result < 0 || result > 15) {
            throw new IllegalArgumentException("result " + result + " is not 0 to 15");
        }
        out.u16be(choice << 8 | (present ? PRESENT : 0) | result << 5);
    }
}
