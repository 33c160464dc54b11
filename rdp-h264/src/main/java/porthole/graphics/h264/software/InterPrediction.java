package porthole.graphics.h264.software;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Prediction of samples from other pictures. ITU-T H.264 8.4.2. */
final class InterPrediction {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final int SIZE = 16;
    private static final int EDGE_STRIDE = 24;
    /** Samples to the left and above that the six-tap filter wants. */
    private static final int BEFORE = 2;

    private static final int AROUND = 5;

    private final byte[] edge = new byte[EDGE_STRIDE * EDGE_STRIDE];
    private final byte[] second = new byte[SIZE * SIZE];
    private final byte[] halves = new byte[SIZE * SIZE];
    private final int[] sums = new int[SIZE * (SIZE + AROUND)];
    private byte[] source;
    private int sourceAt;
    private int sourceStride;

    /** Predicts a rectangle of blocks of a macroblock whose vectors and references are known. */
    void predict(Macroblock mb, Frame[][] lists, int blockX, int blockY, int blocksWide, int blocksHigh) {
        int at = Macroblock.at(blockX, blockY);
        int ref0 = mb.refIdx[0][at];
        int ref1 = mb.slice.sliceType == SliceHeader.B ? mb.refIdx[1][at] : -1;
        Frame frame0 = ref0 < 0 ? null : lists[0][ref0];
        Frame frame1 = ref1 < 0 ? null : lists[1][ref1];
        PredictionWeights weights = mb.slice.weights;
        for (int plane = 0; plane < (mb.slice.sps.monochrome ? 1 : 3); plane++) {
            int shift = plane == 0 ? 0 : 1;
            int stride = mb.state.widthInMbs * 16 >> shift;
            int x = (mb.x * 16 >> shift) + (blockX * 4 >> shift);
            int y = (mb.y * 16 >> shift) + (blockY * 4 >> shift);
            int width = blocksWide * 4 >> shift;
            int height = blocksHigh * 4 >> shift;
            int planeHeight = mb.state.heightInMbs * 16 >> shift;
            byte[] to = mb.frame.planes[plane];
            int toAt = y * stride + x;
            if (frame0 != null) {
                block(frame0, plane, mb.vectors[0][at], x, y, width, height, stride, planeHeight, to, toAt, stride);
            }
            if (frame1 == null) {
                if (weights.isWeighted(0, plane, ref0)) {
                    weigh(weights, 0, plane, ref0, to, toAt, stride, width, height);
                }
            } else if (frame0 == null) {
                block(frame1, plane, mb.vectors[1][at], x, y, width, height, stride, planeHeight, to, toAt, stride);
                if (weights.isWeighted(1, plane, ref1)) {
                    weigh(weights, 1, plane, ref1, to, toAt, stride, width, height);
                }
            } else {
                block(frame1, plane, mb.vectors[1][at], x, y, width, height, stride, planeHeight, second, 0, SIZE);
                if (weights.areWeighted(plane, ref0, ref1)) {
                    weighBoth(weights, plane, ref0, ref1, to, toAt, stride, width, height);
                } else {
                    mean(second, 0, SIZE, to, toAt, stride, width, height);
                }
            }
        }
    }

    private void block(
            Frame frame,
            int plane,
            int vector,
            int x,
            int y,
            int width,
            int height,
            int planeWidth,
            int planeHeight,
            byte[] to,
            int at,
            int stride) {
        byte[] from = frame.planes[plane];
        if (plane == 0) {
            int fractionX = vector & 3;
            int fractionY = vector >> 16 & 3;
            int left = x + ((short) vector >> 2);
            int top = y + (vector >> 18);
            if ((fractionX | fractionY) == 0) {
                locate(from, planeWidth, planeHeight, left, top, width, height);
                copy(source, sourceAt, sourceStride, to, at, stride, width, height);
            } else {
                locate(from, planeWidth, planeHeight, left - BEFORE, top - BEFORE, width + AROUND, height + AROUND);
                sourceAt += BEFORE * sourceStride + BEFORE;
                luma(fractionX, fractionY, to, at, stride, width, height);
            }
        } else {
            int left = x + ((short) vector >> 3);
            int top = y + (vector >> 19);
            locate(from, planeWidth, planeHeight, left, top, width + 1, height + 1);
            chroma(vector & 7, vector >> 16 & 7, to, at, stride, width, height);
        }
    }

