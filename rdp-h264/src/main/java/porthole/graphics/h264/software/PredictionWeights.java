package porthole.graphics.h264.software;

/** How predictions from references are weighted. ITU-T H.264 7.3.3.2 and 8.4.2.3. */
final class PredictionWeights {
    private static final int NONE = 0;
    private static final int EXPLICIT = 1;
    private static final int IMPLICIT = 2;
    private static final String CLAUSE = "7.4.3.2";
    private static final int REFERENCES = 32;

    private int mode;
    final int[] logDenominator = new int[3];
    /** By list, plane and reference index. */
    private final int[][][] weight = new int[2][3][REFERENCES];

    private final int[][][] offset = new int[2][3][REFERENCES];
    private final boolean[][][] given = new boolean[2][3][REFERENCES];
    /** Of the second reference, by both indices. */
    private final int[][] implicitWeight = new int[REFERENCES][REFERENCES];

    void none() {
        mode = NONE;
    }

    void implicit() {
        mode = IMPLICIT;
    }

    boolean isImplicit() {
        return mode == IMPLICIT;
    }

    boolean isExplicit() {
        return mode == EXPLICIT;
    }

    /** 7.3.3.2: pred_weight_table. */
    void read(BitReader in, int[] references, boolean monochrome) {
        mode = EXPLICIT;
        logDenominator[0] = in.unsigned(7, "luma_log2_weight_denom", CLAUSE);
        logDenominator[1] = monochrome ? 0 : in.unsigned(7, "chroma_log2_weight_denom", CLAUSE);
        logDenominator[2] = logDenominator[1];
        for (int list = 0; list < 2; list++) {
            for (int i = 0; i < references[list]; i++) {
                read(in, list, i, 0, 0, "luma_weight_l0");
                if (!monochrome) {
                    read(in, list, i, 1, 2, "chroma_weight_l0");
                }
            }
        }
    }

    private void read(BitReader in, int list, int index, int first, int last, String field) {
        boolean sent = in.flag(field);
        for (int plane = first; plane <= last; plane++) {
            given[list][plane][index] = sent;
            weight[list][plane][index] = sent ? in.signed(-128, 127, field, CLAUSE) : 1 << logDenominator[plane];
            offset[list][plane][index] = sent ? in.signed(-128, 127, field, CLAUSE) : 0;
        }
    }

    /** 8.4.2.3.1: the weights that follow from the distances of pictures. */
    void derive(Frame current, Frame[][] lists, int[] counts) {
        for (int i = 0; i < counts[0]; i++) {
            for (int j = 0; j < counts[1]; j++) {
                implicitWeight[i][j] = derive(current, lists[0][i], lists[1][j]);
            }
        }
    }

    private static int derive(Frame current, Frame first, Frame second) {
        if (first == null || second == null || first.isLongTerm() || second.isLongTerm()) {
            return 32;
        }
        if (second.pictureOrder == first.pictureOrder) {
            return 32;
        }
        int weight = Direct.scaleFactor(current, first, second) >> 2;
        return weight < -64 || weight > 128 ? 32 : weight;
    }

    int weight(int list, int plane, int index) {
        return weight[list][plane][index];
    }

    int offset(int list, int plane, int index) {
        return offset[list][plane][index];
    }

    /** Whether a prediction from this reference alone is more than a copy. */
    boolean isWeighted(int list, int plane, int index) {
        return mode == EXPLICIT && given[list][plane][index];
    }

    /** Whether a prediction from both is more than the mean. */
    boolean areWeighted(int plane, int index0, int index1) {
        return mode == IMPLICIT
                ? implicitWeight[index0][index1] != 32
                : mode == EXPLICIT && (given[0][plane][index0] || given[1][plane][index1]);
    }

    int implicitWeight(int index0, int index1) {
        return implicitWeight[index0][index1];
    }
}
