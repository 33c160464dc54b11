package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import porthole.host.fault.Quirk;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.gcc.ClientMessageChannelData;
import porthole.protocol.gcc.ClientMonitorData;
import porthole.protocol.gcc.ClientMonitorExtendedData;
import porthole.protocol.gcc.ClientNetworkData;
import porthole.protocol.gcc.ClientSecurityData;
import porthole.protocol.gcc.ConferenceCreateRequest;
import porthole.protocol.gcc.ConferenceCreateResponse;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerCoreData;
import porthole.protocol.gcc.ServerDataBlock;
import porthole.protocol.gcc.ServerMessageChannelData;
import porthole.protocol.gcc.ServerNetworkData;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.mcs.ConnectInitial;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;

/** MCS connect with the GCC blocks: size, depth and channels are settled here (MS-RDPBCGR 3.3.5.3.3). */
final class BasicSettingsExchange extends ServerPhase {
    BasicSettingsExchange(HostConnection connection) {
        super(connection, Stage.BASIC_SETTINGS_EXCHANGE);
    }

    @Override
    Framing framing() {
        return Framing::tpkt;
    }

    @Override
    void onMessage(ByteBuf frame) {
        ConnectInitial initial = ConnectInitial.decode(X224Data.unwrap(frame, null));
        ConferenceCreateRequest request = ConferenceCreateRequest.decode(
                initial.userData(), frame.readableBytes() - initial.userData().size());
        HostFacts facts = connection().facts();
        ClientCoreData core = request.find(ClientCoreData.class)
                .orElseThrow(() -> new WireException(
                        "ConferenceCreateRequest", "blocks", 0, "no TS_UD_CS_CORE", "one", "MS-RDPBCGR 2.2.1.3.2"));
        SecurityProtocols named = core.serverSelectedProtocol().orElse(SecurityProtocols.RDP);
        if (!named.equals(facts.selected)) {
            throw new WireException(
                    "ClientCoreData",
                    "serverSelectedProtocol",
                    0,
                    "0x" + Integer.toHexString(named.bits()),
                    "the protocol that was selected, 0x" + Integer.toHexString(facts.selected.bits()),
                    "MS-RDPBCGR 3.3.5.3.3");
        }
        facts.core = core;
        facts.desktop = new DesktopSize(
                        Math.max(1, Math.min(core.desktopWidth(), DesktopSize.MAXIMUM)),
                        Math.max(1, Math.min(core.desktopHeight(), DesktopSize.MAXIMUM)))
                .within(connection().settings().largest());
        facts.bitsPerPixel = ColourDepth.choose(core, connection().settings().mostBitsPerPixel());
        List<ServerDataBlock> blocks = blocks(request, facts);
        tell(facts, request);
        connection()
                .send(
                        ServerMessage.CONNECT_RESPONSE,
                        X224Data.wrap(
                                connection().channel().alloc(),
                                ConnectResponse.of(new ConferenceCreateResponse(blocks).toUserData())));
        connection().advance(this);
    }

    private List<ServerDataBlock> blocks(ConferenceCreateRequest request, HostFacts facts) {
        List<ChannelDef> wanted = request.find(ClientNetworkData.class)
                .map(ClientNetworkData::channelDefArray)
                .orElse(List.of());
        List<Integer> ids = new ArrayList<>();
        int next = HostFacts.IO_CHANNEL + 1;
        for (ChannelDef channel : wanted) {
            facts.channels.put(next, channel.name().toLowerCase(Locale.ROOT));
            ids.add(next++);
        }
        facts.channelJoinSkipped = connection().settings().skipChannelJoin()
                && facts.core.hasEarlyCapability(ClientCoreData.SUPPORT_SKIP_CHANNELJOIN);
        int early = facts.channelJoinSkipped ? ServerCoreData.SKIP_CHANNELJOIN_SUPPORTED : 0;
        List<ServerDataBlock> blocks = new ArrayList<>();
        blocks.add(new ServerCoreData(ClientCoreData.VERSION_5_PLUS, facts.requested, early));
        blocks.add(new ServerNetworkData(HostFacts.IO_CHANNEL, ids));
        blocks.add(
                security(request)); // as in MS-RDPBCGR 4.1.4; rdesktop takes what follows for a part of the certificate
        if (request.find(ClientMessageChannelData.class).isPresent()) {
            facts.messageChannel = OptionalInt.of(next);
            blocks.add(new ServerMessageChannelData(next++));
        }
        facts.userChannel = next;
        return blocks;
    }

    private ServerSecurityData security(ConferenceCreateRequest request) {
        HostFacts facts = connection().facts();
        Optional<StandardHost> standard = connection().settings().standard();
        if (standard.isEmpty() || !facts.selected.equals(SecurityProtocols.RDP)) {
            return ServerSecurityData.none();
        }
        ClientSecurityData client = request.find(ClientSecurityData.class)
                .orElseThrow(() -> new WireException(
                        "ConferenceCreateRequest", "blocks", 0, "no TS_UD_CS_SEC", "one", "MS-RDPBCGR 2.2.1.3.3"));
        // clients in France leave the first field zero and use the second
        int offered = client.encryptionMethods() | client.extEncryptionMethods();
        boolean otherKey = connection().settings().quirks().contains(Quirk.RSA_KEY_OF_SOMEBODY_ELSE);
        StandardHost host = standard.get();
        int method = host.method(offered);
        if (method == EncryptionMethod.NONE) {
            return ServerSecurityData.none();
        }
        byte[] random = new byte[ServerSecurityData.SERVER_RANDOM_SIZE];
        connection().settings().random().nextBytes(random);
        ServerSecurityData choice = new ServerSecurityData(
                method,
                host.level(),
                Bytes.of(random),
                Bytes.of((otherKey ? host.withOtherModulus() : host)
                        .certificate()
                        .toByteArray()));
        facts.protection = Optional.of(new HostProtection(
                host,
                choice,
                connection().settings().quirks(),
                connection().channel().alloc()));
        connection().event("encryption", Map.of("method", EncryptionMethod.describe(method), "level", host.level()));
        return choice;
    }

    private void tell(HostFacts facts, ConferenceCreateRequest request) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("client", facts.core.clientName());
        what.put("build", facts.core.clientBuild());
        what.put("desktop", facts.desktop.toString());
        what.put("bitsPerPixel", facts.bitsPerPixel);
        what.put("channels", List.copyOf(facts.channels.values()));
        request.find(ClientMonitorData.class)
                .ifPresent(data -> what.put(
                        "monitors",
                        data.monitorDefArray().stream()
                                .map(each -> String.format(
                                        "%dx%d%+d%+d%s",
                                        each.right() - each.left() + 1,
                                        each.bottom() - each.top() + 1,
                                        each.left(),
                                        each.top(),
                                        each.isPrimary() ? " primary" : ""))
                                .toList()));
        request.find(ClientMonitorExtendedData.class)
                .ifPresent(data -> what.put(
                        "monitorAttributes",
                        data.monitorAttributesArray().stream()
                                .map(each -> String.format(
                                        "%dx%d mm, %d degrees, %d%% and %d%%",
                                        each.physicalWidth(),
                                        each.physicalHeight(),
                                        each.orientation(),
                                        each.desktopScaleFactor(),
                                        each.deviceScaleFactor()))
                                .toList()));
        connection().event("settings", what);
    }
}
