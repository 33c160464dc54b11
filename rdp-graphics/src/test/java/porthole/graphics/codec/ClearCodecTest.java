package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.failure.WireException;

class ClearCodecTest {
    private static final int WHITE = 0xFFFFFFFF;

    /** MS-RDPEGFX 4.1.1.1, example 2: 78 x 17 pixels in 14 colours. */
    private static final String TEXT =
            "000d000000000000000082000000000000004e00110075000000020effffff000000dbffff003a90ffb66666b6ffb6660090"
                    + "dbff00003adb903a3a90db660000ffffb66464641104114c114c114c114c114c004713000101040001000047160011020047"
                    + "2900110100490a00010004000100004a0a00090001000047050001011c000100114c114c114c00470d4d004d";

    /** Example 3: 64 x 24 pixels, residual and bands of kept bars. */
    private static final String BARS =
            "00df0e0000008b00000000000000fefefeff8005ffffff40fefefe4000003f0003000b00fefefec5d0c6d0c7d068d469d46a"
                    + "d46bd46cd46dd41ad41ad4a6d06ed46fd470d471d472d473d474d421d422d423d424d425d4d9d0dad0dbd0c5d0c5d0dcd0c2"
                    + "d021d422d423d424d425d4c9d0cad05ad42bd128d12cd175d427d428d429d42ad41ad41ad41ad4b7d0b8d0b9d0bad0bbd0bc"
                    + "d0bdd0bed0bfd0c0d0c1d0c2d0c3d0c4d0";

    /** Example 4: 7 x 15 pixels, a band whose first columns come whole, to be kept as glyph 120. */
    private static final String BAND =
            "010b78000000000046000000000000000000060000000e00000000000fffffffffffffffffffb6ffffffffffffffffffb666"
                    + "ffffffffffffffb666db903affffb6ffffffffffffffffff46914791489149914a911b91";

    private final ClearCodec codec = new ClearCodec();

    @Test
    void textOfAPalette() {
        byte[] octets = HexFormat.of().parseHex(TEXT);
        int[] picture = new int[78 * 17];
        codec.decode(octets, 0, octets.length, 78, 17, picture, 0, 78);
        assertThat(picture[0]).isEqualTo(WHITE);
        assertThat(Arrays.stream(picture).distinct().count()).isBetween(10L, 14L);
        assertThat(Arrays.stream(picture).filter(pixel -> pixel == WHITE).count())
                .isGreaterThan(1_000);
    }

    @Test
    void aResidualAndKeptBars() {
        byte[] octets = HexFormat.of().parseHex(BARS);
        int[] picture = new int[64 * 24];
        codec.decode(octets, 0, octets.length, 64, 24, picture, 0, 64);
        assertThat(picture[0]).isEqualTo(0xFFFEFEFE);
        assertThat(picture[12 * 64]).isEqualTo(0xFFFEFEFE); // below the band
        assertThat(picture[22 * 64 + 63]).isEqualTo(WHITE);
        assertThat(picture[5 * 64])
                .isEqualTo(0xFF000000); // in the band: these bars were stored before the example begins
    }

    @Test
    void aBandIsKeptAsAGlyph() {
        byte[] octets = HexFormat.of().parseHex(BAND);
        int[] picture = new int[10 * 20];
        codec.decode(octets, 0, octets.length, 7, 15, picture, 12, 10);
        int[] column = IntStream.range(0, 15).map(y -> picture[12 + y * 10]).toArray();
        assertThat(column)
                .containsExactly(
                        -1,
                        -1,
                        -1,
                        0xFFFFFFB6,
                        -1,
                        -1,
                        0xFF66B6FF,
                        -1,
                        -1,
                        0xFF66B6FF,
                        0xFF3A90DB,
                        0xFFB6FFFF,
                        -1,
                        -1,
                        -1);
        int[] again = new int[7 * 15];
        byte[] hit = {3, 0, 120, 0};
        codec.decode(hit, 0, 4, 7, 15, again, 0, 7);
        for (int y = 0; y < 15; y++) {
            assertThat(Arrays.copyOfRange(again, y * 7, y * 7 + 7))
                    .isEqualTo(Arrays.copyOfRange(picture, 12 + y * 10, 19 + y * 10));
        }
    }

