package porthole.protocol.orders;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A point of a DELTA_PTS_FIELD, as the distance from the point before it, in pixels. MS-RDPEGDI 2.2.2.2.1.1.1.4. */
public record OrderPoint(int x, int y) {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.1.1.4";

    /** The points of a list, of which there are {@code count}. */
    public static List<OrderPoint> decodeAll(Bytes codedDeltaList, int count) {
        return decodeAll(WireReader.of(codedDeltaList, "CodedDeltaList", SECTION), count);
    }

    static List<OrderPoint> decodeAll(WireReader in, int count) {
        Bytes zeroBits = in.bytes((count + 3) / 4, "zeroBits");
        List<OrderPoint> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int zero = zeroBits.at(i / 4) << i % 4 * 2;
            int x = (zero & 0x80) != 0 ? 0 : PackedNumber.delta(in, "x");
            int y = (zero & 0x40) != 0 ? 0 : PackedNumber.delta(in, "y");
            points.add(new OrderPoint(x, y));
        }
        return points;
    }

    /** The list in its shortest form. */
    public static Bytes encodeAll(List<OrderPoint> points) {
        byte[] zeroBits = new byte[(points.size() + 3) / 4];
        byte[] deltas = WireWriter.toByteArray(out -> {
            for (int i = 0; i < points.size(); i++) {
                OrderPoint point = points.get(i);
                zeroBits[i / 4] |= (byte) ((point.x == 0 ? 0x80 : 0) >> i % 4 * 2);
                zeroBits[i / 4] |= (byte) ((point.y == 0 ? 0x40 : 0) >> i % 4 * 2);
                if (point.x != 0) {
                    PackedNumber.delta(out, point.x);
                }
                if (point.y != 0) {
                    PackedNumber.delta(out, point.y);
                }
            }
        });
        return Bytes.of(WireWriter.toByteArray(out -> out.bytes(zeroBits).bytes(deltas)));
    }
}
