package porthole.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import porthole.protocol.drdynvc.CapabilitiesRequest;
import porthole.protocol.drdynvc.CapabilitiesResponse;
import porthole.protocol.drdynvc.ChannelId;
import porthole.protocol.drdynvc.Close;
import porthole.protocol.drdynvc.CreateRequest;
import porthole.protocol.drdynvc.CreateResponse;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DataFirst;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.DynamicReassembler;
import porthole.protocol.drdynvc.SoftSyncRequest;
import porthole.protocol.drdynvc.SoftSyncResponse;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * The static channel {@code drdynvc}: opens the dynamic channels that the host asks for and the client has, and hands
 * messages on. MS-RDPEDYC 3.1 and 3.2. Lives on the connection's event loop.
 */
public final class DynamicChannels implements StaticChannel {
    private static final int VERSION = 3;
    /** A host has a dozen channels open; one that asks for more than this has other intentions. */
    private static final int MOST_OPEN = 256;

    private final Map<String, DynamicChannel> listeners = new HashMap<>();
    private final Map<Long, Open> open = new HashMap<>();
    private final BiConsumer<String, String> notes;

    private record Open(DynamicChannel channel, DynamicReassembler reassembler, DynamicChannel.Sink out) {}

    /** @param notes is told name and detail of what is passed over */
    public DynamicChannels(List<? extends DynamicChannel> channels, BiConsumer<String, String> notes) {
        channels.forEach(channel -> listeners.put(channel.name(), channel));
        this.notes = notes;
    }

    @Override
    public String name() {
        return DynamicPdu.CHANNEL_NAME;
    }

    @Override
    public int options() {
        return ChannelDef.OPTION_INITIALIZED | ChannelDef.OPTION_ENCRYPT_RDP | ChannelDef.OPTION_COMPRESS_RDP;
    }

    @Override
    public boolean isEssential() {
        return listeners.values().stream().anyMatch(DynamicChannel::isEssential);
    }

    /** A new connection, or a reactivation, which dynamic channels do not notice. */
    @Override
    public void opened(StaticChannel.Sink out) {}

    @Override
    public void received(WireReader message, StaticChannel.Sink out) {
        DynamicPdu pdu = DynamicPdu.decodeFromServer(message);
        if (pdu instanceof Data data) {
            Open to = open.get(data.channelId().value());
            if (to != null) {
                deliver(data.channelId(), to, () -> to.reassembler().accept(data), out);
            }
        } else if (pdu instanceof DataFirst first) {
            Open to = open.get(first.channelId().value());
            if (to != null) {
                deliver(first.channelId(), to, () -> to.reassembler().accept(first), out);
            }
        } else if (pdu instanceof CapabilitiesRequest request) {
            send(out, CapabilitiesResponse.of(Math.max(1, Math.min(VERSION, request.version()))));
        } else if (pdu instanceof CreateRequest request) {
            create(request, out);
        } else if (pdu instanceof Close close) {
            if (close(close.channelId())) {
                send(out, Close.of(close.channelId()));
            }
        } else if (pdu instanceof SoftSyncRequest) {
            send(out, SoftSyncResponse.of(List.of())); // there are no tunnels, so everything stays where it is
        } else {
            notes.accept("dynamic-channels", "a message that is not understood: " + pdu);
        }
    }

    private interface Reassembly {
        Optional<WireReader> message();
    }

    private void deliver(ChannelId id, Open to, Reassembly reassembly, StaticChannel.Sink out) {
        try {
            reassembly.message().ifPresent(message -> to.channel().received(message, to.out()));
        } catch (WireException e) {
            if (to.channel().isEssential()) {
                throw e;
            }
            notes.accept("channel-closed", to.channel().name() + ": " + e.getMessage());
            close(id);
            send(out, Close.of(id));
        }
    }

    private void create(CreateRequest request, StaticChannel.Sink out) {
        close(request.channelId());
        DynamicChannel listener = listeners.get(request.name());
        if (listener == null || open.size() == MOST_OPEN) {
            send(out, CreateResponse.to(request, CreateResponse.NOT_FOUND));
            return;
        }
        DynamicChannel.Sink sink = message -> {
            boolean sent = true;
            for (DynamicPdu part : Data.split(request.channelId(), message)) {
                sent &= send(out, part);
            }
            return sent;
        };
        open.put(
                request.channelId().value(),
                new Open(listener, new DynamicReassembler(listener.maximumMessage()), sink));
        send(out, CreateResponse.to(request, CreateResponse.SUCCESS));
        listener.opened(sink);
    }

    private boolean close(ChannelId id) {
        Open closed = open.remove(id.value());
        if (closed != null) {
            closed.channel().closed();
        }
        return closed != null;
    }

    private static boolean send(StaticChannel.Sink out, DynamicPdu pdu) {
        return out.send(Bytes.of(pdu.toByteArray()));
    }

    @Override
    public void closed() {
        open.values().forEach(each -> each.channel().closed());
        open.clear();
    }
}
