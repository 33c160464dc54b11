package porthole.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import porthole.graphics.picture.Picture;

/** What a picture must show. */
final class Pictures {
    private Pictures() {}

    /** Every pixel of a rectangle has that colour, 0xRRGGBB. */
    static void shows(Picture picture, int x, int y, int width, int height, int rgb) {
        shows(picture, x, y, width, height, rgb, 0);
    }

    /** The same, where lossy codecs may be off by so much in each channel. */
    static void shows(Picture picture, int x, int y, int width, int height, int rgb, int off) {
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                int seen = picture.argb(column, row) & 0xFFFFFF;
                if (seen != rgb && !near(seen, rgb, off)) {
                    assertThat(Integer.toHexString(seen))
                            .as("pixel %d, %d", column, row)
                            .isEqualTo(Integer.toHexString(rgb));
                }
            }
        }
    }

    private static boolean near(int a, int b, int off) {
        return Math.abs((a >> 16) - (b >> 16)) <= off
                && Math.abs((a >> 8 & 0xFF) - (b >> 8 & 0xFF)) <= off
                && Math.abs((a & 0xFF) - (b & 0xFF)) <= off;
    }

    /** The grey of a tile whose samples of luma are that value and 128. */
    static int grey(int luma) {
        return (128 + luma) * 0x010101;
    }
}
