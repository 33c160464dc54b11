package porthole.graphics.h264.software;

/** The pictures that others may refer to, and how they become and cease to be that. ITU-T H.264 8.2.5. */
final class ReferencePictures {
    private static final String CLAUSE = "8.2.5";
    private static final int NONE = -1;

    private Frame[] frames = new Frame[0];
    private int used;
    private int widthInMbs;
    private int heightInMbs;
    private int prevRefFrameNum;
    private int maxLongTermFrameIdx = NONE;
    private int serial;

    /** Makes room for frames of another sequence, where they are of another size. */
    void begin(SliceHeader slice) {
        SequenceParameterSet sps = slice.sps;
        prevRefFrameNum = slice.frameNum;
        if (sps.widthInMbs != widthInMbs || sps.heightInMbs != heightInMbs || frames.length <= sps.maxNumRefFrames) {
            widthInMbs = sps.widthInMbs;
            heightInMbs = sps.heightInMbs;
            frames = new Frame[sps.maxNumRefFrames + 1]; // and the current one
            used = 0;
        }
    }

    int size() {
        return used;
    }

    /** @param index below {@link #size()} */
    Frame get(int index) {
        return frames[index];
    }

    /** A frame that is no reference, as the current one. */
    Frame next(int maxNumRefFrames) {
        for (int i = 0; i < used; i++) {
            if (!frames[i].isReference()) {
                return begun(frames[i]);
            }
        }
        if (used == frames.length) {
            throw Syntax.error("max_num_ref_frames", maxNumRefFrames, "room for the references of the stream", CLAUSE);
        }
        frames[used] = new Frame(widthInMbs, heightInMbs);
        return begun(frames[used++]);
    }

    private Frame begun(Frame frame) {
        frame.serial = ++serial;
        frame.nonExisting = false;
        return frame;
    }

    /** 8.2.5.2: marks frames as left out where frame_num has a gap. */
    void fillGap(SliceHeader slice, PictureOrder order) {
        SequenceParameterSet sps = slice.sps;
        int max = 1 << sps.frameNumBits;
        if (slice.idr || slice.frameNum == prevRefFrameNum || slice.frameNum == (prevRefFrameNum + 1 & max - 1)) {
            return;
        }
        if (!sps.gapsInFrameNumAllowed) {
            throw Syntax.error(
                    "frame_num", slice.frameNum + " behind " + prevRefFrameNum, "no gap, as none is allowed", "7.4.3");
        }
        int missing = (slice.frameNum - prevRefFrameNum - 1) & max - 1;
        for (int i = Math.max(0, missing - sps.maxNumRefFrames); i < missing; i++) { // older ones would slide out
            int frameNum = prevRefFrameNum + 1 + i & max - 1;
            slide(frameNum, max, sps.maxNumRefFrames);
            Frame frame = next(sps.maxNumRefFrames);
            frame.frameNum = frameNum;
            frame.nonExisting = true;
            if (sps.maxNumRefFrames > 0) {
                frame.markShortTerm();
            }
            order.gap(frameNum, max);
        }
        prevRefFrameNum = slice.frameNum - 1 & max - 1;
    }

    /** 8.2.4.1: numbers by which slices of this picture call references. */
    void number(int frameNum, int maxFrameNum) {
        for (int i = 0; i < used; i++) {
            Frame frame = frames[i];
            if (frame.isShortTerm()) {
                frame.picNum = frame.frameNum > frameNum ? frame.frameNum - maxFrameNum : frame.frameNum;
            } else if (frame.isLongTerm()) {
                frame.picNum = frame.longTermFrameIdx;
            }
        }
    }

    Frame shortTerm(int picNum) {
        for (int i = 0; i < used; i++) {
            if (frames[i].isShortTerm() && frames[i].picNum == picNum) {
                return frames[i];
            }
        }
        return null;
    }

    Frame longTerm(int index) {
        for (int i = 0; i < used; i++) {
            if (frames[i].isLongTerm() && frames[i].longTermFrameIdx == index) {
                return frames[i];
            }
        }
        return null;
    }

