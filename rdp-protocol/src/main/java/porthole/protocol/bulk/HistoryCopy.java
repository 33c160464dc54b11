package porthole.protocol.bulk;

import java.util.Arrays;

/** Copies of matches inside a history, whose source and target may overlap on purpose. */
final class HistoryCopy {
    /** Below it a loop is faster than a call. */
    private static final int SHORT = 16;

    private HistoryCopy() {}

    /** Copies octet by octet, in effect: octets that the copy itself has written count as its source. */
    static void forward(byte[] history, int from, int to, int length) {
        int distance = to - from;
        if (length < SHORT || distance <= 0) {
            for (int i = 0; i < length; i++) {
                history[to + i] = history[from + i];
            }
        } else if (distance == 1) {
            Arrays.fill(history, to, to + length, history[from]);
        } else if (distance >= length) {
            System.arraycopy(history, from, history, to, length);
        } else {
            // what is copied is a whole number of periods, so each copy may be as long as all before it
            for (int done = 0; done < length; ) {
                int now = Math.min(length - done, distance + done);
                System.arraycopy(history, from, history, to + done, now);
                done += now;
            }
        }
    }

    /** The same in a history whose size is a power of two, and whose octets before the first are its last ones. */
    static void around(byte[] history, int distance, int to, int length) {
        int from = to - distance;
        if (from >= 0) {
            forward(history, from, to, length);
            return;
        }
        int mask = history.length - 1;
        for (int i = 0; i < length; i++) {
            history[to + i] = history[from + i & mask];
        }
    }
}
