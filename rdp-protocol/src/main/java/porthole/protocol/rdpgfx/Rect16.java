package porthole.protocol.rdpgfx;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** RDPGFX_RECT16: pixels 0 to 65535; right and bottom are exclusive. MS-RDPEGFX 2.2.1.2. */
public record Rect16(int left, int top, int right, int bottom) implements Pdu {
    private static final int SIZE = 8;

    public static Rect16 decode(WireReader in) {
        return new Rect16(in.u16le("left"), in.u16le("top"), in.u16le("right"), in.u16le("bottom"));
    }

    static Rect16 decode(String field, WireReader in) {
        return in.within(field, "MS-RDPEGFX 2.2.1.2", Rect16::decode);
    }

    /** A list behind its 16-bit count. */
    static List<Rect16> list(String countField, String field, WireReader in) {
        int count = in.count(in.u16le(countField), SIZE, countField);
        List<Rect16> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(decode(field, in));
        }
        return all;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(left).u16le(top).u16le(right).u16le(bottom);
    }
}
