package porthole.graphics.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ApngWriterTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    /** Octets that can be changed after they were written. */
    private static final class Octets extends ByteArrayOutputStream implements ApngWriter.Place {
        @Override
        public long position() {
            return count;
        }

        @Override
        public void rewrite(long at, byte[] octets) {
            System.arraycopy(octets, 0, buf, (int) at, octets.length);
        }

        ApngWriter writer() {
            return new ApngWriter(this, this, WIDTH, HEIGHT);
        }
    }

    private final Octets file = new Octets();

    private record Chunk(String type, byte[] data) {}

    private static List<Chunk> chunks(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        assertThat(in.getLong()).isEqualTo(0x89504E470D0A1A0AL);
        List<Chunk> chunks = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] data = new byte[in.getInt()];
            byte[] type = new byte[4];
            in.get(type).get(data);
            CRC32 crc = new CRC32();
            crc.update(type);
            crc.update(data);
            assertThat(in.getInt()).as("checksum").isEqualTo((int) crc.getValue());
            chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    /** What a player shows: each picture, and for how many thousandths of a second. */
    private record Shown(Picture picture, long millis) {}

    private static List<Shown> played(byte[] file) throws IOException {
        List<Chunk> chunks = chunks(file);
        assertThat(chunks.get(0).type()).isEqualTo("IHDR");
        assertThat(chunks.get(1).type()).isEqualTo("acTL");
        assertThat(chunks.get(chunks.size() - 1).type()).isEqualTo("IEND");
        List<Shown> shown = new ArrayList<>();
        int[] canvas = new int[WIDTH * HEIGHT];
        int sequence = 0;
        for (int i = 2; i < chunks.size() - 1; ) {
            assertThat(chunks.get(i).type()).isEqualTo("fcTL");
            ByteBuffer control = ByteBuffer.wrap(chunks.get(i++).data());
            assertThat(control.getInt()).isEqualTo(sequence++);
            int width = control.getInt();
            int height = control.getInt();
            int left = control.getInt();
            int top = control.getInt();
            long millis = (control.getShort() & 0xFFFF) * 1000L / control.getShort();
            assertThat(control.getShort()).isZero();
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            for (; i < chunks.size() - 1 && !chunks.get(i).type().equals("fcTL"); i++) {
                Chunk chunk = chunks.get(i);
                if (shown.isEmpty()) {
                    assertThat(chunk.type()).isEqualTo("IDAT");
                    data.writeBytes(chunk.data());
                } else {
                    assertThat(chunk.type()).isEqualTo("fdAT");
                    assertThat(ByteBuffer.wrap(chunk.data()).getInt()).isEqualTo(sequence++);
                    data.writeBytes(Arrays.copyOfRange(chunk.data(), 4, chunk.data().length));
                }
            }
            BufferedImage part = alone(width, height, data.toByteArray());
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    canvas[(top + y) * WIDTH + left + x] = part.getRGB(x, y);
                }
            }
            shown.add(new Shown(Picture.copyOf(WIDTH, HEIGHT, canvas), millis));
        }
        assertThat(ByteBuffer.wrap(chunks.get(1).data()).getInt()).isEqualTo(shown.size());
        return shown;
    }

    private static BufferedImage alone(int width, int height, byte[] data) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        PngWriter.begin(width, height, png);
        PngWriter.chunk(png, "IDAT", data, data.length);
        PngWriter.end(png);
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }

    private static Picture random(long seed) {
        int[] pixels = new Random(seed).ints((long) WIDTH * HEIGHT).toArray();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] |= 0xFF000000;
        }
        return Picture.copyOf(WIDTH, HEIGHT, pixels);
    }

    private static Picture with(Picture picture, int x, int y, int argb) {
        int[] pixels = picture.toArray();
        pixels[y * WIDTH + x] = argb;
        return Picture.copyOf(WIDTH, HEIGHT, pixels);
    }

    @Test
    void aPlayerShowsEachPictureForItsTime() throws IOException {
        Picture one = random(1);
        Picture two = with(with(one, 3, 4, 0xFF010203), 7, 9, 0xFF040506);
        Picture three = random(3);
        ApngWriter writer = file.writer();
        writer.frame(one, 0);
        writer.frame(two, 40);
        writer.frame(two, 60); // nothing new
        writer.frame(three, 70_040);
        writer.finish(70_540);
        byte[] octets = file.toByteArray();
        assertThat(played(octets)).containsExactly(new Shown(one, 40), new Shown(two, 70_000), new Shown(three, 500));
        BufferedImage first =
                ImageIO.read(new ByteArrayInputStream(octets)); // what shows the first picture only still shows that
        assertThat(first.getRGB(5, 5)).isEqualTo(one.argb(5, 5));
        ByteBuffer second = ByteBuffer.wrap(chunks(octets).stream()
                .filter(chunk -> chunk.type().equals("fcTL"))
                .toList()
                .get(1)
                .data());
        assertThat(List.of(second.getInt(4), second.getInt(8), second.getInt(12), second.getInt(16)))
                .as("the rectangle that changed")
                .containsExactly(5, 6, 3, 4);
    }

    @Test
    void picturesOfOtherSizesAreCutOrStandOnBlack() throws IOException {
        ApngWriter writer = file.writer();
        writer.frame(random(1), 0);
        int[] red = new int[100 * 10];
        Arrays.fill(red, 0xFFFF0000);
        writer.frame(Picture.copyOf(100, 10, red), 10);
        writer.finish(20);
        Picture second = played(file.toByteArray()).get(1).picture();
        assertThat(second.argb(WIDTH - 1, 9)).isEqualTo(0xFFFF0000);
        assertThat(second.argb(0, 10)).isEqualTo(0xFF000000);
    }

    @Test
    void aFileWithoutPicturesIsBlackAndWhole() throws IOException {
        ApngWriter writer = file.writer();
        writer.finish(0);
        assertThat(played(file.toByteArray())).hasSize(1);
    }
}
