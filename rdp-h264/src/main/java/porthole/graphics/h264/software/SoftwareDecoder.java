package porthole.graphics.h264.software;

import java.util.Arrays;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/**
 * One stream, decoded on the caller's thread. An access unit gives one picture, at once and in decoding order.
 *
 * <p>Nothing is made up: a picture that lacks macroblocks or references is refused. An access unit is one picture, so that the
 * work is bounded by the picture's size and the octets.
 */
final class SoftwareDecoder implements H264Decoder {
    private static final int START_CODE = 3;
    private static final int SLICE = 1;
    private static final int PARTITION_A = 2;
    private static final int PARTITION_C = 4;
    private static final int IDR_SLICE = 5;
    private static final int SEQUENCE = 7;
    private static final int PICTURE = 8;

    private final BitReader in = new BitReader();
    private final ParameterSets sets;
    private final SliceHeader slice = new SliceHeader();
    private final PictureOrder order = new PictureOrder();
    private final ReferencePictures references = new ReferencePictures();
    private final ReferenceLists lists = new ReferenceLists();
    private final SliceDecoder slices = new SliceDecoder(in, lists.lists);
    private final Deblocking deblocking = new Deblocking();
    private SequenceParameterSet active;
    private PictureState state;
    private Frame current;
    private int frameNum;
    private int idrPicId;
    private int nalRefIdc;
    private int pictureOrder;

    SoftwareDecoder(long maximumPixels) {
        sets = new ParameterSets(maximumPixels);
    }

    @Override
    public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
        current = null;
        int start = startCode(octets, from, to);
        if (start < 0) {
            throw Syntax.error("start_code_prefix_one_3bytes", to - from + " octets", "0x000001", "B.1");
        }
        while (start >= 0) {
            int unit = start + START_CODE;
            start = startCode(octets, unit, to);
            unit(octets, unit, start < 0 ? to : start);
        }
        if (current == null) {
            return false;
        }
        finish(into);
        return true;
    }

    /** Where the next start code is, or -1. B.1. */
    private static int startCode(byte[] octets, int from, int to) {
        int i = from;
        while (i + 2 < to) {
            int third = octets[i + 2];
            if (third > 1 || third < 0) {
                i += 3;
            } else if (third == 1 && octets[i + 1] == 0 && octets[i] == 0) {
                return i;
            } else {
                i++;
            }
        }
        return -1;
    }

    private void unit(byte[] octets, int from, int to) {
        if (from == to) {
            return;
        }
        int header = octets[from];
        int type = header & 0x1F;
        if (header < 0) {
            throw Syntax.error("forbidden_zero_bit", 1, "0", "7.4.1");
        }
        if (type >= PARTITION_A && type <= PARTITION_C) {
            throw Syntax.error("nal_unit_type", type, "whole slices, no data partitions", "7.4.1");
        }
        if (type != SLICE && type != IDR_SLICE && type != SEQUENCE && type != PICTURE) {
            return; // supplemental, or of an extension
        }
        if (current != null && (type == SEQUENCE || type == PICTURE)) {
            throw another();
        }
        in.load(octets, from + 1, to);
        if (type == SEQUENCE) {
            sets.sequence(in);
        } else if (type == PICTURE) {
            sets.picture(in);
        } else {
            slice(type == IDR_SLICE, header >> 5 & 3);
        }
    }

    private void slice(boolean idr, int refIdc) {
        slice.read(in, idr, refIdc, sets.sequences, sets.pictures);
        if (slice.redundantPicCnt > 0) {
            return; // what it stands for came before
        }
        if (current == null) {
            begin();
        } else {
            continues();
        }
        if (slice.sliceType == SliceHeader.B) {
            current.addList1();
        }
        lists.build(slice, references, current);
        if (slice.weights.isImplicit()) {
            slice.weights.derive(current, lists.lists, slice.numRefIdxActive);
        }
        slices.decode(slice);
    }

    /** 7.4.1.2.4: a slice of another picture would differ. */
    private void continues() {
        if (slice.frameNum != frameNum
                || slice.sps != active
                || slice.idrPicId != idrPicId
                || (slice.nalRefIdc == 0) != (nalRefIdc == 0)
                || slice.picOrderCntLsb + slice.deltaPicOrderCnt[0] != pictureOrder) {
            throw another();
        }
    }

    private static WireException another() {
        return Syntax.error("nal_unit", "a second access unit", "one picture in each call", "7.4.1.2.3");
    }

    private void begin() {
        if (slice.idr || active == null) {
            activate();
        } else if (slice.sps != active) {
            throw Syntax.error("seq_parameter_set_id", "another one", "no change but at an IDR picture", "7.4.1.2.1");
        }
        frameNum = slice.frameNum;
        idrPicId = slice.idrPicId;
        nalRefIdc = slice.nalRefIdc;
        pictureOrder = slice.picOrderCntLsb + slice.deltaPicOrderCnt[0];
        if (slice.idr) {
            references.forgetAll();
        }
        references.fillGap(slice, order);
        Frame frame = references.next(active.maxNumRefFrames);
        frame.frameNum = slice.frameNum;
        order.decode(slice, frame);
        state.begin(frame);
        slices.begin(state, frame);
        current = frame;
    }

    private void activate() {
        SequenceParameterSet sps = slice.sps;
        if (active == null || !active.isSameSize(sps)) {
            state = new PictureState(sps.widthInMbs, sps.heightInMbs);
        }
        references.begin(slice);
        active = sps;
    }

    private void finish(YuvPicture into) {
        Frame frame = current;
        current = null;
        if (state.decoded != state.slice.length) {
            throw Syntax.error("slice_data", state.decoded + " macroblocks", "all " + state.slice.length, "7.4.1.2.4");
        }
        deblocking.filter(state, frame, active.monochrome);
        if (active.monochrome) {
            Arrays.fill(frame.planes[1], (byte) 128);
            Arrays.fill(frame.planes[2], (byte) 128);
        }
        references.mark(slice, frame);
        order.after(slice, frame);
        int stride = active.widthInMbs * 16;
        int chroma = (active.cropTop >> 1) * (stride >> 1) + (active.cropLeft >> 1);
        into.view(
                frame.planes[0],
                frame.planes[1],
                frame.planes[2],
                active.width,
                active.height,
                active.cropTop * stride + active.cropLeft,
                stride,
                chroma,
                stride >> 1);
    }

    @Override
    public void close() {
        references.forgetAll();
    }
}
