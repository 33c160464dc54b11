package porthole.protocol.share;

import java.util.Optional;
import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.3.1.1 Deactivate All PDU Data (TS_DEACTIVATE_ALL_PDU); several servers cut it short, down to its header.
 *
 * @param sourceDescriptor meant to be one zero octet
 */
public record DeactivateAllPdu(
        ShareControlHeader header, OptionalLong shareId, Optional<Bytes> sourceDescriptor, Bytes trailing)
        implements ShareControlPdu {
    public DeactivateAllPdu {
        boolean gap =
                shareId.isEmpty() && sourceDescriptor.isPresent() || sourceDescriptor.isEmpty() && !trailing.isEmpty();
        if (gap) {
            throw new IllegalArgumentException("a field cannot follow a missing one");
        }
    }

    /** As the specification has it. */
    public static DeactivateAllPdu of(int pduSource, long shareId) {
        return new DeactivateAllPdu(
                ShareControlPdu.header(ShareControlHeader.PDUTYPE_DEACTIVATEALLPDU, pduSource, 7),
                OptionalLong.of(shareId),
                Optional.of(Bytes.of((byte) 0)),
                Bytes.EMPTY);
    }

    static DeactivateAllPdu decode(ShareControlHeader header, WireReader in) {
        OptionalLong shareId = in.hasRemaining() ? OptionalLong.of(in.u32le("shareId")) : OptionalLong.empty();
        Optional<Bytes> descriptor = in.hasRemaining()
                ? Optional.of(in.bytes(in.u16le("lengthSourceDescriptor"), "sourceDescriptor"))
                : Optional.empty();
        return new DeactivateAllPdu(header, shareId, descriptor, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        ShareControlPdu.write(out, header, body -> {
            shareId.ifPresent(body::u32le);
            sourceDescriptor.ifPresent(
                    descriptor -> body.u16le(descriptor.size()).bytes(descriptor));
            body.bytes(trailing);
        });
    }
}
