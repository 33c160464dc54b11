package porthole.graphics.h264.software;

/** Syntax elements as CABAC binarizes them, with the contexts that neighbours choose. ITU-T H.264 9.3.2 and 9.3.3.1. */
final class Cabac implements Entropy {
    private static final int LARGEST_REF_IDX = 31;
    private static final int LARGEST_QP_DELTA_CODE = 2 * LevelScale.QUANTISERS;
    private static final int LONGEST_SUFFIX = 24;
    private static final int SKIP_P = 11;
    private static final int SKIP_B = 24;
    /** By category, as ctxIdx of the first one; those of 8x8 blocks less what is left out of the tables. */
    private static final int[] CODED_BLOCK_FLAG = {85, 89, 93, 97, 101};

    private static final int[] SIGNIFICANT = {105, 120, 134, 149, 152, 402 - CabacTables.LEFT_OUT};
    private static final int[] LAST = {166, 181, 195, 210, 213, 417 - CabacTables.LEFT_OUT};
    private static final int[] LEVEL = {227, 237, 247, 257, 266, 426 - CabacTables.LEFT_OUT};
    private static final int TRANSFORM_SIZE = 399 - CabacTables.LEFT_OUT;
    /** Table 9-43, frame coded. */
    private static final byte[] SIGNIFICANT_8X8 = {
        0, 1, 2, 3, 4, 5, 5, 4, 4, 3, 3, 4, 4, 4, 5, 5, 4, 4, 4, 4, 3, 3, 6, 7, 7, 7, 8, 9, 10, 9, 8, 7, //
        7, 6, 11, 12, 13, 11, 6, 7, 8, 9, 14, 10, 9, 8, 6, 11, 12, 13, 11, 6, 9, 14, 10, 9, 11, 12, 13, 11, 14, 10, 12
    };

    private static final byte[] LAST_8X8 = {
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, //
        3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8
    };

    private final CabacDecoder decoder = new CabacDecoder();
    private final BitReader in;
    private final Macroblock mb;
    private final int[] positions = new int[64];

    Cabac(BitReader in, Macroblock mb) {
        this.in = in;
        this.mb = mb;
    }

    /** 9.3.1. */
    void begin(SliceHeader slice) {
        in.moveTo(in.position() + 7 & ~7); // cabac_alignment_one_bit
        decoder.reset(slice.cabacInitIdc, slice.sliceQp);
        decoder.begin(in);
    }

    /** @throws porthole.protocol.failure.WireException where the slice ended too early */
    void checkEnd() {
        in.moveTo(decoder.position());
        if (in.position() > in.end() + 1) { // the engine takes rbsp_stop_one_bit, too
            throw Syntax.error("slice_data", in.length(), in.length() + " octets", "more of them", "7.3.4");
        }
    }

    boolean endOfSlice() {
        return decoder.terminate();
    }

    /** mb_skip_flag. */
    boolean isSkipped(boolean b) {
        int context = (b ? SKIP_B : SKIP_P) + notSkipped(mb.left) + notSkipped(mb.top);
        return decoder.decision(context) != 0;
    }

    private int notSkipped(int neighbour) {
        return neighbour >= 0 && mb.state.type[neighbour] != PictureState.SKIP ? 1 : 0;
    }

    @Override
    public int mbType() {
        if (mb.slice.sliceType == SliceHeader.I) {
            int context = 3 + notNxN(mb.left) + notNxN(mb.top);
            return decoder.decision(context) == 0 ? 0 : intra16x16(5, 1);
        }
        return mb.slice.sliceType == SliceHeader.P ? mbTypeP() : mbTypeB();
    }

    private int notNxN(int neighbour) {
        return neighbour >= 0 && mb.state.type[neighbour] != PictureState.INTRA_NXN ? 1 : 0;
    }

    private int intraInInter(int context) {
        return decoder.decision(context) == 0 ? 0 : intra16x16(context, 0);
    }

    /** @param more 1 where each bin has a context of its own */
    private int intra16x16(int context, int more) {
        if (decoder.terminate()) {
            return MacroblockParser.I_PCM;
        }
        int type = 1 + 12 * decoder.decision(context + 1);
        if (decoder.decision(context + 2) != 0) {
            type += 4 + 4 * decoder.decision(context + 2 + more);
        }
        type += 2 * decoder.decision(context + 3 + more);
        return type + decoder.decision(context + 3 + 2 * more);
    }

    private int mbTypeP() {
        if (decoder.decision(14) != 0) {
            return MacroblockParser.INTRA_IN_P + intraInInter(17);
        }
        if (decoder.decision(15) == 0) {
            return 3 * decoder.decision(16);
        }
        return 2 - decoder.decision(17);
    }

