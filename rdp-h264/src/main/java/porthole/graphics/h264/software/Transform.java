package porthole.graphics.h264.software;

import java.util.Arrays;

/** Inverse transforms; residuals are added to what was predicted, and coefficients become zero again. ITU-T H.264 8.5. */
final class Transform {
    private Transform() {}

    static byte clip(int value) {
        return (byte) ((value & ~0xFF) == 0 ? value : ~value >> 31 & 0xFF);
    }

    /** 8.5.12. */
    static void add4x4(int[] c, int from, byte[] plane, int at, int stride) {
        for (int i = from; i < from + 16; i += 4) {
            int e0 = c[i] + c[i + 2];
            int e1 = c[i] - c[i + 2];
            int e2 = (c[i + 1] >> 1) - c[i + 3];
            int e3 = c[i + 1] + (c[i + 3] >> 1);
            c[i] = e0 + e3;
            c[i + 1] = e1 + e2;
            c[i + 2] = e1 - e2;
            c[i + 3] = e0 - e3;
        }
        for (int x = 0; x < 4; x++) {
            int i = from + x;
            int e0 = c[i] + c[i + 8] + 32;
            int e1 = c[i] - c[i + 8] + 32;
            int e2 = (c[i + 4] >> 1) - c[i + 12];
            int e3 = c[i + 4] + (c[i + 12] >> 1);
            int to = at + x;
            plane[to] = clip((plane[to] & 0xFF) + (e0 + e3 >> 6));
            to += stride;
            plane[to] = clip((plane[to] & 0xFF) + (e1 + e2 >> 6));
            to += stride;
            plane[to] = clip((plane[to] & 0xFF) + (e1 - e2 >> 6));
            to += stride;
            plane[to] = clip((plane[to] & 0xFF) + (e0 - e3 >> 6));
        }
        Arrays.fill(c, from, from + 16, 0);
    }

    /** A block of which only the first coefficient is not zero. */
    static void addDc(int[] c, int from, byte[] plane, int at, int stride, int size) {
        int value = c[from] + 32 >> 6;
        c[from] = 0;
        if (value == 0) {
            return;
        }
        for (int y = 0; y < size; y++) {
            int row = at + y * stride;
            for (int x = row; x < row + size; x++) {
                plane[x] = clip((plane[x] & 0xFF) + value);
            }
        }
    }

    /** 8.5.13. */
    static void add8x8(int[] c, int from, byte[] plane, int at, int stride) {
        for (int i = 0; i < 8; i++) {
            one8(c, from + 8 * i, 1);
        }
        for (int x = 0; x < 8; x++) {
            one8(c, from + x, 8);
        }
        for (int y = 0; y < 8; y++) {
            int row = at + y * stride;
            for (int x = 0; x < 8; x++) {
                plane[row + x] = clip((plane[row + x] & 0xFF) + (c[from + 8 * y + x] + 32 >> 6));
            }
        }
        Arrays.fill(c, from, from + 64, 0);
    }

    private static void one8(int[] c, int i, int step) {
        int c1 = c[i + step];
        int c3 = c[i + 3 * step];
        int c5 = c[i + 5 * step];
        int c7 = c[i + 7 * step];
        int a0 = c[i] + c[i + 4 * step];
        int a2 = c[i] - c[i + 4 * step];
        int a4 = (c[i + 2 * step] >> 1) - c[i + 6 * step];
        int a6 = c[i + 2 * step] + (c[i + 6 * step] >> 1);
        int a1 = -c3 + c5 - c7 - (c7 >> 1);
        int a3 = c1 + c7 - c3 - (c3 >> 1);
        int a5 = -c1 + c7 + c5 + (c5 >> 1);
        int a7 = c3 + c5 + c1 + (c1 >> 1);
        int b0 = a0 + a6;
        int b2 = a2 + a4;
        int b4 = a2 - a4;
        int b6 = a0 - a6;
        int b1 = a1 + (a7 >> 2);
        int b7 = a7 - (a1 >> 2);
        int b3 = a3 + (a5 >> 2);
        int b5 = (a3 >> 2) - a5;
        c[i] = b0 + b7;
        c[i + step] = b2 + b5;
        c[i + 2 * step] = b4 + b3;
        c[i + 3 * step] = b6 + b1;
        c[i + 4 * step] = b6 - b1;
        c[i + 5 * step] = b4 - b3;
        c[i + 6 * step] = b2 - b5;
        c[i + 7 * step] = b0 - b7;
    }

    /** 8.5.10: DC of the sixteen luma blocks, in raster order; each goes to its block's first coefficient. */
    static void lumaDc(int[] dc, int scale, int[] to) {
        for (int i = 0; i < 16; i += 4) {
            hadamard(dc, i, 1);
        }
        for (int i = 0; i < 4; i++) {
            hadamard(dc, i, 4);
        }
        for (int block = 0; block < 16; block++) {
            to[16 * block] = dc[Macroblock.RASTER[block]] * scale + 32 >> 6;
        }
        Arrays.fill(dc, 0, 16, 0);
    }

    private static void hadamard(int[] c, int i, int step) {
        int e0 = c[i] + c[i + 2 * step];
        int e1 = c[i] - c[i + 2 * step];
        int e2 = c[i + step] - c[i + 3 * step];
        int e3 = c[i + step] + c[i + 3 * step];
        c[i] = e0 + e3;
        c[i + step] = e1 + e2;
        c[i + 2 * step] = e1 - e2;
        c[i + 3 * step] = e0 - e3;
    }

    /** 8.5.11: DC of the four blocks of a chroma plane. */
    static void chromaDc(int[] dc, int scale, int[] to, int base) {
        int a = dc[0] + dc[1];
        int b = dc[0] - dc[1];
        int c = dc[2] + dc[3];
        int d = dc[2] - dc[3];
        to[base] = (a + c) * scale >> 5;
        to[base + 16] = (b + d) * scale >> 5;
        to[base + 32] = (a - c) * scale >> 5;
        to[base + 48] = (b - d) * scale >> 5;
        Arrays.fill(dc, 0, 4, 0);
    }
}
