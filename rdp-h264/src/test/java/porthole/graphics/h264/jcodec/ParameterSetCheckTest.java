package porthole.graphics.h264.jcodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jcodec.common.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/** Numbers that would make JCodec allocate or wait without end are refused before it sees them. */
class ParameterSetCheckTest {
    /** Standard output is for data; what JCodec notices of a stream is none. */
    @Test
    void jcodecSaysNothing() {
        new JcodecProvider().open(1 << 16).close();
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true));
            Logger.warn("IPCM macroblock found");
            Logger.error("anything");
        } finally {
            System.setOut(out);
        }
        assertThat(said.size()).isZero();
    }

    @Test
    void anOrdinarySetPasses() {
        assertThatCode(() -> check(sps(66, 0, 0, 79, 44, 0, 0), 1280 * 720)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "66, 13, 0, 79, 44, 0, 0, log2_max_frame_num_minus4",
        "66, 0, 3, 79, 44, 0, 0, pic_order_cnt_type",
        "66, 0, 0, 90, 44, 0, 0, pic_width_in_mbs_minus1",
        "66, 0, 0, 2147483646, 2147483646, 0, 0, pic_width_in_mbs_minus1",
        "66, 0, 0, 79, 44, 640, 0, frame_crop_left_offset",
        "66, 0, 0, 79, 44, 0, 2000000, frame_crop_left_offset"
    })
    void aNumberOutOfRangeIsNamed(
            int profile, int frames, int order, int width, int height, int left, int top, String field) {
        assertThatThrownBy(() -> check(sps(profile, frames, order, width, height, left, top), 1280 * 720))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void anySequenceOfOctetsIsRefusedOrNothing() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3_000; i++) {
            byte[] octets = new byte[random.nextInt(200) + 6];
            random.nextBytes(octets);
            System.arraycopy(new byte[] {0, 0, 0, 1, (byte) (random.nextBoolean() ? 0x67 : 0x68)}, 0, octets, 0, 5);
            if (random.nextBoolean()) {
                byte[] start = sps(66, 0, 0, 3, 3, 0, 0);
                octets = Arrays.copyOf(join(start, octets), start.length + 4 + octets.length);
            }
            try (H264Decoder decoder = new JcodecProvider().open(1 << 16)) {
                decoder.decode(octets, 0, octets.length, new YuvPicture());
            } catch (WireException expected) {
                assertThat(expected.section()).startsWith("ITU-T H.264");
            }
        }
    }

    /** JCodec would read entries of such a list for ever. */
    @Test
    void listsOfSliceHeadersEnd() {
        StreamCheck check = new StreamCheck(1 << 16);
        check.check(ByteBuffer.wrap(sps(66, 0, 0, 3, 3, 0, 0)));
        Bits pps = new Bits();
        pps.put(0x68, 8)
                .golomb(0)
                .golomb(0)
                .put(0, 2)
                .golomb(0)
                .golomb(0)
                .golomb(0)
                .put(0, 3);
        check.check(ByteBuffer.wrap(
                pps.golomb(0).golomb(0).golomb(0).put(0, 3).put(1, 1).octets()));
        Bits slice = new Bits();
        slice.put(0x41, 8)
                .golomb(0)
                .golomb(0)
                .golomb(0)
                .put(1, 4)
                .put(2, 4)
                .put(0, 1)
                .put(1, 1);
        for (int i = 0; i < 100; i++) {
            slice.golomb(0).golomb(0);
        }
        byte[] octets = slice.put(1, 1).octets();
        assertThatThrownBy(() -> check.check(ByteBuffer.wrap(octets)))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("modification_of_pic_nums_idc"));
        assertThatThrownBy(() -> check.check(ByteBuffer.wrap(Arrays.copyOf(octets, 9))))
                .isInstanceOf(WireException.class);
    }

    /** JCodec would make room for as many macroblocks as a picture parameter set claims. */
    @Test
    void sliceGroupsAreRefused() {
        byte[] pps = new Bits()
                .put(0x68, 8)
                .golomb(0)
                .golomb(0)
                .put(0, 2)
                .golomb(6)
                .golomb(6)
                .golomb(1 << 26)
                .octets();
        assertThatThrownBy(() -> new StreamCheck(1 << 16).check(ByteBuffer.wrap(pps)))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("num_slice_groups_minus1"));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(new byte[] {0, 0, 0, 1}, 4 + first.length + second.length);
        System.arraycopy(first, 0, joined, 4, first.length);
        System.arraycopy(second, 0, joined, 4 + first.length, second.length);
        return joined;
    }

    private static void check(byte[] sps, long maximumPixels) {
        new StreamCheck(maximumPixels).check(ByteBuffer.wrap(sps));
    }

    private static byte[] sps(int profile, int frames, int order, int width, int height, int left, int top) {
        Bits bits = new Bits();
        bits.put(0x67, 8)
                .put(profile, 8)
                .put(0, 8)
                .put(40, 8)
                .golomb(0)
                .golomb(frames)
                .golomb(order);
        if (order == 0) {
            bits.golomb(0);
        }
        bits.golomb(1).put(0, 1).golomb(width).golomb(height).put(1, 1).put(1, 1);
        bits.put(1, 1).golomb(left).golomb(0).golomb(top).golomb(0).put(0, 1).put(1, 1);
        return bits.octets();
    }

    /** Writes what {@link ParameterSetCheck} reads, emulation prevention included. */
    private static final class Bits {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int octet;
        private int filled;
        private int zeros;

        Bits put(long value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                octet = octet << 1 | (int) (value >> i & 1);
                if (++filled == 8) {
                    if (zeros == 2 && octet <= 3) {
                        out.write(3);
                        zeros = 0;
                    }
                    out.write(octet);
                    zeros = octet == 0 ? zeros + 1 : 0;
                    octet = 0;
                    filled = 0;
                }
            }
            return this;
        }

        Bits golomb(long value) {
            int length = 64 - Long.numberOfLeadingZeros(value + 1);
            return put(0, length - 1).put(value + 1, length);
        }

        byte[] octets() {
            while (filled != 0) {
                put(0, 1);
            }
            return out.toByteArray();
        }
    }
}
