package porthole.graphics.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {
    private static Picture noise(int width, int height, int colors) {
        SplittableRandom random = new SplittableRandom(width * 31L + height);
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | random.nextInt(colors) * 0x123457;
        }
        return Picture.copyOf(width, height, argb);
    }

    /** Noise does not compress, so that the larger ones need several chunks of data. */
    @ParameterizedTest
    @CsvSource({"1,1,9", "3,2,4", "17,31,2", "400,300,1000000", "640,480,3"})
    void anotherReaderSeesTheSamePixels(int width, int height, int colors) throws IOException {
        Picture picture = noise(width, height, colors);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        picture.writePng(png);
        var image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        assertThat(image.getColorModel().hasAlpha()).isFalse();
        int[] read = image.getRGB(0, 0, width, height, null, 0, width);
        assertThat(Picture.copyOf(width, height, read)).isEqualTo(picture);
    }

    @Test
    void differencesAreCountedAndBounded() {
        Picture one = noise(20, 10, 5);
        int[] changed = one.toArray();
        changed[3 * 20 + 4] ^= 0x01;
        changed[7 * 20 + 9] ^= 0x800000;
        changed[0] ^= 0x7F000000; // alpha does not count
        Picture other = Picture.copyOf(20, 10, changed);
        assertThat(one.differingPixels(other)).isEqualTo(2);
        assertThat(one.differenceBounds(other)).isEqualTo(new PixelRect(4, 3, 6, 5));
        assertThat(one.differingPixels(one)).isZero();
        assertThat(one.differenceBounds(one).isEmpty()).isTrue();
        assertThat(one.differingPixels(noise(5, 5, 2))).isEqualTo(200);
    }

    @Test
    void aPictureDoesNotChange() {
        int[] argb = {1, 2, 3, 4};
        Picture picture = Picture.copyOf(2, 2, argb);
        argb[0] = 9;
        picture.toArray()[1] = 9;
        assertThat(picture.toArray()).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> picture.argb(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Picture.copyOf(3, 2, argb)).isInstanceOf(IllegalArgumentException.class);
    }
}
