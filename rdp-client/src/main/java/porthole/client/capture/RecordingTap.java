package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;
import porthole.transport.PhaseHandler;
import porthole.transport.SessionEnd;

/** The handler in front of the frames that records every octet above TLS, and TLS itself as a mark. */
public final class RecordingTap extends ChannelDuplexHandler implements ConnectionObserver {
    private static final String NEGOTIATION = "negotiation";

    private final RecordingWriter writer;
    private final LongSupplier nanos;
    private final long start;
    private final List<Map<String, String>> negotiations = new ArrayList<>();
    private int connections;
    private volatile ChannelHandlerContext context;

    /** @param nanos a monotonic clock, such as {@code System::nanoTime} */
    public RecordingTap(RecordingWriter writer, LongSupplier nanos) {
        this.writer = writer;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    private Duration now() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    /** One tap sees one connection after another. */
    @Override
    public boolean isSharable() {
        return true;
    }

    /** A connection begins; what was recorded of one before it is dropped, as the host refused what that one offered. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (connections++ > 0) {
            writer.again();
            negotiations.forEach(facts -> writer.mark(now(), NEGOTIATION, facts));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf octets) {
            writer.octets(now(), Direction.SERVER_TO_CLIENT, octets);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf octets && octets.isReadable()) {
            writer.octets(now(), Direction.CLIENT_TO_SERVER, octets);
        }
        ctx.write(message, promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess() && tls != null) {
            SSLSession session = tls.engine().getSession();
            writer.tls(now(), session.getProtocol(), session.getCipherSuite(), certificate(session));
        }
        ctx.fireUserEventTriggered(event);
    }

    private static Optional<byte[]> certificate(SSLSession session) {
        try {
            return Optional.of(session.getPeerCertificates()[0].getEncoded());
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    /** Notes the stages that ended, with what was seen, and what was negotiated. */
    @Override
    public void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.StageFinished stage) {
            if (stage.stage() == Stage.BASIC_SETTINGS_EXCHANGE) {
                keys();
            }
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("stage", stage.stage().label());
            facts.put("millis", Double.toString(stage.took().toNanos() / 1e6));
            stage.evidence().forEach((name, value) -> facts.putIfAbsent(name, String.valueOf(value)));
            facts.keySet().removeAll(List.of("t", "mark", "certificate"));
            writer.mark(now(), "stage", facts);
        } else if (event instanceof ConnectionEvent.StageFailed stage) {
            writer.mark(
                    now(),
                    "failed",
                    Map.of(
                            "stage",
                            stage.stage().label(),
                            "line",
                            stage.failure().getMessage()));
        } else if (event instanceof ConnectionEvent.Note note && note.name().equals(NEGOTIATION)) {
            negotiations.add(negotiation(note));
            writer.mark(now(), NEGOTIATION, negotiation(note));
        }
    }

    private static Map<String, String> negotiation(ConnectionEvent.Note note) {
        Map<String, String> facts = new LinkedHashMap<>();
        note.facts().forEach((name, value) -> facts.put(name, String.valueOf(value)));
        return facts;
    }

    /** What standard security encrypts with from now on, if it does. */
    private void keys() {
        PhaseHandler phase = context == null ? null : context.pipeline().get(PhaseHandler.class);
        if (phase != null && phase.connection().protection().opening().isPresent()) {
            writer.keys(
                    now(), new SessionSecrets(phase.connection().protection().clientRandom()));
        }
    }

    /** The connection is over, and so is the recording. */
    public void ended(SessionEnd end) {
        writer.end(now(), end.reason());
    }
}
