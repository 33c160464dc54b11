package porthole.graphics.h264.jcodec;

import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.RefPicMarking;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.IntObjectMap;

/** Which decoded pictures later ones may refer to. ITU-T H.264 8.2.5. */
final class ReferencePictures {
    private Frame[] shortTerm = new Frame[0];
    private final IntObjectMap<Frame> longTerm = new IntObjectMap<>();
    private int mostFrames;
    private int mostReferences;

    /** Before each picture: another range of frame numbers begins anew. */
    void begin(SeqParameterSet sps) {
        mostFrames = 1 << sps.log2MaxFrameNumMinus4 + 4;
        mostReferences = sps.numRefFrames;
        if (shortTerm.length != mostFrames) {
            shortTerm = new Frame[mostFrames];
            longTerm.clear();
        }
    }

    /** By {@code frame_num}. */
    Frame[] shortTerm() {
        return shortTerm;
    }

    /** By {@code LongTermFrameIdx}. */
    IntObjectMap<Frame> longTerm() {
        return longTerm;
    }

    void clear() {
        shortTerm = new Frame[shortTerm.length];
        longTerm.clear();
    }

    void mark(NALUnit unit, SliceHeader slice, Frame picture) {
        if (unit.type == NALUnitType.IDR_SLICE) {
            clear();
            if (slice.refPicMarkingIDR.isUseForlongTerm()) {
                keepLong(0, picture);
            } else {
                shortTerm[slice.frameNum] = picture;
            }
        } else if (slice.refPicMarkingNonIDR == null) {
            shortTerm[slice.frameNum] = picture;
            slide(slice.frameNum);
        } else {
            obey(slice, picture);
        }
    }

    private void obey(SliceHeader slice, Frame picture) {
        boolean isLong = false;
        for (RefPicMarking.Instruction instruction : slice.refPicMarkingNonIDR.getInstructions()) {
            int argument = instruction.getArg1();
            switch (instruction.getType()) {
                case REMOVE_SHORT -> shortTerm[index(slice.frameNum - argument)] = null;
                case REMOVE_LONG -> longTerm.remove(argument);
                case CONVERT_INTO_LONG -> {
                    int index = index(slice.frameNum - argument);
                    if (shortTerm[index] != null) {
                        keepLong(instruction.getArg2(), shortTerm[index]);
                        shortTerm[index] = null;
                    }
                }
                case TRUNK_LONG -> {
                    for (int key : longTerm.keys()) {
                        if (key > argument - 1) {
                            longTerm.remove(key);
                        }
                    }
                }
                case CLEAR -> clear();
                case MARK_LONG -> {
                    keepLong(argument, picture);
                    isLong = true;
                }
            }
        }
        if (!isLong) {
            shortTerm[slice.frameNum] = picture;
        }
    }

    private void keepLong(int index, Frame picture) {
        if (index < 0 || index > mostReferences) {
            throw JcodecDecoder.error("LongTermFrameIdx", String.valueOf(index), "0 to " + mostReferences);
        }
        picture.setShortTerm(false);
        longTerm.put(index, picture);
    }

    /** The oldest goes when there are too many: the sliding window. */
    private void slide(int frameNum) {
        int count = 0;
        int oldest = -1;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < shortTerm.length; i++) {
            if (shortTerm[i] != null) {
                count++;
                int number = i > frameNum ? i - mostFrames : i;
                if (number < least) {
                    least = number;
                    oldest = i;
                }
            }
        }
        if (count > Math.max(1, mostReferences - longTerm.size())) {
            shortTerm[oldest] = null;
        }
    }

    private int index(int frameNum) {
        return Math.floorMod(frameNum, mostFrames);
    }
}
