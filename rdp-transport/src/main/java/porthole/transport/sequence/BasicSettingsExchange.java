package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.gcc.ClientClusterData;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.gcc.ClientDataBlock;
import porthole.protocol.gcc.ClientMessageChannelData;
import porthole.protocol.gcc.ClientMonitorData;
import porthole.protocol.gcc.ClientMonitorExtendedData;
import porthole.protocol.gcc.ClientMultitransportChannelData;
import porthole.protocol.gcc.ClientNetworkData;
import porthole.protocol.gcc.ClientSecurityData;
import porthole.protocol.gcc.ConferenceCreateRequest;
import porthole.protocol.gcc.ConferenceCreateResponse;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.MonitorAttributes;
import porthole.protocol.gcc.MonitorDef;
import porthole.protocol.gcc.ServerCoreData;
import porthole.protocol.gcc.ServerDataBlock;
import porthole.protocol.gcc.ServerMessageChannelData;
import porthole.protocol.gcc.ServerNetworkData;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.mcs.ConnectInitial;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.mcs.McsResult;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.x224.NegotiationResponse;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.Facts;
import porthole.transport.MessageProtection;
import porthole.transport.Monitor;
import porthole.transport.PhaseHandler;
import porthole.transport.nla.LateRefusal;

/** MCS Connect Initial and Response with the GCC conference create and its blocks (MS-RDPBCGR 2.2.1.3, 2.2.1.4). */
final class BasicSettingsExchange extends PhaseHandler {
    private static final String SECTION = "MS-RDPBCGR 2.2.1.4";

    BasicSettingsExchange(Connection connection) {
        super(connection, Stage.BASIC_SETTINGS_EXCHANGE);
    }

    @Override
    public Framing framing() {
        return LateRefusal.framing(connection().facts());
    }

    @Override
    protected String awaiting() {
        return "an MCS Connect Response";
    }

    @Override
    protected void enter() {
        Bytes userData = Bytes.of(new ConferenceCreateRequest(blocks()).toByteArray());
        ByteBuf frame = X224Data.wrap(context().alloc(), ConnectInitial.of(userData));
        connection().send("ConnectInitial", frame);
    }

    private List<ClientDataBlock> blocks() {
        ClientSettings client = connection().spec().client();
        List<ClientDataBlock> blocks = new ArrayList<>();
        blocks.add(core(client));
        blocks.add(cluster(client));
        blocks.add(new ClientSecurityData(connection().layer().encryptionMethods()));
        if (!client.channels().isEmpty()) {
            blocks.add(new ClientNetworkData(client.channels(), Bytes.EMPTY));
        }
        boolean extended =
                (connection().facts().negotiationFlags() & NegotiationResponse.EXTENDED_CLIENT_DATA_SUPPORTED) != 0;
        if (extended) {
            monitors(client, blocks);
            blocks.add(new ClientMessageChannelData());
            client.multitransportFlags()
                    .ifPresent(flags -> blocks.add(new ClientMultitransportChannelData((int) flags)));
        }
        return blocks;
    }

    private static void monitors(ClientSettings client, List<ClientDataBlock> blocks) {
        if (client.monitors().isEmpty()) {
            return;
        }
        List<MonitorDef> places = new ArrayList<>();
        List<MonitorAttributes> attributes = new ArrayList<>();
        for (Monitor monitor : client.monitors()) {
            places.add(new MonitorDef(
                    monitor.left(),
                    monitor.top(),
                    monitor.left() + monitor.width() - 1,
                    monitor.top() + monitor.height() - 1,
                    places.isEmpty() ? MonitorDef.TS_MONITOR_PRIMARY : 0));
            attributes.add(new MonitorAttributes(
                    monitor.physicalWidth(),
                    monitor.physicalHeight(),
                    monitor.orientation(),
                    monitor.desktopScale(),
                    monitor.deviceScale()));
        }
        blocks.add(new ClientMonitorData(places));
        blocks.add(new ClientMonitorExtendedData(attributes));
    }

    private static ClientClusterData cluster(ClientSettings client) {
        int flags = (int) client.clusterFlags();
        return client.redirectedSessionId().isPresent()
                ? new ClientClusterData(flags | ClientClusterData.REDIRECTED_SESSIONID_FIELD_VALID, (int)
                        client.redirectedSessionId().getAsLong())
                : new ClientClusterData(flags, 0);
    }

