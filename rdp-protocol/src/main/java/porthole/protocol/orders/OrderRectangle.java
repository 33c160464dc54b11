package porthole.protocol.orders;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A rectangle of a DELTA_RECTS_FIELD, in pixels from the target's corner. MS-RDPEGDI 2.2.2.2.1.1.1.5. */
public record OrderRectangle(int left, int top, int width, int height) {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.1.1.5";

    private static final OrderRectangle FIRST = new OrderRectangle(0, 0, 0, 0);

    /** The rectangles of a list, of which there are {@code count}. */
    public static List<OrderRectangle> decodeAll(Bytes codedDeltaList, int count) {
        return decodeAll(WireReader.of(codedDeltaList, "CodedDeltaList", SECTION), count);
    }

    static List<OrderRectangle> decodeAll(WireReader in, int count) {
        Bytes zeroBits = in.bytes((count + 1) / 2, "zeroBits");
        List<OrderRectangle> rectangles = new ArrayList<>(count);
        OrderRectangle last = FIRST;
        for (int i = 0; i < count; i++) {
            int zero = zeroBits.at(i / 2) << i % 2 * 4;
            int left = last.left + ((zero & 0x80) != 0 ? 0 : PackedNumber.delta(in, "left"));
            int top = last.top + ((zero & 0x40) != 0 ? 0 : PackedNumber.delta(in, "top"));
            int width = (zero & 0x20) != 0 ? last.width : PackedNumber.delta(in, "width");
            int height = (zero & 0x10) != 0 ? last.height : PackedNumber.delta(in, "height");
            last = new OrderRectangle(left, top, width, height);
            rectangles.add(last);
        }
        return rectangles;
    }

    /** The list in its shortest form. */
    public static Bytes encodeAll(List<OrderRectangle> rectangles) {
        byte[] zeroBits = new byte[(rectangles.size() + 1) / 2];
        byte[] deltas = WireWriter.toByteArray(out -> {
            OrderRectangle last = FIRST;
            for (int i = 0; i < rectangles.size(); i++) {
                OrderRectangle next = rectangles.get(i);
                int zero = delta(out, next.left - last.left, next.left != last.left, 0x80)
                        | delta(out, next.top - last.top, next.top != last.top, 0x40)
                        | delta(out, next.width, next.width != last.width, 0x20)
                        | delta(out, next.height, next.height != last.height, 0x10);
                zeroBits[i / 2] |= (byte) (zero >> i % 2 * 4);
                last = next;
            }
        });
        return Bytes.of(WireWriter.toByteArray(out -> out.bytes(zeroBits).bytes(deltas)));
    }

    private static int delta(WireWriter out, int value, boolean present, int zeroBit) {
        if (!present) {
            return zeroBit;
        }
        PackedNumber.delta(out, value);
        return 0;
    }
}
