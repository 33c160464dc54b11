package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.2 Control Capability Set: fixed by the specification; kept for the exchange. */
public record ControlCapabilitySet(
        int controlFlags, int remoteDetachFlag, int controlInterest, int detachInterest, Bytes trailing)
        implements CapabilitySet {
    static ControlCapabilitySet decodeBody(WireReader in) {
        return new ControlCapabilitySet(
                in.u16le("controlFlags"),
                in.u16le("remoteDetachFlag"),
                in.u16le("controlInterest"),
                in.u16le("detachInterest"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return CONTROL;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(controlFlags);
        out.u16le(remoteDetachFlag);
        out.u16le(controlInterest);
        out.u16le(detachInterest);
        out.bytes(trailing);
    }
}
