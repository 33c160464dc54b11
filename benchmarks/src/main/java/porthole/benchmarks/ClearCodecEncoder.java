package porthole.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ClearCodec's other half, as no recorded host sends it: tiles of few colours go into the residual layer or into RLEX, the
 * others into bands whose columns are looked up among the earlier ones. MS-RDPEGFX 2.2.4.1.
 */
final class ClearCodecEncoder {
    private static final int TILE_WIDTH = 64;
    private static final int TILE_HEIGHT = 48;
    private static final int FLAG_CACHE_RESET = 4;
    private static final int RESIDUAL_COLORS = 4;
    private static final int MOST_COLORS = 127;

    private final Map<List<Integer>, Integer> bars = new HashMap<>();
    private final Map<List<Integer>, Integer> shortBars = new HashMap<>();
    private final ByteArrayOutputStream bands = new ByteArrayOutputStream();
    private final ByteArrayOutputStream subcodecs = new ByteArrayOutputStream();
    private int cursor;

    /** One whole bitmap of 0xFFRRGGBB pixels, which needs no other before it. */
    static byte[] encode(int[] argb, int width, int height) {
        return new ClearCodecEncoder().bitmap(argb.clone(), width, height);
    }

    private byte[] bitmap(int[] argb, int width, int height) {
        for (int y = 0; y < height; y += TILE_HEIGHT) {
            for (int x = 0; x < width; x += TILE_WIDTH) {
                tile(argb, width, x, y, Math.min(TILE_WIDTH, width - x), Math.min(TILE_HEIGHT, height - y));
            }
        }
        ByteArrayOutputStream residual = residual(argb);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(FLAG_CACHE_RESET);
        out.write(0);
        u32(out, residual.size());
        u32(out, bands.size());
        u32(out, subcodecs.size());
        out.writeBytes(residual.toByteArray());
        out.writeBytes(bands.toByteArray());
        out.writeBytes(subcodecs.toByteArray());
        return out.toByteArray();
    }

    private void tile(int[] argb, int stride, int x, int y, int width, int height) {
        Map<Integer, Integer> colors = new LinkedHashMap<>();
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                colors.merge(argb[row * stride + column], 1, Integer::sum);
            }
        }
        if (colors.size() <= RESIDUAL_COLORS) {
            return;
        }
        int background = colors.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        if (colors.size() <= MOST_COLORS) {
            rlex(argb, stride, x, y, width, height, new ArrayList<>(colors.keySet()));
        } else {
            band(argb, stride, x, y, width, height, background);
        }
        for (int row = y; row < y + height; row++) {
            Arrays.fill(argb, row * stride + x, row * stride + x + width, background);
        }
    }

    private void band(int[] argb, int stride, int x, int y, int width, int height, int background) {
        u16(bands, x);
        u16(bands, x + width - 1);
        u16(bands, y);
        u16(bands, y + height - 1);
        bgr(bands, background);
        for (int column = x; column < x + width; column++) {
            List<Integer> bar = new ArrayList<>(height);
            for (int row = y; row < y + height; row++) {
                bar.add(argb[row * stride + column]);
            }
            Integer kept = bars.get(bar);
            if (kept != null) {
                u16(bands, 0x8000 | kept);
                continue;
            }
            int first = 0;
            int end = height;
            while (first < end && bar.get(first) == background) {
                first++;
            }
            while (end > first && bar.get(end - 1) == background) {
                end--;
            }
            List<Integer> inner = List.copyOf(bar.subList(first, end));
            Integer place = shortBars.get(inner);
            if (place != null) {
                u16(bands, 0x4000 | place);
                bands.write(first);
            } else {
                u16(bands, end << 8 | first);
                inner.forEach(color -> bgr(bands, color));
                shortBars.put(inner, shortBars.size());
            }
            bars.put(bar, cursor++);
        }
    }

    private void rlex(int[] argb, int stride, int x, int y, int width, int height, List<Integer> colors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(colors.size());
        colors.forEach(color -> bgr(out, color));
        Map<Integer, Integer> indexes = new HashMap<>();
        for (int i = 0; i < colors.size(); i++) {
            indexes.put(colors.get(i), i);
        }
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = indexes.get(argb[(y + i / width) * stride + x + i % width]);
        }
        int stopBits = colors.size() == 1 ? 1 : 32 - Integer.numberOfLeadingZeros(colors.size() - 1);
        for (int i = 0; i < pixels.length; ) {
            int start = pixels[i];
            int run = 0;
            while (i + run + 1 < pixels.length && pixels[i + run + 1] == start) {
                run++;
            }
            int depth = 0;
            int last = i + run;
            while (last + depth + 1 < pixels.length
                    && pixels[last + depth + 1] == start + depth + 1
                    && depth + 1 <= 0xFF >> stopBits) {
                depth++;
            }
            out.write(depth << stopBits | start + depth);
            runLength(out, run);
            i = last + depth + 1;
        }
        u16(subcodecs, x);
        u16(subcodecs, y);
        u16(subcodecs, width);
        u16(subcodecs, height);
        u32(subcodecs, out.size());
        subcodecs.write(2);
        subcodecs.writeBytes(out.toByteArray());
    }

    private static ByteArrayOutputStream residual(int[] argb) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < argb.length; ) {
            int run = 1;
            while (i + run < argb.length && argb[i + run] == argb[i]) {
                run++;
            }
            bgr(out, argb[i]);
            runLength(out, run);
            i += run;
        }
        return out;
    }

    private static void runLength(ByteArrayOutputStream out, int run) {
        if (run < 0xFF) {
            out.write(run);
        } else if (run < 0xFFFF) {
            out.write(0xFF);
            u16(out, run);
        } else {
            out.write(0xFF);
            u16(out, 0xFFFF);
            u32(out, run);
        }
    }

    private static void bgr(ByteArrayOutputStream out, int color) {
        out.write(color);
        out.write(color >> 8);
        out.write(color >> 16);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        u16(out, value);
        u16(out, value >> 16);
    }
}
