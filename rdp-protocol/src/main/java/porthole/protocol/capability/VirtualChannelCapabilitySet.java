package porthole.protocol.capability;

import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.10 Virtual Channel Capability Set: compression of static channels, and the octets of the largest chunk where that is said. */
public record VirtualChannelCapabilitySet(long flags, OptionalLong vcChunkSize, Bytes trailing)
        implements CapabilitySet {
    public static final int VCCAPS_NO_COMPR = 0;
    public static final int VCCAPS_COMPR_SC = 1;
    public static final int VCCAPS_COMPR_CS_8K = 0x02;

    public VirtualChannelCapabilitySet {
        if (!trailing.isEmpty() && vcChunkSize.isEmpty()) {
            throw new IllegalArgumentException("nothing can follow a missing vcChunkSize");
        }
    }

    static VirtualChannelCapabilitySet decodeBody(WireReader in) {
        long flags = in.u32le("flags");
        OptionalLong vcChunkSize = in.hasRemaining() ? OptionalLong.of(in.u32le("vcChunkSize")) : OptionalLong.empty();
        return new VirtualChannelCapabilitySet(flags, vcChunkSize, in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return VIRTUAL_CHANNEL;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags);
        vcChunkSize.ifPresent(out::u32le);
        out.bytes(trailing);
    }
}
