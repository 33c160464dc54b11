package porthole.client;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.screen.FramebufferView;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.FrameAcknowledgeCapabilitySet;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.share.AutoReconnectStatusPdu;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.FrameAcknowledgePdu;
import porthole.protocol.share.InclusiveRectangle;
import porthole.protocol.share.PersistentKeyListPdu;
import porthole.protocol.share.RefreshRectPdu;
import porthole.protocol.share.SaveSessionInfoPdu;
import porthole.protocol.share.SessionInfo;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.ShutdownDeniedPdu;
import porthole.protocol.share.ShutdownRequestPdu;
import porthole.protocol.share.SuppressOutputPdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.Monitor;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;

/**
 * One session on a host: its picture, its input, its channels and its end. Usable from any thread.
 *
 * <p>Pixels are painted off the event loop, in order; a session that paints more slowly than the host sends stops reading. An update
 * that is malformed ends the session with its {@link porthole.protocol.failure.WireException}.
 */
public final class RdpSession {
    private static final int USER_REQUESTED = 3;

    private final SessionListener listener;
    private final SessionPicture picture;
    private final DisplayControl display = new DisplayControl();
    private final ChannelHub channels;
    private final SessionInput input = new SessionInput(this);
    private final SessionSink sink = new Sink();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile Connection connection;
    private volatile boolean active;
    private volatile SessionEnd end;
    private volatile boolean leaving;
    private volatile boolean loggingOff;
    private volatile int connections;
    private volatile Optional<ArcScPrivatePacket> autoReconnectCookie = Optional.empty();
    private volatile Predicate<SessionEnd> survives = end -> false;
    private volatile Runnable whenLeaving = () -> {};
    private volatile List<CapabilitySet> hostCapabilities = List.of();

    /**
     * @param painter where pixels are painted; null paints at once, on the event loop
     * @param kept bitmaps of earlier sessions for drawing orders
     */
    RdpSession(ClientSettings client, SessionOptions options, Executor painter, Optional<OrderBitmaps> kept) {
        this.listener = options.listener();
        this.picture = new SessionPicture(this, client, options, painter, kept);
        this.channels = new ChannelHub(
                channels(client, options),
                this,
                (client.infoFlags() & InfoPacket.INFO_COMPRESSION) != 0,
                listener::note);
    }

    /** The channels of the options, and dynamic ones where the client asks for them. */
    private List<StaticChannel> channels(ClientSettings client, SessionOptions options) {
        List<StaticChannel> all = new ArrayList<>(options.channels());
        boolean dynamic =
                client.channels().stream().anyMatch(each -> each.name().equals(DynamicPdu.CHANNEL_NAME));
        if (dynamic && all.stream().noneMatch(each -> each.name().equals(DynamicPdu.CHANNEL_NAME))) {
            boolean pipeline = (client.earlyCapabilityFlags() & ClientCoreData.SUPPORT_DYNVC_GFX_PROTOCOL) != 0;
            all.add(new DynamicChannels(
                    pipeline ? List.of(picture.graphics(), display) : List.of(display), listener::note));
        }
        return all;
    }

    /** A session that paints at once on the thread that feeds its {@link #sink}: for replays and embedded channels. */
    public static RdpSession inline(ClientSettings client, SessionOptions options) {
        return new RdpSession(client, options, null, Optional.empty());
    }

    /** What a {@link Connection} feeds. */
    public SessionSink sink() {
        return sink;
    }

    /** Keyboard and pointer. */
    public SessionInput input() {
        return input;
    }

    /**
     * The picture between two frames.
     *
     * @param withPointer draws the pointer into it, where the host shows one
     */
    public Picture snapshot(boolean withPointer) {
        return picture.screen().snapshot(withPointer);
    }

    /**
     * A copy of the screen of its own for a consumer, who brings it up to date at his own pace; to be closed in the end.
     * {@link SessionListener#painted} says when there is something new.
     */
    public FramebufferView view() {
        return picture.screen().framebuffer().view();
    }

    /** Width of the desktop in pixels. */
    public int width() {
        return picture.screen().width();
    }

    /** Height of the desktop in pixels. */
    public int height() {
        return picture.screen().height();
    }

