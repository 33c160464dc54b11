package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPRFX 2.2.1.3 Frame Acknowledge Capability Set: how many frames may be unacknowledged; zero means none is waited for. */
public record FrameAcknowledgeCapabilitySet(long maxUnacknowledgedFrameCount, Bytes trailing) implements CapabilitySet {
    static FrameAcknowledgeCapabilitySet decodeBody(WireReader in) {
        return new FrameAcknowledgeCapabilitySet(in.u32le("maxUnacknowledgedFrameCount"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return FRAME_ACKNOWLEDGE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(maxUnacknowledgedFrameCount);
        out.bytes(trailing);
    }
}
