package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @Test
    void signsInPaintsTypesAndTakesThePicture(@TempDir Path folder) throws Exception {
        Shell shell = new Shell();
        Path png = folder.resolve("demo.png");
        assertThat(shell.run("demo", "--json", "--screenshot", png.toString()))
                .as(shell.err())
                .isZero();
        List<Object> stages = shell.objects().stream()
                .filter(event -> event.get("event").equals("stage"))
                .peek(event -> assertThat(event).containsEntry("ok", true).containsKey("ms"))
                .map(event -> event.get("stage"))
                .toList();
        assertThat(stages)
                .containsSubsequence(
                        "token",
                        "aad-nonce",
                        "connect",
                        "connection-initiation",
                        "tls",
                        "authentication",
                        "basic-settings-exchange",
                        "licensing",
                        "capabilities-exchange",
                        "connection-finalization",
                        "first-frame");
        Map<String, Object> last = shell.objects().get(shell.objects().size() - 1);
        assertThat(last).containsEntry("event", "screenshot").containsEntry("width", 1024L);
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(1024);
        // the colour bars of the test card
        assertThat(picture.getRGB(200, 100) & 0xFFFFFF).isEqualTo(0xFFFF00);
        assertThat(picture.getRGB(700, 100) & 0xFFFFFF).isEqualTo(0xFF0000);
        // neither the token nor the assertion, which are JWTs, are anywhere in the output
        assertThat(shell.out() + shell.err()).doesNotContain("eyJ");
    }

    @Test
    void theWholeWayOfAzureVirtualDesktopWithBothOutcomes(@TempDir Path folder) throws Exception {
        Shell shell = new Shell();
        Path png = folder.resolve("demo.png");
        assertThat(shell.run("demo", "--avd", "--json", "--screenshot", png.toString()))
                .as(shell.err())
                .isZero();
        List<Object> stages = shell.objects().stream()
                .filter(event -> event.get("event").equals("stage"))
                .peek(event -> assertThat(event).containsEntry("ok", true).containsKey("ms"))
                .map(event -> event.get("stage"))
                .toList();
        assertThat(stages)
                .containsSubsequence(
                        "token",
                        "feed",
                        "broker",
                        "token",
                        "aad-nonce",
                        "gateway-tls",
                        "gateway-authentication",
                        "connection-initiation",
                        "tls",
                        "authentication",
                        "first-frame",
                        "feed",
                        "broker",
                        "gateway-authentication",
                        "tls",
                        "authentication",
                        "first-frame");
        assertThat(shell.objects())
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("event", "screenshot")
                        .containsEntry("security", "aad")
                        .containsEntry("width", 1024L))
                .anySatisfy(event ->
                        assertThat(event).containsEntry("event", "seen").containsEntry("security", "rdstls"));
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getRGB(200, 100) & 0xFFFFFF).isEqualTo(0xFFFF00);
        assertThat(shell.out() + shell.err()).doesNotContain("eyJ").doesNotContain("mock-refresh");
    }
}
