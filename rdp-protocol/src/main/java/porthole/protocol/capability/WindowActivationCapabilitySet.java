package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.3 Window Activation Capability Set: fixed by the specification; kept for the exchange. */
public record WindowActivationCapabilitySet(
        int helpKeyFlag, int helpKeyIndexFlag, int helpExtendedKeyFlag, int windowManagerKeyFlag, Bytes trailing)
        implements CapabilitySet {
    static WindowActivationCapabilitySet decodeBody(WireReader in) {
        return new WindowActivationCapabilitySet(
                in.u16le("helpKeyFlag"),
                in.u16le("helpKeyIndexFlag"),
                in.u16le("helpExtendedKeyFlag"),
                in.u16le("windowManagerKeyFlag"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return ACTIVATION;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(helpKeyFlag);
        out.u16le(helpKeyIndexFlag);
        out.u16le(helpExtendedKeyFlag);
        out.u16le(windowManagerKeyFlag);
        out.bytes(trailing);
    }
}
