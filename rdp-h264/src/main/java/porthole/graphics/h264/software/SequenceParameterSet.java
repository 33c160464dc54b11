package porthole.graphics.h264.software;

import porthole.protocol.failure.WireException;

/** What the pictures of a sequence have in common; usability information is not read. ITU-T H.264 7.3.2.1.1 and 7.4.2.1.1. */
final class SequenceParameterSet {
    static final int MOST = 32;
    static final String CLAUSE = "7.4.2.1.1";
    private static final int MOST_REFERENCES = 16;
    private static final int MOST_ORDERS = 255;
    private static final long LARGEST_SIDE = 1 << 16;
    /** MaxDpbMbs of level 5.2: what references may take where the pixel budget is smaller. */
    private static final long REFERENCE_MACROBLOCKS = 184_320;

    int profileIdc;
    int id;
    boolean monochrome;
    /** Null where the picture parameter set falls back on the default lists. */
    ScalingLists scalingLists;

    int frameNumBits;
    int picOrderCntType;
    int picOrderCntLsbBits;
    boolean deltaPicOrderAlwaysZero;
    int offsetForNonRefPic;
    int offsetForTopToBottomField;
    int[] offsetForRefFrame = new int[0];
    int maxNumRefFrames;
    boolean gapsInFrameNumAllowed;
    int widthInMbs;
    int heightInMbs;
    boolean frameMbsOnly;
    boolean direct8x8Inference;
    /** What is shown, in luma samples. */
    int cropLeft;

    int cropTop;
    int width;
    int height;

    private SequenceParameterSet() {}

    static SequenceParameterSet read(BitReader in, long maximumPixels) {
        SequenceParameterSet sps = new SequenceParameterSet();
        sps.profileIdc = in.bits(8, "profile_idc");
        in.bits(16, "level_idc");
        sps.id = in.unsigned(MOST - 1, "seq_parameter_set_id", CLAUSE);
        if (hasChromaFormat(sps.profileIdc)) {
            sps.chroma(in);
        }
        sps.frameNumBits = 4 + in.unsigned(12, "log2_max_frame_num_minus4", CLAUSE);
        sps.order(in);
        sps.maxNumRefFrames = in.unsigned(MOST_REFERENCES, "max_num_ref_frames", CLAUSE);
        sps.gapsInFrameNumAllowed = in.flag("gaps_in_frame_num_value_allowed_flag");
        sps.size(in, maximumPixels);
        return sps;
    }

    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private void chroma(BitReader in) {
        int format = in.unsigned(3, "chroma_format_idc", CLAUSE);
        if (format > 1) {
            throw refused("chroma_format_idc", format, "0 or 1, monochrome or 4:2:0");
        }
        monochrome = format == 0;
        int luma = 8 + in.unsigned(6, "bit_depth_luma_minus8", CLAUSE);
        int chroma = 8 + in.unsigned(6, "bit_depth_chroma_minus8", CLAUSE);
        if (luma != 8 || chroma != 8) {
            throw refused("bit_depth_luma_minus8", luma + " and " + chroma + " bits", "8 bits a sample");
        }
        if (in.flag("qpprime_y_zero_transform_bypass_flag")) {
            throw refused("qpprime_y_zero_transform_bypass_flag", 1, "0, no lossless macroblocks");
        }
        if (in.flag("seq_scaling_matrix_present_flag")) {
            scalingLists = ScalingLists.read(in, null, 2, 2);
        }
    }

    private WireException refused(String field, Object seen, String rule) {
        return Syntax.error(field, seen + " in profile " + profileIdc, rule, CLAUSE);
    }

    private void order(BitReader in) {
        picOrderCntType = in.unsigned(2, "pic_order_cnt_type", CLAUSE);
        if (picOrderCntType == 0) {
            picOrderCntLsbBits = 4 + in.unsigned(12, "log2_max_pic_order_cnt_lsb_minus4", CLAUSE);
        } else if (picOrderCntType == 1) {
            deltaPicOrderAlwaysZero = in.flag("delta_pic_order_always_zero_flag");
            offsetForNonRefPic = in.longSigned("offset_for_non_ref_pic");
            offsetForTopToBottomField = in.longSigned("offset_for_top_to_bottom_field");
            offsetForRefFrame = new int[in.unsigned(MOST_ORDERS, "num_ref_frames_in_pic_order_cnt_cycle", CLAUSE)];
            for (int i = 0; i < offsetForRefFrame.length; i++) {
                offsetForRefFrame[i] = in.longSigned("offset_for_ref_frame");
            }
        }
    }

    private void size(BitReader in, long maximumPixels) {
        long widthMbs = in.golomb() + 1L;
        long mapUnits = in.golomb() + 1L;
        frameMbsOnly = in.flag("frame_mbs_only_flag");
        long heightMbs = frameMbsOnly ? mapUnits : 2 * mapUnits;
        if (!frameMbsOnly && in.flag("mb_adaptive_frame_field_flag")) {
            throw refused("mb_adaptive_frame_field_flag", 1, "0, macroblocks of whole frames");
        }
        direct8x8Inference = in.flag("direct_8x8_inference_flag");
        long left = 0;
        long right = 0;
        long top = 0;
        long bottom = 0;
        if (in.flag("frame_cropping_flag")) {
            left = in.golomb();
            right = in.golomb();
            top = in.golomb();
            bottom = in.golomb();
            in.checkEnd("frame_crop_bottom_offset");
        }
        int unitX = monochrome ? 1 : 2;
        int unitY = (monochrome ? 1 : 2) * (frameMbsOnly ? 1 : 2);
        if (widthMbs * 16 > LARGEST_SIDE || heightMbs * 16 > LARGEST_SIDE) {
            throw tooLarge(widthMbs * 16, heightMbs * 16, maximumPixels);
        }
        long shownWidth = widthMbs * 16 - (left + right) * unitX;
        long shownHeight = heightMbs * 16 - (top + bottom) * unitY;
        if (shownWidth < 1 || shownHeight < 1) {
            throw Syntax.error(
                    "frame_crop_left_offset", shownWidth + " x " + shownHeight + " left", "some pixels", CLAUSE);
        }
        // a picture is less than a macroblock larger on each side than what is to be shown
        if (shownWidth * shownHeight > maximumPixels || (widthMbs - 1) * (heightMbs - 1) * 256 > maximumPixels) {
            throw tooLarge(shownWidth, shownHeight, maximumPixels);
        }
        long references = maxNumRefFrames * widthMbs * heightMbs;
        long most = Math.max(REFERENCE_MACROBLOCKS, 4 * (maximumPixels >> 8));
        if (references > most) {
            throw Syntax.error(
                    "max_num_ref_frames",
                    maxNumRefFrames + " of " + widthMbs + " x " + heightMbs + " macroblocks",
                    "at most " + most + " macroblocks",
                    "A.3.1");
        }
        widthInMbs = (int) widthMbs;
        heightInMbs = (int) heightMbs;
        cropLeft = (int) left * unitX;
        cropTop = (int) top * unitY;
        width = (int) shownWidth;
        height = (int) shownHeight;
    }

    private static WireException tooLarge(long width, long height, long maximumPixels) {
        return Syntax.error(
                "pic_width_in_mbs_minus1", width + " x " + height, "at most " + maximumPixels + " pixels", CLAUSE);
    }

    /** Whether frames of the other one can be used for this one's. */
    boolean isSameSize(SequenceParameterSet other) {
        return widthInMbs == other.widthInMbs && heightInMbs == other.heightInMbs;
    }
}
