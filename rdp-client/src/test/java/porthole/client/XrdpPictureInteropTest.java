package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xrdp;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.picture.Picture;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.SecurityLayer;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.standard.StandardSecurityLayer;

/** This client and Debian's FreeRDP show the same login screen of Debian's xrdp. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class XrdpPictureInteropTest {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;
    /** A blinking cursor and FreeRDP's pointer may differ; nothing else may. */
    private static final double MOST_DIFFERENT = 0.002;

    @ParameterizedTest
    @ValueSource(ints = {24, 32})
    void showsWhatFreeRdpShows(int depth) throws Exception {
        try (Xrdp xrdp = Xrdp.start("tls")) {
            BufferedImage theirs;
            try (Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                    FreeRdpClient client = FreeRdpClient.start(
                            display,
                            "/v:127.0.0.1:" + xrdp.port(),
                            "/u:",
                            "/p:",
                            "/sec:tls",
                            "/size:" + WIDTH + "x" + HEIGHT,
                            "/bpp:" + depth)) {
                theirs = settled(display);
                assertThat(client.log()).doesNotContain("ERRCONNECT");
            }
            assertThat(different(ours(xrdp.port(), depth, new TlsSecurityLayer()), theirs))
                    .isLessThan(MOST_DIFFERENT);
        }
    }

    /** FreeRDP salts its MACs unless told otherwise, which xrdp does not check right. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "low", "medium", "high", "fips"})
    void showsWhatFreeRdpShowsUnderStandardSecurity(String cryptLevel) throws Exception {
        try (Xrdp xrdp = Xrdp.start("rdp", cryptLevel)) {
            BufferedImage theirs;
            try (Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                    FreeRdpClient client = FreeRdpClient.start(
                            display,
                            "/v:127.0.0.1:" + xrdp.port(),
                            "/u:",
                            "/p:",
                            "/sec:rdp",
                            "/tune:FreeRDP_SaltedChecksum:FALSE",
                            "/size:" + WIDTH + "x" + HEIGHT,
                            "/bpp:24")) {
                theirs = settled(display);
                assertThat(client.log()).doesNotContain("ERRCONNECT");
            }
            assertThat(different(ours(xrdp.port(), 24, new StandardSecurityLayer()), theirs))
                    .isLessThan(MOST_DIFFERENT);
        }
    }

    private static double different(Picture ours, BufferedImage theirs) {
        int different = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if ((ours.argb(x, y) & 0xFFFFFF) != (theirs.getRGB(x, y) & 0xFFFFFF)) {
                    different++;
                }
            }
        }
        return different / (double) (WIDTH * HEIGHT);
    }

    private static BufferedImage settled(Xvfb display) throws InterruptedException {
        BufferedImage picture = display.screenshot();
        for (int same = 0; same < 3; ) {
            Thread.sleep(500);
            BufferedImage next = display.screenshot();
            boolean painted = next.getRGB(5, 5) != next.getRGB(WIDTH / 2, HEIGHT / 2);
            same = painted && equal(picture, next) ? same + 1 : 0;
            picture = next;
        }
        return picture;
    }

    private static boolean equal(BufferedImage a, BufferedImage b) {
        return Arrays.equals(
                a.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH), b.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH));
    }

    private static Picture ours(int port, int depth, SecurityLayer layer) throws Exception {
        ConnectionSpec spec = ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(layer), new Trust.Ignore())
                .withClient(ClientSettings.DEFAULT
                        .but()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .bitsPerPixel(depth)
                        .build());
        try (RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(spec).get(20, TimeUnit.SECONDS);
            session.firstFrame().get(10, TimeUnit.SECONDS);
            session.quiet(Duration.ofSeconds(2), Duration.ofSeconds(15)).get(20, TimeUnit.SECONDS);
            Picture picture = session.snapshot(false);
            session.disconnect("seen enough").get(5, TimeUnit.SECONDS);
            return picture;
        }
    }
}
