package porthole.graphics.h264.software;

import java.util.Arrays;

/** The parameter sets that a stream has sent; those that come again unchanged are kept as they are. ITU-T H.264 7.4.1.2.1. */
final class ParameterSets {
    final SequenceParameterSet[] sequences = new SequenceParameterSet[SequenceParameterSet.MOST];
    final PictureParameterSet[] pictures = new PictureParameterSet[PictureParameterSet.MOST];
    private final byte[][] sequenceOctets = new byte[SequenceParameterSet.MOST][];
    private final byte[][] pictureOctets = new byte[PictureParameterSet.MOST][];
    private final long maximumPixels;

    ParameterSets(long maximumPixels) {
        this.maximumPixels = maximumPixels;
    }

    /** @param in at the start of seq_parameter_set_data */
    void sequence(BitReader in) {
        in.bits(24);
        int id = in.unsigned(SequenceParameterSet.MOST - 1, "seq_parameter_set_id", SequenceParameterSet.CLAUSE);
        if (isSame(sequenceOctets[id], in)) {
            return;
        }
        in.moveTo(0);
        SequenceParameterSet read = SequenceParameterSet.read(in, maximumPixels);
        sequences[id] = read;
        sequenceOctets[id] = Arrays.copyOf(in.octets(), in.length());
        for (int i = 0; i < pictures.length; i++) {
            if (pictures[i] != null && pictures[i].sequenceId == id) { // was read with what is no more
                pictures[i] = null;
                pictureOctets[i] = null;
            }
        }
    }

    void picture(BitReader in) {
        int id = in.unsigned(PictureParameterSet.MOST - 1, "pic_parameter_set_id", "7.4.2.2");
        if (isSame(pictureOctets[id], in)) {
            return;
        }
        in.moveTo(0);
        pictures[id] = PictureParameterSet.read(in, sequences);
        pictureOctets[id] = Arrays.copyOf(in.octets(), in.length());
    }

    private static boolean isSame(byte[] before, BitReader in) {
        return before != null && Arrays.equals(before, 0, before.length, in.octets(), 0, in.length());
    }
}
