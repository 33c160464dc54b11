package porthole.graphics.h264.jcodec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jcodec.codecs.common.biari.MDecoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.decode.SliceHeaderReader;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.aso.MapManager;
import org.jcodec.codecs.h264.io.CABAC;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.io.BitReader;

/** The slices of one stream, each with the parameter sets that it names. ITU-T H.264 7.3.1 and 7.3.3. */
final class SliceSource {
    private static final int MODELS = 1024;
    private static final int MIDDLE_QP = 26;

    private final Map<Integer, SeqParameterSet> sequences = new HashMap<>();
    private final Map<Integer, PictureParameterSet> pictures = new HashMap<>();

    /** @param units of one picture, which have passed {@link StreamCheck}; they are unescaped in place */
    List<SliceReader> slices(List<ByteBuffer> units) {
        List<SliceReader> slices = new ArrayList<>();
        for (ByteBuffer unit : units) {
            NALUnit header = NALUnit.read(unit);
            H264Utils.unescapeNAL(unit);
            if (header.type == NALUnitType.SPS) {
                SeqParameterSet sequence = SeqParameterSet.read(unit);
                sequences.put(sequence.seqParameterSetId, sequence);
            } else if (header.type == NALUnitType.PPS) {
                PictureParameterSet picture = PictureParameterSet.read(unit);
                pictures.put(picture.picParameterSetId, picture);
            } else if (header.type == NALUnitType.IDR_SLICE || header.type == NALUnitType.NON_IDR_SLICE) {
                slices.add(slice(unit, header));
            }
        }
        return slices;
    }

    private SliceReader slice(ByteBuffer octets, NALUnit unit) {
        BitReader in = BitReader.createBitReader(octets);
        SliceHeader header = SliceHeaderReader.readPart1(in);
        header.pps = pictures.get(header.picParameterSetId);
        header.sps = header.pps == null ? null : sequences.get(header.pps.seqParameterSetId);
        if (header.sps == null) {
            throw JcodecDecoder.error(
                    "pic_parameter_set_id", String.valueOf(header.picParameterSetId), "a set that was sent before");
        }
        SliceHeaderReader.readPart2(header, unit, header.sps, header.pps, in);
        CAVLC[] lengthCodes = {
            new CAVLC(header.sps, header.pps, 2, 2),
            new CAVLC(header.sps, header.pps, 1, 1),
            new CAVLC(header.sps, header.pps, 1, 1)
        };
        CABAC arithmetic = new CABAC(header.sps.picWidthInMbsMinus1 + 1);
        return new SliceReader(
                header.pps,
                arithmetic,
                lengthCodes,
                header.pps.entropyCodingModeFlag ? arithmeticDecoder(octets, in, header, arithmetic) : null,
                in,
                new MapManager(header.sps, header.pps).getMapper(header),
                header,
                unit);
    }

    private static MDecoder arithmeticDecoder(ByteBuffer octets, BitReader in, SliceHeader header, CABAC arithmetic) {
        in.terminate(); // goes on at the next whole octet
        int[][] models = new int[2][MODELS];
        int qp = header.pps.picInitQpMinus26 + MIDDLE_QP + header.sliceQpDelta;
        arithmetic.initModels(models, header.sliceType, header.cabacInitIdc, qp);
        return new BoundedMDecoder(octets, models);
    }
}
