package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.7 Brush Capability Set: which brushes are taken. */
public record BrushCapabilitySet(long brushSupportLevel, Bytes trailing) implements CapabilitySet {
    public static final int BRUSH_DEFAULT = 0;
    public static final int BRUSH_COLOR_8X8 = 1;
    public static final int BRUSH_COLOR_FULL = 0x02;

    static BrushCapabilitySet decodeBody(WireReader in) {
        return new BrushCapabilitySet(in.u32le("brushSupportLevel"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return BRUSH;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(brushSupportLevel);
        out.bytes(trailing);
    }
}
