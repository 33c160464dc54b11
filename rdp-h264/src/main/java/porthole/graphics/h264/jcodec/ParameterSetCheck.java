package porthole.graphics.h264.jcodec;

import java.util.Set;

/** Looks at a sequence parameter set before JCodec does, which believes every number in it. ITU-T H.264 7.3.2.1.1. */
final class ParameterSetCheck {
    private static final int MOST_REFERENCES = 16;
    private static final Set<Integer> WITH_CHROMA_FORMAT = Set.of(100, 110, 122, 144);
    /** These have a chroma format, too, but JCodec reads on as if they had none, and so other numbers than are checked here. */
    private static final Set<Integer> MISREAD = Set.of(244, 44, 83, 86, 118, 128, 138, 139, 134);

    private static final int EXTENDED_ASPECT_RATIO = 255;

    private final NalBits in;

    /** What one has to know of a sequence to read slice headers. */
    record Sequence(int id, int frameNumBits, int orderType, int orderBits, boolean orderAlwaysZero) {}

    private ParameterSetCheck(NalBits in) {
        this.in = in;
    }

    /** @param in behind the header of the NAL unit */
    static Sequence sequence(NalBits in, long maximumPixels) {
        return new ParameterSetCheck(in).sequence(maximumPixels);
    }

    private Sequence sequence(long maximumPixels) {
        int profile = bits(8, "profile_idc");
        bits(16, "constraint_set_flags");
        int id = most(31, "seq_parameter_set_id");
        if (MISREAD.contains(profile)) {
            throw JcodecDecoder.error("profile_idc", String.valueOf(profile), "a profile that the decoder knows");
        }
        if (WITH_CHROMA_FORMAT.contains(profile)) {
            chroma();
        }
        int frameNumBits = most(12, "log2_max_frame_num_minus4") + 4;
        int order = most(2, "pic_order_cnt_type");
        int orderBits = 0;
        boolean orderAlwaysZero = false;
        if (order == 0) {
            orderBits = most(12, "log2_max_pic_order_cnt_lsb_minus4") + 4;
        } else if (order == 1) {
            orderAlwaysZero = bits(1, "delta_pic_order_always_zero_flag") != 0;
            golomb("offset_for_non_ref_pic");
            golomb("offset_for_top_to_bottom_field");
            int cycle = most(255, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < cycle; i++) {
                golomb("offset_for_ref_frame");
            }
        }
        most(MOST_REFERENCES, "max_num_ref_frames");
        bits(1, "gaps_in_frame_num_value_allowed_flag");
        long width = 16 * (golomb("pic_width_in_mbs_minus1") + 1);
        long height = 16 * (golomb("pic_height_in_map_units_minus1") + 1);
        if (bits(1, "frame_mbs_only_flag") == 0) {
            throw JcodecDecoder.error("frame_mbs_only_flag", "0", "1: whole frames");
        }
        // a picture is up to a macroblock larger on each side than what it shows
        if (width > 1 << 16 || height > 1 << 16 || (width - 15) * (height - 15) > maximumPixels) {
            throw JcodecDecoder.error(
                    "pic_width_in_mbs_minus1", width + " x " + height, "at most " + maximumPixels + " pixels");
        }
        bits(1, "direct_8x8_inference_flag");
        if (bits(1, "frame_cropping_flag") != 0) {
            long across = 2 * (golomb("frame_crop_left_offset") + golomb("frame_crop_right_offset"));
            long down = 2 * (golomb("frame_crop_top_offset") + golomb("frame_crop_bottom_offset"));
            if (across >= width || down >= height) {
                throw JcodecDecoder.error("frame_crop_left_offset", across + " x " + down, "less than the picture");
            }
        }
        if (bits(1, "vui_parameters_present_flag") != 0) {
            usability();
        }
        return new Sequence(id, frameNumBits, order, orderBits, orderAlwaysZero);
    }

    private int most(int limit, String field) {
        return in.most(limit, field);
    }

    private long golomb(String field) {
        return in.golomb(field);
    }

    private int bits(int count, String field) {
        return in.bits(count, field);
    }

    /** Video usability information, whose buffering periods JCodec counts out whatever their number. ITU-T H.264 E.1.1. */
    private void usability() {
        if (bits(1, "aspect_ratio_info_present_flag") != 0 && bits(8, "aspect_ratio_idc") == EXTENDED_ASPECT_RATIO) {
            bits(32, "sar_width");
        }
        if (bits(1, "overscan_info_present_flag") != 0) {
            bits(1, "overscan_appropriate_flag");
        }
        if (bits(1, "video_signal_type_present_flag") != 0) {
            bits(4, "video_format");
            if (bits(1, "colour_description_present_flag") != 0) {
                bits(24, "colour_primaries");
            }
        }
        if (bits(1, "chroma_loc_info_present_flag") != 0) {
            golomb("chroma_sample_loc_type_top_field");
            golomb("chroma_sample_loc_type_bottom_field");
        }
        if (bits(1, "timing_info_present_flag") != 0) {
            bits(32, "num_units_in_tick");
            bits(32, "time_scale");
            bits(1, "fixed_frame_rate_flag");
        }
        for (int decoder = 0; decoder < 2; decoder++) { // of NAL units, and of the coding layer
            if (bits(1, "nal_hrd_parameters_present_flag") != 0) {
                hypotheticalDecoder();
            }
        }
    }

    private void hypotheticalDecoder() {
        int periods = most(31, "cpb_cnt_minus1") + 1;
        bits(8, "bit_rate_scale");
        for (int i = 0; i < periods; i++) {
            golomb("bit_rate_value_minus1");
            golomb("cpb_size_value_minus1");
            bits(1, "cbr_flag");
        }
        bits(20, "initial_cpb_removal_delay_length_minus1");
    }

    private void chroma() {
        long format = golomb("chroma_format_idc");
        if (format != 1) {
            throw JcodecDecoder.error("chroma_format_idc", String.valueOf(format), "1 (4:2:0)");
        }
        most(0, "bit_depth_luma_minus8");
        most(0, "bit_depth_chroma_minus8");
        bits(1, "qpprime_y_zero_transform_bypass_flag");
        if (bits(1, "seq_scaling_matrix_present_flag") != 0) {
            for (int list = 0; list < 8; list++) {
                if (bits(1, "seq_scaling_list_present_flag") != 0) {
                    scalingList(list < 6 ? 16 : 64);
                }
            }
        }
    }

    private void scalingList(int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size; i++) {
            if (next != 0) {
                long code = golomb("delta_scale");
                long delta = (code & 1) == 0 ? -(code >> 1) : code + 1 >> 1;
                next = Math.floorMod(last + delta, 256);
            }
            last = next == 0 ? last : next;
        }
    }
}
