package porthole.host.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porthole.host.fault.ServerMessage;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Static virtual channels: the messages of one named {@code echo} go back as they came, those of others are dropped. */
final class EchoChannels {
    private static final String ECHO = "echo";
    private static final int LARGEST_MESSAGE = 1 << 20;

    private final HostConnection connection;
    private final BulkDecompressor bulk = new BulkDecompressor();
    /** Octets of the message's chunks as they came. */
    private int received;

    private final Map<Integer, ChannelReassembler> open = new HashMap<>();

    EchoChannels(HostConnection connection) {
        this.connection = connection;
    }

    void onChunk(int channelId, WireReader chunk) {
        String name = connection.facts().channels.get(channelId);
        if (!ECHO.equals(name)) {
            return;
        }
        received += chunk.remaining();
        open.computeIfAbsent(channelId, id -> new ChannelReassembler(LARGEST_MESSAGE, bulk))
                .accept(chunk.renamed("ChannelChunk", ChannelChunk.SECTION))
                .ifPresent(message -> {
                    Bytes octets = message.rest("message");
                    int sent = 0;
                    Optional<BulkCompressor> back = connection.facts().channelCompression();
                    for (ChannelChunk part : ChannelChunk.split(octets, ChannelChunk.CHANNEL_CHUNK_LENGTH, 0)) {
                        ChannelChunk echo = back.map(part::compressed).orElse(part);
                        sent += echo.virtualChannelData().size();
                        connection.sendOn(ServerMessage.CHANNEL_DATA, channelId, echo);
                    }
                    connection.event("echo", Map.of("octets", octets.size(), "received", received, "sent", sent));
                    received = 0;
                });
    }
}
