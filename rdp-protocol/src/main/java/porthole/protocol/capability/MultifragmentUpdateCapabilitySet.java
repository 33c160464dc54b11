package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.6 Multifragment Update Capability Set: octets of the largest fast-path update after reassembly. */
public record MultifragmentUpdateCapabilitySet(long maxRequestSize, Bytes trailing) implements CapabilitySet {
    static MultifragmentUpdateCapabilitySet decodeBody(WireReader in) {
        return new MultifragmentUpdateCapabilitySet(in.u32le("maxRequestSize"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return MULTIFRAGMENT_UPDATE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(maxRequestSize);
        out.bytes(trailing);
    }
}
