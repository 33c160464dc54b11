package porthole.graphics.rop;

/**
 * Ternary raster operations on rows of pixels.
 *
 * <p>Bit {@code 4 * P + 2 * S + D} of an operation is the result for a pattern, source and destination bit of that value.
 * MS-RDPEGDI 2.2.2.2.1.1.1.7.
 */
public final class Rop3 {
    public static final int PATINVERT = 0x5A;
    public static final int SRCINVERT = 0x66;
    public static final int SRCAND = 0x88;
    public static final int DSTCOPY = 0xAA;
    public static final int SRCCOPY = 0xCC;
    public static final int SRCPAINT = 0xEE;
    public static final int PATCOPY = 0xF0;
    /** The pattern where the source is black, the destination where it is white. */
    private static final int PSDPXAX = 0xB8;
    /** The destination where the source is black, the pattern where it is white. */
    private static final int DSPDXAX = 0xE2;

    private static final int OPAQUE = Raster.OPAQUE;

    private Rop3() {}

    /**
     * The ternary operation of a binary one, whose pen takes the place of the pattern.
     *
     * @param rop2 1 (R2_BLACK) to 16 (R2_WHITE); MS-RDPEGDI 2.2.2.2.1.1.1.6
     */
    public static int ofRop2(int rop2) {
        int table = rop2 - 1;
        return (table >> 2) * 5 << 4 | (table & 3) * 5;
    }

    public static boolean usesPattern(int rop) {
        return ((rop >> 4 ^ rop) & 0x0F) != 0;
    }

    public static boolean usesSource(int rop) {
        return ((rop >> 2 ^ rop) & 0x33) != 0;
    }

    /** What a destination is joined with by AND, and then by XOR, where the operation knows no source and one pattern colour. */
    static int and(int rop, int pattern) {
        return xor(rop, pattern) ^ (mask(rop, 1) ^ (mask(rop, 1) ^ mask(rop, 5)) & pattern);
    }

    static int xor(int rop, int pattern) {
        return mask(rop, 0) ^ (mask(rop, 0) ^ mask(rop, 4)) & pattern;
    }

    /** Joins {@code count} pixels of the destination with one AND and one XOR. */
    static void row(int and, int xor, int[] destination, int at, int count) {
        int stop = at + count;
        for (int i = at; i < stop; i++) {
            destination[i] = destination[i] & and ^ xor | OPAQUE;
        }
    }

    /**
     * Joins {@code count} pixels of the three rows.
     *
     * @param source must not be the same pixels as the destination, shifted; any row where the operation knows no source
     * @param pattern any row where the operation knows no pattern
     */
    static void row(int rop, int[] destination, int at, int[] source, int from, int[] pattern, int by, int count) {
        switch (rop) {
            case SRCCOPY -> System.arraycopy(source, from, destination, at, count);
            case PATCOPY -> System.arraycopy(pattern, by, destination, at, count);
            case SRCINVERT -> {
                for (int i = 0; i < count; i++) {
                    destination[at + i] = (destination[at + i] ^ source[from + i]) | OPAQUE;
                }
            }
            case SRCAND -> {
                for (int i = 0; i < count; i++) {
                    destination[at + i] &= source[from + i];
                }
            }
            case SRCPAINT -> {
                for (int i = 0; i < count; i++) {
                    destination[at + i] |= source[from + i];
                }
            }
            case PATINVERT -> {
                for (int i = 0; i < count; i++) {
                    destination[at + i] = (destination[at + i] ^ pattern[by + i]) | OPAQUE;
                }
            }
            case PSDPXAX -> {
                for (int i = 0; i < count; i++) {
                    int p = pattern[by + i];
                    destination[at + i] = (p ^ (p ^ destination[at + i]) & source[from + i]) | OPAQUE;
                }
            }
            case DSPDXAX -> {
                for (int i = 0; i < count; i++) {
                    int d = destination[at + i];
                    destination[at + i] = (d ^ (d ^ pattern[by + i]) & source[from + i]) | OPAQUE;
                }
            }
            default -> any(rop, destination, at, source, from, pattern, by, count);
        }
    }

    /** Chooses by destination, then by source, then by pattern among the eight bits of the operation, without a branch. */
    private static void any(
            int rop, int[] destination, int at, int[] source, int from, int[] pattern, int by, int count) {
        int m0 = mask(rop, 0);
        int m2 = mask(rop, 2);
        int m4 = mask(rop, 4);
        int m6 = mask(rop, 6);
        int m01 = m0 ^ mask(rop, 1);
        int m23 = m2 ^ mask(rop, 3);
        int m45 = m4 ^ mask(rop, 5);
        int m67 = m6 ^ mask(rop, 7);
        for (int i = 0; i < count; i++) {
            int d = destination[at + i];
            int s = source[from + i];
            int p = pattern[by + i];
            int x0 = m0 ^ m01 & d;
            int x1 = m2 ^ m23 & d;
            int x2 = m4 ^ m45 & d;
            int x3 = m6 ^ m67 & d;
            int y0 = x0 ^ (x0 ^ x1) & s;
            int y1 = x2 ^ (x2 ^ x3) & s;
            destination[at + i] = (y0 ^ (y0 ^ y1) & p) | OPAQUE;
        }
    }

    private static int mask(int rop, int bit) {
        return -(rop >> bit & 1);
    }
}
