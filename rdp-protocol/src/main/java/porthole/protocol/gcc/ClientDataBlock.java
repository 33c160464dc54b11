package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** One block of settings that the client sends within the GCC conference create request (MS-RDPBCGR 2.2.1.3.1). */
public sealed interface ClientDataBlock extends Pdu
        permits ClientCoreData,
                ClientSecurityData,
                ClientNetworkData,
                ClientClusterData,
                ClientMonitorData,
                ClientMonitorExtendedData,
                ClientMessageChannelData,
                ClientMultitransportChannelData,
                ClientDataBlock.Unknown {
    /** The type in the block's header. */
    int type();

    /** Appends what follows the header. */
    void encodeBody(WireWriter out);

    /** Appends the block with its header. */
    @Override
    default void encode(WireWriter out) {
        UserDataHeader.encode(out, type(), this::encodeBody);
    }

    /** A block of a type that is not known. */
    record Unknown(int type, Bytes data) implements ClientDataBlock {
        @Override
        public void encodeBody(WireWriter out) {
            out.bytes(data);
        }
    }

    /** Decodes one block with its header; the records' own {@code decode} begins behind the header. */
    static ClientDataBlock decode(WireReader in) {
        int type = in.u16le("header.type");
        int size = UserDataHeader.bodySize(in);
        return switch (type) {
            case ClientCoreData.TYPE -> ClientCoreData.decode(in.sub(size, "clientCoreData", "MS-RDPBCGR 2.2.1.3.2"));
            case ClientSecurityData.TYPE ->
                ClientSecurityData.decode(in.sub(size, "clientSecurityData", "MS-RDPBCGR 2.2.1.3.3"));
            case ClientNetworkData.TYPE ->
                ClientNetworkData.decode(in.sub(size, "clientNetworkData", "MS-RDPBCGR 2.2.1.3.4"));
            case ClientClusterData.TYPE ->
                ClientClusterData.decode(in.sub(size, "clientClusterData", "MS-RDPBCGR 2.2.1.3.5"));
            case ClientMonitorData.TYPE ->
                ClientMonitorData.decode(in.sub(size, "clientMonitorData", "MS-RDPBCGR 2.2.1.3.6"));
            case ClientMessageChannelData.TYPE ->
                ClientMessageChannelData.decode(in.sub(size, "clientMessageChannelData", "MS-RDPBCGR 2.2.1.3.7"));
            case ClientMultitransportChannelData.TYPE ->
                ClientMultitransportChannelData.decode(
                        in.sub(size, "clientMultitransportChannelData", "MS-RDPBCGR 2.2.1.3.8"));
            case ClientMonitorExtendedData.TYPE ->
                ClientMonitorExtendedData.decode(in.sub(size, "clientMonitorExtendedData", "MS-RDPBCGR 2.2.1.3.9"));
            default -> new Unknown(type, in.bytes(size, "data"));
        };
    }
}
