package porthole.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.SendData;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireWriter;

/**
 * One connection to a host: its pipeline, its current phase, and its one ending.
 *
 * <p>It belongs to the event loop of its channel; only {@link #close}, {@link #reached} and {@link #ended} may be used
 * from elsewhere. The same object runs on a socket and on an {@code EmbeddedChannel}.
 */
public final class Connection {
    /** The handler name of the frame decoder; TLS and routes go in front of it. */
    public static final String FRAMES = "frames";

    /** The handler name of whatever sees the octets above TLS, in front of the frames. */
    public static final String TAP = "tap";

    /** The handler name of the current phase. */
    public static final String PHASE = "phase";

    private static final long FAREWELL_MILLIS = 250;

    private final ConnectionSpec spec;
    private final Offer offer;
    private final Sequence sequence;
    private final TlsUpgrader tls;
    private final SessionSink sink;
    private final RandomSource random;
    private final StageClock clock;
    private final Facts facts = new Facts();
    private final BandwidthMeter meter = new BandwidthMeter();
    private final Heartbeats heartbeats = new Heartbeats(this);
    private final FrameDecoder frames = new FrameDecoder(this);
    private final CompletableFuture<Connection> reached = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private final BulkDecompressor bulk = new BulkDecompressor();
    private MessageProtection protection = MessageProtection.NONE;
    private Channel channel;
    private Offer.Prepared chosen;
    private PhaseHandler phase;
    private Future<?> totalDeadline;
    private volatile SessionEnd end;

    /** A connection with one security layer. */
    public Connection(
            ConnectionSpec spec,
            SecurityLayer layer,
            SecurityLayer.Attempt attempt,
            Sequence sequence,
            TlsUpgrader tls,
            SessionSink sink,
            RandomSource random,
            StageClock clock) {
        this(spec, Offer.of(layer, attempt), sequence, tls, sink, random, clock);
    }

    public Connection(
            ConnectionSpec spec,
            Offer offer,
            Sequence sequence,
            TlsUpgrader tls,
            SessionSink sink,
            RandomSource random,
            StageClock clock) {
        this.spec = spec;
        this.offer = offer;
        this.chosen = offer.layers().get(0);
        this.sequence = sequence;
        this.tls = tls;
        this.sink = sink;
        this.random = random;
        this.clock = clock;
    }

    /** Puts frames and the first phase at the end of the pipeline; call on the event loop of an active channel. */
    public void install(ChannelPipeline pipeline) {
        channel = pipeline.channel();
        long left = spec.deadlines().total().minus(clock.elapsed()).toMillis();
        totalDeadline =
                channel.eventLoop().schedule(this::totalDeadlinePassed, Math.max(0, left), TimeUnit.MILLISECONDS);
        phase = sequence.first(this);
        pipeline.addLast(FRAMES, frames);
        spec.approach().preconnection().ifPresent(this::sendFirst);
        pipeline.addLast(PHASE, phase);
    }

    private void sendFirst(PreconnectionPdu pdu) {
        ByteBuf frame = channel.alloc().buffer();
        new WireWriter(frame).pdu(pdu);
        send("PreconnectionPdu", frame);
    }

    private void totalDeadlinePassed() {
        fail(new LocalFailure(
                "deadline",
                "the whole connection took too long",
                clock.elapsed().toMillis() + " ms, and still waiting for " + phase.awaiting()
                        + phase.remark(frames.unfinished()),
                "the active session within " + spec.deadlines().total().toMillis() + " ms",
                "the stages' times say where it went; a longer --timeout helps only if the host is merely slow"));
    }

    public ConnectionSpec spec() {
        return spec;
    }

    /** The security layers that the connection request offers. */
    public Offer offer() {
        return offer;
    }

    /** The host has chosen one of the layers on offer. */
    public void choose(Offer.Prepared prepared) {
        chosen = prepared;
    }

    /** The security layer that the host has chosen; before that, the strongest on offer. */
    public SecurityLayer layer() {
        return chosen.layer();
    }

