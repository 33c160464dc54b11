package porthole.protocol.orders;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The bounds field of a primary order: each side as it was, as a number, or as a difference. MS-RDPEGDI 2.2.2.2.1.1.2. */
final class PrimaryBounds {
    private static final int LEFT = 0x01;
    private static final int TOP = 0x02;
    private static final int RIGHT = 0x04;
    private static final int BOTTOM = 0x08;

    /** A TS_BOUND_DELTA_* flag is this many bits above its TS_BOUND_* flag, and counts where both are set. */
    private static final int DELTA = 4;

    private PrimaryBounds() {}

    static OrderBounds decode(WireReader in, int flags, OrderBounds last) {
        return new OrderBounds(
                side(in, flags, LEFT, "bounds.left", last.left()),
                side(in, flags, TOP, "bounds.top", last.top()),
                side(in, flags, RIGHT, "bounds.right", last.right()),
                side(in, flags, BOTTOM, "bounds.bottom", last.bottom()));
    }

    private static int side(WireReader in, int flags, int flag, String name, int last) {
        if ((flags & flag << DELTA) != 0) {
            int next = last + (byte) in.u8(name);
            in.check(next == (short) next, 1, name, next, "-32768 to 32767");
            return next;
        }
        return (flags & flag) != 0 ? in.s16le(name) : last;
    }

    static void encode(WireWriter out, int flags, OrderBounds bounds, OrderBounds last) {
        side(out, flags, LEFT, bounds.left(), last.left());
        side(out, flags, TOP, bounds.top(), last.top());
        side(out, flags, RIGHT, bounds.right(), last.right());
        side(out, flags, BOTTOM, bounds.bottom(), last.bottom());
    }

    private static void side(WireWriter out, int flags, int flag, int value, int last) {
        if ((flags & flag << DELTA) != 0) {
            out.u8(value - last);
        } else if ((flags & flag) != 0) {
            out.u16le(value);
        }
    }

    /** The flags that say {@code bounds} in the fewest octets; zero where nothing changed. */
    static int shortest(OrderBounds bounds, OrderBounds last) {
        return shortest(LEFT, bounds.left(), last.left())
                | shortest(TOP, bounds.top(), last.top())
                | shortest(RIGHT, bounds.right(), last.right())
                | shortest(BOTTOM, bounds.bottom(), last.bottom());
    }

    private static int shortest(int flag, int value, int last) {
        int delta = value - last;
        return delta == 0 ? 0 : delta == (byte) delta ? flag << DELTA : flag;
    }
}
