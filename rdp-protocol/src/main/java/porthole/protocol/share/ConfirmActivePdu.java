package porthole.protocol.share;

import java.util.List;
import java.util.Optional;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.13.2.1 Confirm Active PDU Data (TS_CONFIRM_ACTIVE_PDU).
 *
 * @param originatorId {@link #SERVER_CHANNEL_ID}
 * @param capabilityTrailing octets behind the last set, still within the combined length
 */
public record ConfirmActivePdu(
        ShareControlHeader header,
        long shareId,
        int originatorId,
        Bytes sourceDescriptor,
        int pad2Octets,
        List<CapabilitySet> capabilitySets,
        Bytes capabilityTrailing,
        Bytes trailing)
        implements ShareControlPdu {
    /** The only value that {@code originatorId} may have. */
    public static final int SERVER_CHANNEL_ID = 0x03EA;

    public ConfirmActivePdu {
        capabilitySets = List.copyOf(capabilitySets);
    }

    /** With the usual originator. */
    public static ConfirmActivePdu of(
            int pduSource, long shareId, Bytes sourceDescriptor, List<CapabilitySet> capabilitySets) {
        Pdu body = out -> encodeBody(
                out,
                shareId,
                SERVER_CHANNEL_ID,
                sourceDescriptor,
                new CombinedCapabilities(0, capabilitySets, Bytes.EMPTY));
        return new ConfirmActivePdu(
                ShareControlPdu.header(
                        ShareControlHeader.PDUTYPE_CONFIRMACTIVEPDU, pduSource, body.toByteArray().length),
                shareId,
                SERVER_CHANNEL_ID,
                sourceDescriptor,
                0,
                capabilitySets,
                Bytes.EMPTY,
                Bytes.EMPTY);
    }

    static ConfirmActivePdu decode(ShareControlHeader header, WireReader in) {
        long shareId = in.u32le("shareId");
        int originator = in.u16le("originatorId");
        int descriptorLength = in.u16le("lengthSourceDescriptor");
        int combinedLength = in.u16le("lengthCombinedCapabilities");
        Bytes descriptor = in.bytes(descriptorLength, "sourceDescriptor");
        CombinedCapabilities combined = CombinedCapabilities.decode(in.sub(combinedLength, "combinedCapabilities"));
        return new ConfirmActivePdu(
                header,
                shareId,
                originator,
                descriptor,
                combined.pad2Octets(),
                combined.sets(),
                combined.trailing(),
                in.rest("trailing"));
    }

    /** The first set of the given kind. */
    public <T extends CapabilitySet> Optional<T> capability(Class<T> kind) {
        return capabilitySets.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    @Override
    public void encode(WireWriter out) {
        CombinedCapabilities combined = new CombinedCapabilities(pad2Octets, capabilitySets, capabilityTrailing);
        ShareControlPdu.write(out, header, body -> {
            encodeBody(body, shareId, originatorId, sourceDescriptor, combined);
            body.bytes(trailing);
        });
    }

    private static void encodeBody(
            WireWriter out, long shareId, int originator, Bytes descriptor, CombinedCapabilities combined) {
        out.u32le(shareId).u16le(originator).u16le(descriptor.size());
        int lengthAt = out.position();
        out.u16le(0).bytes(descriptor);
        int start = out.position();
        out.pdu(combined).patchU16le(lengthAt, out.position() - start);
    }
}
