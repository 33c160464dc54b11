package porthole.graphics.h264.software;

import java.util.Arrays;

/** Reads a macroblock and makes its samples, as they are before deblocking. ITU-T H.264 7.3.5, 7.4.5 and 8.5. */
final class MacroblockParser {
    static final int I_PCM = 25;
    static final int INTRA_IN_P = 5;
    static final int INTRA_IN_B = 23;
    static final int B_8X8 = 22;

    private static final String CLAUSE = "7.4.5";
    private static final int[] ONES = new int[16];
    /** Whether the upper right neighbour of a 4x4 block in the macroblock has been decoded: bits in raster order. */
    private static final int UPPER_RIGHT = 0b0101_0111_0101_0000;

    private static final byte[] SCAN_OF_DC = {0, 1, 2, 3};

    static {
        Arrays.fill(ONES, 1);
    }

    private final Macroblock mb;
    private final BitReader in;
    private final InterMacroblock inter;
    private final IntraPrediction intra = new IntraPrediction();
    private Entropy entropy;
    private boolean leftUsable;
    private boolean topUsable;
    private boolean cornerUsable;
    private boolean topRightUsable;

    MacroblockParser(Macroblock mb, BitReader in, InterMacroblock inter) {
        this.mb = mb;
        this.in = in;
        this.inter = inter;
    }

    void begin(Entropy newEntropy) {
        entropy = newEntropy;
        inter.begin(newEntropy);
    }

    /** P_Skip or B_Skip. */
    void skip() {
        mb.state.type[mb.address] = PictureState.SKIP;
        mb.intra = false;
        if (mb.slice.sliceType == SliceHeader.B) {
            inter.direct16x16();
            inter.predict();
        } else {
            inter.skipP();
        }
        mb.lastHadQpDelta = false;
        mb.state.qp[mb.address] = (byte) mb.qp;
    }

    /** macroblock_layer. */
    void read() {
        int type = entropy.mbType();
        int inters =
                mb.slice.sliceType == SliceHeader.I ? 0 : mb.slice.sliceType == SliceHeader.P ? INTRA_IN_P : INTRA_IN_B;
        if (type < inters) {
            mb.intra = false;
            inter(type);
        } else {
            mb.intra = true;
            type -= inters;
            usable();
            if (type == 0) {
                intraNxN();
            } else if (type < I_PCM) {
                intra16x16(type - 1);
            } else if (type == I_PCM) {
                pcm();
            } else {
                throw Syntax.error("mb_type", type + inters, "at most " + (I_PCM + inters), CLAUSE);
            }
        }
        mb.state.codedBlockPattern[mb.address] = (byte) mb.codedBlockPattern;
        mb.state.codedDc[mb.address] = (byte) mb.codedDc;
        mb.state.transform8x8[mb.address] = mb.transform8x8;
    }

    private void inter(int type) {
        boolean b = mb.slice.sliceType == SliceHeader.B;
        boolean allows8x8;
        mb.state.type[mb.address] = PictureState.INTER;
        if (b && type == 0) {
            mb.state.directWhole[mb.address] = true;
            inter.direct16x16();
            allows8x8 = mb.slice.sps.direct8x8Inference;
        } else {
            inter.read(type);
            allows8x8 = inter.allows8x8();
        }
        mb.codedBlockPattern = entropy.codedBlockPattern();
        if (mb.slice.pps.transform8x8Mode && (mb.codedBlockPattern & 15) != 0 && allows8x8) {
            mb.transform8x8 = entropy.transformSize8x8Flag();
        }
        residual(3, false);
        inter.predict();
        if (mb.codedBlockPattern != 0) {
            addLuma();
            addChroma();
        }
    }

    /** Which neighbours may be used for intra prediction. */
    private void usable() {
        leftUsable = usable(mb.left);
        topUsable = usable(mb.top);
        cornerUsable = usable(mb.topLeft);
        topRightUsable = usable(mb.topRight);
    }

    private boolean usable(int neighbour) {
        return neighbour >= 0 && (!mb.slice.pps.constrainedIntraPred || mb.state.isIntra(neighbour));
    }

