package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** One block of settings that the host sends within the GCC conference create response (MS-RDPBCGR 2.2.1.4.1). */
public sealed interface ServerDataBlock extends Pdu
        permits ServerCoreData,
                ServerSecurityData,
                ServerNetworkData,
                ServerMessageChannelData,
                ServerMultitransportChannelData,
                ServerDataBlock.Unknown {
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
    record Unknown(int type, Bytes data) implements ServerDataBlock {
        @Override
        public void encodeBody(WireWriter out) {
            out.bytes(data);
        }
    }

    /** Decodes one block with its header; the records' own {@code decode} begins behind the header. */
    static ServerDataBlock decode(WireReader in) {
        int type = in.u16le("header.type");
        int size = UserDataHeader.bodySize(in);
        return switch (type) {
            case ServerCoreData.TYPE -> ServerCoreData.decode(in.sub(size, "serverCoreData", "MS-RDPBCGR 2.2.1.4.2"));
            case ServerSecurityData.TYPE ->
                ServerSecurityData.decode(in.sub(size, "serverSecurityData", "MS-RDPBCGR 2.2.1.4.3"));
            case ServerNetworkData.TYPE ->
                ServerNetworkData.decode(in.sub(size, "serverNetworkData", "MS-RDPBCGR 2.2.1.4.4"));
            case ServerMessageChannelData.TYPE ->
                ServerMessageChannelData.decode(in.sub(size, "serverMessageChannelData", "MS-RDPBCGR 2.2.1.4.5"));
            case ServerMultitransportChannelData.TYPE ->
                ServerMultitransportChannelData.decode(
                        in.sub(size, "serverMultitransportChannelData", "MS-RDPBCGR 2.2.1.4.6"));
            default -> new Unknown(type, in.bytes(size, "data"));
        };
    }
}
