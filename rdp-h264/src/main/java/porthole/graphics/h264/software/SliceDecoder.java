package porthole.graphics.h264.software;

import java.util.Arrays;
import porthole.protocol.failure.WireException;

/** The macroblocks of slices. ITU-T H.264 7.3.4. */
final class SliceDecoder {
    private final BitReader in;
    private final Macroblock mb = new Macroblock();
    private final Cavlc cavlc;
    private final Cabac cabac;
    private final MacroblockParser parser;

    SliceDecoder(BitReader in, Frame[][] lists) {
        this.in = in;
        cavlc = new Cavlc(in, mb);
        cabac = new Cabac(in, mb);
        parser = new MacroblockParser(mb, in, new InterMacroblock(mb, lists));
    }

    void begin(PictureState state, Frame frame) {
        mb.state = state;
        mb.frame = frame;
        Arrays.fill(mb.coefficients, 0); // a picture that failed may have left some
        Arrays.fill(mb.dc, 0);
    }

    /** slice_data: macroblocks from where the last slice ended, each once. */
    void decode(SliceHeader slice) {
        PictureState state = mb.state;
        if (slice.firstMbInSlice != state.decoded) {
            throw Syntax.error(
                    "first_mb_in_slice",
                    slice.firstMbInSlice,
                    state.decoded + ", the macroblock behind the last slice: no arbitrary slice order",
                    "7.4.3");
        }
        mb.slice = slice;
        mb.sliceNumber = state.beginSlice(slice);
        mb.qp = slice.sliceQp;
        mb.lastHadQpDelta = false;
        if (slice.pps.entropyCodingMode) {
            cabac.begin(slice);
            parser.begin(cabac);
            arithmetic(slice, state);
        } else {
            parser.begin(cavlc);
            variableLength(slice, state);
        }
    }

    private void begin(int address) {
        mb.begin(address);
        mb.state.slice[address] = mb.sliceNumber;
    }

    private void arithmetic(SliceHeader slice, PictureState state) {
        int count = state.slice.length;
        boolean b = slice.sliceType == SliceHeader.B;
        boolean end = false;
        while (!end) {
            if (state.decoded == count) {
                throw tooMany(count);
            }
            begin(state.decoded);
            if (slice.sliceType != SliceHeader.I && cabac.isSkipped(b)) {
                parser.skip();
            } else {
                parser.read();
            }
            end = cabac.endOfSlice();
            cabac.checkEnd();
            state.decoded++;
        }
    }

    private void variableLength(SliceHeader slice, PictureState state) {
        int count = state.slice.length;
        boolean more = true;
        while (more) {
            if (slice.sliceType != SliceHeader.I) {
                int run = in.golomb();
                in.checkEnd("mb_skip_run");
                if (run > count - state.decoded) {
                    throw Syntax.error(
                            "mb_skip_run", in.position() >>> 3, run, "at most " + (count - state.decoded), "7.4.4");
                }
                for (int i = 0; i < run; i++) {
                    begin(state.decoded);
                    parser.skip();
                    state.decoded++;
                }
                if (!in.hasMore() && run > 0) {
                    return;
                }
            }
            if (state.decoded == count) {
                throw tooMany(count);
            }
            begin(state.decoded);
            parser.read();
            in.checkEnd("slice_data");
            state.decoded++;
            more = in.hasMore();
        }
    }

    private static WireException tooMany(int count) {
        return Syntax.error("slice_data", "more macroblocks", "at most " + count, "7.3.4");
    }
}