    private void intraNxN() {
        mb.state.type[mb.address] = PictureState.INTRA_NXN;
        mb.transform8x8 = mb.slice.pps.transform8x8Mode && entropy.transformSize8x8Flag();
        mb.loadIntraModes(mb.slice.pps.constrainedIntraPred);
        int size = mb.transform8x8 ? 2 : 1;
        for (int block = 0; block < 16; block += size * size) {
            int at = Macroblock.BLOCK[block];
            byte[] modes = mb.intraModes;
            int predicted = Math.min(modes[at - 1], modes[at - Macroblock.ROW]);
            if (predicted < 0) {
                predicted = IntraPrediction.DC;
            }
            int sent = entropy.intraMode();
            int mode = sent < 0 ? predicted : sent < predicted ? sent : sent + 1;
            for (int y = 0; y < size; y++) {
                Arrays.fill(modes, at + Macroblock.ROW * y, at + Macroblock.ROW * y + size, (byte) mode);
            }
        }
        mb.storeIntraModes();
        chromaMode();
        mb.codedBlockPattern = entropy.codedBlockPattern();
        residual(0, false);
        byte[] plane = mb.frame.planes[0];
        int stride = mb.state.widthInMbs * 16;
        int origin = mb.y * 16 * stride + mb.x * 16;
        if (mb.transform8x8) {
            for (int i = 0; i < 4; i++) {
                int x = i & 1;
                int y = i >> 1;
                int at = origin + y * 8 * stride + x * 8;
                boolean right = y == 0 ? x == 0 ? topUsable : topRightUsable : x == 0;
                intra.predict8x8(
                        mb.intraModes[Macroblock.BLOCK[4 * i]],
                        plane,
                        at,
                        stride,
                        x > 0 || leftUsable,
                        y > 0 || topUsable,
                        x > 0 ? y > 0 || topUsable : y > 0 ? leftUsable : cornerUsable,
                        right);
                if (isCoded8x8(i)) {
                    Transform.add8x8(mb.coefficients, 64 * i, plane, at, stride);
                }
            }
        } else {
            for (int i = 0; i < 16; i++) {
                int raster = Macroblock.RASTER[i];
                int x = raster & 3;
                int y = raster >> 2;
                int at = origin + y * 4 * stride + x * 4;
                boolean right = y == 0 ? x < 3 ? topUsable : topRightUsable : (UPPER_RIGHT >> raster & 1) != 0;
                intra.predict4x4(
                        mb.intraModes[Macroblock.BLOCK[i]],
                        plane,
                        at,
                        stride,
                        x > 0 || leftUsable,
                        y > 0 || topUsable,
                        x > 0 ? y > 0 || topUsable : y > 0 ? leftUsable : cornerUsable,
                        right);
                add4x4(i, Macroblock.BLOCK[i], plane, at, stride);
            }
        }
        predictChroma();
        addChroma();
    }

    private void chromaMode() {
        if (mb.slice.sps.monochrome) {
            return;
        }
        mb.intraChromaMode = entropy.intraChromaPredMode();
        if (mb.intraChromaMode > 3) {
            throw Syntax.error("intra_chroma_pred_mode", mb.intraChromaMode, "at most 3", CLAUSE);
        }
        mb.state.intraChromaMode[mb.address] = (byte) mb.intraChromaMode;
    }

    /** @param type mb_type less 1: mode, chroma and luma of the pattern. Table 7-11. */
    private void intra16x16(int type) {
        mb.state.type[mb.address] = PictureState.INTRA_16X16;
        chromaMode();
        mb.codedBlockPattern = (type >= 12 ? 15 : 0) | (type / 4 % 3) << 4;
        residual(0, true);
        byte[] plane = mb.frame.planes[0];
        int stride = mb.state.widthInMbs * 16;
        int origin = mb.y * 16 * stride + mb.x * 16;
        intra.predict16x16(type & 3, plane, origin, stride, leftUsable, topUsable, cornerUsable);
        for (int i = 0; i < 16; i++) {
            int raster = Macroblock.RASTER[i];
            int at = origin + (raster >> 2) * 4 * stride + (raster & 3) * 4;
            if (mb.nonZero[Macroblock.BLOCK[i]] != 0) {
                Transform.add4x4(mb.coefficients, 16 * i, plane, at, stride);
            } else if (mb.coefficients[16 * i] != 0) {
                Transform.addDc(mb.coefficients, 16 * i, plane, at, stride, 4);
            }
        }
        predictChroma();
        addChroma();
    }

