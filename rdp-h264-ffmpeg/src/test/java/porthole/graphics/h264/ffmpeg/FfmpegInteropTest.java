package porthole.graphics.h264.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionListener;
import porthole.client.SessionOptions;
import porthole.fixtures.peer.FreeRdpShadow;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.picture.Picture;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** With a decoder that keeps up, H.264 is offered without being asked for, and FreeRDP's shadow server draws with it. */
@Tag("interop")
class FfmpegInteropTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double MOST_WRONG = 6;
    private static final int MOVING_FRAMES = 15;

    @Test
    void autoTakesH264WhichBothDecodersDecodeAlike() throws Exception {
        int before = BothDecoders.COMPARED.get();
        Map<String, String> notes = new ConcurrentHashMap<>();
        SessionOptions options = SessionOptions.DEFAULT.withListener(new SessionListener() {
            @Override
            public void note(String name, String detail) {
                notes.put(name, detail);
            }
        });
        try (Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                FreeRdpShadow shadow = FreeRdpShadow.startVersion3(display, "/sec:tls");
                RdpClient client = new RdpClient()) {
            display.fill("#204060");
            ConnectionSpec spec = ConnectionSpec.of(
                            Target.of("127.0.0.1", shadow.port()), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                    .withClient(ClientSettings.DEFAULT
                            .but()
                            .width(WIDTH)
                            .height(HEIGHT)
                            .build());
            RdpSession session = client.connect(spec, options).get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            Xvfb.Moving moving = display.animate("160x120", "gradient:tomato-steelblue", "plasma:fractal");
            for (int i = 0; BothDecoders.COMPARED.get() < before + MOVING_FRAMES && i < 150; i++) {
                Thread.sleep(100);
            }
            moving.close();
            display.show("97x131", "gradient:white-black");
            BufferedImage theirs = display.screenshot();
            double best = error(session.snapshot(false), theirs);
            for (int i = 0; best > MOST_WRONG && i < 100; i++) {
                Thread.sleep(200);
                best = Math.min(best, error(session.snapshot(false), theirs));
            }
            System.out.printf(
                    "auto: %d H.264 pictures, mean error a channel %.3f, %s%n",
                    BothDecoders.COMPARED.get() - before, best, notes.get("graphics"));
            assertThat(best).isLessThanOrEqualTo(MOST_WRONG);
            assertThat(BothDecoders.COMPARED.get()).isGreaterThan(before + 1);
            assertThat(notes.get("graphics")).endsWith("H.264 by both");
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
