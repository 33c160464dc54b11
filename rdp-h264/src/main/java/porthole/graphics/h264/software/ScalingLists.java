package porthole.graphics.h264.software;

/** The scaling matrices of a parameter set: six of 4x4 and two of 8x8, in zig-zag order. ITU-T H.264 7.3.2.1.1.1 and 7.4.2.1.1.1. */
final class ScalingLists {
    /** Frame scan. 8.5.6. */
    static final byte[] ZIGZAG_4X4 = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

    /** Frame scan. 8.5.7. */
    static final byte[] ZIGZAG_8X8 = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, //
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
        47, 55, 62, 63
    };

    private static final int LISTS_4X4 = 6;
    private static final byte[] DEFAULT_4X4_INTRA = {6, 13, 13, 20, 20, 20, 28, 28, 28, 28, 32, 32, 32, 37, 37, 42};
    private static final byte[] DEFAULT_4X4_INTER = {10, 14, 14, 20, 20, 20, 24, 24, 24, 24, 27, 27, 27, 30, 30, 34};
    private static final byte[] DEFAULT_8X8_INTRA = {
        6, 10, 10, 13, 11, 13, 16, 16, 16, 16, 18, 18, 18, 18, 18, 23, 23, 23, 23, 23, 23, 25, 25, 25, 25, 25, 25, 25,
                27, 27,
        27, 27, 27, 27, 27, 27, 29, 29, 29, 29, 29, 29, 29, 31, 31, 31, 31, 31, 31, 33, 33, 33, 33, 33, 36, 36, 36, 36,
                38, 38,
        38, 40, 40, 42
    };
    private static final byte[] DEFAULT_8X8_INTER = {
        9, 13, 13, 15, 13, 15, 17, 17, 17, 17, 19, 19, 19, 19, 19, 21, 21, 21, 21, 21, 21, 22, 22, 22, 22, 22, 22, 22,
                24, 24,
        24, 24, 24, 24, 24, 24, 25, 25, 25, 25, 25, 25, 25, 27, 27, 27, 27, 27, 27, 28, 28, 28, 28, 28, 30, 30, 30, 30,
                32, 32,
        32, 33, 33, 35
    };

    /** 0 to 5 are of 4x4 (intra Y, Cb, Cr, inter Y, Cb, Cr), 6 and 7 of 8x8 (intra Y, inter Y). */
    private final byte[][] lists = new byte[8][];

    private ScalingLists() {}

    static ScalingLists flat() {
        ScalingLists flat = new ScalingLists();
        for (int i = 0; i < flat.lists.length; i++) {
            byte[] list = new byte[i < LISTS_4X4 ? 16 : 64];
            java.util.Arrays.fill(list, (byte) 16);
            flat.lists[i] = list;
        }
        return flat;
    }

    /**
     * Reads {@code scaling_list}s, each behind its present flag.
     *
     * @param fallBack of the lists that others do not follow from: the sequence's for a picture, or the default ones where it is
     *     null
     */
    static ScalingLists read(BitReader in, ScalingLists fallBack, int lists8x8, int readable8x8) {
        ScalingLists read = new ScalingLists();
        for (int i = 0; i < LISTS_4X4 + lists8x8; i++) {
            boolean first = i == 0 || i == 3 || i >= LISTS_4X4;
            byte[] otherwise = first ? fallBack == null ? standard(i) : fallBack.lists[i] : read.lists[i - 1];
            byte[] list = in.flag("scaling_list_present_flag") ? list(in, i) : otherwise;
            read.lists[i] = list;
        }
        for (int i = lists8x8; i < readable8x8; i++) {
            if (in.flag("scaling_list_present_flag")) {
                list(in, 6); // of a chroma format that is refused elsewhere
            }
        }
        for (int i = LISTS_4X4 + lists8x8; i < read.lists.length; i++) {
            read.lists[i] = fallBack == null ? standard(i) : fallBack.lists[i];
        }
        return read;
    }

    private static byte[] list(BitReader in, int index) {
        byte[] list = new byte[index < LISTS_4X4 ? 16 : 64];
        int last = 8;
        int next = 8;
        for (int j = 0; j < list.length; j++) {
            if (next != 0) {
                next = last + in.signed(-128, 127, "delta_scale", "7.4.2.1.1.1") & 0xFF;
                if (j == 0 && next == 0) {
                    return standard(index); // useDefaultScalingMatrixFlag
                }
            }
            last = next == 0 ? last : next;
            list[j] = (byte) last;
        }
        return list;
    }

    private static byte[] standard(int index) {
        if (index < LISTS_4X4) {
            return index < 3 ? DEFAULT_4X4_INTRA : DEFAULT_4X4_INTER;
        }
        return index == LISTS_4X4 ? DEFAULT_8X8_INTRA : DEFAULT_8X8_INTER;
    }

    byte[] list(int index) {
        return lists[index];
    }
}