    private void pcm() {
        mb.state.type[mb.address] = PictureState.PCM;
        entropy.beginPcm();
        int from = in.position() >>> 3;
        int size = mb.slice.sps.monochrome ? 256 : 384;
        if (from + size > in.length()) {
            throw Syntax.error("pcm_sample_luma", from, in.length() - from + " octets", size + " octets", CLAUSE);
        }
        for (int plane = 0; plane < (mb.slice.sps.monochrome ? 1 : 3); plane++) {
            int side = plane == 0 ? 16 : 8;
            int stride = mb.state.widthInMbs * side;
            for (int y = 0; y < side; y++, from += side) {
                int to = (mb.y * side + y) * stride + mb.x * side;
                System.arraycopy(in.octets(), from, mb.frame.planes[plane], to, side);
            }
        }
        in.moveTo(from * 8);
        entropy.endPcm();
        mb.codedBlockPattern = 0x2F;
        mb.codedDc = 7;
        mb.lastHadQpDelta = false;
        int to = mb.address * PictureState.BLOCKS;
        Arrays.fill(mb.state.nonZero, to, to + PictureState.BLOCKS, (byte) 16);
        mb.state.qp[mb.address] = 0;
    }

    /** mb_qp_delta and residual. 7.3.5.3. */
    private void residual(int lists, boolean of16x16) {
        int pattern = mb.codedBlockPattern;
        if (pattern == 0 && !of16x16) {
            mb.lastHadQpDelta = false;
            mb.state.qp[mb.address] = (byte) mb.qp;
            if (mb.intra) {
                mb.loadNonZero();
            }
            return;
        }
        int delta = entropy.mbQpDelta();
        if (delta < -26 || delta > 25) {
            throw Syntax.error("mb_qp_delta", in.position() >>> 3, delta, "-26 to 25", CLAUSE);
        }
        mb.lastHadQpDelta = delta != 0;
        mb.qp = (mb.qp + delta + LevelScale.QUANTISERS) % LevelScale.QUANTISERS;
        mb.state.qp[mb.address] = (byte) mb.qp;
        mb.loadNonZero();
        LevelScale scales = mb.slice.pps.levelScale();
        int[] coefficients = mb.coefficients;
        int[] scale = scales.of4x4(lists, mb.qp);
        if (of16x16) {
            int count = entropy.residual(Entropy.LUMA_DC, 0, mb.dc, 0, ScalingLists.ZIGZAG_4X4, 0, 16, ONES, 0);
            if (count > 0) {
                Transform.lumaDc(mb.dc, scale[0], coefficients);
            }
        }
        for (int quarter = 0; quarter < 4; quarter++) {
            if ((pattern >> quarter & 1) == 0) {
                continue;
            }
            if (mb.transform8x8) {
                int at = Macroblock.BLOCK[4 * quarter];
                entropy.residual8x8(at, coefficients, 64 * quarter, scales.of8x8(mb.intra ? 0 : 1, mb.qp));
                continue;
            }
            for (int i = 4 * quarter; i < 4 * quarter + 4; i++) {
                entropy.residual(
                        of16x16 ? Entropy.LUMA_AC : Entropy.LUMA_4X4,
                        Macroblock.BLOCK[i],
                        coefficients,
                        16 * i,
                        ScalingLists.ZIGZAG_4X4,
                        of16x16 ? 1 : 0,
                        16,
                        scale,
                        LevelScale.SHIFT_4X4);
            }
        }
        if (pattern >> 4 != 0) {
            chromaResidual(lists, scales, pattern >> 4);
        }
        mb.storeNonZero();
    }

