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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;
import porthole.transport.PhaseHandler;
import porthole.transport.SessionEnd;
import porthole.transport.tls.ShownCertificates;

/** The handler in front of the frames that records every octet above TLS, and TLS itself as a mark. */
public final class RecordingTap extends ChannelDuplexHandler implements ConnectionObserver {
    private static final String NEGOTIATION = "negotiation";

    private final List<Recorder> recorders;
    private final LongSupplier nanos;
    private final long start;
    private final List<Map<String, Object>> negotiations = new ArrayList<>();
    private int connections;
    private volatile ChannelHandlerContext context;

    /** @param nanos a monotonic clock, such as {@code System::nanoTime} */
    public RecordingTap(Recorder recorder, LongSupplier nanos) {
        this(List.of(recorder), nanos);
    }

    /** @param recorders are all told the same */
    public RecordingTap(List<Recorder> recorders, LongSupplier nanos) {
        this.recorders = List.copyOf(recorders);
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
            each(recorder -> {
                recorder.again();
                negotiations.forEach(facts -> recorder.mark(now(), NEGOTIATION, facts));
            });
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf octets) {
            each(recorder -> recorder.octets(now(), Direction.SERVER_TO_CLIENT, octets));
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf octets && octets.isReadable()) {
            each(recorder -> recorder.octets(now(), Direction.CLIENT_TO_SERVER, octets));
        }
        ctx.write(message, promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess() && tls != null) {
            SSLSession session = tls.engine().getSession();
            Optional<byte[]> certificate = certificate(session);
            each(recorder -> recorder.tls(now(), session.getProtocol(), session.getCipherSuite(), certificate));
        } else if (event instanceof ShownCertificates shown) {
            each(recorder -> recorder.certificates(shown.chain(), shown.trusted()));
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
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("stage", stage.stage().label());
            facts.put("millis", Double.toString(stage.took().toNanos() / 1e6));
            stage.evidence().forEach(facts::putIfAbsent);
            each(recorder -> recorder.mark(now(), "stage", facts));
        } else if (event instanceof ConnectionEvent.StageFailed stage) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("stage", stage.stage().label());
            facts.put("cause", stage.failure().report().cause());
            facts.put("line", stage.failure().getMessage());
            each(recorder -> recorder.mark(now(), "failed", facts));
        } else if (event instanceof ConnectionEvent.Note note && note.name().equals(NEGOTIATION)) {
            negotiations.add(note.facts());
            each(recorder -> recorder.mark(now(), NEGOTIATION, note.facts()));
        }
    }

    private void each(Consumer<Recorder> told) {
        recorders.forEach(told);
    }

    /** What standard security encrypts with from now on, if it does. */
    private void keys() {
        PhaseHandler phase = context == null ? null : context.pipeline().get(PhaseHandler.class);
        if (phase != null && phase.connection().protection().opening().isPresent()) {
            SessionSecrets keys =
                    new SessionSecrets(phase.connection().protection().clientRandom());
            each(recorder -> recorder.keys(now(), keys));
        }
    }

    /** The connection is over, and so is the recording. */
    public void ended(SessionEnd end) {
        each(recorder -> recorder.end(now(), end.reason()));
    }
}
