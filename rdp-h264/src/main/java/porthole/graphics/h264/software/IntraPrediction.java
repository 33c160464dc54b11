package porthole.graphics.h264.software;

import java.util.Arrays;
import porthole.protocol.failure.WireException;

/** Prediction of samples from their neighbours in the same picture. ITU-T H.264 8.3. */
final class IntraPrediction {
    /** Values of Intra4x4PredMode and Intra8x8PredMode. Tables 8-2 and 8-3. */
    static final byte VERTICAL = 0;

    static final byte HORIZONTAL = 1;
    static final byte DC = 2;
    private static final int DIAGONAL_DOWN_LEFT = 3;
    private static final int DIAGONAL_DOWN_RIGHT = 4;
    private static final int VERTICAL_RIGHT = 5;
    private static final int HORIZONTAL_DOWN = 6;
    private static final int VERTICAL_LEFT = 7;

    /** Intra16x16PredMode. Table 8-4. */
    private static final int PLANE_16X16 = 3;

    /** intra_chroma_pred_mode. Table 8-5. */
    private static final int CHROMA_DC = 0;

    private static final int CHROMA_HORIZONTAL = 1;
    private static final int CHROMA_VERTICAL = 2;

    /** Neighbours from the lowest left one upwards, then from the corner rightwards. */
    private int[] edge = new int[32];

    private int[] filtered = new int[32];

    private static WireException error(String field, int mode) {
        return Syntax.error(field, mode, "a mode whose neighbours are available", "8.3");
    }

    /** 8.3.1.2. */
    void predict4x4(
            int mode, byte[] plane, int at, int stride, boolean left, boolean top, boolean corner, boolean right) {
        check(mode, left, top, corner);
        gather(4, plane, at, stride, left, top, corner, right);
        predict(4, mode, edge, plane, at, stride, left, top);
    }

    /** 8.3.2.2. */
    void predict8x8(
            int mode, byte[] plane, int at, int stride, boolean left, boolean top, boolean corner, boolean right) {
        check(mode, left, top, corner);
        gather(8, plane, at, stride, left, top, corner, right);
        filter(left, top, corner);
        predict(8, mode, filtered, plane, at, stride, left, top);
    }

    private static void check(int mode, boolean left, boolean top, boolean corner) {
        boolean possible = switch (mode) {
            case VERTICAL, DIAGONAL_DOWN_LEFT, VERTICAL_LEFT -> top;
            case DC -> true;
            case DIAGONAL_DOWN_RIGHT, VERTICAL_RIGHT, HORIZONTAL_DOWN -> left && top && corner;
            default -> left;
        };
        if (!possible) {
            throw error("prev_intra4x4_pred_mode", mode);
        }
    }

    private void gather(
            int size, byte[] plane, int at, int stride, boolean left, boolean top, boolean corner, boolean right) {
        int[] e = edge;
        if (left) {
            for (int i = 0; i < size; i++) {
                e[size - 1 - i] = plane[at - 1 + i * stride] & 0xFF;
            }
        }
        if (corner) {
            e[size] = plane[at - 1 - stride] & 0xFF;
        }
        if (top) {
            int count = right ? 2 * size : size;
            for (int i = 0; i < count; i++) {
                e[size + 1 + i] = plane[at - stride + i] & 0xFF;
            }
            for (int i = count; i < 2 * size; i++) {
                e[size + 1 + i] = e[2 * size];
            }
        }
    }

    /** 8.3.2.2.1. */
    private void filter(boolean left, boolean top, boolean corner) {
        int[] e = edge;
        int[] f = filtered;
        if (top) {
            f[9] = corner ? third(e, 9) : 3 * e[9] + e[10] + 2 >> 2;
            for (int i = 10; i < 24; i++) {
                f[i] = third(e, i);
            }
            f[24] = e[23] + 3 * e[24] + 2 >> 2;
        }
        if (corner) {
            if (left && top) {
                f[8] = third(e, 8);
            } else {
                f[8] = left ? 3 * e[8] + e[7] + 2 >> 2 : top ? 3 * e[8] + e[9] + 2 >> 2 : e[8];
            }
        }
        if (left) {
            f[7] = corner ? third(e, 7) : 3 * e[7] + e[6] + 2 >> 2;
            for (int i = 6; i > 0; i--) {
                f[i] = third(e, i);
            }
            f[0] = e[1] + 3 * e[0] + 2 >> 2;
        }
    }

