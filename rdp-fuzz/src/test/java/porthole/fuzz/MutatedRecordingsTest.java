package porthole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.graphics.h264.software.SoftwareProvider;
import porthole.graphics.pipeline.GraphicsDecoder;
import porthole.graphics.pipeline.GraphicsLimits;
import porthole.graphics.pointer.PointerState;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.FramebufferLimits;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.wire.WireReader;

/** Every recording with graphics, with seeded random changes: a picture or a named failure, bounded memory and time, nothing else. */
class MutatedRecordingsTest {
    private static final FramebufferLimits SCREEN = new FramebufferLimits(2048, 1 << 20);
    private static final GraphicsLimits LIMITS = new GraphicsLimits(3 << 20, 1 << 20, 4096, 32);
    private static final int LONGEST = 60_000;
    private static final int ROUNDS = 30;

    private int refused;
    private int drawn;

    record Update(int code, byte[] octets) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "gfx-avc420",
                "gfx-avc444",
                "gfx-planar",
                "gfx-progressive",
                "gfx-progressive-cap8",
                "gfx-rfx",
                "gfx-uncompressed"
            })
    void graphicsChannel(String name) {
        List<byte[]> plain = RecordedBitmaps.graphicsPdus("freerdp-gfx-shadow/" + name).stream()
                .map(message -> RecordedBitmaps.behind(message, 0xE0, 0x04))
                .filter(message -> message.length < LONGEST)
                .limit(10)
                .toList();
        List<byte[]> asSent = RecordedBitmaps.graphicsMessages("freerdp-gfx-shadow/" + name).stream()
                .filter(message -> message.length < LONGEST)
                .limit(6)
                .toList();
        if (plain.isEmpty()) {
            assertThat(name).isEqualTo("default"); // that session had no graphics channel
            return;
        }
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> messages = round % 4 == 0 ? asSent : plain;
            int changed = random.nextInt(messages.size());
            try (GraphicsDecoder decoder = new GraphicsDecoder(
                    new Framebuffer(1024, 768, SCREEN),
                    LIMITS,
                    Optional.of(new SoftwareProvider()),
                    new PipelineFuzzTest.Listening())) {
                for (int i = 0; i < messages.size(); i++) {
                    byte[] octets = i < changed ? messages.get(i) : changed(messages.get(i), random);
                    one(octets.length, () -> decoder.message(WireReader.of(octets, "Graphics", "MS-RDPEGFX 2.2.5.1")));
                }
            }
        }
        assertThat(refused).isPositive();
        assertThat(drawn).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-gfx-shadow/bitmap-15",
                "freerdp-gfx-shadow/bitmap-16",
                "freerdp-gfx-shadow/bitmap-24",
                "freerdp-gfx-shadow/bitmap-32-planar",
                "freerdp-gfx-shadow/bulk-level-0",
                "freerdp-gfx-shadow/bulk-level-1",
                "freerdp-gfx-shadow/bulk-level-2",
                "freerdp-gfx-shadow/bulk-level-3",
                "freerdp-gfx-shadow/bulk-off",
                "freerdp-gfx-shadow/nsc",
                "freerdp-gfx-shadow/rfx-image",
                "freerdp-gfx-shadow/rfx-video",
                "freerdp-tls-xrdp/bpp8",
                "freerdp-tls-xrdp/bpp15-plain",
                "freerdp-tls-xrdp/bpp16-compressed",
                "freerdp-tls-xrdp/bpp16-photo",
                "freerdp-tls-xrdp/bpp16-plain",
                "freerdp-tls-xrdp/bpp24-plain",
                "freerdp-tls-xrdp/bpp32-compressed",
                "freerdp-tls-xrdp/bpp32-photo",
                "freerdp-tls-xrdp/bpp32-plain",
                "freerdp-tls-xrdp/channels",
                "freerdp-tls-xrdp/login-screen",
                "freerdp-tls-xrdp/login-screen-16",
                "freerdp-tls-xrdp/rfx",
                "weston-rdp/tls-bpp32",
                "weston-rdp/tls-nsc",
                "weston-rdp/tls-rfx"
            })
    void updates(String name) {
        List<Update> updates = updatesOf(Fixtures.recording(name));
        assertThat(updates).isNotEmpty();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ScreenPainter painter = new ScreenPainter(new Framebuffer(1024, 768, SCREEN));
        PointerState pointer = new PointerState(32);
        for (int i = 0; i < 6 * ROUNDS; i++) {
            Update update = updates.get(random.nextInt(updates.size()));
            byte[] octets = changed(update.octets(), random);
            one(octets.length, () -> paint(painter, pointer, update.code(), octets));
        }
        assertThat(refused).isPositive();
        assertThat(drawn).isPositive();
    }

    private static void paint(ScreenPainter painter, PointerState pointer, int code, byte[] octets) {
        WireReader in = WireReader.of(octets, "Update", BitmapUpdate.SECTION);
        if (FastPathPointer.handles(code)) {
            pointer.apply(FastPathPointer.decode(code, in).update(), painter.palette());
        } else if (code == FastPathUpdate.BITMAP) {
            painter.bitmapUpdate(in);
        } else if (code == FastPathUpdate.PALETTE) {
            painter.palette(PaletteUpdate.decode(in));
        } else if (code == FastPathUpdate.SURFCMDS) {
            painter.surfaceCommands(in, marker -> {});
        }
    }

    /** The updates of both paths, without long ones. */
    static List<Update> updatesOf(Recording recording) {
        List<Update> updates = new ArrayList<>();
        FastPathUpdates frames = new FastPathUpdates(new BulkDecompressor(), 1 << 26);
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                WireReader frame = WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION);
                frames.read(
                        frame,
                        (code, data) ->
                                updates.add(new Update(code, data.rest("update").toArray())));
            } else if (row.kind().equals("update-bitmap")) {
                ChannelData.of(recording.pdu(row))
                        .shareData()
                        .forEach(share -> updates.add(new Update(FastPathUpdate.BITMAP, share.body())));
            }
        }
        updates.removeIf(update -> update.octets().length == 0 || update.octets().length > LONGEST);
        return updates;
    }

    private static byte[] changed(byte[] original, SplittableRandom random) {
        int length = random.nextInt(8) == 0 ? random.nextInt(original.length) : original.length;
        byte[] octets = Arrays.copyOf(original, length);
        for (int n = random.nextInt(4); n > 0 && length > 0; n--) {
            octets[random.nextInt(random.nextBoolean() ? length : Math.min(length, 100))] = (byte) random.nextInt(256);
        }
        return octets;
    }

    private void one(int octets, Runnable work) {
        boolean[] failed = new boolean[1];
        Oracle.refusesOrEnds(octets, () -> {
            try {
                work.run();
            } catch (RdpFailure failure) {
                failed[0] = true;
                throw failure;
            }
        });
        if (failed[0]) {
            refused++;
        } else {
            drawn++;
        }
    }
}
