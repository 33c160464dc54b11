package porthole.graphics.h264.software;

/** What stands before the macroblocks of a slice; one object serves all slices. ITU-T H.264 7.3.3 and 7.4.3. */
final class SliceHeader {
    static final int P = 0;
    static final int B = 1;
    static final int I = 2;
    /** As many entries as a list can have where two fields make a frame, and its end. */
    static final int MOST_MODIFICATIONS = 66;

    private static final String CLAUSE = "7.4.3";

    SequenceParameterSet sps;
    PictureParameterSet pps;
    boolean idr;
    int nalRefIdc;
    int firstMbInSlice;
    int sliceType;
    int frameNum;
    int idrPicId;
    int picOrderCntLsb;
    int deltaPicOrderCntBottom;
    final int[] deltaPicOrderCnt = new int[2];
    int redundantPicCnt;
    boolean directSpatialMvPred;
    /** Active reference indices by list. */
    final int[] numRefIdxActive = new int[2];

    /** Pairs of modification_of_pic_nums_idc and its number, by list. 7.3.3.1. */
    final int[][] modifications = new int[2][2 * MOST_MODIFICATIONS];

    final int[] modificationCount = new int[2];
    final PredictionWeights weights = new PredictionWeights();
    boolean longTermReference;
    boolean adaptiveRefPicMarkingMode;
    /** Triples of memory_management_control_operation and its numbers. 7.3.3.3. */
    final int[] markings = new int[3 * MOST_MODIFICATIONS];

    int markingCount;
    int cabacInitIdc;
    int sliceQp;
    int disableDeblockingFilterIdc;
    /** FilterOffsetA and FilterOffsetB. */
    int filterOffsetA;

    int filterOffsetB;

    /** Reads up to slice_data. */
    void read(
            BitReader in, boolean isIdr, int refIdc, SequenceParameterSet[] sequences, PictureParameterSet[] pictures) {
        idr = isIdr;
        nalRefIdc = refIdc;
        firstMbInSlice = in.unsigned(Integer.MAX_VALUE - 1, "first_mb_in_slice", CLAUSE);
        sliceType = in.unsigned(9, "slice_type", CLAUSE) % 5;
        if (sliceType > I || idr && sliceType != I) {
            throw Syntax.error(
                    "slice_type", sliceType, idr ? "I in an IDR picture" : "P, B or I, no switching slices", CLAUSE);
        }
        int id = in.unsigned(PictureParameterSet.MOST - 1, "pic_parameter_set_id", CLAUSE);
        pps = pictures[id];
        sps = pps == null ? null : sequences[pps.sequenceId];
        if (sps == null) {
            throw Syntax.error("pic_parameter_set_id", id, "a parameter set that was sent before", CLAUSE);
        }
        if (firstMbInSlice >= sps.widthInMbs * sps.heightInMbs) {
            throw Syntax.error("first_mb_in_slice", firstMbInSlice, "a macroblock of the picture", CLAUSE);
        }
        frameNum = in.bits(sps.frameNumBits, "frame_num");
        if (!sps.frameMbsOnly && in.flag("field_pic_flag")) {
            throw Syntax.error("field_pic_flag", 1, "0, pictures of whole frames", CLAUSE);
        }
        idrPicId = idr ? in.unsigned(65_535, "idr_pic_id", CLAUSE) : -1;
        order(in);
        redundantPicCnt = pps.redundantPicCntPresent ? in.unsigned(127, "redundant_pic_cnt", CLAUSE) : 0;
        references(in);
        longTermReference = false;
        adaptiveRefPicMarkingMode = false;
        markingCount = 0;
        if (nalRefIdc != 0) {
            marking(in);
        }
        cabacInitIdc = pps.entropyCodingMode && sliceType != I ? 1 + in.unsigned(2, "cabac_init_idc", CLAUSE) : 0;
        sliceQp = pps.picInitQp + in.signed(-51, 51, "slice_qp_delta", CLAUSE);
        if (sliceQp < 0 || sliceQp >= LevelScale.QUANTISERS) {
            throw Syntax.error("slice_qp_delta", "quantiser " + sliceQp, "0 to 51", CLAUSE);
        }
        deblocking(in);
    }

