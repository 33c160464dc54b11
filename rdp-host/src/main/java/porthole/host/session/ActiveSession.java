package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import porthole.host.card.Cursors;
import porthole.host.card.Keyboard;
import porthole.host.card.TestCard;
import porthole.host.fault.ServerMessage;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.failure.Stage;
import porthole.protocol.fastpath.FastPathInput;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.input.InputEvent;
import porthole.protocol.input.SlowPathInput;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.multitransport.HeartbeatPdu;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.AutoReconnectStatusPdu;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.DeactivateAllPdu;
import porthole.protocol.share.InclusiveRectangle;
import porthole.protocol.share.InputEventPdu;
import porthole.protocol.share.RefreshRectPdu;
import porthole.protocol.share.SaveSessionInfoPdu;
import porthole.protocol.share.SessionInfo;
import porthole.protocol.share.SetErrorInfoPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.ShutdownDeniedPdu;
import porthole.protocol.share.ShutdownRequestPdu;
import porthole.protocol.share.SuppressOutputPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;

/** The session is up: the card goes out, input comes in. */
final class ActiveSession extends SharePhase {
    /** ERRINFO_LOGOFF_BY_USER (MS-RDPBCGR 2.2.5.1.1). */
    static final long LOGOFF_BY_USER = 0x0000000C;

    private static final int HEARTBEAT_WARNING = 1;
    private static final int HEARTBEAT_RECONNECT = 3;

    private final EchoChannels echo;
    private Painter painter;
    private CardInput input;
    private TestCard card;
    private Future<?> heartbeat;

    ActiveSession(HostConnection connection) {
        super(connection, Stage.ACTIVE);
        this.echo = new EchoChannels(connection);
    }

    @Override
    void enter() {
        HostFacts facts = connection().facts();
        boolean first = !facts.activated;
        facts.activated = true;
        int width = facts.desktop.width();
        int height = facts.desktop.height();
        card = facts.card == null
                ? new TestCard(width, height, lines(facts))
                : facts.card.resized(width, height, lines(facts));
        facts.card = card;
        painter = new Painter(connection(), card);
        input = new CardInput(connection(), card);
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("user", facts.user);
        what.put("desktop", facts.desktop.toString());
        what.put("bitsPerPixel", facts.bitsPerPixel);
        connection().event(first ? "active" : "resized", what);
        connection().loggedOn();
        if (first && facts.logonNotify) {
            connection().sendShare(ServerMessage.SAVE_SESSION_INFO, new SaveSessionInfoPdu(logon(facts)));
        }
        if (first) {
            autoReconnection(facts);
        }
        painter.begin();
        startHeartbeat();
        // the handler is still being added: the first tiles go out when that is done
        connection().channel().eventLoop().execute(() -> firstPicture(first));
    }

    private void firstPicture(boolean first) {
        connection().settings().orders().ifPresentOrElse(this::draw, this::paint);
        if (first && connection().settings().displayControl()) {
            connection().facts().displayControl = DisplayControlHost.begin(connection());
        }
        if (first) {
            connection().settings().reactivateTo().ifPresent(this::resize);
        }
    }

    private List<String> lines(HostFacts facts) {
        boolean entra = facts.selected.equals(SecurityProtocols.RDSAAD);
        return List.of(
                "PORTHOLE TEST CARD",
                "host " + connection().settings().name() + "  user " + facts.user,
                facts.desktop + "  " + facts.bitsPerPixel + " bits per pixel  " + (entra ? "RDSAAD" : "TLS"));
    }

