package porthole.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.SessionEnd;
import porthole.transport.rdstls.RdstlsSecurityLayer;

/**
 * Decides whether a lost session is restored, when, and with what (MS-RDPBCGR 1.3.1.5, 5.5).
 *
 * <p>Only a line that was cut is worth another attempt: a host that says why it ends a session means it.
 */
final class Reconnection {
    private static final Set<String> CUT = Set.of("early-close", "io", "heartbeat-lost");
    private static final Set<String> NOT_YET = Set.of("early-close", "io", "deadline", "tls");
    /** A session that lasted that long has earned all its attempts anew. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReconnectPolicy policy;
    private final RdpSession session;
    private final SessionOptions options;
    private CompletableFuture<Void> waiting = CompletableFuture.completedFuture(null);
    private int attempt;
    private long lostAt;
    private long upAt;
    private boolean underWay;

    Reconnection(RdpSession session, SessionOptions options) {
        this.policy = options.reconnect();
        this.session = session;
        this.options = options;
    }

    /** Whether a session that was up may go on after this end of one of its connections. */
    synchronized boolean survives(SessionEnd end) {
        return policy.attempts() > 0
                && !session.isLeaving()
                && (underWay
                        ? maySucceedLater(end)
                        : causeOf(end).filter(CUT::contains).isPresent());
    }

    private static boolean maySucceedLater(SessionEnd end) {
        boolean before = end.failure()
                .flatMap(RdpFailure::stage)
                .map(stage -> stage.compareTo(Stage.CONNECTION_INITIATION) < 0)
                .orElse(false);
        return causeOf(end).filter(cause -> before || NOT_YET.contains(cause)).isPresent();
    }

    private static Optional<String> causeOf(SessionEnd end) {
        return end.failure()
                .filter(LocalFailure.class::isInstance)
                .map(failure -> ((LocalFailure) failure).causeName());
    }

    /** The session is up: again, or for the first time. */
    synchronized void up() {
        if (underWay) {
            underWay = false;
            options.listener().reconnected(attempt);
            note("reconnected", Map.of("attempt", attempt));
        }
        upAt = System.nanoTime();
    }

    /**
     * A connection of a session that was up ended.
     *
     * @param again begins the next connection; runs on any thread
     * @param over is told the end where there is no next one
     */
    synchronized void ended(SessionEnd end, Runnable again, Consumer<SessionEnd> over) {
        if (!survives(end)) {
            over.accept(end);
            return;
        }
        long now = System.nanoTime();
        if (!underWay) {
            lostAt = now;
            attempt = now - upAt > STEADY_NANOS ? 0 : attempt;
            underWay = true;
        }
        Duration wait = policy.before(attempt + 1, ThreadLocalRandom.current().nextDouble());
        Duration soFar = Duration.ofNanos(now - lostAt);
        if (attempt >= policy.attempts() || soFar.plus(wait).compareTo(policy.within()) > 0) {
            over.accept(givenUp(end, soFar));
            return;
        }
        attempt++;
        options.listener().reconnecting(attempt, wait, end);
        note(
                "reconnecting",
                Map.of(
                        "attempt",
                        attempt,
                        "of",
                        policy.attempts(),
                        "waitMillis",
                        wait.toMillis(),
                        "why",
                        causeOf(end).orElse("")));
        waiting = new CompletableFuture<Void>().completeOnTimeout(null, wait.toNanos(), TimeUnit.NANOSECONDS);
        waiting.thenRunAsync(() -> {
            if (session.isLeaving()) {
                over.accept(new SessionEnd(SessionEnd.Kind.LOCAL, "left during a reconnection", Optional.empty()));
            } else {
                again.run();
            }
        });
    }

    /** Somebody wants the end: no wait is finished. */
    void leave() {
        CompletableFuture<Void> wait;
        synchronized (this) {
            wait = waiting;
        }
        wait.complete(null);
    }

    private SessionEnd givenUp(SessionEnd last, Duration soFar) {
        RdpFailure failure = new LocalFailure(
                        "reconnect-failed",
                        "the session was lost and could not be restored",
                        attempt + " attempts in " + soFar.toSeconds() + " s, and then: " + last.reason(),
                        "a host that can be reached within " + policy.attempts() + " attempts and "
                                + policy.within().toSeconds() + " s",
                        "see whether host and network are up; --reconnect and --reconnect-timeout allow for more")
                .in(Stage.ACTIVE);
        return new SessionEnd(SessionEnd.Kind.FAILED, failure.getMessage(), Optional.of(failure));
    }

    /** The lost connection's own specification, with the size that the desktop has by now and the host's cookie. */
    ConnectionSpec next(ConnectionSpec lost) {
        Optional<ArcScPrivatePacket> cookie = session.autoReconnectCookie();
        ConnectionSpec next = lost.withClient(lost.client()
                .but()
                .width(session.width())
                .height(session.height())
                .autoReconnectCookie(cookie)
                .build());
        boolean rdstls = lost.security().get(0) instanceof RdstlsSecurityLayer;
        return rdstls && cookie.isPresent()
                ? next.withSecurity(List.of(RdstlsSecurityLayer.reconnecting(cookie.get())))
                : next;
    }

    private void note(String name, Map<String, Object> facts) {
        options.observer().on(new ConnectionEvent.Note(name, facts, Duration.ZERO));
    }
}
