package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.9 Surface Commands Capability Set: which surface commands are taken. */
public record SurfaceCommandsCapabilitySet(long cmdFlags, long reserved, Bytes trailing) implements CapabilitySet {
    public static final int SURFCMDS_SET_SURFACE_BITS = 0x02;
    public static final int SURFCMDS_FRAME_MARKER = 0x10;
    public static final int SURFCMDS_STREAM_SURFACE_BITS = 0x40;

    static SurfaceCommandsCapabilitySet decodeBody(WireReader in) {
        return new SurfaceCommandsCapabilitySet(in.u32le("cmdFlags"), in.u32le("reserved"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return SURFACE_COMMANDS;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(cmdFlags);
        out.u32le(reserved);
        out.bytes(trailing);
    }
}
