package porthole.protocol.gcc;

import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.SecurityProtocols;

/**
 * Server Core Data, TS_UD_SC_CORE (MS-RDPBCGR 2.2.1.4.2).
 *
 * @param version the newest protocol version of the host, as in {@link ClientCoreData}
 * @param clientRequestedProtocols what the client requested in the negotiation, so that tampering is seen
 * @param earlyCapabilityFlags present only behind {@code clientRequestedProtocols}
 */
public record ServerCoreData(
        int version,
        Optional<SecurityProtocols> clientRequestedProtocols,
        OptionalInt earlyCapabilityFlags,
        Bytes trailing)
        implements ServerDataBlock {
    public static final int TYPE = 0x0C01;

    public static final int EDGE_ACTIONS_SUPPORTED_V1 = 0x01;
    public static final int DYNAMIC_DST_SUPPORTED = 0x02;
    public static final int EDGE_ACTIONS_SUPPORTED_V2 = 0x04;
    public static final int SKIP_CHANNELJOIN_SUPPORTED = 0x08;

    public ServerCoreData {
        if (earlyCapabilityFlags.isPresent() && clientRequestedProtocols.isEmpty()) {
            throw new IllegalArgumentException("earlyCapabilityFlags needs clientRequestedProtocols before it");
        }
    }

    public ServerCoreData(int version, SecurityProtocols clientRequestedProtocols, int earlyCapabilityFlags) {
        this(version, Optional.of(clientRequestedProtocols), OptionalInt.of(earlyCapabilityFlags), Bytes.EMPTY);
    }

    /** Whether the host announces all bits of {@code flags}. */
    public boolean hasEarlyCapability(int flags) {
        return (earlyCapabilityFlags.orElse(0) & flags) == flags;
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ServerCoreData decode(WireReader in) {
        TailReader tail = new TailReader(in);
        return new ServerCoreData(
                in.s32le("version"),
                ClientCoreData.protocols(tail.s32le("clientRequestedProtocols")),
                tail.s32le("earlyCapabilityFlags"),
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(version);
        clientRequestedProtocols.ifPresent(protocols -> out.u32le(protocols.bits()));
        earlyCapabilityFlags.ifPresent(out::u32le);
        out.bytes(trailing);
    }
}
