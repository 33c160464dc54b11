package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import porthole.host.fault.FaultyWriter;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.wire.Pdu;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Failures;

/** One connection of a client: its pipeline, its current phase and its one ending. Belongs to its event loop. */
final class HostConnection {
    static final String FRAMES = "frames";
    static final String PHASE = "phase";

    private final long number;
    private final HostSettings settings;
    private final Reconnections reconnections;
    private final HostFacts facts = new HostFacts();
    private final HostFrameDecoder frames = new HostFrameDecoder(this);
    private final Runnable whenOver;
    private Channel channel;
    private FaultyWriter writer;
    private ServerPhase phase;
    private Future<?> loginDeadline;
    private boolean over;

    /** @param whenOver runs once, when the channel is closed */
    HostConnection(long number, HostSettings settings, Reconnections reconnections, Runnable whenOver) {
        this.number = number;
        this.settings = settings;
        this.reconnections = reconnections;
        this.whenOver = whenOver;
    }

    void install(ChannelPipeline pipeline) {
        channel = pipeline.channel();
        writer = new FaultyWriter(channel, settings.rules());
        channel.closeFuture().addListener(closed -> {
            closedByPeer();
            writer.release();
            whenOver.run();
        });
        long millis = settings.loginDeadline().toMillis();
        loginDeadline = channel.eventLoop()
                .schedule(
                        () -> fail(new LocalFailure(
                                "deadline",
                                "the client did not log on in time",
                                millis + " ms",
                                "an active session",
                                "see the client's log for what it waits for")),
                        millis,
                        TimeUnit.MILLISECONDS);
        event("connected", Map.of("client", String.valueOf(channel.remoteAddress())));
        phase = ServerSequence.first(this);
        pipeline.addLast(new Opening(this));
        pipeline.addLast(FRAMES, frames);
        pipeline.addLast(PHASE, phase);
    }

    /** The client begins with TLS: what comes behind it is what this host would select. */
    void direct() {
        facts.direct = true;
        facts.selected =
                settings.offered().has(SecurityProtocols.HYBRID) ? SecurityProtocols.HYBRID : SecurityProtocols.TLS;
        event("direct", Map.of("selected", facts.selected.bits()));
        replace(new TlsAccept(this));
    }

    long number() {
        return number;
    }

    HostSettings settings() {
        return settings;
    }

    Reconnections reconnections() {
        return reconnections;
    }

    HostFacts facts() {
        return facts;
    }

    Channel channel() {
        return channel;
    }

    FaultyWriter writer() {
        return writer;
    }

    ServerPhase phase() {
        return phase;
    }

    boolean isOver() {
        return over;
    }

    /** Octets that came and that no phase has asked for yet. */
    int octetsWaiting() {
        return frames.waiting();
    }

    void event(String name, Map<String, Object> what) {
        settings.observer().on(new HostEvent(number, name, what));
    }

    /** Puts the next phase in place of {@code from}. */
    void advance(ServerPhase from) {
        replace(ServerSequence.after(from));
    }

    /** Puts any phase in place of the present one. */
    void replace(ServerPhase next) {
        if (over) {
            return;
        }
        phase = next;
        event("phase", Map.of("stage", next.stage().label()));
        channel.pipeline().replace(PHASE, PHASE, next);
    }

    /** The session is active for the first time: the client may take its time from now on. */
    void loggedOn() {
        loginDeadline.cancel(false);
    }

    /** Sends one frame, which is handed over. */
    void send(ServerMessage message, ByteBuf frame) {
        if (over) {
            frame.release();
        } else {
            writer.write(message, frame);
        }
    }

    /** Sends a PDU on an MCS channel. */
    void sendOn(ServerMessage message, int channelId, Pdu pdu) {
        sendOn(message, channelId, 0, pdu);
    }

    /** The same behind a security header with these flags, which stands there under enhanced security, too. */
    void sendOn(ServerMessage message, int channelId, int securityFlags, Pdu body) {
        if (over) {
            return;
        }
        Pdu userData = facts.protection
                .map(protection -> protection.seal(securityFlags, body, facts.isSalted()))
                .orElseGet(() -> securityFlags == 0
                        ? body
                        : BasicSecurityHeader.of(securityFlags).before(body));
        send(message, SendData.indication(channel.alloc(), HostFacts.SERVER_USER, channelId, userData));
    }

    /** Sends a fast-path frame, which is handed over. */
    void sendFastPath(ServerMessage message, ByteBuf frame) {
        if (over) {
            frame.release();
            return;
        }
        send(
                message,
                facts.protection
                        .map(protection -> protection.sealFastPath(frame, facts.isSalted()))
                        .orElse(frame));
    }

    /** Sends a share data PDU. */
    void sendShare(ServerMessage message, ShareDataBody body) {
        DataPdu pdu = DataPdu.of(HostFacts.SERVER_USER, facts.shareId, body);
        sendOn(message, HostFacts.IO_CHANNEL, facts.bulk.map(pdu::compressed).orElse(pdu));
    }

    /** Ends the connection because of {@code cause}. */
    void fail(Throwable cause) {
        if (over) {
            return;
        }
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("stage", phase.stage().label());
        RdpFailure failure = Failures.of(cause).in(phase.stage());
        what.put("cause", failure.report().cause());
        what.put("failure", failure.getMessage());
        over(what);
        channel.close();
    }

    /** Ends the connection in an orderly way, when all that was written is out. */
    void end(String reason) {
        if (over) {
            return;
        }
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("stage", phase.stage().label());
        what.put("reason", reason);
        over(what);
        writer.end();
    }

    void closedByPeer() {
        if (!over) {
            Map<String, Object> what = new LinkedHashMap<>();
            what.put("stage", phase.stage().label());
            what.put("reason", "closed by the client");
            over(what);
        }
    }

    private void over(Map<String, Object> what) {
        over = true;
        loginDeadline.cancel(false);
        phase.leave();
        event("ended", what);
    }
}
