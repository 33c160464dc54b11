package porthole.graphics.h264.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.client.H264Choice;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.fixtures.Fixtures;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.graphics.h264.software.SoftwareProvider;
import porthole.protocol.failure.WireException;

class FfmpegDecoderTest {
    private static final long PIXELS = 7680 * 4320;
    private static List<byte[]> stream;

    /** Three pictures that this library's own encoder made. */
    @BeforeAll
    static void encode() {
        stream = TinyStream.of(64, 48, 3);
    }

    @Test
    void isPreferredWhereItWorks() {
        assertThat(new FfmpegProvider().isAvailable()).isTrue();
        assertThat(new FfmpegProvider().preference()).isGreaterThan(new SoftwareProvider().preference());
        assertThat(H264Choice.description()).isEqualTo("both, offered");
    }

    /** Each AVC picture of a recording, 4:2:0 and both forms of 4:4:4, decoded by both, and the picture as it was recorded. */
    @ParameterizedTest
    @ValueSource(strings = {"gfx-avc420", "gfx-avc444"})
    void bothDecodersAgreeOnRecordings(String name) throws Exception {
        int before = BothDecoders.COMPARED.get();
        ReplayResult result =
                Replay.run(Capture.open(Fixtures.root().resolve("freerdp-gfx-shadow/" + name)), ReplayOptions.DEFAULT);
        assertThat(result.failure()).isEmpty();
        assertThat(BothDecoders.COMPARED.get()).isGreaterThan(before + 1);
    }

    @Test
    void aPictureComesForEachAccessUnit() {
        try (H264Decoder decoder = new FfmpegProvider().open(PIXELS)) {
            YuvPicture picture = new YuvPicture();
            for (byte[] unit : stream) {
                assertThat(decoder.decode(unit, 0, unit.length, picture)).isTrue();
                assertThat(List.of(picture.width(), picture.height())).containsExactly(64, 48);
            }
        }
    }

    @Test
    void aLargerPictureThanAllowedIsRefused() {
        try (H264Decoder decoder = new FfmpegProvider().open(64 * 48 - 1)) {
            assertThatThrownBy(() -> decoder.decode(stream.get(0), 0, stream.get(0).length, new YuvPicture()))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("64 x 48");
        }
    }

    @Test
    void aPictureWithoutItsReferencesIsRefused() {
        try (H264Decoder decoder = new FfmpegProvider().open(PIXELS)) {
            byte[] later = stream.get(1);
            assertThatThrownBy(() -> decoder.decode(later, 0, later.length, new YuvPicture()))
                    .isInstanceOf(WireException.class);
        }
    }

    @Test
    void nothingAndNoiseAreRefused() {
        try (H264Decoder decoder = new FfmpegProvider().open(PIXELS)) {
            assertThatThrownBy(() -> decoder.decode(new byte[0], 0, 0, new YuvPicture()))
                    .isInstanceOf(WireException.class);
        }
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int round = 0; round < 100; round++) {
            try (H264Decoder decoder = new FfmpegProvider().open(PIXELS)) {
                for (byte[] unit : stream) {
                    byte[] changed = unit.clone();
                    for (int n = 1 + random.nextInt(4); n > 0; n--) {
                        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    }
                    int length = random.nextBoolean() ? changed.length : 1 + random.nextInt(changed.length);
                    decoder.decode(changed, 0, length, new YuvPicture());
                }
            } catch (WireException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** Octets in front of and behind the access unit are not read. */
    @Test
    void readsOnlyItsPart() {
        try (H264Decoder decoder = new FfmpegProvider().open(PIXELS)) {
            byte[] unit = stream.get(0);
            byte[] wide = new byte[unit.length + 40];
            Arrays.fill(wide, (byte) 0xFF);
            System.arraycopy(unit, 0, wide, 17, unit.length);
            YuvPicture alone = new YuvPicture();
            YuvPicture within = new YuvPicture();
            decoder.decode(unit, 0, unit.length, alone);
            ByteBuffer samples = Planes.of(alone);
            assertThat(decoder.decode(wide, 17, 17 + unit.length, within)).isTrue();
            assertThat(Planes.of(within)).isEqualTo(samples);
        }
    }
}
