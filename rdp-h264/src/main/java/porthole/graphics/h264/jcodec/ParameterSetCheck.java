package porthole.graphics.h264.jcodec;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.io.model.NALUnitType;

/** Looks at a sequence parameter set before JCodec does, which believes every number in it. ITU-T H.264 7.3.2.1.1. */
final class ParameterSetCheck {
    private static final int MOST_REFERENCES = 16;
    private static final int[] WITH_CHROMA_FORMAT = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 144};

    private final ByteBuffer in;
    private int bit;
    private int zeros;
    private int octet;

    private ParameterSetCheck(ByteBuffer in) {
        this.in = in;
    }

    /** @param unit a whole NAL unit, still escaped */
    static void check(ByteBuffer unit, long maximumPixels) {
        if (!unit.hasRemaining()) {
            throw JcodecDecoder.error("nal_unit", "nothing", "at least its header");
        }
        if ((unit.get() & 0x1F) == NALUnitType.SPS.getValue()) {
            new ParameterSetCheck(unit).sequence(maximumPixels);
        }
    }

    private void sequence(long maximumPixels) {
        int profile = bits(8, "profile_idc");
        bits(16, "constraint_set_flags");
        most(31, "seq_parameter_set_id");
        for (int with : WITH_CHROMA_FORMAT) {
            if (with == profile) {
                chroma();
            }
        }
        most(12, "log2_max_frame_num_minus4");
        int order = most(2, "pic_order_cnt_type");
        if (order == 0) {
            most(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (order == 1) {
            bits(1, "delta_pic_order_always_zero_flag");
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
        boolean frames = bits(1, "frame_mbs_only_flag") != 0;
        if (!frames) {
            height *= 2;
        }
        // a picture is up to a macroblock larger on each side than what it shows
        if (width > 1 << 16 || height > 1 << 16 || (width - 15) * (height - 15) > maximumPixels) {
            throw JcodecDecoder.error(
                    "pic_width_in_mbs_minus1", width + " x " + height, "at most " + maximumPixels + " pixels");
        }
        if (!frames) {
            bits(1, "mb_adaptive_frame_field_flag");
        }
        bits(1, "direct_8x8_inference_flag");
        if (bits(1, "frame_cropping_flag") != 0) {
            long across = 2 * (golomb("frame_crop_left_offset") + golomb("frame_crop_right_offset"));
            long down = 2 * (golomb("frame_crop_top_offset") + golomb("frame_crop_bottom_offset"));
            if (across >= width || down >= height) {
                throw JcodecDecoder.error("frame_crop_left_offset", across + " x " + down, "less than the picture");
            }
        }
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

    private int most(int limit, String field) {
        long value = golomb(field);
        if (value > limit) {
            throw JcodecDecoder.error(field, String.valueOf(value), "0 to " + limit);
        }
        return (int) value;
    }

    /** An unsigned Exp-Golomb code. */
    private long golomb(String field) {
        int leading = 0;
        while (bits(1, field) == 0) {
            if (++leading > 32) {
                throw JcodecDecoder.error(field, "more than 32 leading zeros", "an Exp-Golomb code");
            }
        }
        long value = 0;
        for (int i = 0; i < leading; i++) {
            value = value << 1 | bits(1, field);
        }
        return (1L << leading) - 1 + value;
    }

    private int bits(int count, String field) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (bit == 0) {
                octet = next(field);
                bit = 8;
            }
            value = value << 1 | octet >> --bit & 1;
        }
        return value;
    }

    private int next(String field) {
        if (!in.hasRemaining()) {
            throw JcodecDecoder.error(field, "the end of the parameter set", "the whole field");
        }
        int value = in.get() & 0xFF;
        if (zeros == 2 && value == 3) { // an emulation prevention octet, which is none of the content
            zeros = 0;
            return next(field);
        }
        zeros = value == 0 ? zeros + 1 : 0;
        return value;
    }
}
