package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.peer.Weston;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.picture.Picture;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Debian's weston draws by surface commands alone, raw and with each codec, and this client shows the desktop that it shows. */
@Tag("interop")
class WestonInteropTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MOVING_FRAMES = 15;
    /** Weston paints its pointer into the picture. */
    private static final int POINTER_PIXELS = 700;

    /**
     * Each offer, and how much a channel may be wrong on average; zero: only the pointer may be different. Weston's NSCodec leaves out
     * bits of colours.
     */
    static Stream<Arguments> offers() {
        return Stream.of(
                Arguments.of("raw", GraphicsOffer.OFF, 0.0),
                Arguments.of("RemoteFX", GraphicsOffer.SURFACE_RFX, 3.0),
                Arguments.of("NSCodec", GraphicsOffer.SURFACE_NSC, 8.0),
                Arguments.of("auto", GraphicsOffer.AUTO, 3.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void showsTheDesktop(String name, GraphicsOffer offer, double most) throws Exception {
        BufferedImage desktop = desktop();
        Set<String> notes = new ConcurrentSkipListSet<>();
        SessionOptions options = SessionOptions.DEFAULT.withGraphics(offer).withListener(new SessionListener() {
            @Override
            public void note(String note, String detail) {
                notes.add(note);
            }
        });
        try (Weston weston = Weston.start(desktop);
                RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(spec(weston.port()), options).get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            assertShows(session, desktop, most);
            long before = session.frames();
            Xvfb.Moving moving = weston.animate();
            for (int i = 0; session.frames() < before + MOVING_FRAMES && i < 100; i++) {
                Thread.sleep(100);
            }
            moving.close();
            assertThat(session.frames()).isGreaterThan(before + 1);
            assertShows(session, desktop, most);
            assertThat(notes).doesNotContain("skipped", "channel-closed", "graphics");
            session.disconnect("done").get(10, TimeUnit.SECONDS);
        }
    }

    private static void assertShows(RdpSession session, BufferedImage desktop, double most) throws Exception {
        Difference best = Difference.of(session.snapshot(false), desktop);
        for (int i = 0; !best.isWithin(most) && i < 50; i++) {
            session.quiet(Duration.ofMillis(200), Duration.ofSeconds(5)).get(10, TimeUnit.SECONDS);
            best = Difference.of(session.snapshot(false), desktop);
        }
        assertThat(best.isWithin(most)).as(best.toString()).isTrue();
    }

    /** How many pixels are different, and how much a colour channel is wrong on average. */
    private record Difference(int pixels, double mean) {
        static Difference of(Picture ours, BufferedImage theirs) {
            assertThat(List.of(ours.width(), ours.height())).containsExactly(WIDTH, HEIGHT);
            int pixels = 0;
            long sum = 0;
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int a = ours.argb(x, y);
                    int b = theirs.getRGB(x, y);
                    pixels += (a & 0xFFFFFF) == (b & 0xFFFFFF) ? 0 : 1;
                    for (int shift = 0; shift < 24; shift += 8) {
                        sum += Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF));
                    }
                }
            }
            return new Difference(pixels, sum / (3.0 * WIDTH * HEIGHT));
        }

        boolean isWithin(double most) {
            return most == 0 ? pixels <= POINTER_PIXELS : mean <= most;
        }
    }

    /** Slopes, edges and thin lines. */
    private static BufferedImage desktop() {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(
                new GradientPaint(0, 0, new Color(0x20, 0x40, 0x60), WIDTH, HEIGHT, new Color(0xE0, 0xB0, 0x70)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < 40; i++) {
            graphics.setColor(new Color(i * 0x13579 & 0xFFFFFF));
            graphics.fillOval(i * 37 % WIDTH, i * 53 % HEIGHT, 20 + i, 40 - i / 2);
            graphics.drawLine(i * 16, 0, WIDTH - i * 16, HEIGHT);
        }
        graphics.dispose();
        return picture;
    }

    private static ConnectionSpec spec(int port) {
        return ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withClient(
                        ClientSettings.DEFAULT.but().width(WIDTH).height(HEIGHT).build());
    }
}
