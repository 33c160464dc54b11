package porthole.client.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.gcc.ClientClusterData;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.gcc.ClientMessageChannelData;
import porthole.protocol.gcc.ClientMultitransportChannelData;
import porthole.protocol.gcc.ClientNetworkData;
import porthole.protocol.gcc.ClientSecurityData;
import porthole.protocol.gcc.ConferenceCreateRequest;
import porthole.protocol.info.ClientInfoPdu;
import porthole.protocol.info.ExtendedInfoPacket;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.info.TimeZoneInformation;
import porthole.protocol.mcs.ConnectInitial;
import porthole.protocol.mcs.SendData;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.ConfirmActivePdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.NegotiationResponse;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;
import porthole.transport.Approach;
import porthole.transport.CapabilityProfile;
import porthole.transport.ClientSettings;
import porthole.transport.Correlation;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.standard.SaltedMacs;

/** What a recorded client said of itself, as the settings with which ours says the same. */
final class RecordedClient {
    private static final String COOKIE = "Cookie: mstshash=";

    private final List<DecodedPdu> pdus;
    private final Bytes clientOctets;
    private final ClientSettings.Builder settings = ClientSettings.DEFAULT.but();
    private final Deque<ConfirmActivePdu> confirms = new ArrayDeque<>();
    private Credentials credentials = Credentials.NONE;
    private Approach approach = Approach.NEGOTIATED;
    private SecurityProtocols requested = SecurityProtocols.RDP;
    private SecurityProtocols selected = SecurityProtocols.RDP;
    private int negotiationFlags;
    private Optional<String> assertion = Optional.empty();
    private Bytes licenseRandom = Bytes.EMPTY;
    private int encryptionMethods;
    private boolean salted;

    private RecordedClient(Capture capture, boolean all) {
        this.pdus = all ? CaptureDecoder.decode(capture) : CaptureDecoder.decodeSetUp(capture);
        this.clientOctets = capture.stream(Direction.CLIENT_TO_SERVER);
    }

    /**
     * Throws {@link porthole.protocol.failure.WireException} where the recorded client's own settings cannot be read.
     *
     * @param all whether the messages are wanted that say nothing of the client's settings, pictures above all
     */
    static RecordedClient of(Capture capture, boolean all) {
        RecordedClient client = new RecordedClient(capture, all);
        boolean tlsFirst = capture.origin() == Capture.Origin.FIRST_OCTET
                && capture.tls().filter(mark -> mark.serverOffset() == 0).isPresent();
        client.approach = new Approach(Optional.empty(), tlsFirst);
        for (DecodedPdu pdu : client.pdus) {
            if (pdu.direction() == Direction.CLIENT_TO_SERVER && pdu.problem().isEmpty()) {
                client.learn(pdu);
            }
        }
        return client;
    }

    private void learn(DecodedPdu pdu) {
        switch (pdu.name()) {
            case "PreconnectionPdu" ->
                approach = approach.withPreconnection(
                        PreconnectionPdu.decode(WireReader.of(frame(pdu), "PreconnectionPdu", "MS-RDPEPS 2.2.1")));
            case "ConnectionRequest" -> connectionRequest(ConnectionRequest.decode(frame(pdu), null));
            case "ConnectInitial" ->
                connectInitial(ConferenceCreateRequest.decode(
                        ConnectInitial.decode(X224Data.unwrap(frame(pdu), null)).userData()));
            case "ClientInfoPdu" -> {
                salted = pdu.plain().isPresent() && isSalted(sent(pdu));
                info(ClientInfoPdu.decode(userData(pdu).renamed("ClientInfoPdu", "MS-RDPBCGR 2.2.1.11"))
                        .infoPacket());
            }
            case "ConfirmActivePdu" -> {
                if (ShareControlPdu.decode(userData(pdu)) instanceof ConfirmActivePdu confirm) {
                    confirms.add(confirm);
                }
            }
            case "AuthenticationRequest" ->
                assertion = pdu.field("AuthenticationRequest.rdp_assertion")
                        .map(field -> field.value().toString());
            case "NewLicenseRequest" ->
                pdu.fields().stream()
                        .filter(field -> field.path().endsWith(".clientRandom") && field.value() instanceof Bytes)
                        .findFirst()
                        .ifPresent(field -> licenseRandom = (Bytes) field.value());
            default -> {}
        }
    }

    private static boolean isSalted(Bytes frame) {
        WireReader userData = SendData.read(X224Data.unwrap(Unpooled.wrappedBuffer(frame.toArray()), null))
                .userData();
        return BasicSecurityHeader.decode(userData).has(BasicSecurityHeader.SEC_SECURE_CHECKSUM);
    }

    private ByteBuf frame(DecodedPdu pdu) {
        return Unpooled.wrappedBuffer(octets(pdu).toArray());
    }

    /** The octets of a message of the recorded client, decrypted where they have to be. */
    Bytes octets(DecodedPdu pdu) {
        return pdu.plain().orElseGet(() -> sent(pdu));
    }

    private Bytes sent(DecodedPdu pdu) {
        return clientOctets.slice((int) pdu.streamOffset(), pdu.length());
    }

    private WireReader userData(DecodedPdu pdu) {
        return SendData.read(X224Data.unwrap(frame(pdu), null)).userData();
    }

