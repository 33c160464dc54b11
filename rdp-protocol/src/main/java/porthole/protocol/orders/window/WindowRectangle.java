package porthole.protocol.orders.window;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** TS_RECTANGLE_16: in window coordinates, right and bottom exclusive. MS-RDPERP 2.2.1.2.2. */
public record WindowRectangle(int left, int top, int right, int bottom) {
    private static final int SIZE = 8;

    static List<WindowRectangle> decodeAll(WireReader in, String count, String field) {
        int size = in.count(in.u16le(count), SIZE, count);
        List<WindowRectangle> rectangles = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rectangles.add(in.within(
                    field + "[" + i + "]",
                    "MS-RDPERP 2.2.1.2.2",
                    each -> new WindowRectangle(
                            each.u16le("Left"), each.u16le("Top"), each.u16le("Right"), each.u16le("Bottom"))));
        }
        return rectangles;
    }

    static void encodeAll(WireWriter out, List<WindowRectangle> rectangles) {
        out.u16le(rectangles.size());
        for (WindowRectangle each : rectangles) {
            out.u16le(each.left).u16le(each.top).u16le(each.right).u16le(each.bottom);
        }
    }
}
