package porthole.graphics.h264.software;

/** Decoding of picture order counts. ITU-T H.264 8.2.1. */
final class PictureOrder {
    private int prevPicOrderCntMsb;
    private int prevPicOrderCntLsb;
    private int prevFrameNum;
    private int prevFrameNumOffset;
    private boolean prevHadOperation5;

    /** Finds the counts of a picture's fields and of the picture. */
    void decode(SliceHeader slice, Frame frame) {
        switch (slice.sps.picOrderCntType) {
            case 0 -> type0(slice, frame);
            case 1 -> type1(slice, frame);
            default -> type2(slice, frame);
        }
        frame.pictureOrder = Math.min(frame.topFieldOrderCnt, frame.bottomFieldOrderCnt);
    }

    /** Remembers a picture, when it has been decoded. */
    void after(SliceHeader slice, Frame frame) {
        prevHadOperation5 = slice.hasOperation5();
        if (prevHadOperation5) { // 8.2.1: tempPicOrderCnt
            int least = frame.pictureOrder;
            frame.topFieldOrderCnt -= least;
            frame.bottomFieldOrderCnt -= least;
            frame.pictureOrder = Math.min(frame.topFieldOrderCnt, frame.bottomFieldOrderCnt);
        }
        if (slice.nalRefIdc != 0 && slice.sps.picOrderCntType == 0) {
            prevPicOrderCntMsb = prevHadOperation5 ? 0 : prevPicOrderCntMsbOfCurrent;
            prevPicOrderCntLsb = prevHadOperation5 ? frame.topFieldOrderCnt : slice.picOrderCntLsb;
        }
        prevFrameNum = prevHadOperation5 ? 0 : slice.frameNum;
        prevFrameNumOffset = prevHadOperation5 ? 0 : frameNumOffset;
    }

    /** A frame that was left out counts for the offset of frame numbers, too. */
    void gap(int frameNum, int maxFrameNum) {
        if (frameNum < prevFrameNum) {
            prevFrameNumOffset += maxFrameNum;
        }
        prevFrameNum = frameNum;
    }

    private int prevPicOrderCntMsbOfCurrent;
    private int frameNumOffset;

    private void type0(SliceHeader slice, Frame frame) {
        if (slice.idr) {
            prevPicOrderCntMsb = 0;
            prevPicOrderCntLsb = 0;
        }
        int max = 1 << slice.sps.picOrderCntLsbBits;
        int lsb = slice.picOrderCntLsb;
        int msb = prevPicOrderCntMsb;
        if (lsb < prevPicOrderCntLsb && prevPicOrderCntLsb - lsb >= max / 2) {
            msb += max;
        } else if (lsb > prevPicOrderCntLsb && lsb - prevPicOrderCntLsb > max / 2) {
            msb -= max;
        }
        prevPicOrderCntMsbOfCurrent = msb;
        frame.topFieldOrderCnt = msb + lsb;
        frame.bottomFieldOrderCnt = frame.topFieldOrderCnt + slice.deltaPicOrderCntBottom;
    }

    private void offset(SliceHeader slice) {
        if (slice.idr) {
            frameNumOffset = 0;
        } else {
            int before = prevHadOperation5 ? 0 : prevFrameNumOffset;
            frameNumOffset = prevFrameNum > slice.frameNum ? before + (1 << slice.sps.frameNumBits) : before;
        }
    }

    private void type1(SliceHeader slice, Frame frame) {
        offset(slice);
        SequenceParameterSet sps = slice.sps;
        int cycle = sps.offsetForRefFrame.length;
        int number = cycle == 0 ? 0 : frameNumOffset + slice.frameNum;
        if (slice.nalRefIdc == 0 && number > 0) {
            number--;
        }
        int expected = 0;
        if (number > 0) {
            int perCycle = 0;
            for (int offset : sps.offsetForRefFrame) {
                perCycle += offset;
            }
            expected = (number - 1) / cycle * perCycle;
            for (int i = 0; i <= (number - 1) % cycle; i++) {
                expected += sps.offsetForRefFrame[i];
            }
        }
        if (slice.nalRefIdc == 0) {
            expected += sps.offsetForNonRefPic;
        }
        frame.topFieldOrderCnt = expected + slice.deltaPicOrderCnt[0];
        frame.bottomFieldOrderCnt = frame.topFieldOrderCnt + sps.offsetForTopToBottomField + slice.deltaPicOrderCnt[1];
    }

    private void type2(SliceHeader slice, Frame frame) {
        offset(slice);
        int twice = 2 * (frameNumOffset + slice.frameNum);
        frame.topFieldOrderCnt = slice.idr ? 0 : slice.nalRefIdc == 0 ? twice - 1 : twice;
        frame.bottomFieldOrderCnt = frame.topFieldOrderCnt;
    }
}