    /** What the client needs to take a lost session up again (MS-RDPBCGR 2.2.4). */
    private void autoReconnection(HostFacts facts) {
        if (facts.reconnectionRefused) {
            connection().sendShare(ServerMessage.AUTO_RECONNECT_STATUS, AutoReconnectStatusPdu.of(0));
        }
        boolean understood = facts.capability(GeneralCapabilitySet.class)
                .filter(set -> (set.extraFlags() & GeneralCapabilitySet.AUTORECONNECT_SUPPORTED) != 0)
                .isPresent();
        if (facts.logonNotify && understood) {
            ArcScPrivatePacket cookie = connection().reconnections().issue(facts.logonId, connection());
            connection()
                    .sendShare(
                            ServerMessage.AUTO_RECONNECT_COOKIE,
                            new SaveSessionInfoPdu(
                                    SessionInfo.LogonInfoExtended.of(Optional.of(cookie), Optional.empty())));
        }
    }

    private static SessionInfo logon(HostFacts facts) {
        boolean longForm = facts.capability(GeneralCapabilitySet.class)
                .map(set -> (set.extraFlags() & GeneralCapabilitySet.LONG_CREDENTIALS_SUPPORTED) != 0)
                .orElse(false);
        String user = facts.user.length() > 255 ? facts.user.substring(0, 255) : facts.user;
        return longForm
                ? new SessionInfo.LogonInfoVersion2(
                        SessionInfo.LogonInfoVersion2.SAVE_SESSION_PDU_VERSION_ONE,
                        18,
                        1,
                        Bytes.of(new byte[558]),
                        "\0",
                        user + "\0",
                        Bytes.EMPTY)
                : SessionInfo.LogonInfo.of("", user, 1);
    }

    private void startHeartbeat() {
        int seconds = connection().settings().heartbeat();
        HostFacts facts = connection().facts();
        if (seconds > 0
                && facts.messageChannel.isPresent()
                && facts.core.hasEarlyCapability(ClientCoreData.SUPPORT_HEARTBEAT_PDU)) {
            heartbeat = connection()
                    .channel()
                    .eventLoop()
                    .scheduleAtFixedRate(() -> beat(seconds), seconds, seconds, TimeUnit.SECONDS);
        }
    }

    private void beat(int seconds) {
        beat(HeartbeatPdu.of(seconds, HEARTBEAT_WARNING, HEARTBEAT_RECONNECT));
    }

    /** Sends one heartbeat, to a client that has a message channel. */
    void beat(HeartbeatPdu body) {
        if (connection().facts().messageChannel.isEmpty()) {
            return;
        }
        connection()
                .sendOn(
                        ServerMessage.HEARTBEAT,
                        connection().facts().messageChannel.getAsInt(),
                        BasicSecurityHeader.SEC_HEARTBEAT,
                        body);
    }

    @Override
    void leave() {
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
    }

    @Override
    void onWritable() {
        paint();
    }

    /** Sends drawing orders, and no tiles of the card any more. */
    void draw(List<DrawingOrder> orders) {
        if (connection().phase() == this) {
            painter.draw(orders);
        }
    }

    private void paint() {
        if (connection().phase() == this && connection().settings().orders().isEmpty()) {
            painter.paint();
        }
    }

    @Override
    void onFastPath(ByteBuf frame) {
        apply(FastPathInput.decode(WireReader.of(frame, "FastPathInput", FastPathInput.SECTION))
                .events());
    }

    @Override
    void onChannel(int channelId, WireReader data) {
        if (connection().facts().channels.getOrDefault(channelId, "").equals(DynamicPdu.CHANNEL_NAME)) {
            connection()
                    .facts()
                    .displayControl
                    .flatMap(display -> display.onChunk(channelId, data))
                    .ifPresent(this::resize);
        } else {
            echo.onChunk(channelId, data);
        }
    }

    @Override
    void onShare(ShareControlPdu pdu) {
        if (pdu instanceof DataPdu data && connection().phase() == this) {
            onData(data.body());
        }
    }

    private void onData(ShareDataBody body) {
        if (body instanceof InputEventPdu events) {
            apply(SlowPathInput.decode(WireReader.of(events.data(), "SlowPathInput", SlowPathInput.SECTION))
                    .events());
        } else if (body instanceof SuppressOutputPdu suppress) {
            boolean stop = suppress.allowDisplayUpdates() == SuppressOutputPdu.SUPPRESS_DISPLAY_UPDATES;
            suppress.desktopRect().ifPresent(this::refresh);
            painter.suppress(stop);
        } else if (body instanceof RefreshRectPdu refresh) {
            refresh.areasToRefresh().forEach(this::refresh);
            paint();
        } else if (body instanceof ShutdownRequestPdu) {
            shutdown();
        }
    }

