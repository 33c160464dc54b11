package porthole.graphics.h264.software;

import porthole.protocol.failure.WireException;

/** Syntax elements in Exp-Golomb codes, and coefficients in CAVLC. ITU-T H.264 9.1 and 9.2. */
final class Cavlc implements Entropy {
    private static final byte[] INTERLEAVED = new byte[64];
    private static final int LONGEST_PREFIX = 25;

    static {
        for (int i = 0; i < 64; i++) { // 7.3.5.3.2: each fourth coefficient belongs to the same block
            INTERLEAVED[(i & 3) * 16 + (i >> 2)] = ScalingLists.ZIGZAG_8X8[i];
        }
    }

    private final BitReader in;
    private final Macroblock mb;
    private final int[] levels = new int[16];
    private final byte[] scan = new byte[16];

    Cavlc(BitReader in, Macroblock mb) {
        this.in = in;
        this.mb = mb;
    }

    @Override
    public int mbType() {
        return in.golomb();
    }

    @Override
    public int subMbType() {
        return in.golomb();
    }

    @Override
    public int refIdx(int list, int at, int most) {
        return most == 1 ? in.flag() ? 0 : 1 : in.golomb();
    }

    @Override
    public int mvd(int list, int at, int vertical) {
        return in.signedGolomb();
    }

    @Override
    public int intraMode() {
        return in.flag() ? -1 : in.bits(3);
    }

    @Override
    public int intraChromaPredMode() {
        return in.golomb();
    }

    @Override
    public int codedBlockPattern() {
        byte[] table;
        if (mb.slice.sps.monochrome) {
            table = mb.intra
                    ? CavlcTables.CODED_BLOCK_PATTERN_INTRA_MONOCHROME
                    : CavlcTables.CODED_BLOCK_PATTERN_INTER_MONOCHROME;
        } else {
            table = mb.intra ? CavlcTables.CODED_BLOCK_PATTERN_INTRA : CavlcTables.CODED_BLOCK_PATTERN_INTER;
        }
        int code = in.golomb();
        if (code >= table.length) {
            throw error("coded_block_pattern", code, "0 to " + (table.length - 1));
        }
        return table[code];
    }

    @Override
    public boolean transformSize8x8Flag() {
        return in.flag();
    }

    @Override
    public int mbQpDelta() {
        return in.signedGolomb();
    }

    private WireException error(String field, Object seen, String rule) {
        return Syntax.error(field, in.position() >>> 3, seen, rule, "9.2");
    }

    @Override
    public int residual(
            int category, int at, int[] to, int base, byte[] scan, int first, int last, int[] scale, int shift) {
        int token;
        if (category == CHROMA_DC) {
            long next = in.peek();
            int zeros = Math.min(7, Long.numberOfLeadingZeros(next));
            token = CavlcTables.COEFF_TOKEN_OF_CHROMA_DC[zeros * 8 + (int) (next << zeros + 1 >>> 61)];
        } else {
            token = coeffToken(category == LUMA_DC ? Macroblock.ORIGIN : at);
        }
        in.skip(token & CavlcTables.LENGTH);
        int total = token >> 7;
        if (category != CHROMA_DC && category != LUMA_DC) {
            mb.nonZero[at] = (byte) total;
        }
        if (total == 0) {
            if (token == 0) {
                throw error("coeff_token", "no code", "one of table 9-5");
            }
            return 0;
        }
        int count = last - first;
        if (total > count) {
            throw error("coeff_token", total, "at most " + count + " coefficients");
        }
        levels(total, token >> 5 & 3);
        int zeros = total == count ? 0 : totalZeros(category, total);
        int position = first + total - 1 + zeros;
        if (position >= last) {
            throw error("total_zeros", zeros, "at most " + (count - total));
        }
        int round = 1 << shift >> 1;
        for (int i = 0; ; i++) {
            int place = scan[position];
            to[base + place] = levels[i] * scale[place] + round >> shift;
            if (i == total - 1) {
                return total;
            }
            position--;
            if (zeros > 0) {
                int entry = CavlcTables.RUN_BEFORE_BY_ZEROS[Math.min(zeros, 7) - 1][
                        (int) (in.peek() >>> 64 - CavlcTables.RUN_BEFORE_BITS)];
                int run = entry >> 5;
                if (entry == 0 || run > zeros) {
                    throw error("run_before", run, "at most " + zeros);
                }
                in.skip(entry & CavlcTables.LENGTH);
                zeros -= run;
                position -= run;
            }
        }
    }