    private static int third(int[] e, int i) {
        return e[i - 1] + 2 * e[i] + e[i + 1] + 2 >> 2;
    }

    private static int half(int[] e, int i) {
        return e[i] + e[i + 1] + 1 >> 1;
    }

    /** The formulas are the same for both sizes. */
    private static void predict(int n, int mode, int[] e, byte[] plane, int at, int stride, boolean left, boolean top) {
        if (mode == DC) {
            fill(plane, at, stride, n, n, mean(n, e, left, top));
            return;
        }
        for (int y = 0; y < n; y++) {
            int row = at + y * stride;
            for (int x = 0; x < n; x++) {
                plane[row + x] = (byte) sample(n, mode, e, x, y);
            }
        }
    }

    private static int mean(int n, int[] e, boolean left, boolean top) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (left ? e[i] : 0) + (top ? e[n + 1 + i] : 0);
        }
        int shift = n == 4 ? 2 : 3;
        return left && top ? sum + n >> shift + 1 : left || top ? sum + n / 2 >> shift : 128;
    }

    private static int sample(int n, int mode, int[] e, int x, int y) {
        int first = n + 1; // of the upper ones
        switch (mode) {
            case VERTICAL:
                return e[first + x];
            case HORIZONTAL:
                return e[n - 1 - y];
            case DIAGONAL_DOWN_LEFT:
                return x + y == 2 * n - 2 ? e[3 * n - 1] + 3 * e[3 * n] + 2 >> 2 : third(e, first + x + y + 1);
            case DIAGONAL_DOWN_RIGHT:
                return third(e, n + x - y);
            case VERTICAL_RIGHT: {
                int z = 2 * x - y;
                int i = n + x - (y >> 1);
                return z < -1 ? third(e, n + 1 - y + 2 * x) : (z & 1) == 0 ? half(e, i) : third(e, z == -1 ? n : i);
            }
            case HORIZONTAL_DOWN: {
                int z = 2 * y - x;
                int i = n - y + (x >> 1);
                return z < -1 ? third(e, n - 1 + x - 2 * y) : (z & 1) == 0 ? half(e, i - 1) : third(e, z == -1 ? n : i);
            }
            case VERTICAL_LEFT: {
                int i = first + x + (y >> 1);
                return (y & 1) == 0 ? half(e, i) : third(e, i + 1);
            }
            default: { // horizontal up
                int z = x + 2 * y;
                int i = n - 1 - y - (x >> 1);
                if (z > 2 * n - 3) {
                    return e[0];
                }
                return z == 2 * n - 3 ? e[1] + 3 * e[0] + 2 >> 2 : (z & 1) == 0 ? half(e, i - 1) : third(e, i - 1);
            }
        }
    }

    private static void fill(byte[] plane, int at, int stride, int width, int height, int value) {
        for (int y = 0; y < height; y++) {
            Arrays.fill(plane, at + y * stride, at + y * stride + width, (byte) value);
        }
    }

    /** 8.3.3. */
    void predict16x16(int mode, byte[] plane, int at, int stride, boolean left, boolean top, boolean corner) {
        if (mode == VERTICAL && !top
                || mode == HORIZONTAL && !left
                || mode == PLANE_16X16 && !(left && top && corner)) {
            throw error("mb_type", mode);
        }
        switch (mode) {
            case VERTICAL -> down(plane, at, stride, 16);
            case HORIZONTAL -> across(plane, at, stride, 16);
            case PLANE_16X16 -> plane(plane, at, stride, 16, 5, 6);
            default -> {
                int sum = (left ? sumLeft(plane, at, stride, 16) : 0) + (top ? sumTop(plane, at, stride, 16) : 0);
                fill(plane, at, stride, 16, 16, left && top ? sum + 16 >> 5 : left || top ? sum + 8 >> 4 : 128);
            }
        }
    }

    /** 8.3.4. */
    void predictChroma(int mode, byte[] plane, int at, int stride, boolean left, boolean top, boolean corner) {
        if (mode == CHROMA_VERTICAL && !top
                || mode == CHROMA_HORIZONTAL && !left
                || mode > CHROMA_VERTICAL && !(left && top && corner)) {
            throw error("intra_chroma_pred_mode", mode);
        }
        switch (mode) {
            case CHROMA_DC -> {
                for (int block = 0; block < 4; block++) {
                    int x = 4 * (block & 1);
                    int y = 4 * (block >> 1);
                    fill(plane, at + y * stride + x, stride, 4, 4, chromaDc(plane, at, stride, x, y, left, top));
                }
            }
            case CHROMA_HORIZONTAL -> across(plane, at, stride, 8);
            case CHROMA_VERTICAL -> down(plane, at, stride, 8);
            default -> plane(plane, at, stride, 8, 34, 6);
        }
    }

    private static int chromaDc(byte[] plane, int at, int stride, int x, int y, boolean left, boolean top) {
        boolean upperRight = x > 0 && y == 0;
        boolean lowerLeft = x == 0 && y > 0;
        boolean useTop = top && !(lowerLeft && left);
        boolean useLeft = left && !(upperRight && top);
        int sum = (useTop ? sumTop(plane, at + x, stride, 4) : 0)
                + (useLeft ? sumLeft(plane, at + y * stride, stride, 4) : 0);
        return useTop && useLeft ? sum + 4 >> 3 : useTop || useLeft ? sum + 2 >> 2 : 128;
    }

    private static int sumTop(byte[] plane, int at, int stride, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += plane[at - stride + i] & 0xFF;
        }
        return sum;
    }

    private static int sumLeft(byte[] plane, int at, int stride, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += plane[at - 1 + i * stride] & 0xFF;
        }
        return sum;
    }

    private static void down(byte[] plane, int at, int stride, int size) {
        for (int y = 0; y < size; y++) {
            System.arraycopy(plane, at - stride, plane, at + y * stride, size);
        }
    }

    private static void across(byte[] plane, int at, int stride, int size) {
        for (int y = 0; y < size; y++) {
            int row = at + y * stride;
            Arrays.fill(plane, row, row + size, plane[row - 1]);
        }
    }

    /** 8.3.3.4 and 8.3.4.4. */
    private static void plane(byte[] plane, int at, int stride, int size, int factor, int shift) {
        int half = size / 2;
        int horizontal = 0;
        int vertical = 0;
        for (int i = 1; i <= half; i++) {
            horizontal += i * ((plane[at - stride + half - 1 + i] & 0xFF) - (plane[at - stride + half - 1 - i] & 0xFF));
            vertical += i
                    * ((plane[at - 1 + (half - 1 + i) * stride] & 0xFF)
                            - (plane[at - 1 + (half - 1 - i) * stride] & 0xFF));
        }
        int b = factor * horizontal + (1 << shift - 1) >> shift;
        int c = factor * vertical + (1 << shift - 1) >> shift;
        int a = 16 * ((plane[at - 1 + (size - 1) * stride] & 0xFF) + (plane[at - stride + size - 1] & 0xFF));
        for (int y = 0; y < size; y++) {
            int value = a + c * (y - half + 1) - b * (half - 1) + 16;
            int row = at + y * stride;
            for (int x = 0; x < size; x++) {
                plane[row + x] = Transform.clip(value >> 5);
                value += b;
            }
        }
    }
}
