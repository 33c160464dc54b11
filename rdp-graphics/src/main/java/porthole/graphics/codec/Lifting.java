package porthole.graphics.codec;

/**
 * The steps of both wavelet transforms, on whole planes at a time.
 *
 * <p>Each loop reads and writes several arrays at one index, which is what the compiler turns into vector instructions; a
 * neighbour is therefore read from a copy that is shifted by one column or row.
 */
final class Lifting {
    private Lifting() {}

    /** Even samples from low coefficients and the high ones before and behind each. MS-RDPRFX 3.1.8.1.4. */
    static void even(int[] low, int[] before, int[] after, int[] even, int count) {
        for (int i = 0; i < count; i++) {
            even[i] = low[i] - (before[i] + after[i] + 1 >> 1);
        }
    }

    /** Odd samples from high coefficients and the even samples before and behind each. */
    static void odd(int[] high, int[] before, int[] after, int[] odd, int count) {
        for (int i = 0; i < count; i++) {
            odd[i] = (high[i] << 1) + (before[i] + after[i] >> 1);
        }
    }

    /** The same with halves cut towards zero and samples of 16 bits. MS-RDPEGFX 3.2.8.1.2.2. */
    static void evenWithin16(int[] low, int[] before, int[] after, int[] even, int count) {
        for (int i = 0; i < count; i++) {
            even[i] = within16(low[i] - half(before[i] + after[i]));
        }
    }

    static void oddWithin16(int[] high, int[] before, int[] after, int[] odd, int count) {
        for (int i = 0; i < count; i++) {
            odd[i] = within16(half(before[i] + after[i]) + (high[i] << 1));
        }
    }

    private static int half(int value) {
        return value + (value >>> 31) >> 1;
    }

    /** Between -2^15 and 2^15 - 1, without a branch or a minimum, neither of which would be a vector instruction. */
    private static int within16(int value) {
        int below = value - Short.MAX_VALUE;
        int above = (below & below >> 31) + Short.MAX_VALUE - Short.MIN_VALUE;
        return (above & ~(above >> 31)) + Short.MIN_VALUE;
    }

    /** Puts even and odd columns of even and odd rows together, in rows of {@code evenColumns + oddColumns} from {@code to} on. */
    static void interleave(int[][] quarters, int stride, int evenColumns, int oddColumns, int rows, int[] out, int to) {
        int width = evenColumns + oddColumns;
        for (int y = 0; y < rows; y++) {
            int[] even = quarters[2 * (y & 1)];
            int[] odd = quarters[2 * (y & 1) + 1];
            int from = (y >> 1) * stride;
            int at = to + y * width;
            for (int x = 0; x < oddColumns; x++) {
                out[at + 2 * x] = even[from + x];
                out[at + 2 * x + 1] = odd[from + x];
            }
            if (evenColumns > oddColumns) {
                out[at + width - 1] = even[from + oddColumns];
            }
        }
    }
}
