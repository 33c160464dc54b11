package porthole.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.VirtualChannelCapabilitySet;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;

/** The static channels of one session: puts chunks together and cuts messages into chunks. */
final class ChannelHub {
    private static final int EARLY_OCTETS = 1 << 16;

    private final Map<String, StaticChannel> channels = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private final RdpSession session;
    private final boolean compressionOffered;
    /** One history for all channels; exists from the first chunk that may be compressed, on the event loop. */
    private BulkCompressor bulk;

    private final BiConsumer<String, String> notes;
    private boolean isActive;
    private final List<Early> early = new ArrayList<>();
    private int earlyOctets;

    private final class Open implements StaticChannel.Sink {
        final StaticChannel channel;
        final int id;
        final ChannelReassembler reassembler;

        Open(StaticChannel channel, int id) {
            this.channel = channel;
            this.id = id;
            // chunks come decompressed: the connection has the one history that they share with updates
            this.reassembler = new ChannelReassembler(channel.maximumMessage(), new BulkDecompressor());
        }

        @Override
        public boolean send(Bytes message) {
            // what the host waits for is queued even while it is slow: it is little, and comes only after it has spoken
            Connection connection = channel.isEssential() ? session.activeConnection() : session.writable();
            if (connection == null) {
                return false;
            }
            connection.channel().eventLoop().execute(() -> {
                boolean compress = mayCompress();
                for (ChannelChunk chunk : ChannelChunk.split(message, chunkSize(), showProtocol(channel))) {
                    connection.sendOn(
                            id, "ChannelChunk(" + channel.name() + ")", compress ? chunk.compressed(bulk()) : chunk);
                }
            });
            return true;
        }
    }

    /**
     * @param compressionOffered whether the Client Info PDU offers bulk compression
     * @param notes is told name and detail of what goes wrong in a channel
     */
    ChannelHub(
            List<StaticChannel> channels,
            RdpSession session,
            boolean compressionOffered,
            BiConsumer<String, String> notes) {
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
        this.session = session;
        this.compressionOffered = compressionOffered;
        this.notes = notes;
    }

    private static int showProtocol(StaticChannel channel) {
        return (channel.options() & ChannelDef.OPTION_SHOW_PROTOCOL) != 0 ? ChannelChunk.FLAG_SHOW_PROTOCOL : 0;
    }

    /** Only with RDP 4.0, and only if the host says so (MS-RDPBCGR 2.2.7.1.10). */
    private boolean mayCompress() {
        return compressionOffered
                && session.hostCapabilities().stream()
                        .anyMatch(set -> set instanceof VirtualChannelCapabilitySet channels
                                && (channels.flags() & VirtualChannelCapabilitySet.VCCAPS_COMPR_CS_8K) != 0);
    }

    private BulkCompressor bulk() {
        if (bulk == null) {
            bulk = new BulkCompressor(BulkDecompressor.TYPE_8K);
        }
        return bulk;
    }

    private int chunkSize() {
        for (CapabilitySet set : session.hostCapabilities()) {
            if (set instanceof VirtualChannelCapabilitySet channels) {
                OptionalLong size = channels.vcChunkSize();
                // a host may ask for more than a chunk of 1600 octets, up to 16256 (MS-RDPBCGR 2.2.7.1.10)
                return (int) Math.max(1, Math.min(16256, size.orElse(ChannelChunk.CHANNEL_CHUNK_LENGTH)));
            }
        }
        return ChannelChunk.CHANNEL_CHUNK_LENGTH;
    }

    /** The session is active: the channels that the host knows are open. */
    void active(Map<Integer, String> ids) {
        isActive = true;
        ids.forEach((id, name) -> {
            StaticChannel channel = channels.get(name);
            if (channel != null) {
                Open opened = open.computeIfAbsent(name, n -> new Open(channel, id));
                opened.reassembler.reset();
                guarded(opened, () -> channel.opened(opened));
            }
        });
        List<Early> waiting = List.copyOf(early);
        early.clear();
        earlyOctets = 0;
        waiting.forEach(each -> chunk(each.name(), WireReader.of(each.octets(), "ChannelChunk", ChannelChunk.SECTION)));
    }

    /** Some hosts speak on a channel before the session is active; what they say is heard then. */
    private record Early(String name, Bytes octets) {}

    void chunk(String name, WireReader chunk) {
        if (!isActive && channels.containsKey(name)) {
            earlyOctets += chunk.remaining();
            chunk.check(
                    earlyOctets <= EARLY_OCTETS,
                    "channelPDUHeader",
                    earlyOctets,
                    "at most " + EARLY_OCTETS + " octets before the session is active");
            early.add(new Early(name, chunk.rest("virtualChannelData")));
            return;
        }
        Open to = open.get(name);
        if (to != null) {
            guarded(to, () -> to.reassembler.accept(chunk).ifPresent(message -> to.channel.received(message, to)));
        }
    }

    private void guarded(Open to, Runnable work) {
        try {
            work.run();
        } catch (WireException e) {
            if (to.channel.isEssential()) {
                throw e;
            }
            notes.accept("channel-closed", to.channel.name() + ": " + e.getMessage());
            open.remove(to.channel.name());
            channels.remove(to.channel.name());
            to.channel.closed();
        }
    }

    /** The connection is another one now, with ids of its own: channels open again when it is active. */
    void reconnected() {
        isActive = false;
        early.clear();
        earlyOctets = 0;
        open.values().forEach(each -> each.channel.closed());
        open.clear();
        bulk = null; // the host's history is a new one, too
    }

    void end() {
        open.values().forEach(each -> each.channel.closed());
        open.clear();
        channels.clear();
    }
}
