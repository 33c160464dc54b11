package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.peer.FreeRdpShadow;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.picture.Picture;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** FreeRDP's shadow server draws the same display with each codec in turn, and this client shows what the display shows. */
@Tag("interop")
class GraphicsInteropTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MOVING_FRAMES = 15;

    private Xvfb display;
    private FreeRdpShadow shadow;

    @BeforeEach
    void start() {
        display = Xvfb.start(WIDTH, HEIGHT);
    }

    @AfterEach
    void stop() {
        shadow.close();
        display.close();
    }

    /**
     * Each offer, what the host leaves out, whether it uses the pipeline, and how much a channel may be wrong on average.
     * Planar bitmaps of the pipeline are not among them, as FreeRDP 3.15 encodes them wrongly.
     */
    static Stream<Arguments> offers() {
        List<String> all = List.of();
        List<String> uncompressed = List.of("-gfx-progressive", "-gfx-rfx", "-gfx-planar");
        return Stream.of(
                Arguments.of("off", GraphicsOffer.OFF, all, false, 0.0),
                Arguments.of("auto", GraphicsOffer.AUTO, all, true, 6.0),
                Arguments.of("progressive", GraphicsOffer.PROGRESSIVE, all, true, 3.0),
                Arguments.of("uncompressed", GraphicsOffer.PROGRESSIVE, uncompressed, true, 0.0),
                Arguments.of("rfx", GraphicsOffer.RFX, all, true, 3.0),
                Arguments.of("avc420", GraphicsOffer.AVC420, all, true, 6.0),
                Arguments.of("avc444", GraphicsOffer.AVC444, all, true, 6.0),
                Arguments.of("surface-rfx", GraphicsOffer.SURFACE_RFX, all, false, 3.0),
                Arguments.of("surface-nsc", GraphicsOffer.SURFACE_NSC, all, false, 3.0));
    }

    /** Pictures move for a while, and the last one is compared. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void showsWhatTheDisplayShows(String name, GraphicsOffer offer, List<String> without, boolean pipeline, double most)
            throws Exception {
        shadow = FreeRdpShadow.startVersion3(
                display, Stream.concat(Stream.of("/sec:tls"), without.stream()).toArray(String[]::new));
        display.fill("#204060");
        Map<String, String> notes = new ConcurrentHashMap<>();
        SessionOptions options = SessionOptions.DEFAULT.withGraphics(offer).withListener(new SessionListener() {
            @Override
            public void note(String note, String detail) {
                notes.put(note, detail);
            }
        });
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("127.0.0.1", shadow.port()), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withClient(
                        ClientSettings.DEFAULT.but().width(WIDTH).height(HEIGHT).build());
        try (RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(spec, options).get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            long before = session.frames();
            Xvfb.Moving moving =
                    display.animate("160x120", "gradient:tomato-steelblue", "pattern:checkerboard", "plasma:fractal");
            for (int i = 0; session.frames() < before + MOVING_FRAMES && i < 100; i++) {
                Thread.sleep(100);
            }
            moving.close();
            assertThat(session.frames()).isGreaterThan(before + 1);
            display.show("97x131", "gradient:white-black");
            BufferedImage theirs = display.screenshot();
            double best = error(session.snapshot(false), theirs);
            for (int i = 0; best > most && i < 100; i++) {
                Thread.sleep(200);
                best = Math.min(best, error(session.snapshot(false), theirs));
            }
            System.out.printf(
                    "%s: %d frames, mean error a channel %.3f, %s%n",
                    name, session.frames(), best, notes.getOrDefault("graphics", "no graphics pipeline"));
            assertThat(best).isLessThanOrEqualTo(most);
            assertThat(notes.containsKey("graphics")).as(notes.toString()).isEqualTo(pipeline);
            assertThat(Set.of("skipped", "channel-closed")).noneMatch(notes::containsKey);
            session.disconnect("done").get(10, TimeUnit.SECONDS);
        }
    }

    /** How much a colour channel is wrong, on average. */
    private static double error(Picture ours, BufferedImage theirs) {
        long sum = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((ours.argb(x, y) >> shift & 0xFF) - (theirs.getRGB(x, y) >> shift & 0xFF));
                }
            }
        }
        return sum / (3.0 * WIDTH * HEIGHT);
    }
}
