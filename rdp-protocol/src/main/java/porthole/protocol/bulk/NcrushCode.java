package porthole.protocol.bulk;

import java.util.stream.IntStream;

/** The alphabets of RDP 6.0 bulk compression. MS-RDPEGDI 3.1.8.1.4.1 and 3.1.8.1.4.2. */
final class NcrushCode {
    static final int HISTORY = 1 << 16;
    static final int HALF = HISTORY / 2;

    static final int END = 256;
    static final int FIRST_OFFSET = 257;
    static final int FIRST_CACHED = 289;
    static final int CACHE = 4;
    static final int SHORTEST_MATCH = 2;

    /** Literals, the end of stream, copy-offsets and indexes of the offset cache; one digit for one code length. */
    static final HuffmanCode LEC = code("66677777777888888898999988999999"
            + "899a9999999a9aaa99a9a9a999aa9a99"
            + "89999aaa99aaaaaa99aaaaaaa9aaaaaa"
            + "8aaaaaaaaaaaaaaa9aaaaaaa9aaaaaa9"
            + "799a9aaa9aaaaaaa9aaaaaaaaaaaaaaa"
            + "aaaaaaaaaaadaaaaaabaaaaaaaaaaaaa"
            + "9aaaaa9aaaaa9aaa9aaaaaaaaaaaaaaa"
            + "9aaaaaaaaaaaaa9a899a9aaa9aaa9987"
            + "dd77a776666566656566666666666666"
            + "85677d");

    /** Lengths of a match. */
    static final HuffmanCode LENGTHS = code("42343445455667787889989999999999");

    /** Length symbols with a range of their own; the next one covers every length. */
    static final int RANGED_LENGTHS = 28;
    /** Length symbols in use: the last two have the same meaning. */
    static final int USED_LENGTHS = 30;

    static final int LONGEST_BITS = 14;
    static final int LONGEST_MATCH = SHORTEST_MATCH + (1 << LONGEST_BITS) - 1;

    private static final int[] LENGTH_BITS =
            digits("00000000" + "1111" + "2222" + "3333" + "4444" + "66" + "88" + "ee");
    private static final int[] LENGTH_BASE = new int[USED_LENGTHS];

    static {
        int base = SHORTEST_MATCH;
        for (int symbol = 0; symbol < RANGED_LENGTHS; symbol++) {
            LENGTH_BASE[symbol] = base;
            base += 1 << LENGTH_BITS[symbol];
        }
        for (int symbol = RANGED_LENGTHS; symbol < USED_LENGTHS; symbol++) {
            LENGTH_BASE[symbol] = SHORTEST_MATCH;
        }
    }

    private NcrushCode() {}

    /** Extra bits behind a length symbol. */
    static int lengthBits(int symbol) {
        return LENGTH_BITS[symbol];
    }

    static int lengthBase(int symbol) {
        return LENGTH_BASE[symbol];
    }

    static int lengthSymbol(int length) {
        int symbol = RANGED_LENGTHS;
        if (length < LENGTH_BASE[RANGED_LENGTHS - 1] + (1 << LENGTH_BITS[RANGED_LENGTHS - 1])) {
            do {
                symbol--;
            } while (LENGTH_BASE[symbol] > length);
        }
        return symbol;
    }

    /** Extra bits behind the {@code index}-th copy-offset. */
    static int offsetBits(int index) {
        return index < 4 ? 0 : index / 2 - 1;
    }

    static int offsetBase(int index) {
        return index < 4 ? index : 2 + (index & 1) << offsetBits(index);
    }

    static int offsetIndex(int distance) {
        if (distance < 4) {
            return distance;
        }
        int high = 31 - Integer.numberOfLeadingZeros(distance);
        return 2 * high + (distance >>> high - 1 & 1);
    }

    private static HuffmanCode code(String lengths) {
        return new HuffmanCode(digits(lengths));
    }

    private static int[] digits(String text) {
        return IntStream.range(0, text.length())
                .map(i -> Character.digit(text.charAt(i), 16))
                .toArray();
    }
}
