package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.peer.Xrdp;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.picture.Picture;
import porthole.protocol.gcc.ClientCoreData;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Debian's xrdp shows a session of its own X server, with pictures that move, and this client shows the same. */
@Tag("interop")
class XrdpSessionInteropTest {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;
    private static final int MOVING_FRAMES = 15;

    /** Each version and offer, whether the pipeline is used, and how much a channel may be wrong on average. */
    static Stream<Arguments> offers() {
        return Stream.of(
                Arguments.of("0.9, bitmaps", GraphicsOffer.OFF, false, 0.0),
                Arguments.of("0.9, RemoteFX", GraphicsOffer.SURFACE_RFX, false, 3.0),
                Arguments.of("0.9, auto", GraphicsOffer.AUTO, false, 3.0),
                Arguments.of("0.10, bitmaps", GraphicsOffer.OFF, false, 0.0),
                Arguments.of("0.10, auto", GraphicsOffer.AUTO, true, 3.0));
    }

    private static Xvfb display(boolean version10) {
        return version10 ? Xvfb.startForXrdp10() : Xvfb.startForXrdp();
    }

    private static Xrdp session(boolean version10, Xvfb display) {
        return version10 ? Xrdp.startSessionVersion10(display) : Xrdp.startSession(display);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void showsWhatTheDisplayShows(String name, GraphicsOffer offer, boolean pipeline, double most) throws Exception {
        boolean version10 = name.startsWith("0.10");
        Set<String> notes = new ConcurrentSkipListSet<>();
        SessionOptions options = SessionOptions.DEFAULT.withGraphics(offer).withListener(new SessionListener() {
            @Override
            public void note(String note, String detail) {
                notes.add(note);
            }
        });
        try (Xvfb display = display(version10);
                Xrdp xrdp = session(version10, display);
                RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(spec(xrdp.port()), options).get(30, TimeUnit.SECONDS);
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
            assertThat(List.of(theirs.getWidth(), theirs.getHeight())).containsExactly(WIDTH, HEIGHT);
            double best = error(session.snapshot(false), theirs);
            for (int i = 0; best > most && i < 100; i++) {
                Thread.sleep(200);
                best = Math.min(best, error(session.snapshot(false), theirs));
            }
            System.out.printf("xrdp %s: %d frames, mean error a channel %.3f%n", name, session.frames(), best);
            assertThat(best).isLessThanOrEqualTo(most);
            assertThat(notes).doesNotContain("skipped", "channel-closed");
            assertThat(notes.contains("graphics")).as(notes.toString()).isEqualTo(pipeline);
            session.disconnect("done").get(10, TimeUnit.SECONDS);
        }
    }

    /** By the display control channel, and a reactivation. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionTakesAnotherSize(boolean version10) throws Exception {
        try (Xvfb display = display(version10);
                Xrdp xrdp = session(version10, display);
                RdpClient client = new RdpClient()) {
            RdpSession session =
                    client.connect(spec(xrdp.port()), SessionOptions.DEFAULT).get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            session.resizable().get(10, TimeUnit.SECONDS);
            session.resize(1024, 700).get(10, TimeUnit.SECONDS);
            for (int i = 0; session.width() != 1024 && i < 100; i++) {
                Thread.sleep(100);
            }
            assertThat(List.of(session.width(), session.height())).containsExactly(1024, 700);
            display.show("97x131", "gradient:tomato-steelblue");
            BufferedImage theirs = display.screenshot();
            assertThat(List.of(theirs.getWidth(), theirs.getHeight())).containsExactly(1024, 700);
            double best = error(session.snapshot(false), theirs);
            for (int i = 0; best > 3 && i < 100; i++) {
                Thread.sleep(200);
                best = Math.min(best, error(session.snapshot(false), theirs));
            }
            assertThat(best).isLessThanOrEqualTo(3);
            session.disconnect("done").get(10, TimeUnit.SECONDS);
        }
    }

    /** xrdp uses RemoteFX for clients that say they are in its own network. */
    private static ConnectionSpec spec(int port) {
        ConnectionSpec plain =
                ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore());
        return plain.withCredentials(new Credentials("any", "", Secret.of("any")))
                .withClient(ClientSettings.DEFAULT
                        .but()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .connectionType(ClientCoreData.CONNECTION_TYPE_LAN)
                        .build());
    }

    /** How much a colour channel is wrong, on average. */
    private static double error(Picture ours, BufferedImage theirs) {
        long sum = 0;
        for (int y = 0; y < ours.height(); y++) {
            for (int x = 0; x < ours.width(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((ours.argb(x, y) >> shift & 0xFF) - (theirs.getRGB(x, y) >> shift & 0xFF));
                }
            }
        }
        return sum / (3.0 * ours.width() * ours.height());
    }
}
