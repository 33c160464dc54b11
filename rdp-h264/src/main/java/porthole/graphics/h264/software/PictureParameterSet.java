package porthole.graphics.h264.software;

/** What slices of pictures have in common. ITU-T H.264 7.3.2.2 and 7.4.2.2. */
final class PictureParameterSet {
    static final int MOST = 256;
    static final int MOST_REFERENCES = 32;
    private static final String CLAUSE = "7.4.2.2";
    /** QPC by qPI from 30 on. Table 8-15. */
    private static final byte[] CHROMA_QP = {
        29, 30, 31, 32, 32, 33, 34, 34, 35, 35, 36, 36, 37, 37, 37, 38, 38, 38, 39, 39, 39, 39
    };

    int id;
    int sequenceId;
    boolean entropyCodingMode;
    boolean bottomFieldPicOrderPresent;
    int numRefIdxL0Default;
    int numRefIdxL1Default;
    boolean weightedPred;
    int weightedBipredIdc;
    int picInitQp;
    boolean deblockingFilterControlPresent;
    boolean constrainedIntraPred;
    boolean redundantPicCntPresent;
    boolean transform8x8Mode;
    /** QPC by QPY, for Cb and Cr. */
    final byte[][] chromaQp = new byte[2][LevelScale.QUANTISERS];

    private ScalingLists scalingLists;
    private LevelScale levelScale;

    private PictureParameterSet() {}

    /** @param sequences by identifier; the one that is named must have come before */
    static PictureParameterSet read(BitReader in, SequenceParameterSet[] sequences) {
        PictureParameterSet pps = new PictureParameterSet();
        pps.id = in.unsigned(MOST - 1, "pic_parameter_set_id", CLAUSE);
        pps.sequenceId = in.unsigned(SequenceParameterSet.MOST - 1, "seq_parameter_set_id", CLAUSE);
        pps.entropyCodingMode = in.flag("entropy_coding_mode_flag");
        pps.bottomFieldPicOrderPresent = in.flag("bottom_field_pic_order_in_frame_present_flag");
        int groups = in.unsigned(7, "num_slice_groups_minus1", CLAUSE);
        if (groups != 0) {
            throw Syntax.error("num_slice_groups_minus1", groups, "0, no flexible macroblock ordering", CLAUSE);
        }
        pps.numRefIdxL0Default = 1 + in.unsigned(MOST_REFERENCES - 1, "num_ref_idx_l0_default_active_minus1", CLAUSE);
        pps.numRefIdxL1Default = 1 + in.unsigned(MOST_REFERENCES - 1, "num_ref_idx_l1_default_active_minus1", CLAUSE);
        pps.weightedPred = in.flag("weighted_pred_flag");
        pps.weightedBipredIdc = in.bits(2, "weighted_bipred_idc");
        if (pps.weightedBipredIdc > 2) {
            throw Syntax.error("weighted_bipred_idc", 3, "0 to 2", CLAUSE);
        }
        pps.picInitQp = 26 + in.signed(-26, 25, "pic_init_qp_minus26", CLAUSE);
        in.signed(-26, 25, "pic_init_qs_minus26", CLAUSE);
        int cb = in.signed(-12, 12, "chroma_qp_index_offset", CLAUSE);
        int cr = cb;
        pps.deblockingFilterControlPresent = in.flag("deblocking_filter_control_present_flag");
        pps.constrainedIntraPred = in.flag("constrained_intra_pred_flag");
        pps.redundantPicCntPresent = in.flag("redundant_pic_cnt_present_flag");
        SequenceParameterSet sps = sequences[pps.sequenceId];
        pps.scalingLists = sps == null ? null : sps.scalingLists;
        if (in.hasMore()) {
            pps.transform8x8Mode = in.flag("transform_8x8_mode_flag");
            if (in.flag("pic_scaling_matrix_present_flag")) {
                pps.scalingLists = ScalingLists.read(in, pps.scalingLists, pps.transform8x8Mode ? 2 : 0, 0);
            }
            cr = in.signed(-12, 12, "second_chroma_qp_index_offset", CLAUSE);
        }
        for (int qp = 0; qp < LevelScale.QUANTISERS; qp++) {
            pps.chromaQp[0][qp] = chromaQp(qp + cb);
            pps.chromaQp[1][qp] = chromaQp(qp + cr);
        }
        return pps;
    }

    private static byte chromaQp(int index) {
        int clipped = Math.max(0, Math.min(LevelScale.QUANTISERS - 1, index));
        return clipped < 30 ? (byte) clipped : CHROMA_QP[clipped - 30];
    }

    /** Made at the first slice that needs it. */
    LevelScale levelScale() {
        if (levelScale == null) {
            levelScale = new LevelScale(scalingLists == null ? ScalingLists.flat() : scalingLists);
        }
        return levelScale;
    }
}