    /** 9.2.1. */
    private int coeffToken(int at) {
        int left = mb.nonZero[at - 1];
        int top = mb.nonZero[at - Macroblock.ROW];
        int near;
        if (left == Macroblock.NO_BLOCK) {
            near = top == Macroblock.NO_BLOCK ? 0 : top;
        } else {
            near = top == Macroblock.NO_BLOCK ? left : left + top + 1 >> 1;
        }
        long next = in.peek();
        if (near >= 8) {
            int code = (int) (next >>> 58);
            return code == 3 ? 6 : ((code >> 2) + 1) << 7 | (code & 3) << 5 | 6;
        }
        int zeros = Math.min(15, Long.numberOfLeadingZeros(next));
        return CavlcTables.COEFF_TOKEN[near < 2 ? 0 : near < 4 ? 1 : 2][zeros * 8 + (int) (next << zeros + 1 >>> 61)];
    }

    /** 9.2.2: levels from the highest frequency down. */
    private void levels(int total, int trailingOnes) {
        long signs = in.peek();
        for (int i = 0; i < trailingOnes; i++) {
            levels[i] = 1 - (int) (signs >>> 62 - i & 2);
        }
        in.skip(trailingOnes);
        int suffixLength = total > 10 && trailingOnes < 3 ? 1 : 0;
        for (int i = trailingOnes; i < total; i++) {
            long next = in.peek();
            int prefix = Long.numberOfLeadingZeros(next);
            if (prefix > LONGEST_PREFIX) {
                throw error("level_prefix", prefix, "at most " + LONGEST_PREFIX);
            }
            int size = prefix == 14 && suffixLength == 0 ? 4 : prefix >= 15 ? prefix - 3 : suffixLength;
            int code = Math.min(15, prefix) << suffixLength;
            if (size > 0) {
                code += (int) (next << prefix + 1 >>> 64 - size);
            }
            in.skip(prefix + 1 + size);
            if (prefix >= 15) {
                code += (suffixLength == 0 ? 15 : 0) + (prefix >= 16 ? (1 << prefix - 3) - 4096 : 0);
            }
            if (i == trailingOnes && trailingOnes < 3) {
                code += 2;
            }
            int magnitude = code + 2 >> 1;
            levels[i] = (code & 1) == 0 ? magnitude : -magnitude;
            if (suffixLength == 0) {
                suffixLength = 1;
            }
            if (magnitude > 3 << suffixLength - 1 && suffixLength < 6) {
                suffixLength++;
            }
        }
    }

    private int totalZeros(int category, int total) {
        int entry = category == CHROMA_DC
                ? CavlcTables.TOTAL_ZEROS_OF_CHROMA_DC[total - 1][
                        (int) (in.peek() >>> 64 - CavlcTables.CHROMA_DC_ZEROS_BITS)]
                : CavlcTables.TOTAL_ZEROS_OF_4X4[total - 1][(int) (in.peek() >>> 64 - CavlcTables.TOTAL_ZEROS_BITS)];
        if (entry == 0) {
            throw error("total_zeros", "no code", "one of table 9-7");
        }
        in.skip(entry & CavlcTables.LENGTH);
        return entry >> 5;
    }

    @Override
    public void residual8x8(int at, int[] to, int base, int[] scale) {
        for (int i = 0; i < 4; i++) {
            System.arraycopy(INTERLEAVED, 16 * i, scan, 0, 16);
            int block = at + (i & 1) + Macroblock.ROW * (i >> 1);
            residual(LUMA_8X8, block, to, base, scan, 0, 16, scale, LevelScale.SHIFT_8X8);
        }
    }

    @Override
    public void beginPcm() {
        in.moveTo(in.position() + 7 & ~7);
    }

    @Override
    public void endPcm() {
        // the next element follows at once
    }
}
