package porthole.graphics.h264.jcodec;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jcodec.codecs.h264.io.model.NALUnitType;

/**
 * Looks at parameter sets and slice headers before JCodec does, which believes every number in them, and goes on for ever where a
 * list of a slice header has no end. Remembers the parameter sets of one stream. ITU-T H.264 7.3.2.2 and 7.3.3.
 */
final class StreamCheck {
    private static final int SWITCHING_B = 1;
    private static final int INTRA = 2;
    private static final int SWITCHING_I = 4;
    private static final int MOST_REFERENCES = 32;
    private static final int LONGEST_LIST = 66; // of as many references as two fields have, and its end

    private final long maximumPixels;
    private final Map<Integer, ParameterSetCheck.Sequence> sequences = new HashMap<>();
    private final Map<Integer, Picture> pictures = new HashMap<>();

    private record Picture(
            int sequence,
            boolean bottomOrder,
            int references0,
            int references1,
            boolean weighted,
            int weightedB,
            boolean redundant) {}

    StreamCheck(long maximumPixels) {
        this.maximumPixels = maximumPixels;
    }

    /** @param unit a whole NAL unit, still escaped */
    void check(ByteBuffer unit) {
        if (!unit.hasRemaining()) {
            throw JcodecDecoder.error("nal_unit", "nothing", "at least its header");
        }
        int header = unit.get();
        int type = header & 0x1F;
        if (type == NALUnitType.SPS.getValue()) {
            ParameterSetCheck.Sequence sequence = ParameterSetCheck.sequence(new NalBits(unit), maximumPixels);
            sequences.put(sequence.id(), sequence);
        } else if (type == NALUnitType.PPS.getValue()) {
            picture(new NalBits(unit));
        } else if (type == NALUnitType.IDR_SLICE.getValue() || type == NALUnitType.NON_IDR_SLICE.getValue()) {
            slice(new NalBits(unit), type == NALUnitType.IDR_SLICE.getValue(), (header >> 5 & 3) != 0);
        }
    }

    private void picture(NalBits in) {
        int id = in.most(255, "pic_parameter_set_id");
        int sequence = in.most(31, "seq_parameter_set_id");
        in.flag("entropy_coding_mode_flag");
        boolean bottomOrder = in.flag("bottom_field_pic_order_in_frame_present_flag");
        in.most(0, "num_slice_groups_minus1"); // JCodec would make room for all macroblocks that a unit claims
        int references0 = in.most(MOST_REFERENCES - 1, "num_ref_idx_l0_default_active_minus1") + 1;
        int references1 = in.most(MOST_REFERENCES - 1, "num_ref_idx_l1_default_active_minus1") + 1;
        boolean weighted = in.flag("weighted_pred_flag");
        int weightedB = in.bits(2, "weighted_bipred_idc");
        in.golomb("pic_init_qp_minus26");
        in.golomb("pic_init_qs_minus26");
        in.golomb("chroma_qp_index_offset");
        in.bits(2, "deblocking_filter_control_present_flag");
        boolean redundant = in.flag("redundant_pic_cnt_present_flag");
        pictures.put(id, new Picture(sequence, bottomOrder, references0, references1, weighted, weightedB, redundant));
    }

    private void slice(NalBits in, boolean idr, boolean reference) {
        in.golomb("first_mb_in_slice");
        int type = in.most(9, "slice_type") % 5;
        int id = in.most(255, "pic_parameter_set_id");
        Picture picture = pictures.get(id);
        ParameterSetCheck.Sequence sequence = picture == null ? null : sequences.get(picture.sequence());
        if (sequence == null) {
            throw JcodecDecoder.error("pic_parameter_set_id", String.valueOf(id), "a set that was sent before");
        }
        in.bits(sequence.frameNumBits(), "frame_num");
        if (idr) {
            in.golomb("idr_pic_id");
        }
        if (sequence.orderType() == 0) {
            in.bits(sequence.orderBits(), "pic_order_cnt_lsb");
            if (picture.bottomOrder()) {
                in.golomb("delta_pic_order_cnt_bottom");
            }
        } else if (sequence.orderType() == 1 && !sequence.orderAlwaysZero()) {
            in.golomb("delta_pic_order_cnt");
            if (picture.bottomOrder()) {
                in.golomb("delta_pic_order_cnt");
            }
        }
        if (picture.redundant()) {
            in.golomb("redundant_pic_cnt");
        }
        if (type != INTRA && type != SWITCHING_I) {
            references(in, picture, type == SWITCHING_B);
        }
        if (reference) {
            marking(in, idr);
        }
    }

    private static void references(NalBits in, Picture picture, boolean b) {
        if (b) {
            in.flag("direct_spatial_mv_pred_flag");
        }
        int references0 = picture.references0();
        int references1 = picture.references1();
        if (in.flag("num_ref_idx_active_override_flag")) {
            references0 = in.most(MOST_REFERENCES - 1, "num_ref_idx_l0_active_minus1") + 1;
            if (b) {
                references1 = in.most(MOST_REFERENCES - 1, "num_ref_idx_l1_active_minus1") + 1;
            }
        }
        modification(in);
        if (b) {
            modification(in);
        }
        if (b ? picture.weightedB() == 1 : picture.weighted()) {
            in.golomb("luma_log2_weight_denom");
            in.golomb("chroma_log2_weight_denom");
            weights(in, references0);
            if (b) {
                weights(in, references1);
            }
        }
    }

    private static void modification(NalBits in) {
        if (!in.flag("ref_pic_list_modification_flag")) {
            return;
        }
        for (int i = 0; i < LONGEST_LIST; i++) {
            if (in.most(3, "modification_of_pic_nums_idc") == 3) {
                return;
            }
            in.golomb("abs_diff_pic_num_minus1");
        }
        throw JcodecDecoder.error(
                "modification_of_pic_nums_idc", LONGEST_LIST + " entries", "3 behind as many as there are references");
    }

    private static void weights(NalBits in, int references) {
        for (int i = 0; i < references; i++) {
            for (int values = 2; values <= 4; values += 2) { // luma, then chroma
                if (in.flag("luma_weight_flag")) {
                    for (int value = 0; value < values; value++) {
                        in.golomb("luma_weight");
                    }
                }
            }
        }
    }

    private static void marking(NalBits in, boolean idr) {
        if (idr) {
            in.bits(2, "no_output_of_prior_pics_flag");
            return;
        }
        if (!in.flag("adaptive_ref_pic_marking_mode_flag")) {
            return;
        }
        for (int i = 0; i < LONGEST_LIST; i++) {
            int operation = in.most(6, "memory_management_control_operation");
            if (operation == 0) {
                return;
            }
            if (operation != 5) {
                in.golomb("difference_of_pic_nums_minus1");
            }
            if (operation == 3) {
                in.golomb("long_term_frame_idx");
            }
        }
        throw JcodecDecoder.error(
                "memory_management_control_operation", LONGEST_LIST + " operations", "0 behind the last one");
    }
}
