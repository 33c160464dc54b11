package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.FreeRdpShadow;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.picture.Picture;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Moving pictures in planar bitmaps. */
@Tag("interop")
class PlanarInteropTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MOVING_FRAMES = 15;
    private static final int PLANAR = 0x0A;
    private static final int COMPRESSED = 0x0401; // without TS_CD_HEADER

    private static ConnectionSpec spec(int port) {
        return ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withClient(ClientSettings.DEFAULT
                        .but()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .bitsPerPixel(32)
                        .build());
    }

    private static SessionOptions recorded(GraphicsOffer offer, Path recording) {
        return SessionOptions.DEFAULT
                .withGraphics(offer)
                .withRecording(new SessionOptions.RecordingOptions(recording, false));
    }

    private static void move(Xvfb display, RdpSession session) throws InterruptedException {
        long before = session.frames();
        Xvfb.Moving moving =
                display.animate("160x120", "gradient:tomato-steelblue", "pattern:checkerboard", "plasma:fractal");
        for (int i = 0; session.frames() < before + MOVING_FRAMES && i < 100; i++) {
            Thread.sleep(100);
        }
        moving.close();
        assertThat(session.frames()).isGreaterThan(before + 1);
        display.show("97x131", "gradient:white-black");
    }

    private static int different(Picture ours, BufferedImage theirs) {
        int different = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                different += (ours.argb(x, y) ^ theirs.getRGB(x, y)) << 8 == 0 ? 0 : 1;
            }
        }
        return different;
    }

    /**
     * In the graphics pipeline, which FreeRDP's own client shows beside this one. Version 3.15 encodes such bitmaps wrongly, so it
     * is not the display that both show, but it is the same.
     */
    @Test
    void thoseOfThePipelineAreWhatFreeRdpShows(@TempDir Path folder) throws Exception {
        Path recording = folder.resolve("session.ndjson");
        try (Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                FreeRdpShadow shadow =
                        FreeRdpShadow.startVersion3(display, "/sec:tls", "-gfx-progressive", "-gfx-rfx");
                Xvfb other = Xvfb.start(WIDTH, HEIGHT);
                FreeRdpClient theirs = FreeRdpClient.startVersion3(
                        other,
                        "/v:127.0.0.1:" + shadow.port(),
                        "/u:a",
                        "/p:x",
                        "/sec:tls",
                        "/size:" + WIDTH + "x" + HEIGHT,
                        "/gdi:sw",
                        "/gfx");
                RdpClient client = new RdpClient()) {
            display.fill("#204060");
            RdpSession session = client.connect(spec(shadow.port()), recorded(GraphicsOffer.PROGRESSIVE, recording))
                    .get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            for (int i = 0; (other.screenshot().getRGB(WIDTH - 9, HEIGHT - 9) & 0xFFFFFF) == 0 && i < 100; i++) {
                Thread.sleep(200);
            }
            move(display, session);
            int best = different(session.snapshot(false), other.screenshot());
            for (int i = 0; best > 0 && i < 100; i++) {
                Thread.sleep(200);
                best = Math.min(best, different(session.snapshot(false), other.screenshot()));
            }
            assertThat(best).as(theirs.log()).isZero();
            assertThat(other.screenshot().getRGB(WIDTH / 2, HEIGHT / 2) & 0xFFFFFF)
                    .isNotZero();
            session.disconnect("done").get(10, TimeUnit.SECONDS);
        }
        assertThat(values(recording, ".codecId")).containsExactly((long) PLANAR);
    }

    /** In bitmap updates of FreeRDP 2.11, which this client shows as they are on the display. */
    @Test
    void thoseOfBitmapUpdatesAreWhatTheDisplayShows(@TempDir Path folder) throws Exception {
        Path recording = folder.resolve("session.ndjson");
        try (Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                FreeRdpShadow shadow = FreeRdpShadow.start(display, "/sec:tls");
                RdpClient client = new RdpClient()) {
            display.fill("#204060");
            RdpSession session = client.connect(spec(shadow.port()), recorded(GraphicsOffer.OFF, recording))
                    .get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            move(display, session);
            BufferedImage theirs = display.screenshot();
            int best = different(session.snapshot(false), theirs);
            for (int i = 0; best > 0 && i < 100; i++) {
                Thread.sleep(200);
                best = Math.min(best, different(session.snapshot(false), theirs));
            }
            assertThat(best).as(shadow.log()).isZero();
            session.disconnect("done").get(10, TimeUnit.SECONDS);
        }
        assertThat(values(recording, ".bitsPerPixel")).containsOnly(32L);
        assertThat(values(recording, ".flags")).contains((long) COMPRESSED);
    }

    /** The values of the fields whose path ends so. */
    private static List<Object> values(Path recording, String ending) throws IOException {
        return CaptureDecoder.decode(Capture.open(recording)).stream()
                .flatMap(pdu -> pdu.fields().stream())
                .filter(field -> field.path().endsWith(ending))
                .map(DecodedPdu.Field::value)
                .distinct()
                .toList();
    }
}
