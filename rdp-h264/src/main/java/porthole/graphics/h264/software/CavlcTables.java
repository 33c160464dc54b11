package porthole.graphics.h264.software;

/** The variable-length codes of CAVLC, as written in the tables of ITU-T H.264 9.2. */
final class CavlcTables {
    /** Table 9-5: coeff_token for 0 &lt;= nC &lt; 2, by total_coeff, then by trailing ones. */
    private static final String COEFF_TOKEN_0 = """
            1 000101 01 00000111 000100 001 000000111 00000110 0000101 00011 0000000111 000000110 00000101 000011
            00000000111 0000000110 000000101 0000100 0000000001111 00000000110 0000000101 00000100
            0000000001011 0000000001110 00000000101 000000100 0000000001000 0000000001010 0000000001101 0000000100
            00000000001111 00000000001110 0000000001001 00000000100
            00000000001011 00000000001010 00000000001101 0000000001100
            000000000001111 000000000001110 00000000001001 00000000001100
            000000000001011 000000000001010 000000000001101 00000000001000
            0000000000001111 000000000000001 000000000001001 000000000001100
            0000000000001011 0000000000001110 0000000000001101 000000000001000
            0000000000000111 0000000000001010 0000000000001001 0000000000001100
            0000000000000100 0000000000000110 0000000000000101 0000000000001000
            """;

    /** 2 &lt;= nC &lt; 4. */
    private static final String COEFF_TOKEN_2 = """
            11 001011 10 000111 00111 011 0000111 001010 001001 0101 00000111 000110 000101 0100
            00000100 0000110 0000101 00110 000000111 00000110 00000101 001000 00000001111 000000110 000000101 000100
            00000001011 00000001110 00000001101 0000100 000000001111 00000001010 00000001001 000000100
            000000001011 000000001110 000000001101 00000001100 000000001000 000000001010 000000001001 00000001000
            0000000001111 0000000001110 0000000001101 000000001100 0000000001011 0000000001010 0000000001001 0000000001100
            0000000000111 00000000001011 0000000000110 0000000001000
            00000000001001 00000000001000 00000000001010 0000000000001
            00000000000111 00000000000110 00000000000101 00000000000100
            """;

    /** 4 &lt;= nC &lt; 8. */
    private static final String COEFF_TOKEN_4 = """
            1111 001111 1110 001011 01111 1101 001000 01100 01110 1100 0001111 01010 01011 1011 0001011 01000 01001 1010
            0001001 001110 001101 1001 0001000 001010 001001 1000 00001111 0001110 0001101 01101
            00001011 00001110 0001010 001100 000001111 00001010 00001101 0001100 000001011 000001110 00001001 00001100
            000001000 000001010 000001101 00001000 0000001101 000000111 000001001 000001100
            0000001001 0000001100 0000001011 0000001010 0000000101 0000001000 0000000111 0000000110
            0000000001 0000000100 0000000011 0000000010
            """;

    /** nC = -1: chroma DC of 4:2:0. */
    private static final String COEFF_TOKEN_CHROMA_DC = """
            01 000111 1 000100 000110 001 000011 0000011 0000010 000101 000010 00000011 00000010 0000000
            """;

    /** Tables 9-7 and 9-8: total_zeros of 4x4 blocks, a line for each tzVlcIndex. */
    private static final String TOTAL_ZEROS = """
            1 011 010 0011 0010 00011 00010 000011 000010 0000011 0000010 00000011 00000010 000000011 000000010 000000001
            111 110 101 100 011 0101 0100 0011 0010 00011 00010 000011 000010 000001 000000
            0101 111 110 101 0100 0011 100 011 0010 00011 00010 000001 00001 000000
            00011 111 0101 0100 110 101 100 0011 011 0010 00010 00001 00000
            0101 0100 0011 111 110 101 100 011 0010 00001 0001 00000
            000001 00001 111 110 101 100 011 010 0001 001 000000
            000001 00001 101 100 011 11 010 0001 001 000000
            000001 0001 00001 011 11 10 010 001 000000
            000001 000000 0001 11 10 001 01 00001
            00001 00000 001 11 10 01 0001
            0000 0001 001 010 1 011
            0000 0001 01 1 001
            000 001 1 01
            00 01 1
            0 1
            """;

    /** Table 9-9 (a). */
    private static final String TOTAL_ZEROS_CHROMA_DC = """
            1 01 001 000
            1 01 00
            1 0
            """;

