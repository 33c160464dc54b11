package porthole.graphics.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.graphics.codec.PixelSink;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** What the rectangles before a picture do, whatever the picture is. */
class AvcRectanglesTest {
    private static final int SIDE = 16;
    private static final Bytes WHOLE = Bytes.hex("0000000010001000");
    private static final Bytes CORNER = Bytes.hex("0000000008000800");

    /** A grey picture for each call. */
    private static final class Grey implements H264Decoder {
        private final byte[] plane = new byte[SIDE * SIDE];

        @Override
        public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
            into.view(plane, plane, plane, SIDE, SIDE, 0, SIDE, 0, SIDE / 2);
            return true;
        }

        @Override
        public void close() {
            plane[0] = 0;
        }
    }

    private final List<String> rows = new ArrayList<>();
    private final PixelSink sink = (x, y, width, height, argb, offset, stride) -> rows.add(x + "," + y + "," + width);

    @Test
    void rectanglesMayLieOverOneAnotherSixtyFourTimes() {
        byte[] often = bitmap(WHOLE, 64);
        byte[] tooOften = bitmap(WHOLE, 65);
        try (Avc420 codec = new Avc420(new Grey())) {
            codec.decode(often, 0, often.length, SIDE, SIDE, sink);
            assertThat(rows).hasSize(64 * SIDE);
            assertThatThrownBy(() -> codec.decode(tooOften, 0, tooOften.length, SIDE, SIDE, sink))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("RFX_AVC420_BITMAP_STREAM.regionRects");
        }
    }

    @Test
    void twoPicturesWithTheSameRectanglesAreShownOnce() {
        try (Avc444 codec = new Avc444(true, new Grey())) {
            byte[] same = both(bitmap(WHOLE, 1), bitmap(WHOLE, 1));
            codec.decode(same, 0, same.length, SIDE, SIDE, sink);
            assertThat(rows).hasSize(SIDE);
            byte[] other = both(bitmap(WHOLE, 1), bitmap(CORNER, 1));
            codec.decode(other, 0, other.length, SIDE, SIDE, sink);
            assertThat(rows).hasSize(SIDE + SIDE + SIDE / 2);
        }
    }

    private static byte[] bitmap(Bytes rectangle, int count) {
        return WireWriter.toByteArray(out -> {
            out.u32le(count);
            for (int i = 0; i < count; i++) {
                out.bytes(rectangle);
            }
            out.zeros(2 * count);
        });
    }

    private static byte[] both(byte[] luma, byte[] chroma) {
        return WireWriter.toByteArray(
                out -> out.u32le(luma.length).bytes(Bytes.of(luma)).bytes(Bytes.of(chroma)));
    }
}
