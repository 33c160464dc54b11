package porthole.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is drawn is read back by a reader, as a camera would see it. */
public class TerminalQrTest {
    private static final String LIGHT = "\u001b[38;5;16;48;5;231m";
    private static final int PIXELS = 6;

    /** The text of the QR code within {@code printed}; fails where there is none. */
    public static String read(String printed) throws Exception {
        List<String> lines = printed.lines()
                .filter(line -> line.startsWith(LIGHT) && line.endsWith("\u001b[0m"))
                .map(line -> line.substring(LIGHT.length(), line.length() - 4))
                .toList();
        assertThat(lines)
                .as(printed)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSameSizeAs(lines.get(0)).matches("[ \u2580\u2584\u2588]+"));
        int width = lines.get(0).length() * PIXELS;
        int height = lines.size() * 2 * PIXELS;
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xFFFFFF);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char block = lines.get(y / PIXELS / 2).charAt(x / PIXELS);
                boolean upper = y / PIXELS % 2 == 0;
                if (block == '\u2588' || block == (upper ? '\u2580' : '\u2584')) {
                    pixels[y * width + x] = 0;
                }
            }
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    @Test
    void isReadBack() throws Exception {
        for (String text : List.of(
                "https://microsoft.com/devicelogin",
                "https://login.lab.test:8443/device?user_code=BCDFGHJKL",
                "x",
                "https://\u00e9.example/" + "a".repeat(400))) {
            assertThat(read(TerminalQr.of(text).orElseThrow())).isEqualTo(text);
        }
    }

    @Test
    void hasAQuietZoneAndColoursOfItsOwn() {
        List<String> lines = TerminalQr.of("https://microsoft.com/devicelogin")
                .orElseThrow()
                .lines()
                .toList();
        String side = " ".repeat(4);
        assertThat(lines.subList(0, 2)).allSatisfy(line -> assertThat(line).containsPattern("m +\u001b"));
        assertThat(lines.get(lines.size() - 2)).containsPattern("m +\u001b");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).startsWith(LIGHT + side).endsWith(side + "\u001b[0m"));
        assertThat(lines.get(0)).hasSizeLessThan(80);
    }

    @Test
    void whatIsTooLongIsNotDrawn() {
        assertThat(TerminalQr.of("a".repeat(3000))).isEmpty();
    }
}
