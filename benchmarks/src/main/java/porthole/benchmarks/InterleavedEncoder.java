package porthole.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import porthole.benchmarks.Codecs.Pixels;

/** Interleaved run-length encoding at 8 bits per pixel, which no recorded host uses. MS-RDPBCGR 2.2.9.1.1.3.1.2.4. */
final class InterleavedEncoder {
    private static final int SIDE = 64;
    private static final int BG_RUN = 0;
    private static final int COLOR_RUN = 3;
    private static final int COLOR_IMAGE = 4;
    private static final int SHORTEST_RUN = 3;

    private final byte[] pixels;
    private final int width;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private InterleavedEncoder(byte[] pixels, int width) {
        this.pixels = pixels;
        this.width = width;
    }

    /** Tiles of a picture whose colours have three, three and two bits. */
    static List<Sample> samples(Pixels picture) {
        List<Sample> samples = new ArrayList<>();
        for (int y = 0; y + SIDE <= picture.height(); y += SIDE) {
            for (int x = 0; x + SIDE <= picture.width(); x += SIDE) {
                byte[] tile = new byte[SIDE * SIDE];
                for (int i = 0; i < tile.length; i++) {
                    int argb = picture.argb()[(y + i / SIDE) * picture.width() + x + i % SIDE];
                    tile[i] = (byte) (argb >> 16 & 0xE0 | argb >> 11 & 0x1C | argb >> 6 & 0x03);
                }
                samples.add(new Sample(SIDE, SIDE, 8, new InterleavedEncoder(tile, SIDE).encode()));
            }
        }
        return samples;
    }

    private byte[] encode() {
        int image = 0; // where the pixels that no run covers begin
        int at = 0;
        while (at < pixels.length) {
            int stop = at < width ? width : pixels.length; // runs end with the first row, which has none above
            int background = background(at, stop);
            int color = color(at, stop);
            if (Math.max(background, color) < SHORTEST_RUN) {
                at++;
                if (at == width) {
                    image(image, at);
                    image = at;
                }
                continue;
            }
            image(image, at);
            if (background >= color) {
                order(BG_RUN, background);
                at += background;
            } else {
                order(COLOR_RUN, color);
                out.write(pixels[at]);
                at += color;
            }
            image = at;
        }
        image(image, at);
        return out.toByteArray();
    }

    private int background(int from, int stop) {
        int at = from;
        while (at < stop && pixels[at] == (at < width ? 0 : pixels[at - width])) {
            at++;
        }
        return at - from;
    }

    private int color(int from, int stop) {
        int at = from;
        while (at < stop && pixels[at] == pixels[from]) {
            at++;
        }
        return at - from;
    }

    private void image(int from, int to) {
        if (from < to) {
            order(COLOR_IMAGE, to - from);
            out.write(pixels, from, to - from);
        }
    }

    private void order(int order, int length) {
        if (length < 32) {
            out.write(order << 5 | length);
        } else {
            out.write(0xF0 | order);
            out.write(length);
            out.write(length >> 8);
        }
    }
}