    private int mbTypeB() {
        int context = 27 + notDirect(mb.left) + notDirect(mb.top);
        if (decoder.decision(context) == 0) {
            return 0;
        }
        if (decoder.decision(27 + 3) == 0) {
            return 1 + decoder.decision(27 + 5);
        }
        int bits = decoder.decision(27 + 4) << 3;
        bits |= decoder.decision(27 + 5) << 2;
        bits |= decoder.decision(27 + 5) << 1;
        bits |= decoder.decision(27 + 5);
        if (bits < 8) {
            return bits + 3;
        }
        return switch (bits) {
            case 13 -> MacroblockParser.INTRA_IN_B + intraInInter(32);
            case 14 -> 11;
            case 15 -> MacroblockParser.B_8X8;
            default -> (bits << 1 | decoder.decision(27 + 5)) - 4;
        };
    }

    private int notDirect(int neighbour) {
        if (neighbour < 0 || mb.state.type[neighbour] == PictureState.SKIP) {
            return 0;
        }
        return mb.state.directWhole[neighbour] ? 0 : 1;
    }

    @Override
    public int subMbType() {
        if (mb.slice.sliceType == SliceHeader.P) {
            if (decoder.decision(21) != 0) {
                return 0;
            }
            if (decoder.decision(22) == 0) {
                return 1;
            }
            return decoder.decision(23) != 0 ? 2 : 3;
        }
        if (decoder.decision(36) == 0) {
            return 0;
        }
        if (decoder.decision(37) == 0) {
            return 1 + decoder.decision(39);
        }
        int type = 3;
        if (decoder.decision(38) != 0) {
            if (decoder.decision(39) != 0) {
                return 11 + decoder.decision(39);
            }
            type += 4;
        }
        type += 2 * decoder.decision(39);
        return type + decoder.decision(39);
    }

    @Override
    public int refIdx(int list, int at, int most) {
        int context = refersFurther(list, at - 1) + 2 * refersFurther(list, at - Macroblock.ROW);
        int ref = 0;
        while (decoder.decision(54 + context) != 0) {
            ref++;
            context = (context >> 2) + 4;
            if (ref > LARGEST_REF_IDX) {
                throw Syntax.error("ref_idx_l0", ref, "at most " + most, "7.4.5.1");
            }
        }
        return ref;
    }

    private int refersFurther(int list, int at) {
        boolean direct = mb.slice.sliceType == SliceHeader.B && mb.direct[at] != 0;
        return mb.refIdx[list][at] > 0 && !direct ? 1 : 0;
    }

    @Override
    public int mvd(int list, int at, int vertical) {
        int shift = 8 * vertical;
        short[] grid = mb.mvd[list];
        int sum = (grid[at - 1] >> shift & 0xFF) + (grid[at - Macroblock.ROW] >> shift & 0xFF);
        int base = 40 + 7 * vertical;
        if (decoder.decision(base + (sum < 3 ? 0 : sum > 32 ? 2 : 1)) == 0) {
            return 0;
        }
        int value = 1;
        int context = 3;
        while (value < 9 && decoder.decision(base + context) != 0) {
            value++;
            context = Math.min(6, context + 1);
        }
        if (value == 9) {
            value += suffix(3, "mvd_l0");
        }
        return decoder.bypass() != 0 ? -value : value;
    }

    /** 9.3.2.3: Exp-Golomb of order k. */
    private int suffix(int order, String field) {
        int k = order;
        int value = 0;
        while (decoder.bypass() != 0) {
            value += 1 << k++;
            if (k > LONGEST_SUFFIX) {
                throw Syntax.error(field, "a longer code", LONGEST_SUFFIX + " bits", "9.3.2.3");
            }
        }
        while (k-- > 0) {
            value += decoder.bypass() << k;
        }
        return value;
    }

    @Override
    public int intraMode() {
        if (decoder.decision(68) != 0) {
            return -1;
        }
        int mode = decoder.decision(69);
        mode |= decoder.decision(69) << 1;
        return mode | decoder.decision(69) << 2;
    }

    @Override
    public int intraChromaPredMode() {
        int context = 64 + chromaPredicted(mb.left) + chromaPredicted(mb.top);
        if (decoder.decision(context) == 0) {
            return 0;
        }
        if (decoder.decision(67) == 0) {
            return 1;
        }
        return decoder.decision(67) == 0 ? 2 : 3;
    }

    private int chromaPredicted(int neighbour) {
        return neighbour >= 0 && mb.state.intraChromaMode[neighbour] != 0 ? 1 : 0;
    }

    @Override
    public int codedBlockPattern() {
        int left = mb.left < 0 ? 0x0F : mb.state.codedBlockPattern[mb.left];
        int top = mb.top < 0 ? 0x0F : mb.state.codedBlockPattern[mb.top];
        int pattern = decoder.decision(73 + (~left >> 1 & 1) + (~top >> 1 & 2));
        pattern |= decoder.decision(73 + (~pattern & 1) + (~top >> 2 & 2)) << 1;
        pattern |= decoder.decision(73 + (~left >> 3 & 1) + (~pattern << 1 & 2)) << 2;
        pattern |= decoder.decision(73 + (~pattern >> 2 & 1) + (~pattern & 2)) << 3;
        if (mb.slice.sps.monochrome) {
            return pattern;
        }
        int chromaLeft = left >> 4;
        int chromaTop = top >> 4;
        if (decoder.decision(77 + (chromaLeft != 0 ? 1 : 0) + (chromaTop != 0 ? 2 : 0)) != 0) {
            int context = 81 + (chromaLeft == 2 ? 1 : 0) + (chromaTop == 2 ? 2 : 0);
            pattern |= 16 << decoder.decision(context);
        }
        return pattern;
    }

