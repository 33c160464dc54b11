package porthole.client;

import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import porthole.client.capture.Recorder;
import porthole.client.capture.RecordingTap;
import porthole.client.capture.RecordingWriter;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.transport.Connection;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.SessionEnd;
import porthole.transport.redirection.Redirection;
import porthole.transport.sequence.Connector;

/** One session from the first connection to its end: one connection, and one more for each redirection and each reconnection. */
final class Journey {
    private static final int MOST_REDIRECTIONS = 5;

    private final Connector connector;
    private final RdpSession session;
    private final SessionOptions options;
    private final CompletableFuture<RdpSession> connected = new CompletableFuture<>();
    private final ConnectionSpec origin;
    private final Reconnection reconnection;
    private volatile Connector.Attempt attempt;
    private int connections;
    private int redirections;

    Journey(Connector connector, RdpSession session, SessionOptions options, ConnectionSpec origin) {
        this.connector = connector;
        this.session = session;
        this.options = options;
        this.origin = origin;
        this.reconnection = new Reconnection(session, options);
        session.follow(end -> wasUp() && reconnection.survives(end), this::leave);
    }

    CompletableFuture<RdpSession> begin() {
        connected.whenComplete((done, failed) -> {
            Connector.Attempt running = attempt;
            if (connected.isCancelled() && running != null) {
                running.reached().cancel(true);
            }
        });
        go(origin);
        return connected;
    }

    private void go(ConnectionSpec spec) {
        Optional<RecordingTap> tap;
        try {
            tap = recording(spec);
        } catch (IOException e) {
            over(new LocalFailure(
                    "recording",
                    "the recording cannot be written",
                    String.valueOf(e.getMessage()),
                    "a file that can be created",
                    "choose another file",
                    e));
            return;
        }
        ConnectionObserver observer =
                tap.<ConnectionObserver>map(options.observer()::and).orElse(options.observer());
        Connector.Attempt running;
        try {
            running = connector.connect(spec, session.sink(), observer, tap.map(handler -> (ChannelHandler) handler));
        } catch (RejectedExecutionException e) {
            session.over(new SessionEnd(SessionEnd.Kind.LOCAL, "the client was closed", Optional.empty()));
            return;
        }
        attempt = running;
        running.reached().whenComplete(this::reached);
        running.ended().thenAccept(end -> {
            tap.ifPresent(recording -> recording.ended(end)); // whoever waits for the end finds the recording complete
            ended(spec, end);
        });
        if (connected.isCancelled() || session.isLeaving()) {
            running.reached().cancel(true); // cancelled between two connections
        }
    }

    private Optional<RecordingTap> recording(ConnectionSpec spec) throws IOException {
        List<Recorder> recorders = new ArrayList<>();
        if (options.recording().isPresent()) {
            SessionOptions.RecordingOptions where = options.recording().get();
            int number = where.first() + connections++;
            recorders.add(RecordingWriter.create(
                    where.file(number), Instant.now().toString(), spec.target().toString(), where.secrets()));
        }
        options.transcripts().ifPresent(transcripts -> recorders.add(transcripts.get()));
        return recorders.isEmpty() ? Optional.empty() : Optional.of(new RecordingTap(recorders, System::nanoTime));
    }

    private void reached(Connection connection, Throwable failed) {
        if (failed instanceof LocalFailure local && local.causeName().equals("redirected")) {
            return; // the end says where to
        }
        if (failed == null) {
            reconnection.up();
        }
        if (failed != null) {
            connected.completeExceptionally(failed);
        } else if (connection != null && session.isLeaving()) {
            connection.close("left between two connections");
        } else if (!connected.complete(session) && connection != null && connected.isCompletedExceptionally()) {
            connection.close("cancelled");
        }
    }

    private void ended(ConnectionSpec spec, SessionEnd end) {
        if (end.redirection().isEmpty() && wasUp()) {
            reconnection.ended(end, () -> again(spec), session::over);
        } else if (end.redirection().isEmpty()) {
            session.over(end);
        } else if (connected.isCancelled() || session.isLeaving()) {
            session.over(new SessionEnd(SessionEnd.Kind.LOCAL, "left during a redirection", Optional.empty()));
        } else {
            follow(spec, end.redirection().get());
        }
    }

    private void again(ConnectionSpec lost) {
        redirections = 0;
        go(reconnection.next(lost));
    }

    private boolean wasUp() {
        return connected.isDone() && !connected.isCompletedExceptionally();
    }

    private void leave() {
        reconnection.leave();
        Connector.Attempt running = attempt;
        if (running != null) {
            running.reached().cancel(true); // does nothing to a connection that is up
        }
    }

    private void follow(ConnectionSpec spec, ServerRedirectionPacket packet) {
        if (redirections == MOST_REDIRECTIONS) {
            over(new LocalFailure(
                    "redirection-loop",
                    "the hosts keep sending this client elsewhere",
                    (redirections + 1) + " redirections in a row, the last from " + spec.target(),
                    "a session after at most " + MOST_REDIRECTIONS,
                    "see whether the broker's hosts send each other's sessions back to the broker"));
            return;
        }
        ConnectionSpec next;
        try {
            // a certificate or a blob is for one host: the next one is judged as the first one was
            next = Redirection.follow(spec.withSecurity(origin.security()).withTrust(origin.trust()), packet);
        } catch (RuntimeException e) {
            over(Failures.of(e));
            return;
        }
        redirections++;
        options.observer()
                .on(new ConnectionEvent.Note(
                        "redirected",
                        Map.of(
                                "target",
                                next.target().toString(),
                                "security",
                                next.security().get(0).name(),
                                "redirection",
                                redirections),
                        Duration.ZERO));
        go(next);
    }

    /** No further connection comes of it. */
    private void over(RdpFailure why) {
        RdpFailure failure = why.in(Stage.CONNECT);
        connected.completeExceptionally(failure);
        session.over(new SessionEnd(SessionEnd.Kind.FAILED, failure.getMessage(), Optional.of(failure)));
    }
}
