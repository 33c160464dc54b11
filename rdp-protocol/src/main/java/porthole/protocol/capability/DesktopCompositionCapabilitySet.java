package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.8 Desktop Composition Capability Set: whether desktop composition redirection is supported. */
public record DesktopCompositionCapabilitySet(int compDeskSupportLevel, Bytes trailing) implements CapabilitySet {
    static DesktopCompositionCapabilitySet decodeBody(WireReader in) {
        return new DesktopCompositionCapabilitySet(in.u16le("compDeskSupportLevel"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return DESKTOP_COMPOSITION;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(compDeskSupportLevel);
        out.bytes(trailing);
    }
}
