package porthole.transport.sequence;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.Connection;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.RandomSource;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.TlsUpgrader;
import porthole.transport.route.Route;

/** Takes a specification through preparation, route and sequence to a connection; the way that a socket is used. */
public final class Connector {
    private final Route route;
    private final TlsUpgrader tls;
    private final RandomSource random;
    private final Executor blocking;

    /** @param blocking where tokens are fetched and anything else may wait */
    public Connector(Route route, TlsUpgrader tls, RandomSource random, Executor blocking) {
        this.route = route;
        this.tls = tls;
        this.random = random;
        this.blocking = blocking;
    }

    /**
     * One attempt to connect.
     *
     * @param reached completes with the connection when the asked-for stage is reached (with null where that was before
     *     the sequence began), or fails with an {@link RdpFailure}; cancelling it closes whatever is open, at any point
     * @param ended completes when all is over, however it ended; never fails
     */
    public record Attempt(CompletableFuture<Connection> reached, CompletableFuture<SessionEnd> ended) {}

    /** Begins an attempt. */
    public Attempt connect(ConnectionSpec spec, SessionSink sink, ConnectionObserver observer) {
        return connect(spec, sink, observer, Optional.empty());
    }

    /** The same with a handler that sees every octet above TLS, in front of the frames. */
    public Attempt connect(
            ConnectionSpec spec, SessionSink sink, ConnectionObserver observer, Optional<ChannelHandler> tap) {
        StageClock clock = new StageClock(observer, System::nanoTime);
        Running running = new Running(spec, sink, clock, tap);
        running.reached.whenComplete((connection, failed) -> {
            if (running.reached.isCancelled()) {
                running.cancel();
            }
        });
        running.start();
        return new Attempt(running.reached, running.ended);
    }

    /** The security layer that is offered: the first that can use what the specification holds. */
    static SecurityLayer choose(ConnectionSpec spec) {
        return spec.security().stream()
                .filter(layer -> layer.canUse(spec))
                .filter(layer -> !spec.approach().direct() || DirectApproach.suits(layer))
                .findFirst()
                .orElseThrow(() -> new LocalFailure(
                                "no-usable-security",
                                "none of the allowed security layers can use the credentials at hand",
                                spec.security().stream()
                                        .map(SecurityLayer::name)
                                        .toList()
                                        .toString(),
                                "a token source for aad, a user and a password for nla, or tls among the allowed layers",
                                "give --token-command or --access-token-file, or --user and --password-file, or allow --security tls")
                        .in(Stage.CONNECTION_INITIATION));
    }

    private final class Running {
        private final ConnectionSpec spec;
        private final SessionSink sink;
        private final StageClock clock;
        private final Optional<ChannelHandler> tap;
        private final CompletableFuture<Connection> reached = new CompletableFuture<>();
        private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
        private final AtomicReference<CompletableFuture<?>> waiting = new AtomicReference<>();
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile Connection connection;

        Running(ConnectionSpec spec, SessionSink sink, StageClock clock, Optional<ChannelHandler> tap) {
            this.spec = spec;
            this.sink = sink;
            this.clock = clock;
            this.tap = tap;
        }

        void start() {
            SecurityLayer layer;
            try {
                layer = choose(spec);
            } catch (RdpFailure e) {
                over(e);
                return;
            }
            boolean prepares = spec.until().compareTo(Stage.AUTHENTICATION) >= 0;
            CompletableFuture<Optional<SecurityLayer.Attempt>> prepared = prepares
                    ? layer.prepare(spec, clock, blocking).toCompletableFuture().thenApply(Optional::of)
                    : CompletableFuture.completedFuture(Optional.empty());
            waiting.set(prepared);
            prepared.orTimeout(spec.deadlines().total().toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((attempt, failed) -> {
                        if (reached.isCancelled()) {
                            cancelled();
                        } else if (failed != null) {
                            over(preparationFailed(failed));
                        } else if (!reached.isDone()) {
                            open(layer, attempt.orElse(c -> Optional.empty()));
                        }
                    });
        }

        private RdpFailure preparationFailed(Throwable failed) {
            if (failed instanceof TimeoutException) {
                return new LocalFailure(
                                "deadline",
                                "the token did not come in time",
                                clock.elapsed().toMillis() + " ms",
                                "token and nonce before the total deadline",
                                "see whether the token source waits for a person, or raise --timeout")
                        .in(Stage.TOKEN);
            }
            return Failures.of(failed).in(Stage.TOKEN);
        }

        private void open(SecurityLayer layer, SecurityLayer.Attempt attempt) {
            CompletableFuture<Channel> opened = route.open(spec, clock);
            waiting.set(opened);
            opened.whenComplete((channel, failed) -> {
                if (reached.isDone()) {
                    if (channel != null) {
                        channel.close();
                    }
                    cancelled();
                    return;
                }
                if (failed != null) {
                    over(Failures.of(failed).in(Stage.CONNECT));
                    return;
                }
                if (spec.until().compareTo(Stage.CONNECTION_INITIATION) < 0) {
                    channel.close();
                    over(new SessionEnd(SessionEnd.Kind.REACHED, "reached " + spec.until(), Optional.empty()));
                    return;
                }
                run(layer, attempt, channel);
            });
        }

        private void run(SecurityLayer layer, SecurityLayer.Attempt attempt, Channel channel) {
            connection = new Connection(spec, layer, attempt, ConnectionSequence.of(spec), tls, sink, random, clock);
            connection.ended().thenAccept(ended::complete);
            connection.reached().whenComplete((done, failed) -> {
                if (failed != null) {
                    reached.completeExceptionally(failed);
                } else {
                    reached.complete(done);
                }
            });
            channel.eventLoop().execute(() -> {
                tap.ifPresent(handler -> channel.pipeline().addLast(Connection.TAP, handler));
                sink.attached(connection);
                connection.install(channel.pipeline());
                channel.config().setAutoRead(true);
                if (reached.isCancelled()) {
                    connection.close("cancelled");
                }
            });
        }

        void cancel() {
            CompletableFuture<?> step = waiting.get();
            if (step != null) {
                step.cancel(true);
            }
            Connection running = connection;
            if (running != null) {
                running.close("cancelled");
            } else {
                cancelled();
            }
        }

        private void cancelled() {
            over(new SessionEnd(SessionEnd.Kind.LOCAL, "cancelled", Optional.empty()));
        }

        private void over(RdpFailure failure) {
            clock.note("failed", java.util.Map.of("line", failure.getMessage()));
            over(new SessionEnd(SessionEnd.Kind.FAILED, failure.getMessage(), Optional.of(failure)));
        }

        private void over(SessionEnd end) {
            if (!told.compareAndSet(false, true)) {
                return;
            }
            if (end.failure().isPresent()) {
                reached.completeExceptionally(end.failure().get());
            } else {
                reached.complete(null);
            }
            sink.ended(end);
            ended.complete(end);
        }
    }
}
