package porthole.protocol.bulk;

/** A canonical Huffman code that is read and written from the lowest bit up. MS-RDPEGDI 3.1.8.1.4. */
final class HuffmanCode {
    private static final int LENGTH_SHIFT = 12;

    private final int[] codes;
    private final int[] lengths;
    private final int longest;
    private final short[] symbols;

    /** @param lengths bits of each symbol's code, none of them zero; together they use up every bit pattern */
    HuffmanCode(int[] lengths) {
        this.lengths = lengths.clone();
        codes = new int[lengths.length];
        int most = 0;
        for (int length : lengths) {
            most = Math.max(most, length);
        }
        longest = most;
        symbols = new short[1 << longest];
        int code = 0;
        for (int length = 1; length <= longest; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = Integer.reverse(code++) >>> 32 - length;
                    for (int i = codes[symbol]; i < symbols.length; i += 1 << length) {
                        symbols[i] = (short) (length << LENGTH_SHIFT | symbol);
                    }
                }
            }
            code <<= 1;
        }
    }

    /** Bits of the longest code. */
    int longest() {
        return longest;
    }

    /** What the lowest bits of {@code window} mean: {@link #symbol} and {@link #length} take it apart. */
    int lookUp(long window) {
        return symbols[(int) window & symbols.length - 1] & 0xFFFF;
    }

    static int symbol(int entry) {
        return entry & (1 << LENGTH_SHIFT) - 1;
    }

    static int length(int entry) {
        return entry >>> LENGTH_SHIFT;
    }

    int code(int symbol) {
        return codes[symbol];
    }

    int codeLength(int symbol) {
        return lengths[symbol];
    }
}
