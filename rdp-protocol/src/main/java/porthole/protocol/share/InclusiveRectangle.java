package porthole.protocol.share;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.11.1 Inclusive Rectangle (TS_RECTANGLE16), in pixels; {@code right} and {@code bottom} belong to it. */
public record InclusiveRectangle(int left, int top, int right, int bottom) implements Pdu {
    static InclusiveRectangle decode(WireReader in) {
        return new InclusiveRectangle(in.u16le("left"), in.u16le("top"), in.u16le("right"), in.u16le("bottom"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(left).u16le(top).u16le(right).u16le(bottom);
    }
}