    /** Finds where samples are; those beyond the picture are like those at its edge. */
    private void locate(byte[] from, int planeWidth, int planeHeight, int left, int top, int width, int height) {
        if (left >= 0 && top >= 0 && left + width <= planeWidth && top + height <= planeHeight) {
            source = from;
            sourceAt = top * planeWidth + left;
            sourceStride = planeWidth;
            return;
        }
        for (int y = 0; y < height; y++) {
            int row = Math.max(0, Math.min(planeHeight - 1, top + y)) * planeWidth;
            for (int x = 0; x < width; x++) {
                edge[y * EDGE_STRIDE + x] = from[row + Math.max(0, Math.min(planeWidth - 1, left + x))];
            }
        }
        source = edge;
        sourceAt = 0;
        sourceStride = EDGE_STRIDE;
    }

    /** 8.4.2.2.1: samples between others, by the letters of figure 8-4. */
    private void luma(int fractionX, int fractionY, byte[] to, int at, int stride, int width, int height) {
        byte[] from = source;
        int p = sourceAt;
        int row = sourceStride;
        if (fractionY == 0) { // a, b, c
            horizontal(from, p, row, to, at, stride, width, height);
            if (fractionX != 2) {
                mean(from, p + (fractionX >> 1), row, to, at, stride, width, height);
            }
        } else if (fractionX == 0) { // d, h, n
            vertical(from, p, row, to, at, stride, width, height);
            if (fractionY != 2) {
                mean(from, p + (fractionY >> 1) * row, row, to, at, stride, width, height);
            }
        } else if (fractionX == 2 || fractionY == 2) { // f, i, j, k, q
            middle(from, p, row, to, at, stride, width, height);
            if (fractionY != 2) {
                horizontal(from, p + (fractionY >> 1) * row, row, halves, 0, SIZE, width, height);
                mean(halves, 0, SIZE, to, at, stride, width, height);
            } else if (fractionX != 2) {
                vertical(from, p + (fractionX >> 1), row, halves, 0, SIZE, width, height);
                mean(halves, 0, SIZE, to, at, stride, width, height);
            }
        } else { // e, g, p, r
            horizontal(from, p + (fractionY >> 1) * row, row, to, at, stride, width, height);
            vertical(from, p + (fractionX >> 1), row, halves, 0, SIZE, width, height);
            mean(halves, 0, SIZE, to, at, stride, width, height);
        }
    }

    private static void horizontal(byte[] from, int p, int row, byte[] to, int at, int stride, int width, int height) {
        for (int y = 0; y < height; y++) {
            int i = p + y * row;
            int o = at + y * stride;
            int a = from[i - 2] & 0xFF;
            int b = from[i - 1] & 0xFF;
            int c = from[i] & 0xFF;
            int d = from[i + 1] & 0xFF;
            int e = from[i + 2] & 0xFF;
            for (int x = 0; x < width; x++) {
                int f = from[i + 3 + x] & 0xFF;
                to[o + x] = Transform.clip(a + f - 5 * (b + e) + 20 * (c + d) + 16 >> 5);
                a = b;
                b = c;
                c = d;
                d = e;
                e = f;
            }
        }
    }

    private static void vertical(byte[] from, int p, int row, byte[] to, int at, int stride, int width, int height) {
        for (int x = 0; x < width; x++) {
            int i = p + x;
            int o = at + x;
            int a = from[i - 2 * row] & 0xFF;
            int b = from[i - row] & 0xFF;
            int c = from[i] & 0xFF;
            int d = from[i + row] & 0xFF;
            int e = from[i + 2 * row] & 0xFF;
            i += 3 * row;
            for (int y = 0; y < height; y++) {
                int f = from[i] & 0xFF;
                to[o] = Transform.clip(a + f - 5 * (b + e) + 20 * (c + d) + 16 >> 5);
                a = b;
                b = c;
                c = d;
                d = e;
                e = f;
                i += row;
                o += stride;
            }
        }
    }

    /** j, from sums of rows that are not rounded. */
    private void middle(byte[] from, int p, int row, byte[] to, int at, int stride, int width, int height) {
        int[] s = sums;
        for (int y = 0; y < height + AROUND; y++) {
            int i = p + (y - BEFORE) * row;
            int o = y * SIZE;
            int a = from[i - 2] & 0xFF;
            int b = from[i - 1] & 0xFF;
            int c = from[i] & 0xFF;
            int d = from[i + 1] & 0xFF;
            int e = from[i + 2] & 0xFF;
            for (int x = 0; x < width; x++) {
                int f = from[i + 3 + x] & 0xFF;
                s[o + x] = a + f - 5 * (b + e) + 20 * (c + d);
                a = b;
                b = c;
                c = d;
                d = e;
                e = f;
            }
        }
        for (int y = 0; y < height; y++) {
            int i = y * SIZE;
            int o = at + y * stride;
            for (int x = 0; x < width; x++, i++) {
                int sum = s[i]
                        + s[i + 5 * SIZE]
                        - 5 * (s[i + SIZE] + s[i + 4 * SIZE])
                        + 20 * (s[i + 2 * SIZE] + s[i + 3 * SIZE]);
                to[o + x] = Transform.clip(sum + 512 >> 10);
            }
        }
    }