    private void connectionRequest(ConnectionRequest request) {
        requested = request.requestedProtocols();
        request.cookieText().ifPresent(user -> settings.cookie(COOKIE + user));
        request.routingToken().ifPresent(token -> settings.cookie(token.toAscii()));
        settings.correlation(request.correlationInfo()
                .map(info -> Correlation.of(info.correlationId()))
                .orElse(Correlation.NONE));
    }

    private void connectInitial(ConferenceCreateRequest request) {
        request.find(ClientCoreData.class).ifPresent(this::core);
        request.find(ClientClusterData.class).ifPresent(cluster -> settings.clusterFlags(cluster.flags()));
        encryptionMethods = request.find(ClientSecurityData.class)
                .map(ClientSecurityData::encryptionMethods)
                .orElse(0);
        settings.channels(request.find(ClientNetworkData.class)
                .map(ClientNetworkData::channelDefArray)
                .orElse(List.of()));
        settings.multitransportFlags(request.find(ClientMultitransportChannelData.class)
                .map(block -> OptionalLong.of(block.flags()))
                .orElse(OptionalLong.empty()));
        if (request.find(ClientMessageChannelData.class).isPresent()) {
            negotiationFlags |= NegotiationResponse.EXTENDED_CLIENT_DATA_SUPPORTED;
        }
    }

    private void core(ClientCoreData core) {
        selected = core.serverSelectedProtocol().orElse(SecurityProtocols.RDP);
        settings.version(core.version())
                .width(core.desktopWidth())
                .height(core.desktopHeight())
                .bitsPerPixel(core.requestedColorDepth())
                .keyboardLayout(core.keyboardLayout() & 0xFFFFFFFFL)
                .keyboardType(core.keyboardType())
                .keyboardSubType(core.keyboardSubType())
                .keyboardFunctionKey(core.keyboardFunctionKey())
                .clientBuild(core.clientBuild())
                .clientName(core.clientName())
                .productId(core.clientDigProductId().orElse(""))
                .supportedColorDepths(core.supportedColorDepths().orElse(0))
                .earlyCapabilityFlags(core.earlyCapabilityFlags().orElse(0))
                .connectionType(core.connectionType().orElse(0))
                .physicalWidth(core.desktopPhysicalWidth().orElse(0))
                .physicalHeight(core.desktopPhysicalHeight().orElse(0))
                .orientation(core.desktopOrientation().orElse(0))
                .desktopScale(core.desktopScaleFactor().orElse(0))
                .deviceScale(core.deviceScaleFactor().orElse(0));
    }

    private void info(InfoPacket info) {
        credentials = new Credentials(info.userName(), info.domain(), Secret.of(info.password()));
        settings.infoFlags(info.flags() & 0xFFFFFFFFL)
                .alternateShell(info.alternateShell())
                .workingDirectory(info.workingDir());
        info.extraInfo().ifPresent(this::extended);
    }

    private void extended(ExtendedInfoPacket info) {
        settings.clientAddress(unterminated(info.clientAddress()))
                .clientDirectory(unterminated(info.clientDir()))
                .performanceFlags(info.performanceFlags().orElse(0) & 0xFFFFFFFFL)
                .dynamicTimeZoneKey(info.dynamicDstTimeZoneKeyName().orElse(""));
        info.clientTimeZone().map(TimeZoneInformation::standardName).ifPresent(settings::timeZoneName);
        info.clientTimeZone().map(TimeZoneInformation::bias).ifPresent(settings::timeZoneBias);
    }

    private static String unterminated(String text) {
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    /** The messages of both sides. */
    List<DecodedPdu> pdus() {
        return pdus;
    }

    /** The settings; the capability sets are those that were recorded, in their order. */
    ClientSettings settings() {
        return settings.capabilities(new RecordedCapabilities(new ArrayDeque<>(confirms)))
                .build();
    }

    Credentials credentials() {
        return credentials;
    }

    /** What the recorded client began with. */
    Approach approach() {
        return approach;
    }

    SecurityProtocols requestedProtocols() {
        return requested;
    }

    /** What the client core data says was selected: for captures that begin behind the negotiation. */
    SecurityProtocols selectedProtocol() {
        return selected;
    }

    /** As far as the client's blocks tell them. */
    int negotiationFlags() {
        return negotiationFlags;
    }

    /** The recorded assertion of RDSAAD. */
    Optional<String> assertion() {
        return assertion;
    }

    /** What the client offered of standard RDP security. */
    int encryptionMethods() {
        return encryptionMethods;
    }

    SaltedMacs saltedMacs() {
        return salted ? SaltedMacs.ALWAYS : SaltedMacs.AS_HOST_SAYS;
    }

    /** The random octets of the recorded licence request; empty where there was none. */
    Bytes licenseRandom() {
        return licenseRandom;
    }

    /** Confirms what was recorded: each Confirm Active PDU once, the last one again where more are asked for. */
    private record RecordedCapabilities(Deque<ConfirmActivePdu> left) implements CapabilityProfile {
        @Override
        public Bytes sourceDescriptor() {
            return left.isEmpty()
                    ? CapabilityProfile.DEFAULT.sourceDescriptor()
                    : left.peek().sourceDescriptor();
        }

        @Override
        public List<CapabilitySet> confirm(ClientSettings client, int width, int height, List<CapabilitySet> server) {
            if (left.isEmpty()) {
                return CapabilityProfile.DEFAULT.confirm(client, width, height, server);
            }
            ConfirmActivePdu next = left.size() > 1 ? left.poll() : left.peek();
            return new ArrayList<>(next.capabilitySets());
        }
    }
}
