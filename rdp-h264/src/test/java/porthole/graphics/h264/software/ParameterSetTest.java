package porthole.graphics.h264.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/** Numbers in parameter sets and slice headers that are out of range, or ask for what the decoder leaves out. */
class ParameterSetTest {
    private static final long PIXELS = 1280 * 720;
    private static final byte[] PPS = pps(0, 0);

    @Test
    void aSkippedPictureNeedsAReference() {
        assertThat(decoded(sps(66, 0, 0, 3, 3, 0, 0), PPS)).isFalse();
        refused("ref_idx_l0", sps(66, 0, 0, 3, 3, 0, 0), PPS, skipped(0, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "66, 13, 0, 79, 44, 0, 0, log2_max_frame_num_minus4",
        "66, 0, 3, 79, 44, 0, 0, pic_order_cnt_type",
        "66, 0, 0, 90, 44, 0, 0, pic_width_in_mbs_minus1",
        "66, 0, 0, 2147483646, 2147483646, 0, 0, pic_width_in_mbs_minus1",
        "66, 0, 0, 0, 100000000, 0, 0, pic_width_in_mbs_minus1",
        "66, 0, 0, 79, 44, 640, 0, frame_crop_left_offset",
        "66, 0, 0, 79, 44, 0, 2000000, frame_crop_left_offset"
    })
    void aNumberOutOfRangeIsNamed(
            int profile, int frames, int order, int width, int height, int left, int top, String field) {
        refused(field, sps(profile, frames, order, width, height, left, top));
    }

    /** 8-bit 4:2:0 is asked for by profile 100 and refused in no other way by the profiles beyond it. */
    @ParameterizedTest
    @ValueSource(ints = {110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
    void otherChromaFormatsAreRefusedInAnyProfile(int profile) {
        Bits bits = new Bits();
        bits.put(0x67, 8).put(profile, 8).put(0, 8).put(40, 8).golomb(0).golomb(2);
        refused("chroma_format_idc", bits.octets());
    }

    @Test
    void moreBitsAreRefused() {
        Bits bits = new Bits();
        bits.put(0x67, 8)
                .put(110, 8)
                .put(0, 8)
                .put(40, 8)
                .golomb(0)
                .golomb(1)
                .golomb(2)
                .golomb(2)
                .put(0, 9);
        refused("bit_depth_luma_minus8", bits.octets());
    }

    @Test
    void sixteenReferencesOfTheLargestSizeAreRefused() {
        byte[] sps = spsWithReferences(16, 255, 143);
        try (H264Decoder decoder = new SoftwareProvider().open(4096 * 2304)) {
            assertThatThrownBy(() -> decode(decoder, sps))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.field()).isEqualTo("max_num_ref_frames"));
        }
    }

    @Test
    void sliceGroupsAreRefused() {
        Bits bits = new Bits();
        bits.put(0x68, 8).golomb(0).golomb(0).put(0, 2).golomb(6).golomb(6).golomb(1 << 20);
        refused("num_slice_groups_minus1", bits.octets());
    }

    @Test
    void aSliceWithoutItsParameterSetsIsRefused() {
        refused("pic_parameter_set_id", skipped(0, 16));
    }

    @Test
    void aSkipRunEndsWithThePicture() {
        refused("mb_skip_run", sps(66, 0, 0, 3, 3, 0, 0), PPS, skipped(0, 65_535));
    }

    @Test
    void listsOfSliceHeadersEnd() {
        Bits bits = slice(0);
        bits.put(1, 1); // ref_pic_list_modification_flag_l0
        for (int i = 0; i < 100; i++) {
            bits.golomb(0).golomb(0);
        }
        refused("modification_of_pic_nums_idc", sps(66, 0, 0, 3, 3, 0, 0), PPS, bits.octets());
    }

    @Test
    void operationsOfSliceHeadersEnd() {
        Bits bits = slice(0);
        bits.put(0, 1).put(1, 1); // adaptive_ref_pic_marking_mode_flag
        for (int i = 0; i < 100; i++) {
            bits.golomb(1).golomb(0);
        }
        refused("memory_management_control_operation", sps(66, 0, 0, 3, 3, 0, 0), PPS, bits.octets());
    }

    @Test
    void aReferenceThatIsNoneIsRefused() {
        Bits bits = slice(0);
        bits.put(1, 1).golomb(2).golomb(9).golomb(3).put(0, 1).golomb(0).golomb(16);
        refused("abs_diff_pic_num_minus1", sps(66, 0, 0, 3, 3, 0, 0), PPS, bits.octets());
    }

    @Test
    void endlessCodesAreRefused() {
        Bits bits = new Bits();
        bits.put(0x67, 8).put(66, 8).put(0, 8).put(40, 8).put(0, 32).put(0, 32).put(1, 1);
        refused("seq_parameter_set_id", bits.octets());
    }

    private static void refused(String field, byte[]... units) {
        assertThatThrownBy(() -> decoded(units)).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.section()).startsWith("ITU-T H.264");
        });
    }

    private static boolean decoded(byte[]... units) {
        try (H264Decoder decoder = new SoftwareProvider().open(PIXELS)) {
            boolean shown = false;
            for (byte[] unit : units) {
                shown |= decode(decoder, unit);
            }
            return shown;
        }
    }

    private static boolean decode(H264Decoder decoder, byte[] unit) {
        byte[] octets = new byte[unit.length + 3];
        octets[2] = 1;
        System.arraycopy(unit, 0, octets, 3, unit.length);
        return decoder.decode(octets, 0, octets.length, new YuvPicture());
    }

    private static byte[] sps(int profile, int frames, int order, int width, int height, int left, int top) {
        Bits bits = new Bits();
        bits.put(0x67, 8).put(profile, 8).put(0, 8).put(40, 8).golomb(0);
        bits.golomb(frames).golomb(order);
        if (order == 0) {
            bits.golomb(0);
        }
        bits.golomb(1).put(0, 1).golomb(width).golomb(height).put(1, 1).put(1, 1);
        bits.put(1, 1).golomb(left).golomb(0).golomb(top).golomb(0).put(0, 1);
        return bits.octets();
    }

    private static byte[] spsWithReferences(int references, int width, int height) {
        Bits bits = new Bits();
        bits.put(0x67, 8).put(66, 8).put(0, 8).put(40, 8).golomb(0).golomb(0).golomb(2);
        bits.golomb(references)
                .put(0, 1)
                .golomb(width)
                .golomb(height)
                .put(1, 1)
                .put(1, 1)
                .put(0, 2);
        return bits.octets();
    }

    private static byte[] pps(int id, int sequence) {
        Bits bits = new Bits();
        bits.put(0x68, 8)
                .golomb(id)
                .golomb(sequence)
                .put(0, 2)
                .golomb(0)
                .golomb(0)
                .golomb(0)
                .put(0, 3);
        return bits.golomb(0).golomb(0).golomb(0).put(0, 3).octets();
    }

    /** The header of a P slice, up to its list of references. */
    private static Bits slice(int first) {
        Bits bits = new Bits();
        return bits.put(0x41, 8)
                .golomb(first)
                .golomb(0)
                .golomb(0)
                .put(1, 4)
                .put(2, 4)
                .put(0, 1);
    }

    private static byte[] skipped(int first, int run) {
        return slice(first).put(0, 1).put(0, 1).golomb(0).golomb(run).octets();
    }
}
