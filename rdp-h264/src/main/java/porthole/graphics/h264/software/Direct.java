package porthole.graphics.h264.software;

/** Motion that is not sent but follows from neighbours, or from the block at the same place of another picture. ITU-T H.264 8.4.1.2. */
final class Direct {
    /** Where the corner of each 8x8 block is, in raster order of 4x4 blocks. */
    private static final int[] CORNER = {0, 3, 12, 15};

    private final Macroblock mb;
    private final Frame[][] lists;
    private Frame colPic;
    /** RefPicList0 and vectors of what lies at the same place. */
    private int refIdxCol;

    private int vectorCol;
    private int serialCol;
    private final int[] refs = new int[2];
    private final int[] predicted = new int[2];

    Direct(Macroblock mb, Frame[][] lists) {
        this.mb = mb;
        this.lists = lists;
    }

    /** 8.4.1.2.3: DistScaleFactor. */
    static int scaleFactor(Frame current, Frame first, Frame second) {
        int tb = clip(current.pictureOrder - first.pictureOrder);
        int td = clip(second.pictureOrder - first.pictureOrder);
        int tx = (16_384 + Math.abs(td / 2)) / td;
        return Math.max(-1024, Math.min(1023, tb * tx + 32 >> 6));
    }

    private static int clip(int distance) {
        return Math.max(-128, Math.min(127, distance));
    }

    /** Looks at the neighbours, whose motion has been loaded; must come before any block of the macroblock is set. */
    void begin() {
        colPic = lists[1][0];
        if (colPic == null || colPic.nonExisting) {
            throw Syntax.error("RefPicList1", "no picture", "one for direct prediction", "8.4.1.2.1");
        }
        if (!mb.slice.directSpatialMvPred) {
            return;
        }
        for (int list = 0; list < 2; list++) {
            refs[list] = MotionPrediction.directRef(mb, list);
        }
        boolean none = refs[0] < 0 && refs[1] < 0;
        for (int list = 0; list < 2; list++) {
            predicted[list] =
                    none || refs[list] < 0 ? 0 : MotionPrediction.median(mb, list, Macroblock.ORIGIN, 4, refs[list]);
            if (none) {
                refs[list] = 0;
            }
        }
    }

    /** Sets motion of an 8x8 block. */
    void set(int quarter) {
        int x = 2 * (quarter & 1);
        int y = quarter & 2;
        if (mb.slice.sps.direct8x8Inference) {
            set(CORNER[quarter], Macroblock.at(x, y), 2);
        } else {
            for (int i = 0; i < 4; i++) {
                int blockX = x + (i & 1);
                int blockY = y + (i >> 1);
                set(4 * blockY + blockX, Macroblock.at(blockX, blockY), 1);
            }
        }
    }

    private void set(int raster, int at, int size) {
        locate(raster);
        if (mb.slice.directSpatialMvPred) {
            spatial(at, size);
        } else {
            temporal(at, size);
        }
    }

    private void locate(int raster) {
        int quarter = mb.address * 4 + (raster >> 3 << 1) + (raster >> 1 & 1);
        int list = colPic.refIdx[0][quarter] < 0 && colPic.hasList1() ? 1 : 0;
        refIdxCol = colPic.refIdx[list][quarter];
        vectorCol = refIdxCol < 0 ? 0 : colPic.vectors[list][mb.address * 16 + raster];
        serialCol = colPic.refSerial[list][quarter];
    }

    /** 8.4.1.2.2. */
    private void spatial(int at, int size) {
        int x = (short) vectorCol;
        int y = vectorCol >> 16;
        boolean still = colPic.isShortTerm() && refIdxCol == 0 && x >= -1 && x <= 1 && y >= -1 && y <= 1;
        for (int list = 0; list < 2; list++) {
            mb.setRefIdx(list, at, size, size, refs[list] < 0 ? Macroblock.NOT_USED : refs[list]);
            mb.setVector(list, at, size, size, refs[list] == 0 && still ? 0 : predicted[list]);
        }
    }

    /** 8.4.1.2.3. */
    private void temporal(int at, int size) {
        int ref = refIdxCol < 0 ? 0 : indexOf(serialCol);
        Frame first = lists[0][ref];
        if (first == null) {
            throw Syntax.error("RefPicList0", "no picture", "one for direct prediction", "8.4.1.2.3");
        }
        int vector0 = vectorCol;
        int vector1 = 0;
        if (!first.isLongTerm() && colPic.pictureOrder != first.pictureOrder) {
            int scale = scaleFactor(mb.frame, first, colPic);
            int x = scale * (short) vectorCol + 128 >> 8;
            int y = scale * (vectorCol >> 16) + 128 >> 8;
            vector0 = MotionPrediction.vector(x, y);
            vector1 = MotionPrediction.vector(x - (short) vectorCol, y - (vectorCol >> 16));
        }
        mb.setRefIdx(0, at, size, size, ref);
        mb.setRefIdx(1, at, size, size, 0);
        mb.setVector(0, at, size, size, vector0);
        mb.setVector(1, at, size, size, vector1);
    }

    private int indexOf(int serial) {
        for (int i = 0; i < mb.slice.numRefIdxActive[0]; i++) {
            if (lists[0][i] != null && lists[0][i].serial == serial) {
                return i;
            }
        }
        throw Syntax.error("RefPicList0", "not the picture that RefPicList1's first refers to", "it", "8.4.1.2.3");
    }
}
