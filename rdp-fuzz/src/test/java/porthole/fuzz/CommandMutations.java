package porthole.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes messages with a sense of their form, from a seed: numbers become extremes, parts are left out, doubled, swapped or
 * come from elsewhere, and lengths stay right unless they are what is changed.
 */
final class CommandMutations {
    private static final int[] EXTREMES = {0, 1, 2, 7, 8, 63, 64, 65, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF};
    private static final int MOST_CHANGES = 5;

    private final SplittableRandom random;
    private final int lengthAt;
    private final int header;

    /**
     * @param lengthAt where a message has its own length in four octets; negative where it has none
     * @param header octets in front of a message's fields, which are changed more often than what follows
     */
    CommandMutations(long seed, int lengthAt, int header) {
        this.random = new SplittableRandom(seed);
        this.lengthAt = lengthAt;
        this.header = header;
    }

    /** Another sequence of messages, made of {@code original} and now and then of one of {@code others}. */
    List<byte[]> changed(List<byte[]> original, List<byte[]> others) {
        List<byte[]> messages = new ArrayList<>(original);
        for (int n = random.nextInt(1, MOST_CHANGES); n > 0 && !messages.isEmpty(); n--) {
            int at = random.nextInt(messages.size());
            switch (random.nextInt(12)) {
                case 0 -> messages.remove(at);
                case 1 -> messages.add(random.nextInt(messages.size()), messages.get(at));
                case 2 -> messages.set(at, messages.set(random.nextInt(messages.size()), messages.get(at)));
                case 3 -> messages.add(at, others.get(random.nextInt(others.size())));
                case 4 -> messages.set(at, spliced(messages.get(at), others.get(random.nextInt(others.size()))));
                case 5 -> messages.set(at, resized(messages.get(at)));
                default -> messages.set(at, rewritten(messages.get(at)));
            }
        }
        return messages;
    }

    private byte[] rewritten(byte[] original) {
        byte[] octets = original.clone();
        for (int n = random.nextInt(1, 4); n > 0 && octets.length > 0; n--) {
            int reach = random.nextBoolean() ? Math.min(octets.length, header + 48) : octets.length;
            int at = random.nextInt(reach);
            int extreme = EXTREMES[random.nextInt(EXTREMES.length)];
            switch (random.nextInt(5)) {
                case 0 -> octets[at] = (byte) random.nextInt();
                case 1 -> octets[at] = (byte) extreme;
                case 2 -> put(octets, at, 2, extreme);
                case 3 -> put(octets, at, 4, random.nextBoolean() ? extreme : -extreme);
                default -> octets[at] += (byte) (random.nextBoolean() ? 1 : -1);
            }
        }
        return octets;
    }

    /** Shorter, or longer by octets of its own. */
    private byte[] resized(byte[] original) {
        int length = random.nextBoolean()
                ? random.nextInt(original.length + 1)
                : original.length + random.nextInt(1, Math.min(original.length, 64) + 2);
        byte[] octets = Arrays.copyOf(original, length);
        for (int i = original.length; i < length; i++) {
            octets[i] = original.length == 0 ? 0 : original[i % original.length];
        }
        return relabelled(octets);
    }

    /** The front of one message, and the rest of another. */
    private byte[] spliced(byte[] front, byte[] back) {
        int cut = random.nextInt(Math.min(front.length, back.length) + 1);
        byte[] octets = back.clone();
        System.arraycopy(front, 0, octets, 0, cut);
        return relabelled(octets);
    }

    private byte[] relabelled(byte[] octets) {
        if (lengthAt >= 0 && octets.length >= lengthAt + 4 && random.nextInt(10) > 0) {
            put(octets, lengthAt, 4, octets.length);
        }
        return octets;
    }

    private static void put(byte[] octets, int at, int size, int value) {
        for (int i = 0; i < size && at + i < octets.length; i++) {
            octets[at + i] = (byte) (value >> 8 * i);
        }
    }
}
