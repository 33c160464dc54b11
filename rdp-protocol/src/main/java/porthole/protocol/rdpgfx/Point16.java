package porthole.protocol.rdpgfx;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** RDPGFX_POINT16: pixels 0 to 65535. MS-RDPEGFX 2.2.1.1. */
public record Point16(int x, int y) implements Pdu {
    private static final int SIZE = 4;

    public static Point16 decode(WireReader in) {
        return new Point16(in.u16le("x"), in.u16le("y"));
    }

    /** A list behind its 16-bit count. */
    static List<Point16> list(WireReader in) {
        int count = in.count(in.u16le("destPtsCount"), SIZE, "destPtsCount");
        List<Point16> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(in.within("destPts", "MS-RDPEGFX 2.2.1.1", Point16::decode));
        }
        return all;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(x).u16le(y);
    }
}
