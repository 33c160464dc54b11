package porthole.protocol.bulk;

/** The static Huffman code of RDP 8.0: what each first nine bits of a token mean. MS-RDPEGFX 3.1.9.1.2.4. */
final class Rdp8Code {
    static final int PREFIX_BITS = 9;

    /** Kinds of tokens. */
    static final int RESERVED = 0;

    static final int LITERAL = 1;
    static final int MATCH = 2;

    private static final long[] TABLE = new long[1 << PREFIX_BITS];

    /** Prefixes of matches with the bits of their distance and its least value. */
    private static final Object[][] MATCHES = {
        {"10001", 5, 0},
        {"10010", 7, 32},
        {"10011", 9, 160},
        {"10100", 10, 672},
        {"10101", 12, 1696},
        {"101100", 14, 5792},
        {"101101", 15, 22176},
        {"1011100", 18, 54944},
        {"1011101", 20, 317088},
        {"10111100", 20, 1365664},
        {"10111101", 21, 2414240}
    };

    /** Literals with codes of their own. */
    private static final Object[][] LITERALS = {
        {"11000", 0x00},
        {"11001", 0x01},
        {"110100", 0x02},
        {"110101", 0x03},
        {"110110", 0xFF},
        {"1101110", 0x04},
        {"1101111", 0x05},
        {"1110000", 0x06},
        {"1110001", 0x07},
        {"1110010", 0x08},
        {"1110011", 0x09},
        {"1110100", 0x0A},
        {"1110101", 0x0B},
        {"1110110", 0x3A},
        {"1110111", 0x3B},
        {"1111000", 0x3C},
        {"1111001", 0x3D},
        {"1111010", 0x3E},
        {"1111011", 0x3F},
        {"1111100", 0x40},
        {"1111101", 0x80},
        {"11111100", 0x0C},
        {"11111101", 0x38},
        {"11111110", 0x39},
        {"11111111", 0x66}
    };

    static {
        for (int octet = 0; octet <= 0xFF; octet++) {
            TABLE[octet] = entry(LITERAL, PREFIX_BITS, 0, octet);
        }
        for (Object[] literal : LITERALS) {
            fill((String) literal[0], LITERAL, 0, (int) literal[1]);
        }
        for (Object[] match : MATCHES) {
            fill((String) match[0], MATCH, (int) match[1], (int) match[2]);
        }
    }

    private Rdp8Code() {}

    private static void fill(String prefix, int kind, int valueBits, int value) {
        int free = PREFIX_BITS - prefix.length();
        int first = Integer.parseInt(prefix, 2) << free;
        for (int i = 0; i < 1 << free; i++) {
            TABLE[first + i] = entry(kind, prefix.length(), valueBits, value);
        }
    }

    private static long entry(int kind, int prefixBits, int valueBits, int value) {
        return (long) value << 11 | valueBits << 6 | prefixBits << 2 | kind;
    }

    /** @param nine the first bits of a token, those behind the end of the stream as zeros */
    static long token(int nine) {
        return TABLE[nine];
    }

    static int kind(long token) {
        return (int) token & 3;
    }

    static int prefixBits(long token) {
        return (int) (token >>> 2) & 0xF;
    }

    /** How many bits of a match's distance follow the prefix. */
    static int valueBits(long token) {
        return (int) (token >>> 6) & 0x1F;
    }

    /** The literal, or the least distance. */
    static int value(long token) {
        return (int) (token >>> 11);
    }
}