    private void refresh(InclusiveRectangle area) {
        card.dirty().mark(area.left(), area.top(), area.right() - area.left() + 1, area.bottom() - area.top() + 1);
    }

    private void apply(List<InputEvent> events) {
        for (InputEvent event : events) {
            OptionalInt hotKey = input.apply(event);
            if (hotKey.isPresent() && hotKey.getAsInt() == Keyboard.F9) {
                resize(otherSize());
                return;
            } else if (hotKey.isPresent()) {
                disconnect(LOGOFF_BY_USER);
                return;
            }
        }
        painter.showPointer(input.pointerRow() < card.height() / 4 ? Cursors.RING : Cursors.ARROW);
        paint();
    }

    /** Three quarters of the size that the client asked for, and back. */
    private DesktopSize otherSize() {
        ClientCoreData core = connection().facts().core;
        DesktopSize asked = new DesktopSize(Math.max(1, core.desktopWidth()), Math.max(1, core.desktopHeight()))
                .within(connection().settings().largest());
        DesktopSize smaller = new DesktopSize((asked.width() * 3 / 4 + 3) & ~3, (asked.height() * 3 / 4 + 3) & ~3);
        return connection().facts().desktop.equals(asked) ? smaller : asked;
    }

    /** Deactivates, and activates again with another size (MS-RDPBCGR 1.3.1.3). */
    void resize(DesktopSize size) {
        if (connection().phase() != this || connection().isOver()) {
            return;
        }
        HostFacts facts = connection().facts();
        connection()
                .sendOn(
                        ServerMessage.DEACTIVATE_ALL,
                        HostFacts.IO_CHANNEL,
                        DeactivateAllPdu.of(HostFacts.SERVER_USER, facts.shareId));
        facts.desktop = size.within(connection().settings().largest());
        connection().replace(new CapabilitiesExchange(connection()));
    }

    private void shutdown() {
        if (connection().settings().shutdownDenied()) {
            connection().sendShare(ServerMessage.SHUTDOWN_DENIED, ShutdownDeniedPdu.of());
        } else {
            ultimatum(DisconnectReason.USER_REQUESTED, "shutdown requested by the client");
        }
    }

    /** Sends the client elsewhere, as the security in use has it (MS-RDPBCGR 2.2.13.2 and 2.2.13.3). */
    void redirect(ServerRedirectionPacket packet) {
        Redirecting.send(connection(), packet);
    }

    /** Says why, and ends the session in an orderly way (MS-RDPBCGR 1.3.1.4.1). */
    void disconnect(long errorInfo) {
        HostFacts facts = connection().facts();
        if (facts.core.hasEarlyCapability(ClientCoreData.SUPPORT_ERRINFO_PDU)) {
            connection().sendShare(ServerMessage.ERROR_INFO, SetErrorInfoPdu.of(errorInfo));
        }
        connection()
                .sendOn(
                        ServerMessage.DEACTIVATE_ALL,
                        HostFacts.IO_CHANNEL,
                        DeactivateAllPdu.of(HostFacts.SERVER_USER, facts.shareId));
        DisconnectReason reason =
                errorInfo == LOGOFF_BY_USER ? DisconnectReason.USER_REQUESTED : DisconnectReason.PROVIDER_INITIATED;
        ultimatum(reason, String.format("disconnected by the host, error info 0x%08X", errorInfo));
    }

    private void ultimatum(DisconnectReason reason, String why) {
        connection()
                .send(
                        ServerMessage.DISCONNECT,
                        X224Data.wrap(connection().channel().alloc(), new DisconnectProviderUltimatum(reason.code())));
        connection().end(why);
    }
}