    /** Table 9-10: run_before, a line for each zerosLeft up to 7 and more. */
    private static final String RUN_BEFORE = """
            1 0
            1 01 00
            11 10 01 00
            11 10 01 001 000
            11 10 011 010 001 000
            11 000 001 011 010 101 100
            111 110 101 100 011 010 001 0001 00001 000001 0000001 00000001 000000001 0000000001 00000000001
            """;

    /** Table 9-4: coded_block_pattern of Intra_4x4 and Intra_8x8 by codeNum, ChromaArrayType 1. */
    static final byte[] CODED_BLOCK_PATTERN_INTRA = {
        47, 31, 15, 0, 23, 27, 29, 30, 7, 11, 13, 14, 39, 43, 45, 46,
        16, 3, 5, 10, 12, 19, 21, 26, 28, 35, 37, 42, 44, 1, 2, 4,
        8, 17, 18, 20, 24, 6, 9, 22, 25, 32, 33, 34, 36, 40, 38, 41
    };

    static final byte[] CODED_BLOCK_PATTERN_INTER = {
        0, 16, 1, 2, 4, 8, 32, 3, 5, 10, 12, 15, 47, 7, 11, 13,
        14, 6, 9, 31, 35, 37, 42, 44, 33, 34, 36, 40, 39, 43, 45, 46,
        17, 18, 20, 24, 19, 21, 26, 28, 23, 27, 29, 30, 22, 25, 38, 41
    };

    /** ChromaArrayType 0. */
    static final byte[] CODED_BLOCK_PATTERN_INTRA_MONOCHROME = {15, 0, 7, 11, 13, 14, 3, 5, 10, 12, 1, 2, 4, 8, 6, 9};

    static final byte[] CODED_BLOCK_PATTERN_INTER_MONOCHROME = {0, 1, 2, 4, 8, 3, 5, 10, 12, 15, 7, 11, 13, 14, 6, 9};

    /** Entries have the length of the code in their lower five bits; 0 is no code. */
    static final int LENGTH = 31;

    /** By leading zeros, and the three bits behind the first one; trailing ones from bit 5 on, total_coeff from bit 7 on. */
    static final short[][] COEFF_TOKEN = {
        coeffToken(COEFF_TOKEN_0), coeffToken(COEFF_TOKEN_2), coeffToken(COEFF_TOKEN_4)
    };

    static final short[] COEFF_TOKEN_OF_CHROMA_DC = coeffToken(COEFF_TOKEN_CHROMA_DC);

    /** By the next {@link #TOTAL_ZEROS_BITS} bits; the number from bit 5 on. */
    static final short[][] TOTAL_ZEROS_OF_4X4 = codes(TOTAL_ZEROS, 9);

    static final short[][] TOTAL_ZEROS_OF_CHROMA_DC = codes(TOTAL_ZEROS_CHROMA_DC, 3);
    static final short[][] RUN_BEFORE_BY_ZEROS = codes(RUN_BEFORE, 11);
    static final int TOTAL_ZEROS_BITS = 9;
    static final int CHROMA_DC_ZEROS_BITS = 3;
    static final int RUN_BEFORE_BITS = 11;

    private CavlcTables() {}

    private static short[] coeffToken(String codes) {
        short[] table = new short[16 * 8];
        int total = 0;
        int ones = 0;
        for (String code : codes.trim().split("\\s+")) {
            int zeros = Math.max(0, code.indexOf('1'));
            if (code.indexOf('1') < 0) {
                zeros = code.length(); // the code of zeros alone stands for all that begin so
                fill(table, zeros * 8, 8, total << 7 | ones << 5 | code.length());
            } else {
                int suffix = code.length() - zeros - 1;
                int value = suffix == 0 ? 0 : Integer.parseInt(code.substring(zeros + 1), 2);
                fill(table, zeros * 8 + (value << 3 - suffix), 1 << 3 - suffix, total << 7 | ones << 5 | code.length());
            }
            ones++;
            if (ones > Math.min(3, total)) {
                total++;
                ones = 0;
            }
        }
        return table;
    }

    private static short[][] codes(String text, int bits) {
        String[] lines = text.trim().split("\n");
        short[][] tables = new short[lines.length][1 << bits];
        for (int i = 0; i < lines.length; i++) {
            String[] codes = lines[i].trim().split(" ");
            for (int value = 0; value < codes.length; value++) {
                int free = bits - codes[value].length();
                fill(
                        tables[i],
                        Integer.parseInt(codes[value], 2) << free,
                        1 << free,
                        value << 5 | codes[value].length());
            }
        }
        return tables;
    }

    private static void fill(short[] table, int from, int count, int entry) {
        java.util.Arrays.fill(table, from, from + count, (short) entry);
    }
}