    /** 8.2.5.1: what becomes of the references behind a picture. */
    void mark(SliceHeader slice, Frame current) {
        SequenceParameterSet sps = slice.sps;
        if (slice.nalRefIdc == 0) {
            return;
        }
        prevRefFrameNum = slice.hasOperation5() ? 0 : slice.frameNum;
        if (slice.idr) {
            forgetAll();
            if (slice.longTermReference) {
                maxLongTermFrameIdx = 0;
                current.markLongTerm(0);
            } else {
                current.markShortTerm();
            }
        } else if (slice.adaptiveRefPicMarkingMode) {
            adapt(slice, current);
        } else {
            slide(slice.frameNum, 1 << sps.frameNumBits, sps.maxNumRefFrames);
            current.markShortTerm();
        }
        if (slice.hasOperation5()) {
            current.frameNum = 0;
        }
        int references = count();
        if (references > Math.max(1, sps.maxNumRefFrames)) {
            current.markUnused();
            throw Syntax.error("max_num_ref_frames", references + " references", "at most as many", CLAUSE);
        }
        if (sps.maxNumRefFrames == 0) {
            current.markUnused();
        }
    }

    private int count() {
        int count = 0;
        for (int i = 0; i < used; i++) {
            count += frames[i].isReference() ? 1 : 0;
        }
        return count;
    }

    void forgetAll() {
        for (int i = 0; i < used; i++) {
            frames[i].markUnused();
        }
        maxLongTermFrameIdx = NONE;
    }

    /** 8.2.5.3: the oldest short-term picture goes where there are as many as may be. */
    private void slide(int frameNum, int maxFrameNum, int most) {
        int count = count();
        while (count > 0 && count >= most) {
            number(frameNum, maxFrameNum);
            Frame oldest = null;
            for (int i = 0; i < used; i++) {
                if (frames[i].isShortTerm() && (oldest == null || frames[i].picNum < oldest.picNum)) {
                    oldest = frames[i];
                }
            }
            if (oldest == null) {
                throw Syntax.error("max_num_ref_frames", count + " long-term ones", "a short-term one", "8.2.5.3");
            }
            oldest.markUnused();
            count--;
        }
    }

    /** 8.2.5.4: memory management control operations. */
    private void adapt(SliceHeader slice, Frame current) {
        number(slice.frameNum, 1 << slice.sps.frameNumBits);
        boolean marked = false;
        for (int i = 0; i < slice.markingCount; i++) {
            int operation = slice.markings[3 * i];
            int first = slice.markings[3 * i + 1];
            switch (operation) {
                case 1 -> release(shortTerm(slice.frameNum - first - 1));
                case 2 -> release(longTerm(first));
                case 3 -> {
                    Frame frame = shortTerm(slice.frameNum - first - 1);
                    if (frame == null) {
                        throw Syntax.error(
                                "difference_of_pic_nums_minus1", first, "that of a reference picture", "8.2.5.4.3");
                    }
                    int index = checked(slice.markings[3 * i + 2]);
                    free(index, frame);
                    frame.markLongTerm(index);
                }
                case 4 -> {
                    maxLongTermFrameIdx = Math.min(first, slice.sps.maxNumRefFrames) - 1;
                    for (int j = 0; j < used; j++) {
                        if (frames[j].isLongTerm() && frames[j].longTermFrameIdx > maxLongTermFrameIdx) {
                            frames[j].markUnused();
                        }
                    }
                }
                case 5 -> forgetAll();
                default -> {
                    int index = checked(first);
                    free(index, current);
                    current.markLongTerm(index);
                    marked = true;
                }
            }
        }
        if (!marked) {
            slide(slice.frameNum, 1 << slice.sps.frameNumBits, slice.sps.maxNumRefFrames); // should there be too many
            current.markShortTerm();
        }
    }

    /** Some encoders let go of a picture twice. */
    private static void release(Frame frame) {
        if (frame != null) {
            frame.markUnused();
        }
    }

    private int checked(int index) {
        if (index > maxLongTermFrameIdx) {
            throw Syntax.error("long_term_frame_idx", index, "at most " + maxLongTermFrameIdx, "8.2.5.4");
        }
        return index;
    }

    private void free(int index, Frame but) {
        Frame other = longTerm(index);
        if (other != null && other != but) {
            other.markUnused();
        }
    }
}
