package porthole.protocol.bulk;

import java.util.Arrays;

/** Finds earlier places of a history that begin like a later one, by chains of places with the same three octets. */
final class MatchFinder {
    static final int SHORTEST = 3;

    private static final int HASH_BITS = 14;
    /** Places that one search looks at, which bounds its time. */
    private static final int TRIES = 24;

    private static final int NONE = -1;

    private final byte[] history;
    private final int[] heads = new int[1 << HASH_BITS];
    private final int[] previous;
    private int distance;

    MatchFinder(byte[] history) {
        this.history = history;
        previous = new int[history.length];
        clear();
    }

    void clear() {
        Arrays.fill(heads, NONE);
    }

    /** Makes {@code from} up to {@code to} known; the octets of the last ones reach at most to {@code end}. */
    void add(int from, int to, int end) {
        for (int i = from; i < to && i + SHORTEST <= end; i++) {
            int hash = hash(i);
            previous[i] = heads[hash];
            heads[hash] = i;
        }
    }

    /**
     * The length of the longest match at {@code position}, at least {@link #SHORTEST}, or 0; {@link #distance} is how
     * far back it begins.
     */
    int find(int position, int end) {
        if (position + SHORTEST > end) {
            return 0;
        }
        int best = 0;
        int candidate = heads[hash(position)];
        for (int tries = TRIES; candidate != NONE && tries > 0; tries--) {
            int length = common(candidate, position, end);
            if (length > best) {
                best = length;
                distance = position - candidate;
            }
            candidate = previous[candidate];
        }
        return best < SHORTEST ? 0 : best;
    }

    int distance() {
        return distance;
    }

    private int common(int earlier, int later, int end) {
        int length = 0;
        while (later + length < end && history[earlier + length] == history[later + length]) {
            length++;
        }
        return length;
    }

    private int hash(int at) {
        int three = (history[at] & 0xFF) << 16 | (history[at + 1] & 0xFF) << 8 | history[at + 2] & 0xFF;
        return three * 0x9E3779B1 >>> 32 - HASH_BITS;
    }
}
