package porthole.graphics.h264.software;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The arithmetic decoding engine. ITU-T H.264 9.3.1.2 and 9.3.3.2.
 *
 * <p>codIOffset is kept with {@link #spare} bits of the stream that lie behind it, so that octets are fetched four at a time; bits
 * behind the end are zeros.
 */
final class CabacDecoder {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int REFILL = 32;
    private static final int LOW_WATER = 8;

    private final byte[] states = new byte[CabacTables.CONTEXTS];
    private byte[] octets;
    private int next;
    private int length;
    private int range;
    private long offset;
    private int spare;

    /** 9.3.1.1: every context as a slice begins. */
    void reset(int cabacInitIdc, int sliceQp) {
        System.arraycopy(CabacTables.STATES[cabacInitIdc][sliceQp], 0, states, 0, states.length);
    }

    /** 9.3.1.2: begins at a whole octet. */
    void begin(BitReader in) {
        octets = in.octets();
        length = in.length();
        next = in.position() >>> 3;
        range = 510;
        offset = 0;
        spare = -9;
        refill();
    }

    private void refill() {
        long more = next < length ? (int) INTS.get(octets, next) & 0xFFFFFFFFL : 0;
        offset = offset << REFILL | more;
        next += 4;
        spare += REFILL;
    }

    /** How many bits of the unit were taken; more than it has where it ended too early. */
    int position() {
        return next * 8 - spare;
    }

    /** @param context its ctxIdx, less those that are left out */
    int decision(int context) {
        int state = states[context];
        int rangeLps = CabacTables.RANGE_LPS[(state >> 1) * 4 + (range >> 6 & 3)];
        int rangeMps = range - rangeLps;
        long scaled = (long) rangeMps << spare;
        if (offset < scaled) {
            states[context] = CabacTables.NEXT_MPS[state];
            if (rangeMps < 256) {
                range = rangeMps << 1;
                if (--spare < LOW_WATER) {
                    refill();
                }
            } else {
                range = rangeMps;
            }
            return state & 1;
        }
        offset -= scaled;
        states[context] = CabacTables.NEXT_LPS[state];
        int shift = Integer.numberOfLeadingZeros(rangeLps) - 23;
        range = rangeLps << shift;
        spare -= shift;
        if (spare < LOW_WATER) {
            refill();
        }
        return state & 1 ^ 1;
    }

    int bypass() {
        if (--spare < LOW_WATER) {
            refill();
        }
        long scaled = (long) range << spare;
        if (offset < scaled) {
            return 0;
        }
        offset -= scaled;
        return 1;
    }

    /** 9.3.3.2.2.3: before the end of a slice, or samples that are not coded. */
    boolean terminate() {
        range -= 2;
        if (offset >= (long) range << spare) {
            return true; // the last bit that was taken ends the slice's data, or comes before those samples
        }
        if (range < 256) {
            range <<= 1;
            if (--spare < LOW_WATER) {
                refill();
            }
        }
        return false;
    }
}
