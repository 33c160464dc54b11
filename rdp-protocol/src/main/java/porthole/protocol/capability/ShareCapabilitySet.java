package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.4 Share Capability Set: the channel id of its sender, zero in a client. */
public record ShareCapabilitySet(int nodeId, int pad2octets, Bytes trailing) implements CapabilitySet {
    static ShareCapabilitySet decodeBody(WireReader in) {
        return new ShareCapabilitySet(in.u16le("nodeId"), in.u16le("pad2octets"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return SHARE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(nodeId);
        out.u16le(pad2octets);
        out.bytes(trailing);
    }
}
