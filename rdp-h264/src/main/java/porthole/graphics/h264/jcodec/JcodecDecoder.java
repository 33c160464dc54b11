package porthole.graphics.h264.jcodec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.POCManager;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.deblock.DeblockingFilter;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.logging.Logger;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/**
 * Takes a picture through JCodec's parts: slices one after the other, deblocking, and the marking of reference pictures.
 *
 * <p>JCodec's own decoder starts threads that nobody can end, and copies each reference picture; this one does neither.
 */
final class JcodecDecoder implements porthole.graphics.h264.H264Decoder {
    private static final String NAME = "H264AccessUnit";
    private static final String SECTION = "ITU-T H.264";
    private static final int MACROBLOCK = 16;

    static {
        Logger.addSink(message -> {}); // else what JCodec notices of a host's stream goes to standard output
    }

    private final StreamCheck check;
    private final SliceSource source = new SliceSource();
    private final POCManager order = new POCManager();
    private final ReferencePictures references = new ReferencePictures();

    JcodecDecoder(long maximumPixels) {
        check = new StreamCheck(maximumPixels);
    }

    @Override
    public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
        // JCodec unescapes in place, so it gets octets of its own
        byte[] copy = java.util.Arrays.copyOfRange(octets, from, to);
        List<ByteBuffer> units = H264Utils.splitFrame(ByteBuffer.wrap(copy));
        for (ByteBuffer unit : units) {
            check.check(unit.duplicate());
        }
        Frame picture;
        try {
            picture = picture(units);
        } catch (WireException e) {
            throw e;
        } catch (RuntimeException e) { // whatever the octets made JCodec stumble over
            throw error("slice", String.valueOf(e), "a slice that the decoder knows");
        }
        if (picture == null) {
            return false;
        }
        copy(picture, into);
        return true;
    }

    private Frame picture(List<ByteBuffer> units) {
        List<SliceReader> slices = source.slices(units);
        if (slices.isEmpty()) {
            return null;
        }
        SliceHeader first = slices.get(0).getSliceHeader();
        NALUnit unit = slices.get(0).getNALUnit();
        SeqParameterSet sps = first.sps;
        checkSupported(first);
        int width = sps.picWidthInMbsMinus1 + 1;
        int height = SeqParameterSet.getPicHeightInMbs(sps);
        references.begin(sps);
        DeblockerInput state = new DeblockerInput(sps);
        byte[][] planes = {
            new byte[width * height * MACROBLOCK * MACROBLOCK],
            new byte[width * height * MACROBLOCK * MACROBLOCK / 4],
            new byte[width * height * MACROBLOCK * MACROBLOCK / 4]
        };
        Frame picture = H264Decoder.createFrame(
                sps, planes, first.frameNum, first.sliceType, state.mvs, state.refsUsed, order.calcPOC(first, unit));
        int blocks = 0;
        for (SliceReader slice : slices) {
            if (slice.getSliceHeader().sps != sps) {
                throw error("seq_parameter_set_id", "another one", "that of the first slice of the picture");
            }
            new SliceDecoder(sps, references.shortTerm(), references.longTerm(), state, picture)
                    .decodeFromReader(slice);
        }
        for (SliceHeader header : state.shs) {
            blocks += header == null ? 0 : 1;
        }
        if (blocks != width * height) {
            throw error("slice_data", blocks + " macroblocks", "all " + width * height);
        }
        new DeblockingFilter(width, sps.bitDepthChromaMinus8 + 8, state).deblockFrame(picture);
        if (unit.nal_ref_idc != 0) {
            references.mark(unit, first, picture);
        }
        return picture;
    }

    private static void checkSupported(SliceHeader slice) {
        SeqParameterSet sps = slice.sps;
        if (sps.bitDepthLumaMinus8 != 0
                || sps.bitDepthChromaMinus8 != 0
                || sps.chromaFormatIdc != ColorSpace.YUV420J
                || !sps.frameMbsOnlyFlag
                || slice.pps.constrainedIntraPredFlag
                || sps.qpprimeYZeroTransformBypassFlag) {
            throw error(
                    "seq_parameter_set",
                    "profile " + sps.profileIdc,
                    "8 bits, 4:2:0, whole frames, no constrained intra prediction and no lossless macroblocks");
        }
    }

    /** Cuts to what is to be shown, and makes octets unsigned. */
    private static void copy(Frame picture, YuvPicture into) {
        var crop = picture.getCrop();
        int width = crop == null ? picture.getWidth() : crop.getWidth();
        int height = crop == null ? picture.getHeight() : crop.getHeight();
        int left = crop == null ? 0 : crop.getX();
        int top = crop == null ? 0 : crop.getY();
        if (width < 1 || height < 1) {
            throw error("frame_cropping", width + " x " + height, "some pixels");
        }
        into.size(width, height);
        plane(picture, 0, left, top, width, height, into.y());
        plane(picture, 1, left / 2, top / 2, (width + 1) / 2, (height + 1) / 2, into.u());
        plane(picture, 2, left / 2, top / 2, (width + 1) / 2, (height + 1) / 2, into.v());
    }

    private static void plane(Picture picture, int index, int left, int top, int width, int height, byte[] to) {
        byte[] from = picture.getPlaneData(index);
        int stride = picture.getPlaneWidth(index);
        for (int y = 0; y < height; y++) {
            int at = (top + y) * stride + left;
            int row = y * width;
            for (int x = 0; x < width; x++) {
                to[row + x] = (byte) (from[at + x] ^ 0x80);
            }
        }
    }

    static WireException error(String field, String seen, String rule) {
        return new WireException(NAME, field, 0, seen, rule, SECTION);
    }

    @Override
    public void close() {
        references.clear();
    }
}
