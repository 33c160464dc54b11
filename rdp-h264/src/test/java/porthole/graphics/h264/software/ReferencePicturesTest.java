package porthole.graphics.h264.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/**
 * Which pictures may be referred to, and by what numbers. Each picture is one macroblock: either all of one grey, or a copy of the
 * first picture of its list, so that its grey tells which one that was.
 */
class ReferencePicturesTest {
    private static final UnaryOperator<Bits> SLIDING = bits -> bits.put(0, 1);
    private static final UnaryOperator<Bits> IN_ORDER = bits -> bits.put(0, 1);

    private final H264Decoder decoder = new SoftwareProvider().open(1 << 10);
    private final YuvPicture picture = new YuvPicture();

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void theWindowSlides() {
        begin(2, false);
        grey(1, 110, SLIDING);
        grey(2, 120, SLIDING);
        assertThat(copy(3, IN_ORDER)).isEqualTo(120);
        assertThat(copy(4, minus(2))).isEqualTo(120); // of 3, which is a copy, and 2
        refused("abs_diff_pic_num_minus1", () -> copy(5, minus(3)));
    }

    @Test
    void numbersWrap() {
        begin(3, false);
        for (int n = 1; n <= 16; n++) {
            grey(n & 15, 100 + n, SLIDING);
        }
        assertThat(copy(1, minus(2))).isEqualTo(115);
    }

    @Test
    void aShortTermPictureIsLetGo() {
        begin(3, false);
        grey(1, 110, SLIDING);
        grey(2, 120, operations(1, 0)); // no longer picture 1
        assertThat(copy(3, minus(3))).isEqualTo(100);
        refused("abs_diff_pic_num_minus1", () -> copy(4, minus(3)));
    }

    @Test
    void longTermPicturesStay() {
        begin(2, false);
        grey(1, 110, operations(4, 1, 6, 0));
        for (int n = 2; n < 10; n++) {
            grey(n, 100 + n, SLIDING);
        }
        assertThat(copy(10, longTerm(0))).isEqualTo(110);
        assertThat(copy(11, IN_ORDER)).isEqualTo(110); // a copy of the copy
        refused("abs_diff_pic_num_minus1", () -> copy(12, longTerm(1)));
    }

    @Test
    void aShortTermPictureBecomesALongTermOne() {
        begin(3, false);
        grey(1, 110, SLIDING);
        grey(
                2,
                120,
                bits -> bits.put(1, 1)
                        .golomb(4)
                        .golomb(2)
                        .golomb(3)
                        .golomb(0)
                        .golomb(1)
                        .golomb(0));
        assertThat(copy(3, longTerm(1))).isEqualTo(110);
        refused(
                "long_term_frame_idx",
                () -> grey(
                        4,
                        130,
                        bits -> bits.put(1, 1).golomb(3).golomb(0).golomb(9).golomb(0)));
    }

    @Test
    void operationFiveForgetsAllAndBeginsAnew() {
        begin(3, false);
        grey(1, 110, SLIDING);
        grey(2, 120, bits -> bits.put(1, 1).golomb(5).golomb(0));
        assertThat(copy(1, IN_ORDER)).isEqualTo(120);
        refused("abs_diff_pic_num_minus1", () -> copy(2, minus(3)));
    }

    @Test
    void aGapIsRefusedWhereNoneIsAllowed() {
        begin(3, false);
        refused("frame_num", () -> grey(2, 120, SLIDING));
    }

    @Test
    void picturesOfAGapAreNotToBeReferredTo() {
        begin(3, true);
        grey(1, 110, SLIDING);
        assertThat(copy(3, minus(2))).isEqualTo(110);
        refused("ref_idx_l0", () -> copy(4, minus(2)));
    }

    @Test
    void aLongGapLeavesNothing() {
        begin(3, true);
        refused("ref_idx_l0", () -> copy(9, IN_ORDER));
        refused("abs_diff_pic_num_minus1", () -> copy(9, minus(9)));
    }

    private void begin(int references, boolean gaps) {
        Bits sps = new Bits()
                .put(0x67, 8)
                .put(66, 8)
                .put(0, 8)
                .put(10, 8)
                .golomb(0)
                .golomb(0)
                .golomb(2);
        sps.golomb(references)
                .put(gaps ? 1 : 0, 1)
                .golomb(0)
                .golomb(0)
                .put(1, 1)
                .put(1, 1)
                .put(0, 2);
        decode(sps);
        Bits pps = new Bits()
                .put(0x68, 8)
                .golomb(0)
                .golomb(0)
                .put(0, 2)
                .golomb(0)
                .golomb(0)
                .golomb(0)
                .put(0, 3);
        decode(pps.golomb(0).golomb(0).golomb(0).put(0, 3));
        Bits idr = new Bits()
                .put(0x65, 8)
                .golomb(0)
                .golomb(7)
                .golomb(0)
                .put(0, 4)
                .golomb(0)
                .put(0, 2);
        decode(samples(idr, 100));
    }

    private void grey(int frameNum, int value, UnaryOperator<Bits> marking) {
        Bits slice = new Bits().put(0x61, 8).golomb(0).golomb(7).golomb(0).put(frameNum, 4);
        decode(samples(marking.apply(slice), value));
        assertThat(shown()).isEqualTo(value);
    }

    /** slice_qp_delta, and an I_PCM macroblock. */
    private static Bits samples(Bits slice, int value) {
        slice.golomb(0).golomb(25).align();
        for (int i = 0; i < 384; i++) {
            slice.put(value, 8);
        }
        return slice;
    }

    private int copy(int frameNum, UnaryOperator<Bits> list) {
        Bits slice = new Bits()
                .put(0x61, 8)
                .golomb(0)
                .golomb(5)
                .golomb(0)
                .put(frameNum, 4)
                .put(0, 1);
        decode(SLIDING.apply(list.apply(slice)).golomb(0).golomb(1));
        return shown();
    }

    private int shown() {
        return picture.y()[picture.row(15) + 15] & 0xFF;
    }

    private void decode(Bits unit) {
        byte[] octets = unit.octets();
        byte[] stream = new byte[octets.length + 3];
        stream[2] = 1;
        System.arraycopy(octets, 0, stream, 3, octets.length);
        decoder.decode(stream, 0, stream.length, picture);
    }

    private static UnaryOperator<Bits> minus(int difference) {
        return bits -> bits.put(1, 1).golomb(0).golomb(difference - 1).golomb(3);
    }

    private static UnaryOperator<Bits> longTerm(int number) {
        return bits -> bits.put(1, 1).golomb(2).golomb(number).golomb(3);
    }

    /** Pairs of memory_management_control_operation and its number. */
    private static UnaryOperator<Bits> operations(int... values) {
        return bits -> {
            bits.put(1, 1);
            for (int value : values) {
                bits.golomb(value);
            }
            return bits.golomb(0);
        };
    }

    private static void refused(String field, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
