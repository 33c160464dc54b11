package porthole.graphics.h264.software;

import java.util.Arrays;

/** The lists into which reference indices of a slice point. ITU-T H.264 8.2.4. */
final class ReferenceLists {
    private static final int LONGEST = PictureParameterSet.MOST_REFERENCES + 1;

    /** By list and index; null where the stream has no such picture. */
    final Frame[][] lists = new Frame[2][LONGEST];

    private final int[] initial = new int[2];

    void build(SliceHeader slice, ReferencePictures references, Frame current) {
        Arrays.fill(lists[0], null);
        Arrays.fill(lists[1], null);
        if (slice.sliceType == SliceHeader.I) {
            return;
        }
        references.number(slice.frameNum, 1 << slice.sps.frameNumBits);
        if (slice.sliceType == SliceHeader.P) {
            addShortTerm(references, current);
            sort(0, 0, initial[0], true, false);
            addLongTerm(0, references, current);
        } else {
            for (int list = 0; list < 2; list++) {
                byOrder(list, references, current);
            }
            if (initial[1] > 1 && Arrays.equals(lists[0], lists[1])) {
                Frame first = lists[1][0];
                lists[1][0] = lists[1][1];
                lists[1][1] = first;
            }
        }
        for (int list = 0; list < 2; list++) {
            Arrays.fill(lists[list], Math.min(slice.numRefIdxActive[list], LONGEST), LONGEST, null);
            modify(list, slice, references, current);
        }
    }

    /** 8.2.4.2.3. */
    private void byOrder(int list, ReferencePictures references, Frame current) {
        int order = current.pictureOrder;
        initial[list] = 0;
        for (int turn = 0; turn < 2; turn++) {
            int begin = initial[list];
            boolean before = turn == list;
            for (int i = 0; i < references.size(); i++) {
                Frame frame = references.get(i);
                if (frame != current
                        && frame.isShortTerm()
                        && !frame.nonExisting
                        && (before ? frame.pictureOrder <= order : frame.pictureOrder > order)) {
                    lists[list][initial[list]++] = frame;
                }
            }
            sort(list, begin, initial[list], before, true);
        }
        addLongTerm(list, references, current);
    }

    private void addShortTerm(ReferencePictures references, Frame current) {
        initial[0] = 0;
        for (int i = 0; i < references.size(); i++) {
            Frame frame = references.get(i);
            if (frame != current && frame.isShortTerm()) {
                lists[0][initial[0]++] = frame;
            }
        }
    }

    private void addLongTerm(int list, ReferencePictures references, Frame current) {
        int begin = initial[list];
        for (int i = 0; i < references.size(); i++) {
            Frame frame = references.get(i);
            if (frame != current && frame.isLongTerm()) {
                lists[list][initial[list]++] = frame;
            }
        }
        sort(list, begin, initial[list], false, false);
    }

    private void sort(int list, int from, int to, boolean descending, boolean byOrder) {
        Frame[] frames = lists[list];
        for (int i = from + 1; i < to; i++) {
            Frame frame = frames[i];
            int at = i;
            while (at > from && isBehind(frames[at - 1], frame, descending, byOrder)) {
                frames[at] = frames[at - 1];
                at--;
            }
            frames[at] = frame;
        }
    }

    private static boolean isBehind(Frame one, Frame other, boolean descending, boolean byOrder) {
        int first = byOrder ? one.pictureOrder : one.picNum;
        int second = byOrder ? other.pictureOrder : other.picNum;
        return descending ? first < second : first > second;
    }

    /** 8.2.4.3. */
    private void modify(int list, SliceHeader slice, ReferencePictures references, Frame current) {
        int active = slice.numRefIdxActive[list];
        int max = 1 << slice.sps.frameNumBits;
        int predicted = slice.frameNum;
        int count = Math.min(slice.modificationCount[list], active);
        for (int index = 0; index < count; index++) {
            int operation = slice.modifications[list][2 * index];
            int value = slice.modifications[list][2 * index + 1];
            Frame frame;
            if (operation == 2) {
                frame = references.longTerm(value);
            } else {
                int difference = value + 1;
                predicted = predicted + (operation == 0 ? -difference : difference) & max - 1;
                frame = references.shortTerm(predicted > slice.frameNum ? predicted - max : predicted);
            }
            if (frame == null || frame == current) {
                throw Syntax.error("abs_diff_pic_num_minus1", value, "the number of a reference picture", "8.2.4.3");
            }
            insert(lists[list], index, active, frame);
        }
    }

    /** The picture goes to its index, all others move, and its old entry goes. */
    private static void insert(Frame[] list, int index, int active, Frame frame) {
        for (int i = active; i > index; i--) {
            list[i] = list[i - 1];
        }
        list[index] = frame;
        int to = index + 1;
        for (int from = index + 1; from <= active; from++) {
            if (list[from] != frame) {
                list[to++] = list[from];
            }
        }
        list[active] = null;
    }
}
