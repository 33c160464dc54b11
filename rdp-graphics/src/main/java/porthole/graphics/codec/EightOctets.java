package porthole.graphics.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight octets of an array as one number, the first one lowest.
 *
 * <p>Short runs are written eight octets at a time, past their end: a loop whose count differs from run to run costs more in
 * branches than the octets do, and what follows overwrites them. Arrays have {@link #SLACK} octets more than they need for that.
 */
final class EightOctets {
    static final int SLACK = 8;

    private static final VarHandle OCTETS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private EightOctets() {}

    /** The plane, or a larger one, with room for {@code octets} and the slack behind them. */
    static byte[] sized(byte[] plane, int octets) {
        return plane.length >= octets + SLACK ? plane : new byte[octets + SLACK];
    }

    static long get(byte[] octets, int at) {
        return (long) OCTETS.get(octets, at);
    }

    static void set(byte[] octets, int at, long eight) {
        OCTETS.set(octets, at, eight);
    }

    /** The same octet eight times. */
    static long of(int octet) {
        return (octet & 0xFF) * ONES;
    }

    /** The sums of octets, each without its carry. */
    static long sum(long a, long b) {
        return (a & ~TOPS) + (b & ~TOPS) ^ (a ^ b) & TOPS;
    }

    /** The codes 0, 1, 2, 3, 4 mean 0, -1, 1, -2, 2, and so on. */
    static long signed(long codes) {
        return codes >>> 1 & ~TOPS ^ (codes & ONES) * 0xFF;
    }
}