    /** Updates painted so far. */
    public long frames() {
        return picture.screen().frames();
    }

    /** Whether the session is active now: it is not while the host takes the share down and up again. */
    public boolean isActive() {
        return active;
    }

    /** The capability sets of the latest Demand Active PDU. */
    public List<CapabilitySet> hostCapabilities() {
        return hostCapabilities;
    }

    /** The connection, once there is one. */
    public Optional<Connection> connection() {
        return Optional.ofNullable(connection);
    }

    /** Completes with the number of the frame when the first pixels are painted; fails when the session ends before that. */
    public CompletableFuture<Long> firstFrame() {
        return picture.firstFrame().copy();
    }

    /** Completes when the session is over, however it ended; never fails. */
    public CompletableFuture<SessionEnd> ended() {
        return ended.copy();
    }

    /** Completes at the next update that is painted. */
    public CompletableFuture<Long> nextFrame(Duration deadline) {
        return timed(loop -> picture.waits().frame(deadline, loop));
    }

    /** Completes when the picture differs from what it is now. */
    public CompletableFuture<Long> change(Duration deadline) {
        return timed(loop -> picture.waits().change(deadline, loop));
    }

    /** Completes when nothing was painted for {@code quiet}, counted from the last update. */
    public CompletableFuture<Void> quiet(Duration quiet, Duration deadline) {
        return timed(loop -> picture.waits().quiet(quiet, deadline, loop));
    }

    private <T> CompletableFuture<T> timed(Function<EventLoop, CompletableFuture<T>> wait) {
        Connection now = connection;
        return now == null
                ? CompletableFuture.failedFuture(notActive())
                : wait.apply(now.channel().eventLoop());
    }

    /** Tells the host to stop sending updates, or to go on (MS-RDPBCGR 2.2.11.3). */
    public CompletableFuture<Void> suppressOutput(boolean suppress) {
        SuppressOutputPdu pdu = suppress
                ? SuppressOutputPdu.suppress()
                : SuppressOutputPdu.allow(new InclusiveRectangle(
                        0, 0, picture.screen().width() - 1, picture.screen().height() - 1));
        return onLoop(to -> sendShare(to, "SuppressOutputPdu", pdu));
    }

    /**
     * Tells the host, with the next frame of the graphics pipeline, not to wait for acknowledgements, or to do so again
     * (MS-RDPEGFX 2.2.2.13).
     */
    public void suspendFrameAcknowledgements(boolean suspend) {
        picture.graphics().acknowledgements().suspend(suspend);
    }

    /** Completes when the host lets the desktop's size be changed; where it does not, this never completes. */
    public CompletableFuture<Void> resizable() {
        return display.ready();
    }

    /**
     * Asks the host for one monitor of another size (MS-RDPEDISP 2.2.2.2); completes when that is sent. The host is free in
     * what it does: {@link SessionListener#resized} tells the new size.
     *
     * @param width 200 to 8192 pixels; an odd one is made even
     * @param height 200 to 8192 pixels
     */
    public CompletableFuture<Void> resize(int width, int height) {
        return resize(List.of(Monitor.of(0, 0, width, height)));
    }

    /** Asks the host for other monitors, the primary one first; completes when that is sent. */
    public CompletableFuture<Void> resize(List<Monitor> monitors) {
        Monitor.check(monitors);
        return onLoop(to -> display.layout(monitors));
    }

    /** Asks the host to send areas of the desktop again (MS-RDPBCGR 2.2.11.2); at most 255. */
    public CompletableFuture<Void> refresh(List<PixelRect> areas) {
        RefreshRectPdu pdu = RefreshRectPdu.of(areas.stream()
                .map(area -> new InclusiveRectangle(area.x(), area.y(), area.right() - 1, area.bottom() - 1))
                .toList());
        return onLoop(to -> sendShare(to, "RefreshRectPdu", pdu));
    }

    /** Asks the host to end the session; it may refuse with a Shutdown Request Denied PDU (MS-RDPBCGR 2.2.2.2). */
    public CompletableFuture<Void> requestShutdown() {
        return onLoop(to -> sendShare(to, "ShutdownRequestPdu", ShutdownRequestPdu.of()));
    }

