package porthole.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.fixtures.Fixtures;

/** Whole recorded sessions, from the first octet to the last picture. */
final class Sessions {
    private static final List<String> NAMES = List.of(
            "freerdp-gfx-shadow/gfx-progressive",
            "freerdp-gfx-shadow/gfx-rfx",
            "freerdp-gfx-shadow/gfx-planar",
            "freerdp-gfx-shadow/gfx-avc420",
            "freerdp-gfx-shadow/bitmap-16",
            "freerdp-gfx-shadow/nsc",
            "freerdp-tls-xrdp/bpp32-photo");

    private Sessions() {}

    static List<String> names() {
        return NAMES;
    }

    static Workload of(String recording) {
        Capture capture;
        try {
            capture = Capture.open(Fixtures.recording(recording).folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long octets = capture.chunks().stream()
                .mapToLong(chunk -> chunk.octets().size())
                .sum();
        ReplayResult first = Replay.run(capture, ReplayOptions.DEFAULT.withoutMessages());
        long pixels = (long) first.picture().width() * first.picture().height();
        int frames = (int) first.frames();
        return new Workload() {
            @Override
            public void run() {
                Replay.run(capture, ReplayOptions.DEFAULT.withoutMessages());
            }

            @Override
            public int frames() {
                return frames;
            }

            @Override
            public long pixels() {
                return pixels;
            }

            @Override
            public long octets() {
                return octets;
            }
        };
    }
}