    @Test
    void barsComeShortThenFromEitherCache() {
        ByteArrayOutputStream bands = new ByteArrayOutputStream();
        bands.writeBytes(new byte[] {0, 0, 3, 0, 1, 0, 4, 0, 10, 20, 30});
        bands.writeBytes(new byte[] {1, 3, 1, 2, 3, 4, 5, 6}); // rows 1 and 2 of four, stored
        bands.writeBytes(new byte[] {0, 0x40, 2}); // the same short bar at row 2
        bands.writeBytes(new byte[] {0, (byte) 0x80}); // the first whole bar again
        bands.writeBytes(new byte[] {9, 9}); // nothing of it is within the band
        byte[] octets = layers(new byte[0], bands.toByteArray(), new byte[0]);
        int[] picture = new int[4 * 6];
        codec.decode(octets, 0, octets.length, 4, 6, picture, 0, 4);
        int bkg = 0xFF1E140A;
        int a = 0xFF030201;
        int b = 0xFF060504;
        assertThat(picture)
                .containsExactly(
                        0, 0, 0, 0, bkg, bkg, bkg, bkg, a, bkg, a, bkg, b, a, b, bkg, bkg, b, bkg, bkg, 0, 0, 0, 0);
    }

    @Test
    void layersLieOverEachOther() {
        byte[] residual = {9, 8, 7, (byte) 0xFF, 16, 0};
        byte[] sub = {1, 0, 1, 0, 2, 0, 1, 0, 6, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6};
        byte[] octets = layers(residual, new byte[0], sub);
        int[] picture = new int[16];
        codec.decode(octets, 0, octets.length, 4, 4, picture, 0, 4);
        int base = 0xFF070809;
        assertThat(picture)
                .containsExactly(
                        base,
                        base,
                        base,
                        base,
                        base,
                        0xFF030201,
                        0xFF060504,
                        base,
                        base,
                        base,
                        base,
                        base,
                        base,
                        base,
                        base,
                        base);
    }

    @ParameterizedTest
    @CsvSource({
        "0200, flags",
        "0100a00f, glyphIndex",
        "03000500, glyphIndex",
        "000001000000000000000000000000, residualData",
        "0000ffffffff0000000000000000, residualData",
        "000004000000000000000000000001020311, residualData.runLengthFactor",
        "00000000000000000000" + "12000000" + "0300030002000200" + "05000000" + "00" + "0102030405, subcodec.width",
        "00000000000000000000" + "12000000" + "0000000002000200" + "05000000" + "00"
                + "0102030405, subcodec.bitmapDataByteCount",
        "00000000000000000000" + "12000000" + "0000000002000200" + "05000000" + "07"
                + "0102030405, subcodec.subCodecId",
        "00000000000000000000" + "12000000" + "0000000002000200" + "05000000" + "02" + "8002030405, rlex.paletteCount",
        "00000000000000000000" + "13000000" + "0000000002000200" + "06000000" + "02" + "010203040109, rlex",
        "00000000000000000000" + "13000000" + "0000000002000200" + "06000000" + "02" + "010203040900, rlex.stopIndex",
        "0000000000000b00000000000000" + "0000040000000000000000, band.xEnd",
        "0000000000000b00000000000000" + "0000000004000300000000, band.yEnd"
    })
    void aWrongFieldIsNamed(String hex, String field) {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> codec.decode(octets, 0, octets.length, 4, 4, new int[16], 0, 4))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).startsWith(field));
    }

    @Test
    void changedOctetsAreDrawnOrRefusedAndNothingLiesOutside() {
        SplittableRandom random = new SplittableRandom(3);
        byte[][] seeds = {HexFormat.of().parseHex(BARS), HexFormat.of().parseHex(BAND)};
        int drawn = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] octets = seeds[i % 2].clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int[] target = new int[70 * 30];
            try {
                codec.decode(
                        octets,
                        0,
                        random.nextInt(9) == 0 ? random.nextInt(octets.length) : octets.length,
                        64,
                        24,
                        target,
                        71,
                        70);
                drawn++;
            } catch (WireException expected) {
                assertThat(expected.section()).startsWith("MS-RDP");
            }
            for (int y = 0; y < 30; y++) {
                for (int x = 0; x < 70; x++) {
                    if (x < 1 || x > 64 || y < 1 || y > 24) {
                        assertThat(target[y * 70 + x]).isZero();
                    }
                }
            }
        }
        assertThat(drawn).isBetween(100, 3_999);
    }

    private static byte[] layers(byte[] residual, byte[] bands, byte[] subcodecs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(0);
        for (byte[] layer : new byte[][] {residual, bands, subcodecs}) {
            out.write(layer.length);
            out.write(layer.length >> 8);
            out.write(0);
            out.write(0);
        }
        out.writeBytes(residual);
        out.writeBytes(bands);
        out.writeBytes(subcodecs);
        return out.toByteArray();
    }
}