    private void order(BitReader in) {
        picOrderCntLsb = 0;
        deltaPicOrderCntBottom = 0;
        deltaPicOrderCnt[0] = 0;
        deltaPicOrderCnt[1] = 0;
        if (sps.picOrderCntType == 0) {
            picOrderCntLsb = in.bits(sps.picOrderCntLsbBits, "pic_order_cnt_lsb");
            if (pps.bottomFieldPicOrderPresent) {
                deltaPicOrderCntBottom = in.longSigned("delta_pic_order_cnt_bottom");
            }
        } else if (sps.picOrderCntType == 1 && !sps.deltaPicOrderAlwaysZero) {
            deltaPicOrderCnt[0] = in.longSigned("delta_pic_order_cnt");
            if (pps.bottomFieldPicOrderPresent) {
                deltaPicOrderCnt[1] = in.longSigned("delta_pic_order_cnt");
            }
        }
    }

    private void references(BitReader in) {
        numRefIdxActive[0] = 0;
        numRefIdxActive[1] = 0;
        modificationCount[0] = 0;
        modificationCount[1] = 0;
        weights.none();
        if (sliceType == I) {
            return;
        }
        directSpatialMvPred = sliceType == B && in.flag("direct_spatial_mv_pred_flag");
        numRefIdxActive[0] = pps.numRefIdxL0Default;
        numRefIdxActive[1] = sliceType == B ? pps.numRefIdxL1Default : 0;
        if (in.flag("num_ref_idx_active_override_flag")) {
            int most = PictureParameterSet.MOST_REFERENCES - 1;
            numRefIdxActive[0] = 1 + in.unsigned(most, "num_ref_idx_l0_active_minus1", CLAUSE);
            if (sliceType == B) {
                numRefIdxActive[1] = 1 + in.unsigned(most, "num_ref_idx_l1_active_minus1", CLAUSE);
            }
        }
        for (int list = 0; list < (sliceType == B ? 2 : 1); list++) {
            if (in.flag("ref_pic_list_modification_flag")) {
                modification(in, list);
            }
        }
        if (sliceType == P ? pps.weightedPred : pps.weightedBipredIdc == 1) {
            weights.read(in, numRefIdxActive, sps.monochrome);
        } else if (sliceType == B && pps.weightedBipredIdc == 2) {
            weights.implicit();
        }
    }

    private void modification(BitReader in, int list) {
        for (int i = 0; i < MOST_MODIFICATIONS; i++) {
            int operation = in.unsigned(3, "modification_of_pic_nums_idc", "7.4.3.1");
            if (operation == 3) {
                modificationCount[list] = i;
                return;
            }
            modifications[list][2 * i] = operation;
            modifications[list][2 * i + 1] = in.unsigned(1 << 17, "abs_diff_pic_num_minus1", "7.4.3.1");
        }
        throw Syntax.error("modification_of_pic_nums_idc", MOST_MODIFICATIONS + " entries", "3 behind them", "7.4.3.1");
    }

    private void marking(BitReader in) {
        if (idr) {
            in.flag("no_output_of_prior_pics_flag");
            longTermReference = in.flag("long_term_reference_flag");
            return;
        }
        adaptiveRefPicMarkingMode = in.flag("adaptive_ref_pic_marking_mode_flag");
        while (adaptiveRefPicMarkingMode) {
            int operation = in.unsigned(6, "memory_management_control_operation", "7.4.3.3");
            if (operation == 0) {
                return;
            }
            if (markingCount == MOST_MODIFICATIONS) {
                throw Syntax.error(
                        "memory_management_control_operation",
                        markingCount + " operations",
                        "0 behind them",
                        "7.4.3.3");
            }
            int at = 3 * markingCount++;
            markings[at] = operation;
            markings[at + 1] = operation == 5 ? 0 : in.unsigned(1 << 17, "difference_of_pic_nums_minus1", "7.4.3.3");
            markings[at + 2] = operation == 3 ? in.unsigned(16, "long_term_frame_idx", "7.4.3.3") : 0;
        }
    }

    private void deblocking(BitReader in) {
        disableDeblockingFilterIdc = 0;
        filterOffsetA = 0;
        filterOffsetB = 0;
        if (pps.deblockingFilterControlPresent) {
            disableDeblockingFilterIdc = in.unsigned(2, "disable_deblocking_filter_idc", CLAUSE);
            if (disableDeblockingFilterIdc != 1) {
                filterOffsetA = 2 * in.signed(-6, 6, "slice_alpha_c0_offset_div2", CLAUSE);
                filterOffsetB = 2 * in.signed(-6, 6, "slice_beta_offset_div2", CLAUSE);
            }
        }
    }

    boolean hasOperation5() {
        for (int i = 0; i < markingCount; i++) {
            if (markings[3 * i] == 5) {
                return true;
            }
        }
        return false;
    }
}
