package porthole.protocol.share;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.13.1.1 Demand Active PDU Data (TS_DEMAND_ACTIVE_PDU).
 *
 * @param shareId the share that the client has to name from now on
 * @param sourceDescriptor meant to be {@code RDP} and a zero octet
 * @param capabilityTrailing octets behind the last set, still within the combined length
 * @param sessionId meant to be ignored; some servers leave it out
 */
public record DemandActivePdu(
        ShareControlHeader header,
        long shareId,
        Bytes sourceDescriptor,
        int pad2Octets,
        List<CapabilitySet> capabilitySets,
        Bytes capabilityTrailing,
        OptionalLong sessionId,
        Bytes trailing)
        implements ShareControlPdu {
    public DemandActivePdu {
        capabilitySets = List.copyOf(capabilitySets);
        if (sessionId.isEmpty() && !trailing.isEmpty()) {
            throw new IllegalArgumentException("nothing can follow a missing sessionId");
        }
    }

    /** With {@code sessionId} zero. */
    public static DemandActivePdu of(
            int pduSource, long shareId, Bytes sourceDescriptor, List<CapabilitySet> capabilitySets) {
        Pdu body = out -> encodeBody(
                out,
                shareId,
                sourceDescriptor,
                new CombinedCapabilities(0, capabilitySets, Bytes.EMPTY),
                OptionalLong.of(0),
                Bytes.EMPTY);
        return new DemandActivePdu(
                ShareControlPdu.header(
                        ShareControlHeader.PDUTYPE_DEMANDACTIVEPDU, pduSource, body.toByteArray().length),
                shareId,
                sourceDescriptor,
                0,
                capabilitySets,
                Bytes.EMPTY,
                OptionalLong.of(0),
                Bytes.EMPTY);
    }

    static DemandActivePdu decode(ShareControlHeader header, WireReader in) {
        long shareId = in.u32le("shareId");
        int descriptorLength = in.u16le("lengthSourceDescriptor");
        int combinedLength = in.u16le("lengthCombinedCapabilities");
        Bytes descriptor = in.bytes(descriptorLength, "sourceDescriptor");
        CombinedCapabilities combined = CombinedCapabilities.decode(in.sub(combinedLength, "combinedCapabilities"));
        OptionalLong session = in.hasRemaining() ? OptionalLong.of(in.u32le("sessionId")) : OptionalLong.empty();
        return new DemandActivePdu(
                header,
                shareId,
                descriptor,
                combined.pad2Octets(),
                combined.sets(),
                combined.trailing(),
                session,
                in.rest("trailing"));
    }

    /** The first set of the given kind. */
    public <T extends CapabilitySet> Optional<T> capability(Class<T> kind) {
        return capabilitySets.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    @Override
    public void encode(WireWriter out) {
        CombinedCapabilities combined = new CombinedCapabilities(pad2Octets, capabilitySets, capabilityTrailing);
        ShareControlPdu.write(
                out, header, body -> encodeBody(body, shareId, sourceDescriptor, combined, sessionId, trailing));
    }

    private static void encodeBody(
            WireWriter out,
            long shareId,
            Bytes descriptor,
            CombinedCapabilities combined,
            OptionalLong session,
            Bytes trailing) {
        out.u32le(shareId).u16le(descriptor.size());
        int lengthAt = out.position();
        out.u16le(0).bytes(descriptor);
        int start = out.position();
        out.pdu(combined).patchU16le(lengthAt, out.position() - start);
        session.ifPresent(out::u32le);
        out.bytes(trailing);
    }
}
