package porthole.protocol.share;

import java.util.List;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The part that demand active and confirm active share: count, padding, sets, and octets behind the last set. */
record CombinedCapabilities(int pad2Octets, List<CapabilitySet> sets, Bytes trailing) implements Pdu {
    static CombinedCapabilities decode(WireReader in) {
        int count = in.u16le("numberCapabilities");
        int pad = in.u16le("pad2Octets");
        return new CombinedCapabilities(pad, CapabilitySet.decodeAll(in, count), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(sets.size()).u16le(pad2Octets);
        sets.forEach(out::pdu);
        out.bytes(trailing);
    }
}