    /**
     * Asks the host to end the session, and disconnects where it refuses or does not answer (MS-RDPBCGR 1.3.1.4.1); completes
     * with the end of the session, which {@link SessionEnd.Kind#HOST} has ended where it agreed.
     *
     * @param patience how long the host has for an answer
     */
    public CompletableFuture<SessionEnd> logoff(Duration patience) {
        leaving = true;
        loggingOff = true;
        requestShutdown().whenComplete((sent, failed) -> {
            if (failed != null) {
                disconnect("disconnected without a logoff: " + failed.getMessage());
            }
        });
        CompletableFuture<SessionEnd> over = ended();
        ended.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenComplete((end, late) -> {
            if (late != null) {
                disconnect("disconnected: the host did not answer the shutdown request");
            }
        });
        return over;
    }

    /** Says goodbye and closes; completes with the end of the session. */
    public CompletableFuture<SessionEnd> disconnect(String reason) {
        leaving = true;
        whenLeaving.run();
        Connection now = connection;
        if (now == null) {
            return ended();
        }
        onLoop(to -> {
                    to.send(
                            "DisconnectProviderUltimatum",
                            X224Data.wrap(to.channel().alloc(), new DisconnectProviderUltimatum(USER_REQUESTED)));
                    to.close(reason); // at once, or the host's answer to the goodbye looks like an early end
                })
                .whenComplete((sent, failed) -> now.close(reason));
        return ended();
    }

    /** Whether somebody asked for the end, which a redirection under way must not undo. */
    boolean isLeaving() {
        return leaving;
    }

    /** Tells how the session's connections follow each other: which ends it survives, and what stops that. */
    void follow(Predicate<SessionEnd> survivor, Runnable leave) {
        survives = survivor;
        whenLeaving = leave;
    }

    /** The latest cookie with which the host restores this session; absent where it gave none, or refused it. */
    Optional<ArcScPrivatePacket> autoReconnectCookie() {
        return autoReconnectCookie;
    }

    /** How many connections the session has had so far. */
    public int connections() {
        return connections;
    }

    SessionScreen screen() {
        return picture.screen();
    }

    /** The connection when it is active, or null. */
    Connection activeConnection() {
        Connection now = connection;
        return now != null && isActive() ? now : null;
    }

    /** The connection when it is active and takes octets, or null. */
    Connection writable() {
        Connection now = connection;
        return now != null && isActive() && now.channel().isWritable() ? now : null;
    }

