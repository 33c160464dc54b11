package porthole.graphics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.graphics.picture.Picture;
import porthole.graphics.pipeline.GraphicsDecoder;
import porthole.graphics.pipeline.GraphicsLimits;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class RecordedPipelineTest {
    private final List<Long> frames = new ArrayList<>();
    private final List<RdpgfxCommand> others = new ArrayList<>();

    private final GraphicsDecoder.Listener listener = new GraphicsDecoder.Listener() {
        @Override
        public void confirmed(SessionCommand.CapsConfirm confirm) {
            others.add(confirm);
        }

        @Override
        public void frameEnded(long frameId) {
            frames.add(frameId);
        }

        @Override
        public void reset(int width, int height) {}

        @Override
        public void skipped(RdpgfxCommand command) {
            others.add(command);
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"gfx-progressive", "gfx-progressive-cap8", "gfx-rfx", "gfx-planar", "gfx-uncompressed"})
    void everyPixelIsAsTheRecordedClientShowedIt(String name) {
        Recording recording = Fixtures.recording("freerdp-gfx-shadow/" + name);
        Framebuffer screen = screen(recording);
        try (GraphicsDecoder decoder =
                new GraphicsDecoder(screen, GraphicsLimits.DEFAULT, Optional.empty(), listener)) {
            for (Bytes message : RecordedGraphicsChannel.messages(recording)) {
                decoder.message(WireReader.of(message, "Graphics", "MS-RDPEGFX 2.2.5.1"));
            }
        }
        Picture theirs = RecordedScreen.read(recording.clientViewPicture().orElseThrow());
        assertThat(screen.snapshot().differingPixels(theirs)).isZero();
        assertThat(frames).hasSizeGreaterThan(4).doesNotHaveDuplicates();
        assertThat(others).hasSize(1).first().isInstanceOf(SessionCommand.CapsConfirm.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gfx-progressive-cap8", "gfx-rfx", "gfx-planar", "gfx-avc420"})
    void changedMessagesAreDrawnOrRefused(String name) {
        Recording recording = Fixtures.recording("freerdp-gfx-shadow/" + name);
        List<Bytes> messages = RecordedGraphicsChannel.messages(recording);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            try (GraphicsDecoder decoder =
                    new GraphicsDecoder(screen(recording), GraphicsLimits.DEFAULT, Optional.empty(), listener)) {
                for (Bytes message : messages.subList(0, Math.min(8, messages.size()))) {
                    byte[] octets = message.toArray();
                    for (int n = random.nextInt(3); n > 0; n--) {
                        octets[random.nextInt(Math.min(octets.length, random.nextBoolean() ? 90 : octets.length))] =
                                (byte) random.nextInt(256);
                    }
                    int length = random.nextInt(9) == 0 ? random.nextInt(octets.length) : octets.length;
                    decoder.message(WireReader.of(Arrays.copyOf(octets, length), "Graphics", "MS-RDPEGFX 2.2.5.1"));
                }
            } catch (WireException | LocalFailure e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static Framebuffer screen(Recording recording) {
        String[] size = recording.runOption("size").orElseThrow().split("x");
        return new Framebuffer(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
    }
}
