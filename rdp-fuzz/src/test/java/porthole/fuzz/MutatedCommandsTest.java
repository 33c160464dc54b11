package porthole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Fixtures;
import porthole.graphics.h264.software.SoftwareProvider;
import porthole.graphics.orders.OrderListener;
import porthole.graphics.orders.OrderPainter;
import porthole.graphics.pipeline.GraphicsDecoder;
import porthole.graphics.pipeline.GraphicsLimits;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.FramebufferLimits;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.wire.WireReader;

/**
 * Recorded messages of the graphics pipeline behind their decompression, surface commands and drawing orders, changed with a sense of their
 * form, each session from its beginning: a picture or a named failure, bounded memory and time, nothing else.
 *
 * <p>{@code -Dporthole.mutations=N} makes N times as many, for a search.
 */
class MutatedCommandsTest {
    private static final FramebufferLimits SCREEN = new FramebufferLimits(2048, 1 << 20);
    private static final GraphicsLimits LIMITS = new GraphicsLimits(3 << 20, 1 << 20, 4096, 32);
    private static final int TIMES = Integer.getInteger("porthole.mutations", 1);
    private static final int SESSIONS = 20 * TIMES;
    private static final int ORDER_SESSIONS = 1000 * TIMES;
    /** Octets of the messages of one session, so that many sessions fit into a short time. */
    private static final int LONGEST_SESSION = 150_000;

    private static final int LONGEST_UPDATE = 40_000;
    private static final int MOST_UPDATES = 6;
    private static final int SURFACE_HEADER = 22;
    private static final int PDU_LENGTH = 4;
    private static final int PDU_HEADER = 8;
    private static final int UNCOMPRESSED = 0xE0;
    private static final int BULK_UNCOMPRESSED = 0x04;

    private int refused;
    private int drawn;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gfx-avc420",
                "gfx-avc444",
                "gfx-planar",
                "gfx-progressive",
                "gfx-progressive-cap8",
                "gfx-rfx",
                "gfx-uncompressed"
            })
    void graphics(String name) {
        List<byte[]> original = commands(name);
        List<byte[]> others = Stream.of("gfx-rfx", "gfx-planar", "gfx-avc420", "gfx-progressive")
                .flatMap(other -> commands(other).stream())
                .toList();
        CommandMutations mutations = new CommandMutations(name.hashCode() + TIMES, PDU_LENGTH, PDU_HEADER);
        for (int session = 0; session < SESSIONS; session++) {
            try (GraphicsDecoder decoder = new GraphicsDecoder(
                    new Framebuffer(1024, 768, SCREEN),
                    LIMITS,
                    Optional.of(new SoftwareProvider()),
                    new PipelineFuzzTest.Listening())) {
                play(
                        mutations.changed(original, others),
                        octets -> decoder.message(
                                reader(RecordedBitmaps.behind(octets, UNCOMPRESSED, BULK_UNCOMPRESSED))));
            }
        }
        assertThat(refused).isPositive();
        assertThat(drawn).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-gfx-shadow/nsc",
                "freerdp-gfx-shadow/rfx-image",
                "freerdp-gfx-shadow/rfx-video",
                "weston-rdp/tls-nsc",
                "weston-rdp/tls-rfx"
            })
    void surfaceCommands(String name) {
        List<byte[]> original = MutatedRecordingsTest.updatesOf(Fixtures.recording(name)).stream()
                .filter(update -> update.code() == FastPathUpdate.SURFCMDS)
                .map(MutatedRecordingsTest.Update::octets)
                .filter(octets -> octets.length < LONGEST_UPDATE)
                .limit(MOST_UPDATES)
                .toList();
        CommandMutations mutations = new CommandMutations(name.hashCode() + TIMES, -1, SURFACE_HEADER);
        for (int session = 0; session < SESSIONS; session++) {
            ScreenPainter painter = new ScreenPainter(new Framebuffer(640, 480, SCREEN));
            play(
                    mutations.changed(original, original),
                    octets -> painter.surfaceCommands(reader(octets), marker -> {}));
        }
        assertThat(refused).isPositive();
        assertThat(drawn).isPositive();
    }

    /** The inputs of {@link OrdersFuzzTest}, each as a session of some updates. */
    @Test
    void orders() {
        List<byte[]> seeds = OrdersFuzzTest.seeds().toList();
        SplittableRandom random = new SplittableRandom(TIMES);
        CommandMutations mutations = new CommandMutations(TIMES, -1, 0);
        for (int session = 0; session < ORDER_SESSIONS; session++) {
            OrderPainter painter = new OrderPainter(
                    new Framebuffer(64, 64, SCREEN),
                    OrdersFuzzTest.DEPTHS[session % OrdersFuzzTest.DEPTHS.length],
                    OrdersFuzzTest.LIMITS,
                    OrderListener.NONE);
            List<byte[]> updates = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                updates.add(seeds.get(random.nextInt(seeds.size())));
            }
            play(mutations.changed(updates, seeds), octets -> {
                if (octets.length > 1) {
                    painter.update(reader(Arrays.copyOfRange(octets, 2, octets.length)), octets[1] & 0xFF);
                }
            });
        }
        assertThat(refused).isPositive();
        assertThat(drawn).isPositive();
    }

    private interface Reader {
        void read(byte[] octets);
    }

    /** Up to the first failure, with which a session ends. */
    private void play(List<byte[]> messages, Reader reader) {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        for (byte[] octets : messages) {
            before.writeBytes(octets);
            boolean[] failed = new boolean[1];
            try {
                Oracle.refusesOrEnds(octets.length, () -> {
                    try {
                        reader.read(octets);
                    } catch (RdpFailure failure) {
                        failed[0] = true;
                        throw failure;
                    }
                });
            } catch (RuntimeException | Error e) {
                throw new AssertionError("after " + HexFormat.of().formatHex(before.toByteArray()), e);
            }
            if (failed[0]) {
                refused++;
                return;
            }
            drawn++;
        }
    }

    private static List<byte[]> commands(String name) {
        List<byte[]> commands = new ArrayList<>();
        int octets = 0;
        for (byte[] message : RecordedBitmaps.graphicsPdus("freerdp-gfx-shadow/" + name)) {
            WireReader in = reader(message);
            while (in.hasRemaining()) {
                int length = (int) Integer.toUnsignedLong(littleEndian(message, in.offset() + PDU_LENGTH));
                byte[] command = in.bytes(length, "pdu").toArray();
                if (octets + length <= LONGEST_SESSION) {
                    commands.add(command);
                    octets += length;
                }
            }
        }
        return commands;
    }

    private static int littleEndian(byte[] octets, int at) {
        return octets[at] & 0xFF
                | (octets[at + 1] & 0xFF) << 8
                | (octets[at + 2] & 0xFF) << 16
                | (octets[at + 3] & 0xFF) << 24;
    }

    private static WireReader reader(byte[] octets) {
        return WireReader.of(octets, "Mutated", "any");
    }
}