    /** 8.4.2.2.2. */
    private void chroma(int dx, int dy, byte[] to, int at, int stride, int width, int height) {
        byte[] from = source;
        int row = sourceStride;
        if ((dx | dy) == 0) {
            copy(from, sourceAt, row, to, at, stride, width, height);
            return;
        }
        int wa = (8 - dx) * (8 - dy);
        int wb = dx * (8 - dy);
        int wc = (8 - dx) * dy;
        int wd = dx * dy;
        for (int y = 0; y < height; y++) {
            int i = sourceAt + y * row;
            int o = at + y * stride;
            int a = from[i] & 0xFF;
            int c = from[i + row] & 0xFF;
            for (int x = 0; x < width; x++) {
                int b = from[i + x + 1] & 0xFF;
                int d = from[i + row + x + 1] & 0xFF;
                to[o + x] = (byte) (wa * a + wb * b + wc * c + wd * d + 32 >> 6);
                a = b;
                c = d;
            }
        }
    }

    private static void copy(byte[] from, int p, int row, byte[] to, int at, int stride, int width, int height) {
        for (int y = 0; y < height; y++) {
            System.arraycopy(from, p + y * row, to, at + y * stride, width);
        }
    }

    /** The rounded mean of two predictions. 8.4.2.3.1. */
    private static void mean(byte[] from, int p, int row, byte[] to, int at, int stride, int width, int height) {
        for (int y = 0; y < height; y++) {
            int i = p + y * row;
            int o = at + y * stride;
            if (width >= 8) {
                for (int x = 0; x < width; x += 8) {
                    long one = (long) LONGS.get(from, i + x);
                    long other = (long) LONGS.get(to, o + x);
                    LONGS.set(to, o + x, (one | other) - ((one ^ other) >>> 1 & ~(LOW_BITS << 7)));
                }
            } else if (width == 4) {
                int one = (int) INTS.get(from, i);
                int other = (int) INTS.get(to, o);
                INTS.set(to, o, (one | other) - ((one ^ other) >>> 1 & 0x7F7F7F7F));
            } else {
                to[o] = (byte) ((from[i] & 0xFF) + (to[o] & 0xFF) + 1 >> 1);
                to[o + 1] = (byte) ((from[i + 1] & 0xFF) + (to[o + 1] & 0xFF) + 1 >> 1);
            }
        }
    }

    /** 8.4.2.3.2, one reference. */
    private static void weigh(
            PredictionWeights weights,
            int list,
            int plane,
            int ref,
            byte[] to,
            int at,
            int stride,
            int width,
            int height) {
        int shift = weights.logDenominator[plane];
        int weight = weights.weight(list, plane, ref);
        int offset = weights.offset(list, plane, ref);
        int round = 1 << shift >> 1;
        for (int y = 0; y < height; y++) {
            int row = at + y * stride;
            for (int i = row; i < row + width; i++) {
                to[i] = Transform.clip(((to[i] & 0xFF) * weight + round >> shift) + offset);
            }
        }
    }

    /** 8.4.2.3.2, both references; the second one's samples are in {@link #second}. */
    private void weighBoth(
            PredictionWeights weights,
            int plane,
            int ref0,
            int ref1,
            byte[] to,
            int at,
            int stride,
            int width,
            int height) {
        int shift = 6;
        int weight1 = weights.implicitWeight(ref0, ref1);
        int weight0 = 64 - weight1;
        int offset = 0;
        if (weights.isExplicit()) {
            shift = weights.logDenominator[plane] + 1;
            weight0 = weights.weight(0, plane, ref0);
            weight1 = weights.weight(1, plane, ref1);
            offset = weights.offset(0, plane, ref0) + weights.offset(1, plane, ref1) + 1 >> 1;
        }
        int round = 1 << shift - 1;
        for (int y = 0; y < height; y++) {
            int row = at + y * stride;
            for (int x = 0; x < width; x++) {
                int sum = (to[row + x] & 0xFF) * weight0 + (second[y * SIZE + x] & 0xFF) * weight1;
                to[row + x] = Transform.clip((sum + round >> shift) + offset);
            }
        }
    }
}
