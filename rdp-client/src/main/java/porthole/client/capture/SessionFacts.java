package porthole.client.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.fastpath.FragmentAssembler;
import porthole.protocol.gcc.ClientDataBlock;
import porthole.protocol.gcc.ClientNetworkData;
import porthole.protocol.gcc.ServerDataBlock;
import porthole.protocol.gcc.ServerMessageChannelData;
import porthole.protocol.gcc.ServerNetworkData;
import porthole.protocol.gcc.ServerSecurityData;

/** What earlier messages of a capture say about later ones: channels, encryption, compression histories. */
final class SessionFacts {
    private static final int NONE = -1;
    private static final int MAX_UPDATE = 64 << 20;

    final BulkDecompressor clientBulk = new BulkDecompressor();
    final BulkDecompressor serverBulk = new BulkDecompressor();
    final FragmentAssembler fragments = new FragmentAssembler(MAX_UPDATE);
    final OrdersReader orders = new OrdersReader();

    final Decryption decryption;

    private final List<String> asked = new ArrayList<>();
    private final Map<Integer, String> channels = new HashMap<>();
    private int ioChannel = NONE;
    private int messageChannel = NONE;
    private int encryptionMethod;

    SessionFacts(Optional<SessionSecrets> secrets) {
        decryption = new Decryption(secrets);
    }

    void client(List<ClientDataBlock> blocks) {
        for (ClientDataBlock block : blocks) {
            if (block instanceof ClientNetworkData network) {
                network.channelDefArray().forEach(channel -> asked.add(channel.name()));
            }
        }
    }

    void server(List<ServerDataBlock> blocks) {
        for (ServerDataBlock block : blocks) {
            if (block instanceof ServerNetworkData network) {
                ioChannel = network.mcsChannelId();
                for (int i = 0; i < network.channelIdArray().size(); i++) {
                    channels.put(network.channelIdArray().get(i), i < asked.size() ? asked.get(i) : "channel " + i);
                }
            } else if (block instanceof ServerMessageChannelData message) {
                messageChannel = message.mcsChannelId();
            } else if (block instanceof ServerSecurityData security) {
                encryptionMethod = security.encryptionMethod();
                decryption.chosen(security);
            }
        }
    }

    /** Whether no MCS connect was seen, so that channel ids mean nothing. */
    boolean knowsNoChannels() {
        return ioChannel == NONE;
    }

    boolean isIo(int channel) {
        return channel == ioChannel;
    }

    boolean isMessageChannel(int channel) {
        return channel == messageChannel;
    }

    String channelName(int channel) {
        return channels.getOrDefault(channel, Integer.toString(channel));
    }

    /** Whether standard security is in use, so that every PDU has a security header. */
    boolean hasStandardSecurity() {
        return encryptionMethod != 0;
    }

    boolean hasFips() {
        return encryptionMethod == 0x10;
    }

    /** Whether these flags say that octets are compressed, or that a history has to be reset. */
    static boolean isBulk(int flags) {
        return flags > 0
                && (flags & (BulkDecompressor.COMPRESSED | BulkDecompressor.AT_FRONT | BulkDecompressor.FLUSHED)) != 0;
    }

    /** Whether octets with these flags can be decompressed; those of a type that we never offer stay as they are. */
    static boolean isReadable(int flags) {
        return (flags & BulkDecompressor.TYPE_MASK) <= BulkDecompressor.BEST_TYPE;
    }

    BulkDecompressor bulk(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? clientBulk : serverBulk;
    }
}
