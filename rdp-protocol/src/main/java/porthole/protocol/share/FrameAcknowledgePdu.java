package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPRFX 2.2.3.1 Frame Acknowledge PDU Data (TS_FRAME_ACKNOWLEDGE_PDU). */
public record FrameAcknowledgePdu(long frameId, Bytes trailing) implements ShareDataBody {
    public static FrameAcknowledgePdu of(long frameId) {
        return new FrameAcknowledgePdu(frameId, Bytes.EMPTY);
    }

    static FrameAcknowledgePdu decode(WireReader in) {
        return new FrameAcknowledgePdu(in.u32le("frameId"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_FRAME_ACKNOWLEDGE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(frameId);
        out.bytes(trailing);
    }
}
