package porthole.protocol.orders;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Frame Marker: a logical frame begins or ends. MS-RDPEGDI 2.2.2.2.1.3.7.
 *
 * @param action {@link #TS_FRAME_START} or {@link #TS_FRAME_END}
 */
public record FrameMarker(long action) implements AlternateSecondaryOrder {
    public static final long TS_FRAME_START = 0;
    public static final long TS_FRAME_END = 1;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.7";

    static FrameMarker decode(WireReader in) {
        return new FrameMarker(in.u32le("action"));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_FRAME_MARKER;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(action);
    }
}
