package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.host.RdpHost;
import porthole.host.session.HostEvent;

/** Bulk compression from the option to the picture, against a host that uses what it is offered. */
class CompressionTest {
    private static final List<HostEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static RdpHost host;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        host = RdpHost.builder()
                .name("card.test")
                .compress(false)
                .bulkCompression(3)
                .observer(EVENTS::add)
                .start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private Path connect(String compression) {
        EVENTS.clear();
        Path png = folder.resolve(compression + ".png");
        Shell shell = new Shell();
        assertThat(shell.run(
                        "connect",
                        "127.0.0.1:" + host.port(),
                        "--certificate",
                        "pin:" + host.certificateSha256(),
                        "--size",
                        "640x480",
                        "--user",
                        "anna",
                        "--compression",
                        compression,
                        "--screenshot",
                        png.toString()))
                .as(shell.err())
                .isZero();
        return png;
    }

    private static int[] pixels(Path png) throws IOException {
        BufferedImage picture = ImageIO.read(png.toFile());
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    @ParameterizedTest
    @CsvSource({"8k, 0", "64k, 1", "rdp6, 2", "rdp61, 3"})
    void everyTypeEndsInTheSamePicture(String compression, int type) throws IOException {
        int[] plain = pixels(connect("off"));
        assertThat(EVENTS).noneMatch(event -> event.toString().contains("bulkCompression"));
        int[] compressed = pixels(connect(compression));
        assertThat(EVENTS).anyMatch(event -> event.toString().contains("bulkCompression=" + type));
        assertThat(compressed).isEqualTo(plain);
    }

    @Test
    void anUnknownTypeIsAUsageError() throws IOException {
        Shell shell = new Shell();
        assertThat(shell.run("connect", "127.0.0.1:" + host.port(), "--compression", "zip"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.err()).contains("--compression: 'zip' is none of off, 8k, 64k, rdp6, rdp61");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
