package porthole.graphics.h264.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.H264Streams;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/** Whatever the octets are, there is a picture or a named error. */
class HostileStreamsTest {
    private static final int PIXELS = 1 << 16;
    private static final int MUTATIONS = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baseline-desktop",
                "baseline-slice-of-7-macroblocks",
                "main-b-temporal-direct",
                "high-b-pyramid-implicit-weights",
                "high-monochrome-cavlc"
            })
    void truncatedAnywhere(String name) {
        List<byte[]> units = H264Streams.accessUnits(name).subList(0, 3);
        int refused = 0;
        for (byte[] unit : units) {
            for (int length = 0; length < unit.length; length++) {
                try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
                    for (byte[] before : units) {
                        if (before == unit) {
                            break;
                        }
                        decoder.decode(before, 0, before.length, new YuvPicture());
                    }
                    decoder.decode(unit, 0, length, new YuvPicture());
                } catch (WireException e) {
                    assertThat(e.section()).startsWith("ITU-T H.264");
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    /** The decoder goes on after an error, and is no worse for it. */
    @Test
    void mutatedAnywhere() {
        SplittableRandom random = new SplittableRandom(264);
        int refused = 0;
        int shown = 0;
        for (String name : H264Streams.names()) {
            List<byte[]> units = H264Streams.accessUnits(name);
            for (int round = 0; round < MUTATIONS; round++) {
                try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
                    for (byte[] unit : units) {
                        byte[] changed = unit.clone();
                        for (int n = random.nextInt(4); n > 0; n--) {
                            int at = random.nextInt(changed.length);
                            changed[at] = random.nextBoolean()
                                    ? (byte) random.nextInt(256)
                                    : (byte) (changed[at] ^ 1 << random.nextInt(8));
                        }
                        try {
                            shown += decoder.decode(changed, 0, changed.length, new YuvPicture()) ? 1 : 0;
                        } catch (WireException e) {
                            refused++;
                        }
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(shown).isGreaterThan(1000);
    }

    @Test
    void noiseBehindStartCodes() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] start = H264Streams.accessUnits("main-cabac").get(0);
        for (int round = 0; round < 2_000; round++) {
            byte[] octets = new byte[8 + random.nextInt(300)];
            random.nextBytes(octets);
            octets[0] = 0;
            octets[1] = 0;
            octets[2] = 1;
            octets[3] = new byte[] {0x67, 0x68, 0x41, 0x65, 0x01}[random.nextInt(5)];
            try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
                decoder.decode(start, 0, start.length, new YuvPicture());
                decoder.decode(octets, 0, octets.length, new YuvPicture());
            } catch (WireException e) {
                assertThat(e.section()).startsWith("ITU-T H.264");
            }
        }
    }

    @Test
    void aPictureWithoutItsReferencesIsRefused() {
        List<byte[]> units = H264Streams.accessUnits("baseline-cavlc");
        byte[] sets = units.get(0);
        int slice = 0;
        for (int i = 0; i + 3 < sets.length; i++) {
            if (sets[i] == 0 && sets[i + 1] == 0 && sets[i + 2] == 1 && (sets[i + 3] & 0x1F) == 5) {
                slice = i;
            }
        }
        int length = slice;
        byte[] later = units.get(1);
        try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
            assertThat(decoder.decode(sets, 0, length, new YuvPicture())).isFalse();
            assertThatThrownBy(() -> decoder.decode(later, 0, later.length, new YuvPicture()))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.field()).isEqualTo("ref_idx_l0"));
        }
    }

    /** Many pictures of few octets each would be a way to ask for much work with one message. */
    @Test
    void aSecondPictureInOneCallIsRefused() {
        List<byte[]> units = H264Streams.accessUnits("baseline-desktop");
        byte[] first = units.get(0);
        byte[] second = units.get(1);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
            assertThatThrownBy(() -> decoder.decode(both, 0, both.length, new YuvPicture()))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.section()).contains("7.4.1.2"));
        }
    }

    @Test
    void aLargerPictureThanAllowedIsRefused() {
        byte[] unit = H264Streams.accessUnits("baseline-cavlc").get(0);
        try (H264Decoder decoder = new SoftwareProvider().open(64 * 48 - 1)) {
            assertThatThrownBy(() -> decoder.decode(unit, 0, unit.length, new YuvPicture()))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("64 x 48");
        }
    }

    @Test
    void nothingIsRefused() {
        try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
            assertThatThrownBy(() -> decoder.decode(new byte[0], 0, 0, new YuvPicture()))
                    .isInstanceOf(WireException.class);
        }
    }
}
