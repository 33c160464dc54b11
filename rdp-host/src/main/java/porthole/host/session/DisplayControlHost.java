package porthole.host.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.host.fault.ServerMessage;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.drdynvc.CapabilitiesRequest;
import porthole.protocol.drdynvc.CapabilitiesResponse;
import porthole.protocol.drdynvc.ChannelId;
import porthole.protocol.drdynvc.CreateRequest;
import porthole.protocol.drdynvc.CreateResponse;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DataFirst;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.DynamicReassembler;
import porthole.protocol.rdpedisp.DisplayControlPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * Opens the display control channel and lets the client change its monitors (MS-RDPEDISP 3.3): the desktop becomes the
 * rectangle around them. Lives as long as the connection, through reactivations.
 */
final class DisplayControlHost {
    private static final int VERSION = 1;
    private static final int MOST_MONITORS = 16;
    private static final int LARGEST = 4096;
    private static final ChannelId CHANNEL = ChannelId.of(1);

    private final HostConnection connection;
    private final int drdynvc;
    private final ChannelReassembler chunks = new ChannelReassembler(LARGEST, new BulkDecompressor());
    private final DynamicReassembler messages = new DynamicReassembler(LARGEST);

    private DisplayControlHost(HostConnection connection, int drdynvc) {
        this.connection = connection;
        this.drdynvc = drdynvc;
    }

    /** Asks the client for dynamic channels, where it has joined their static one. */
    static Optional<DisplayControlHost> begin(HostConnection connection) {
        for (Map.Entry<Integer, String> channel : connection.facts().channels.entrySet()) {
            if (channel.getValue().equals(DynamicPdu.CHANNEL_NAME)) {
                DisplayControlHost host = new DisplayControlHost(connection, channel.getKey());
                host.send(CapabilitiesRequest.of(VERSION));
                return Optional.of(host);
            }
        }
        return Optional.empty();
    }

    /** A chunk of a static channel; gives the size that the desktop is to have, where the client asks for one. */
    Optional<DesktopSize> onChunk(int channelId, WireReader chunk) {
        return channelId == drdynvc
                ? chunks.accept(chunk.renamed("ChannelChunk", ChannelChunk.SECTION))
                        .flatMap(this::onMessage)
                : Optional.empty();
    }

    private Optional<DesktopSize> onMessage(WireReader message) {
        DynamicPdu pdu = DynamicPdu.decodeFromClient(message.renamed("DynamicPdu", DynamicPdu.SECTION));
        if (pdu instanceof CapabilitiesResponse) {
            send(CreateRequest.of(CHANNEL.value(), DisplayControlPdu.CHANNEL_NAME));
        } else if (pdu instanceof CreateResponse response && response.creationStatus() == CreateResponse.SUCCESS) {
            Data.split(
                            CHANNEL,
                            Bytes.of(new DisplayControlPdu.Caps(MOST_MONITORS, DesktopSize.MAXIMUM, DesktopSize.MAXIMUM)
                                    .toByteArray()))
                    .forEach(this::send);
        } else if (pdu instanceof DataFirst first) {
            return messages.accept(first).flatMap(this::onLayout);
        } else if (pdu instanceof Data data) {
            return messages.accept(data).flatMap(this::onLayout);
        }
        return Optional.empty();
    }

    private Optional<DesktopSize> onLayout(WireReader message) {
        DisplayControlPdu pdu =
                DisplayControlPdu.decode(message.renamed("DisplayControlPdu", DisplayControlPdu.SECTION));
        if (!(pdu instanceof DisplayControlPdu.MonitorLayout layout)) {
            return Optional.empty();
        }
        long left = 0;
        long top = 0;
        long right = 0;
        long bottom = 0;
        List<String> monitors = new ArrayList<>();
        for (DisplayControlPdu.MonitorLayout.Monitor monitor : layout.monitors()) {
            message.check(
                    monitor.width() <= DesktopSize.MAXIMUM
                            && monitor.height() <= DesktopSize.MAXIMUM
                            && Math.abs((long) monitor.left()) <= DesktopSize.MAXIMUM
                            && Math.abs((long) monitor.top()) <= DesktopSize.MAXIMUM,
                    "Monitors.Width",
                    monitor.width() + " x " + monitor.height() + " at " + monitor.left() + ", " + monitor.top(),
                    "at most " + DesktopSize.MAXIMUM + " pixels");
            left = Math.min(left, monitor.left());
            top = Math.min(top, monitor.top());
            right = Math.max(right, monitor.left() + monitor.width());
            bottom = Math.max(bottom, monitor.top() + monitor.height());
            monitors.add(
                    String.format("%dx%d%+d%+d", monitor.width(), monitor.height(), monitor.left(), monitor.top()));
        }
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("monitors", monitors);
        connection.event("monitor-layout", what);
        if (right - left < 1 || bottom - top < 1) {
            return Optional.empty();
        }
        return Optional.of(new DesktopSize(
                (int) Math.min(DesktopSize.MAXIMUM, right - left), (int) Math.min(DesktopSize.MAXIMUM, bottom - top)));
    }

    private void send(DynamicPdu pdu) {
        for (ChannelChunk part :
                ChannelChunk.split(Bytes.of(pdu.toByteArray()), ChannelChunk.CHANNEL_CHUNK_LENGTH, 0)) {
            connection.sendOn(ServerMessage.CHANNEL_DATA, drdynvc, part);
        }
    }
}