    /** What this connection uses of the {@link #layer}. */
    public SecurityLayer.Attempt attempt() {
        return chosen.attempt();
    }

    public TlsUpgrader tls() {
        return tls;
    }

    public SessionSink sink() {
        return sink;
    }

    public RandomSource random() {
        return random;
    }

    public StageClock clock() {
        return clock;
    }

    /** What the phases found out and later ones need. */
    public Facts facts() {
        return facts;
    }

    public Channel channel() {
        return channel;
    }

    Sequence sequence() {
        return sequence;
    }

    PhaseHandler phase() {
        return phase;
    }

    /** Octets of whole messages received so far. */
    public long octetsReceived() {
        return frames.received();
    }

    /** Counts for the host's bandwidth measurements. */
    public BandwidthMeter meter() {
        return meter;
    }

    /** Knows when the host's heartbeats are due. */
    public Heartbeats heartbeats() {
        return heartbeats;
    }

    /** Octets that came and belong to no whole message yet. */
    public int octetsWaiting() {
        return frames.waiting();
    }

    /** A copy of these octets. */
    Bytes unfinished() {
        return frames.unfinished();
    }

    /** Completes when the stage that was asked for is reached, or fails with the {@link RdpFailure}. */
    public CompletableFuture<Connection> reached() {
        return reached;
    }

    /** Completes when the connection is over, however it ended; never fails. */
    public CompletableFuture<SessionEnd> ended() {
        return ended;
    }

    /** Whether the session has been active, even if a reactivation is under way. */
    public boolean wasActive() {
        return reached.isDone() && !reached.isCompletedExceptionally();
    }

    public boolean isOver() {
        return end != null;
    }

    void advance(PhaseHandler from, PhaseHandler next) {
        if (isOver()) {
            return;
        }
        from.stopDeadline();
        clock.finished(from.stage(), from.evidence());
        boolean reachedIt = from.stage().compareTo(spec.until()) >= 0
                // standard security has no TLS: what was asked for is reached where TLS would have been
                || spec.until() == Stage.TLS && next.stage().compareTo(Stage.TLS) > 0;
        if (reachedIt && spec.until() != Stage.ACTIVE) {
            reached.complete(this);
            over(new SessionEnd(SessionEnd.Kind.REACHED, "reached " + spec.until(), Optional.empty()));
            return;
        }
        phase = next;
        channel.pipeline().replace(PHASE, PHASE, next);
        if (next.stage() == Stage.ACTIVE && !isOver()) {
            totalDeadline.cancel(false);
            reached.complete(this);
        }
        frames.goOn();
    }

    void goOn() {
        frames.goOn();
    }

    /** Ends the connection because of {@code cause}; the first failure is the one that counts. */
    public void fail(Throwable cause) {
        if (isOver()) {
            return;
        }
        RdpFailure failure = Failures.of(cause).in(phase.stage());
        clock.failed(failure.stage().orElse(phase.stage()), failure);
        over(SessionEnd.failed(failure));
    }

    /** Ends the connection as the host sends this client elsewhere; whoever opened it may follow. */
    public void redirected(ServerRedirectionPacket packet) {
        if (!isOver()) {
            over(SessionEnd.redirected(packet));
        }
    }

    /** Ends the connection in an orderly way that the host began. */
    public void endedByHost(String reason) {
        if (!isOver()) {
            over(new SessionEnd(SessionEnd.Kind.HOST, reason, Optional.empty()));
        }
    }

    void closedByPeer(PhaseHandler where, String awaiting) {
        if (isOver()) {
            return;
        }
        if (wasActive() && facts.isLogoff()) {
            endedByHost("the user logged off");
            return;
        }
        Bytes left = frames.unfinished();
        fail(facts.lastWord()
                .orElseGet(() -> new LocalFailure(
                        "early-close",
                        "the other side closed the connection",
                        left.isEmpty()
                                ? "end of stream"
                                : left.size() + " octets of an unfinished message" + where.remark(left),
                        awaiting,
                        where.stage() == Stage.CONNECTION_INITIATION
                                ? "see whether this is an RDP host at all, and whether its policy allows the security that was asked for"
                                : "the host's event log says why; this side was told nothing")));
    }

