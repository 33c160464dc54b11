package porthole.graphics.h264.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.graphics.h264.Avc444;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.software.SoftwareProvider;

/**
 * AVC444 in its first form, packed here as MS-RDPEGFX 3.3.8.3.2 says and encoded by libopenh264, as no host at hand sends it.
 */
class Avc444Version1Test {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int LUMA = 1;
    private static final int CHROMA = 2;

    /** Colours that change from column to column and from row to row, which 4:2:0 cannot keep. */
    private static int colour(int x, int y, int n) {
        int r = 60 + x + (x % 2 == 0 ? 40 : 0);
        int g = 80 + y + n * 20;
        int b = 100 + (y % 2 == 0 ? 50 : 0) + (x / 8 + n) % 3 * 10;
        return r << 16 | g << 8 | b;
    }

    /** Both pictures of a bitmap: the main view, and the one with the chroma that is missing there. */
    private static List<TinyStream.Planes> views(int n) {
        byte[] y = new byte[WIDTH * HEIGHT];
        int[] u = new int[WIDTH * HEIGHT];
        int[] v = new int[WIDTH * HEIGHT];
        for (int i = 0; i < y.length; i++) {
            int rgb = colour(i % WIDTH, i / WIDTH, n);
            int r = rgb >> 16 & 0xFF;
            int g = rgb >> 8 & 0xFF;
            int b = rgb & 0xFF;
            y[i] = (byte) (54 * r + 183 * g + 18 * b >> 8);
            u[i] = (-29 * r - 99 * g + 128 * b >> 8) + 128;
            v[i] = (128 * r - 116 * g - 12 * b >> 8) + 128;
        }
        byte[] auxiliary = new byte[WIDTH * HEIGHT];
        for (int row = 0; row < HEIGHT / 2; row++) { // odd rows, eight of blue and eight of red difference by turns
            int to = row / 8 * 16 + row % 8;
            for (int x = 0; x < WIDTH; x++) {
                auxiliary[to * WIDTH + x] = (byte) u[(2 * row + 1) * WIDTH + x];
                auxiliary[(to + 8) * WIDTH + x] = (byte) v[(2 * row + 1) * WIDTH + x];
            }
        }
        return List.of(new TinyStream.Planes(y, mean(u), mean(v)), new TinyStream.Planes(auxiliary, odd(u), odd(v)));
    }

    private static byte[] mean(int[] plane) {
        byte[] half = new byte[WIDTH * HEIGHT / 4];
        for (int i = 0; i < half.length; i++) {
            int at = i / (WIDTH / 2) * 2 * WIDTH + i % (WIDTH / 2) * 2;
            half[i] = (byte) (plane[at] + plane[at + 1] + plane[at + WIDTH] + plane[at + WIDTH + 1] + 2 >> 2);
        }
        return half;
    }

    /** Odd columns of even rows. */
    private static byte[] odd(int[] plane) {
        byte[] half = new byte[WIDTH * HEIGHT / 4];
        for (int i = 0; i < half.length; i++) {
            half[i] = (byte) plane[i / (WIDTH / 2) * 2 * WIDTH + i % (WIDTH / 2) * 2 + 1];
        }
        return half;
    }

    /** RFX_AVC420_BITMAP_STREAM with one rectangle. */
    private static byte[] avc420(byte[] unit) {
        return ByteBuffer.allocate(14 + unit.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) WIDTH)
                .putShort((short) HEIGHT)
                .put((byte) 22)
                .put((byte) 100)
                .put(unit)
                .array();
    }

    /** RFX_AVC444_BITMAP_STREAM. */
    private static byte[] bitmap(int lc, byte[]... streams) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(streams[0].length | lc << 30)
                .array());
        for (byte[] stream : streams) {
            out.writeBytes(stream);
        }
        return out.toByteArray();
    }

    private static double error(int[] pixels, int n) {
        long sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            int expected = colour(i % WIDTH, i / WIDTH, n);
            for (int shift = 0; shift < 24; shift += 8) {
                sum += Math.abs((pixels[i] >> shift & 0xFF) - (expected >> shift & 0xFF));
            }
        }
        return sum / (3.0 * pixels.length);
    }

    private static void draw(Avc444 codec, byte[] octets, int[] pixels) {
        codec.decode(octets, 0, octets.length, WIDTH, HEIGHT, (x, y, w, h, argb, at, stride) -> {
            for (int row = 0; row < h; row++) {
                System.arraycopy(argb, at + row * stride, pixels, (y + row) * WIDTH + x, w);
            }
        });
    }

    private static H264Decoder decoder(String name) {
        return (name.equals("ffmpeg") ? new FfmpegProvider() : new SoftwareProvider()).open(WIDTH * HEIGHT);
    }

    private static List<byte[]> stream() {
        List<TinyStream.Planes> all = new ArrayList<>(views(0));
        all.addAll(views(1));
        all.addAll(views(2));
        return TinyStream.of(WIDTH, HEIGHT, all).stream()
                .map(Avc444Version1Test::avc420)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "java"})
    void bothPicturesTogetherGiveTheColourOfEachPixel(String decoder) {
        List<byte[]> stream = stream();
        int[] pixels = new int[WIDTH * HEIGHT];
        try (Avc444 codec = new Avc444(false, decoder(decoder))) {
            draw(codec, bitmap(0, stream.get(0), stream.get(1)), pixels);
            double whole = error(pixels, 0);
            assertThat(whole).isLessThan(6);
            // the pictures one by one: with the first, the new chroma is that of four pixels
            draw(codec, bitmap(LUMA, stream.get(2)), pixels);
            double half = error(pixels, 1);
            draw(codec, bitmap(CHROMA, stream.get(3)), pixels);
            double second = error(pixels, 1);
            assertThat(second).isLessThan(6);
            assertThat(half).isGreaterThan(1.5 * second);
            draw(codec, bitmap(0, stream.get(4), stream.get(5)), pixels);
            assertThat(error(pixels, 2)).isLessThan(6);
            System.out.printf(
                    "AVC444 by %s: mean error a channel %.2f, luma picture alone %.2f%n", decoder, whole, half);
        }
    }

    @Test
    void bothDecodersGiveTheSamePixels() {
        List<byte[]> stream = stream();
        int[] one = new int[WIDTH * HEIGHT];
        int[] other = new int[WIDTH * HEIGHT];
        try (Avc444 ffmpeg = new Avc444(false, decoder("ffmpeg"));
                Avc444 java = new Avc444(false, decoder("java"))) {
            for (int i = 0; i < stream.size(); i += 2) {
                byte[] octets = bitmap(0, stream.get(i), stream.get(i + 1));
                draw(ffmpeg, octets, one);
                draw(java, octets, other);
                assertThat(one).isEqualTo(other);
            }
        }
    }
}