    @Override
    public boolean transformSize8x8Flag() {
        int context = TRANSFORM_SIZE + transformed8x8(mb.left) + transformed8x8(mb.top);
        return decoder.decision(context) != 0;
    }

    private int transformed8x8(int neighbour) {
        return neighbour >= 0 && mb.state.transform8x8[neighbour] ? 1 : 0;
    }

    @Override
    public int mbQpDelta() {
        int context = mb.lastHadQpDelta ? 1 : 0;
        int code = 0;
        while (decoder.decision(60 + context) != 0) {
            context = 2 + (context >> 1);
            code++;
            if (code > LARGEST_QP_DELTA_CODE) {
                throw Syntax.error("mb_qp_delta", code, "at most " + LARGEST_QP_DELTA_CODE, "7.4.5");
            }
        }
        return (code & 1) != 0 ? code + 1 >> 1 : -(code >> 1);
    }

    @Override
    public int residual(
            int category, int at, int[] to, int base, byte[] scan, int first, int last, int[] scale, int shift) {
        boolean dc = category == LUMA_DC || category == CHROMA_DC;
        int flag = dc ? codedDc(at) : codedBlock(at - 1) + 2 * codedBlock(at - Macroblock.ROW);
        if (decoder.decision(CODED_BLOCK_FLAG[category] + flag) == 0) {
            return 0;
        }
        int count = coefficients(category, to, base, scan, first, last, scale, shift);
        if (dc) {
            mb.codedDc |= 1 << at;
        } else {
            mb.nonZero[at] = (byte) count;
        }
        return count;
    }

    /** 9.3.3.1.1.9. */
    private int codedDc(int plane) {
        int missing = mb.intra ? 1 : 0;
        int left = mb.left < 0 ? missing : mb.state.codedDc[mb.left] >> plane & 1;
        int top = mb.top < 0 ? missing : mb.state.codedDc[mb.top] >> plane & 1;
        return left + 2 * top;
    }

    private int codedBlock(int at) {
        int count = mb.nonZero[at];
        if (count == Macroblock.NO_BLOCK) {
            return mb.intra ? 1 : 0;
        }
        return count != 0 ? 1 : 0;
    }

    private int coefficients(
            int category, int[] to, int base, byte[] scan, int first, int last, int[] scale, int shift) {
        int significant = SIGNIFICANT[category];
        int lastContext = LAST[category];
        boolean of8x8 = category == LUMA_8X8;
        int found = 0;
        int end = last - first - 1;
        int i = 0;
        while (i < end) {
            int inc = of8x8 ? SIGNIFICANT_8X8[i] : category == CHROMA_DC ? Math.min(i, 2) : i;
            if (decoder.decision(significant + inc) != 0) {
                positions[found++] = i;
                int lastInc = of8x8 ? LAST_8X8[i] : category == CHROMA_DC ? Math.min(i, 2) : i;
                if (decoder.decision(lastContext + lastInc) != 0) {
                    break;
                }
            }
            i++;
        }
        if (i == end) {
            positions[found++] = end;
        }
        int ones = 0;
        int more = 0;
        int level = LEVEL[category];
        int mostMore = category == CHROMA_DC ? 3 : 4;
        int round = 1 << shift >> 1;
        for (int n = found - 1; n >= 0; n--) {
            int magnitude = 1;
            if (decoder.decision(level + (more != 0 ? 0 : Math.min(4, 1 + ones))) == 0) {
                ones++;
            } else {
                int context = level + 5 + Math.min(mostMore, more);
                magnitude = 2;
                while (magnitude < 15 && decoder.decision(context) != 0) {
                    magnitude++;
                }
                if (magnitude == 15) {
                    magnitude += suffix(0, "coeff_abs_level_minus1");
                }
                more++;
            }
            int place = scan[first + positions[n]];
            int value = decoder.bypass() != 0 ? -magnitude : magnitude;
            to[base + place] = value * scale[place] + round >> shift;
        }
        return found;
    }

    @Override
    public void residual8x8(int at, int[] to, int base, int[] scale) {
        int all = coefficients(LUMA_8X8, to, base, ScalingLists.ZIGZAG_8X8, 0, 64, scale, LevelScale.SHIFT_8X8);
        byte count = (byte) Math.min(16, all);
        mb.nonZero[at] = count;
        mb.nonZero[at + 1] = count;
        mb.nonZero[at + Macroblock.ROW] = count;
        mb.nonZero[at + Macroblock.ROW + 1] = count;
    }

    @Override
    public void beginPcm() {
        in.moveTo(decoder.position() + 7 & ~7);
    }

    @Override
    public void endPcm() {
        decoder.begin(in);
    }
}