    /** Closes from any thread, at any point; completes {@link #ended}. */
    public void close(String reason) {
        Runnable closing = () -> {
            if (!isOver()) {
                over(new SessionEnd(SessionEnd.Kind.LOCAL, reason, Optional.empty()));
            }
        };
        if (channel.eventLoop().inEventLoop()) {
            closing.run();
        } else {
            channel.eventLoop().execute(closing);
        }
    }

    private void over(SessionEnd how) {
        end = how;
        if (totalDeadline != null) {
            totalDeadline.cancel(false);
        }
        phase.stopDeadline();
        heartbeats.stop();
        if (!reached.isDone()) {
            reached.completeExceptionally(how.failure()
                    .<RdpFailure>map(f -> f)
                    .orElseGet(() -> notUp(how).in(phase.stage())));
        }
        if (!isFollowed(how)) {
            sink.ended(how);
        }
        // what was queued, a polite goodbye for example, still goes out before the socket closes
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        // a peer that takes no octets must not keep the socket open: closing at the head passes by TLS's own goodbye
        Future<?> force = channel.eventLoop()
                .schedule(() -> channel.pipeline().firstContext().close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> force.cancel(false));
        channel.closeFuture().addListener(closed -> ended.complete(how));
    }

    /** Whether the next connection of the same attempt offers something else; the session is not over then. */
    public boolean isFollowed(SessionEnd how) {
        return phase.stage() == Stage.CONNECTION_INITIATION
                && how.failure().filter(offer.isFollowed()).isPresent();
    }

    private static LocalFailure notUp(SessionEnd how) {
        if (how.kind() == SessionEnd.Kind.REDIRECTED) {
            return new LocalFailure(
                    "redirected",
                    "the host sends this client elsewhere",
                    "a Server Redirection PDU",
                    "a session on this host",
                    "connect with a client that follows redirections, or to the host behind the broker");
        }
        return new LocalFailure(
                "cancelled", "the connection was ended before it was up", how.reason(), "", "connect again");
    }

    /** Sends one frame, which is handed over. */
    public void send(String name, ByteBuf frame) {
        if (isOver()) {
            frame.release();
            return;
        }
        clock.message(false, name, frame.readableBytes());
        channel.writeAndFlush(frame).addListener(sent -> {
            if (!sent.isSuccess() && !(sent.cause() instanceof IOException && isOver())) {
                fail(sent.cause());
            }
        });
    }

    /** Sends a PDU on an MCS channel as the user that MCS made us (MS-RDPBCGR 2.2.1.5 and after). */
    public void sendOn(int channelId, String name, Pdu pdu) {
        sendOn(channelId, name, 0, pdu);
    }

    /** The same behind a security header with these flags, which stands there under enhanced security, too. */
    public void sendOn(int channelId, String name, int securityFlags, Pdu body) {
        if (!isOver()) {
            Pdu userData = protection.seal(securityFlags, body);
            send(name, SendData.request(channel.alloc(), facts.userChannelId(), channelId, userData));
        }
    }

    /** Sends a fast-path input frame, which is handed over. */
    public void sendFastPath(String name, ByteBuf frame) {
        if (isOver()) {
            frame.release();
        } else {
            send(name, protection.sealFastPath(frame));
        }
    }

    /** Undoes the bulk compression of all that the host sends: updates and channels have one history. */
    public BulkDecompressor bulk() {
        return bulk;
    }

    /** What is done to messages on their way; nothing before the basic settings are exchanged. */
    public MessageProtection protection() {
        return protection;
    }

    /** From the next message on, both ways. */
    public void protect(MessageProtection value) {
        protection = value;
    }
}