    private ClientCoreData core(ClientSettings client) {
        return ClientCoreData.builder()
                .version((int) client.version())
                .desktopSize(client.width(), client.height())
                .keyboardLayout((int) client.keyboardLayout())
                .keyboard(
                        (int) client.keyboardType(), (int) client.keyboardSubType(), (int) client.keyboardFunctionKey())
                .clientBuild(client.clientBuild())
                .clientName(client.clientName())
                .earlyCapabilities(client.earlyCapabilityFlags()
                        | (client.monitors().isEmpty() ? 0 : ClientCoreData.SUPPORT_MONITOR_LAYOUT_PDU))
                .colorDepth(client.bitsPerPixel()) // behind the flags: it decides about the 32-bit one
                .supportedColorDepths(client.supportedColorDepths())
                .connectionType(client.connectionType())
                .clientDigProductId(client.productId())
                .serverSelectedProtocol(connection().facts().selectedProtocol())
                .desktop(
                        (int) client.physicalWidth(),
                        (int) client.physicalHeight(),
                        client.orientation(),
                        (int) client.desktopScale(),
                        (int) client.deviceScale())
                .build();
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        LateRefusal.check(connection().facts(), frame);
        ConnectResponse response = ConnectResponse.decode(X224Data.unwrap(frame, null));
        connection().clock().message(true, "ConnectResponse", frame.readableBytes());
        McsResult result = new McsResult(response.result());
        if (!result.isSuccessful()) {
            throw new Refused(
                    "mcs-connect",
                    "MCS Connect Response",
                    result.code(),
                    result.name(),
                    result.meaning(),
                    "the host does not take this client's settings: try a smaller desktop, another depth or fewer channels",
                    "MS-RDPBCGR 2.2.1.4");
        }
        int before = frame.readableBytes() - response.userData().size();
        for (ServerDataBlock block :
                ConferenceCreateResponse.decode(response.userData(), before).blocks()) {
            accept(block);
        }
        finish();
    }

    private int ioChannel = -1;
    private final List<Integer> channelIds = new ArrayList<>();
    private OptionalInt messageChannel = OptionalInt.empty();
    private Optional<MessageProtection> protection = Optional.empty();

    private void accept(ServerDataBlock block) {
        Facts facts = connection().facts();
        if (block instanceof ServerCoreData core) {
            facts.serverEarlyCapabilityFlags(core.earlyCapabilityFlags().orElse(0));
            if (core.clientRequestedProtocols().isPresent()
                    && !core.clientRequestedProtocols().get().equals(facts.requestedProtocols())) {
                throw new SequenceException(
                        "clientRequestedProtocols "
                                + core.clientRequestedProtocols().get() + " in the server core data",
                        facts.requestedProtocols()
                                + ", as it was sent: somebody in the path may have changed the negotiation",
                        "MS-RDPBCGR 2.2.1.4.2");
            }
            evidence("serverVersion", hex(core.version()));
        } else if (block instanceof ServerSecurityData security) {
            protection(security);
        } else if (block instanceof ServerNetworkData network) {
            ioChannel = network.mcsChannelId();
            channelIds.addAll(network.channelIdArray());
        } else if (block instanceof ServerMessageChannelData message) {
            messageChannel = OptionalInt.of(message.mcsChannelId());
        }
    }

    private void protection(ServerSecurityData security) {
        if (protection.isPresent()) {
            throw new SequenceException("a second server security data block", "one", "MS-RDPBCGR 2.2.1.4");
        }
        protection = Optional.of(connection().attempt().protection(connection(), security));
        if (connection().facts().selectedProtocol().equals(SecurityProtocols.RDP)) {
            evidence("encryptionMethod", EncryptionMethod.describe(security.encryptionMethod()));
            evidence("encryptionLevel", security.encryptionLevel());
        }
    }

    private void finish() {
        List<ChannelDef> asked = connection().spec().client().channels();
        if (ioChannel < 0) {
            throw new SequenceException("no server network data", "a server network data block", SECTION + ".4");
        }
        if (channelIds.size() > asked.size()) {
            throw new SequenceException(
                    channelIds.size() + " channel ids in the server network data",
                    "at most the " + asked.size() + " that were asked for",
                    SECTION + ".4");
        }
        if (protection.isEmpty() && connection().facts().selectedProtocol().equals(SecurityProtocols.RDP)) {
            throw new SequenceException("no server security data", "a server security data block", SECTION + ".4");
        }
        protection.ifPresent(connection()::protect);
        Facts facts = connection().facts();
        boolean skip = (connection().spec().client().earlyCapabilityFlags() & 0x0800) != 0
                && (facts.serverEarlyCapabilityFlags() & 0x08) != 0;
        facts.channels(ioChannel, messageChannel, skip);
        for (int i = 0; i < channelIds.size(); i++) {
            facts.channel(channelIds.get(i), asked.get(i).name());
        }
        evidence("ioChannel", ioChannel);
        messageChannel.ifPresent(id -> evidence("messageChannel", id));
        evidence("channels", facts.channels().size());
        done();
    }

    private static String hex(long value) {
        return String.format("0x%08X", value);
    }
}