    /** Runs {@code work} on the event loop of the active session. */
    CompletableFuture<Void> onLoop(Consumer<Connection> work) {
        Connection now = connection;
        if (now == null || !isActive()) {
            return CompletableFuture.failedFuture(notActive());
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable guarded = () -> {
            if (!isActive()) {
                done.completeExceptionally(notActive());
            } else if (!now.channel().isWritable()) {
                done.completeExceptionally(new LocalFailure(
                        "not-writable",
                        "the host takes no more octets",
                        now.channel().bytesBeforeWritable() + " octets too many wait to be sent",
                        "a host that reads",
                        "send more slowly, or wait for the picture to react"));
            } else {
                try {
                    work.accept(now);
                    done.complete(null);
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            }
        };
        EventLoop loop = now.channel().eventLoop();
        if (loop.inEventLoop()) {
            guarded.run();
        } else {
            try {
                loop.execute(guarded);
            } catch (RejectedExecutionException e) {
                done.completeExceptionally(notActive());
            }
        }
        return done;
    }

    void sendShare(Connection to, String name, ShareDataBody body) {
        to.sendOn(
                to.facts().ioChannelId(),
                name,
                DataPdu.of(to.facts().userChannelId(), to.facts().shareId(), body));
    }

    private RdpFailure notActive() {
        SessionEnd how = end;
        if (how != null && how.failure().isPresent()) {
            return how.failure().get();
        }
        return new LocalFailure(
                "not-active",
                "the session is not active",
                how == null ? "a session that is being set up" : how.reason(),
                "an active session",
                how == null ? "wait until the session is active" : "connect again");
    }

    /** Tells the host that a frame of surface commands is painted, where it counts them (MS-RDPRFX 3.2.5.2.1). */
    void frameEnded(long frameId) {
        if (hostCapabilities.stream().anyMatch(FrameAcknowledgeCapabilitySet.class::isInstance)) {
            onLoop(to -> sendShare(to, "FrameAcknowledgePdu", FrameAcknowledgePdu.of(frameId)));
        }
    }

    /** Reads from the host or not; usable from any thread. */
    void reading(boolean on) {
        connection.channel().config().setAutoRead(on);
    }

    /** Ends the session, from the thread that paints. */
    void paintFailed(Throwable cause) {
        Connection now = connection;
        try {
            now.channel().eventLoop().execute(() -> now.fail(cause));
        } catch (RejectedExecutionException e) {
            ending(new SessionEnd(SessionEnd.Kind.LOCAL, "the client was closed", Optional.empty()));
        }
    }

    /** No more will come from the host. */
    private void ending(SessionEnd how) {
        end = end == null ? how : end;
        active = false;
    }

    /** The attempt is over, with or without a connection: what has come is painted, and then the end is told. */
    void over(SessionEnd how) {
        ending(how);
        if (announced.compareAndSet(false, true)) {
            picture.end(this::notActive, () -> {
                channels.end();
                listener.ended(how);
                ended.complete(how);
            });
        }
    }

    private final class Sink implements SessionSink {
        @Override
        public void attached(Connection attached) {
            connection = attached;
            connections++;
            picture.attached();
            channels.reconnected();
        }

        @Override
        public void desktop(int width, int height, int bitsPerPixel, List<CapabilitySet> serverCapabilities) {
            active = false;
            hostCapabilities = List.copyOf(serverCapabilities);
            picture.desktop(width, height, bitsPerPixel, serverCapabilities);
        }

        @Override
        public List<PersistentKeyListPdu> persistentKeys() {
            return picture.persistentKeys();
        }

        @Override
        public void active() {
            active = end == null;
            if (!picture.firstFrame().isDone()) {
                connection.clock().started(Stage.FIRST_FRAME);
            }
            channels.active(connection.facts().channels());
            listener.active();
        }

        @Override
        public void fastPathUpdate(int updateCode, WireReader data) {
            picture.paint(
                    data,
                    "FastPathUpdate." + FastPathUpdate.name(updateCode),
                    "MS-RDPBCGR 2.2.9.1.2.1",
                    in -> screen().fastPath(updateCode, in));
        }

        @Override
        public void slowPathUpdate(WireReader body) {
            picture.paint(body, "UpdatePdu", "MS-RDPBCGR 2.2.9.1.1.3", screen()::slowPath);
        }

        @Override
        public void slowPathPointer(WireReader body) {
            picture.paint(body, "PointerPdu", "MS-RDPBCGR 2.2.9.1.1.4", screen()::slowPathPointer);
        }

        @Override
        public void message(ShareDataBody body) {
            if (body instanceof SaveSessionInfoPdu save
                    && save.infoData() instanceof SessionInfo.LogonInfoExtended info) {
                autoReconnectCookie = info.autoReconnectCookie().or(() -> autoReconnectCookie);
            } else if (body instanceof AutoReconnectStatusPdu status) {
                autoReconnectCookie = Optional.empty();
                listener.note(
                        "auto-reconnect-refused",
                        String.format("the host did not take the cookie: 0x%08X", status.arcStatus()));
            } else if (body instanceof ShutdownDeniedPdu && loggingOff) {
                disconnect("disconnected: the host denied the shutdown request");
            }
            listener.message(body);
        }

        @Override
        public void channelChunk(int channelId, String name, WireReader chunk) {
            channels.chunk(name, chunk);
        }

        @Override
        public void ended(SessionEnd how) {
            if (picture.isInline()) {
                over(how);
            } else if (how.kind() == SessionEnd.Kind.REDIRECTED || survives.test(how)) {
                active = false; // the client follows, or tells the end
            } else {
                ending(how); // the client tells the end, when the socket is closed and the recording is written
            }
        }
    }
}