    private void chromaResidual(int lists, LevelScale scales, int pattern) {
        for (int plane = 1; plane <= 2; plane++) {
            int qp = mb.slice.pps.chromaQp[plane - 1][mb.qp];
            int count = entropy.residual(Entropy.CHROMA_DC, plane, mb.dc, 0, SCAN_OF_DC, 0, 4, ONES, 0);
            if (count > 0) {
                Transform.chromaDc(mb.dc, scales.of4x4(lists + plane, qp)[0], mb.coefficients, 192 + 64 * plane);
            }
        }
        if (pattern != 2) {
            return;
        }
        for (int plane = 1; plane <= 2; plane++) {
            int qp = mb.slice.pps.chromaQp[plane - 1][mb.qp];
            for (int i = 0; i < 4; i++) {
                entropy.residual(
                        Entropy.CHROMA_AC,
                        plane * Macroblock.GRID + Macroblock.at(i & 1, i >> 1),
                        mb.coefficients,
                        192 + 64 * plane + 16 * i,
                        ScalingLists.ZIGZAG_4X4,
                        1,
                        16,
                        scales.of4x4(lists + plane, qp),
                        LevelScale.SHIFT_4X4);
            }
        }
    }

    private boolean isCoded8x8(int quarter) {
        int at = Macroblock.BLOCK[4 * quarter];
        byte[] counts = mb.nonZero;
        return (counts[at] | counts[at + 1] | counts[at + Macroblock.ROW] | counts[at + Macroblock.ROW + 1]) != 0;
    }

    private void add4x4(int block, int at, byte[] plane, int to, int stride) {
        int count = mb.nonZero[at];
        if (count > 1 || count == 1 && mb.coefficients[16 * block] == 0) {
            Transform.add4x4(mb.coefficients, 16 * block, plane, to, stride);
        } else if (count == 1) {
            Transform.addDc(mb.coefficients, 16 * block, plane, to, stride, 4);
        }
    }

    private void addLuma() {
        if ((mb.codedBlockPattern & 15) == 0) {
            return;
        }
        byte[] plane = mb.frame.planes[0];
        int stride = mb.state.widthInMbs * 16;
        int origin = mb.y * 16 * stride + mb.x * 16;
        for (int quarter = 0; quarter < 4; quarter++) {
            if ((mb.codedBlockPattern >> quarter & 1) == 0) {
                continue;
            }
            int corner = origin + (quarter >> 1) * 8 * stride + (quarter & 1) * 8;
            if (mb.transform8x8) {
                if (isCoded8x8(quarter)) {
                    Transform.add8x8(mb.coefficients, 64 * quarter, plane, corner, stride);
                }
            } else {
                for (int i = 0; i < 4; i++) {
                    int block = 4 * quarter + i;
                    add4x4(block, Macroblock.BLOCK[block], plane, corner + (i >> 1) * 4 * stride + (i & 1) * 4, stride);
                }
            }
        }
    }

    private void predictChroma() {
        if (mb.slice.sps.monochrome) {
            return;
        }
        int stride = mb.state.widthInMbs * 8;
        int origin = mb.y * 8 * stride + mb.x * 8;
        for (int plane = 1; plane <= 2; plane++) {
            byte[] samples = mb.frame.planes[plane];
            intra.predictChroma(mb.intraChromaMode, samples, origin, stride, leftUsable, topUsable, cornerUsable);
        }
    }

    private void addChroma() {
        if (mb.codedBlockPattern >> 4 == 0) {
            return;
        }
        int stride = mb.state.widthInMbs * 8;
        int origin = mb.y * 8 * stride + mb.x * 8;
        for (int plane = 1; plane <= 2; plane++) {
            for (int i = 0; i < 4; i++) {
                int from = 192 + 64 * plane + 16 * i;
                int at = origin + (i >> 1) * 4 * stride + (i & 1) * 4;
                if (mb.nonZero[plane * Macroblock.GRID + Macroblock.at(i & 1, i >> 1)] != 0) {
                    Transform.add4x4(mb.coefficients, from, mb.frame.planes[plane], at, stride);
                } else if (mb.coefficients[from] != 0) {
                    Transform.addDc(mb.coefficients, from, mb.frame.planes[plane], at, stride, 4);
                }
            }
        }
    }
}
