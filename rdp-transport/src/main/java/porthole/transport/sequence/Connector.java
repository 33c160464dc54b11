package porthole.transport.sequence;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.Broker;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.Offer;
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
     * One attempt to connect: one connection, or several where a host refuses what the first ones offer.
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

    /** The same with a handler that sees every octet above TLS, in front of the frames; each connection is a new beginning. */
    public Attempt connect(
            ConnectionSpec spec, SessionSink sink, ConnectionObserver observer, Optional<ChannelHandler> tap) {
        StageClock clock = new StageClock(observer, System::nanoTime);
        ClientSettings client = spec.client();
        ConnectionSpec whole = spec.withClient(
                client.but().correlation(client.correlation().drawn(random)).build());
        Running running = new Running(whole, sink, clock, tap);
        running.reached.whenComplete((connection, failed) -> {
            if (running.reached.isCancelled()) {
                running.cancel();
            }
        });
        running.start();
        return new Attempt(running.reached, running.ended);
    }

    /** The security layers that can use what the specification holds. */
    private static List<SecurityLayer> usable(ConnectionSpec spec) {
        List<SecurityLayer> usable = spec.security().stream()
                .filter(layer -> layer.canUse(spec))
                .filter(suits(spec))
                .toList();
        if (usable.isEmpty()) {
            throw new LocalFailure(
                            "no-usable-security",
                            "none of the allowed security layers can use the credentials at hand",
                            spec.security().stream()
                                    .map(SecurityLayer::name)
                                    .toList()
                                    .toString(),
                            "a token source for aad, a user and a password for nla, or tls among the allowed layers",
                            "give --token-command or --access-token-file, or --user and --password-file, or allow --security tls")
                    .in(Stage.CONNECTION_INITIATION);
        }
        // without a negotiation nothing is chosen: the strongest it is
        return spec.approach().direct() ? usable.subList(0, 1) : usable;
    }

    private static Predicate<SecurityLayer> suits(ConnectionSpec spec) {
        return layer -> !spec.approach().direct() || DirectApproach.suits(layer);
    }

    private final class Running {
        private volatile ConnectionSpec spec;
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

        /** Asks the broker, where there is one; the deadline of the connection runs from its answer. */
        void start() {
            Optional<Broker> broker = spec.route().broker();
            if (broker.isEmpty()) {
                negotiate();
                return;
            }
            CompletableFuture<ConnectionSpec> located =
                    broker.get().locate(spec, clock, blocking).toCompletableFuture();
            waiting.set(located);
            located.whenComplete((there, failed) -> {
                if (reached.isCancelled()) {
                    cancelled();
                } else if (failed != null) {
                    RdpFailure failure = Failures.of(failed).in(Stage.BROKER);
                    clock.failed(failure.stage().orElse(Stage.BROKER), failure);
                    over(failure);
                } else {
                    spec = there.withDeadlines(there.deadlines().later(clock.elapsed()));
                    negotiate();
                }
            });
        }

        private void negotiate() {
            NegotiationPlan plan;
            try {
                plan = NegotiationPlan.first(usable(spec));
            } catch (RdpFailure e) {
                over(e);
                return;
            }
            begin(plan);
        }

        private void begin(NegotiationPlan plan) {
            CompletableFuture<List<Offer.Prepared>> prepared = prepare(plan).toCompletableFuture();
            waiting.set(prepared);
            long left =
                    Math.max(0, spec.deadlines().total().minus(clock.elapsed()).toMillis());
            prepared.orTimeout(left, TimeUnit.MILLISECONDS).whenComplete((layers, failed) -> {
                if (reached.isCancelled()) {
                    cancelled();
                } else if (failed != null) {
                    over(preparationFailed(failed));
                } else if (!reached.isDone()) {
                    Predicate<RdpFailure> followed =
                            failure -> plan.after(failure).isPresent();
                    open(plan, new Offer(plan.number(), layers, plan.sendsRequest(), followed));
                }
            });
        }

        /** Only what this request offers: nobody is asked to sign in for a layer that is not. */
        private CompletionStage<List<Offer.Prepared>> prepare(NegotiationPlan plan) {
            boolean prepares = spec.until().compareTo(Stage.AUTHENTICATION) >= 0;
            CompletionStage<List<Offer.Prepared>> all = CompletableFuture.completedFuture(List.of());
            for (SecurityLayer layer : plan.offered()) {
                all = all.thenCompose(sofar -> {
                    CompletionStage<SecurityLayer.Attempt> one = prepares
                            ? layer.prepare(spec, clock, blocking)
                            : CompletableFuture.completedFuture(connection -> Optional.empty());
                    return one.thenApply(attempt -> {
                        List<Offer.Prepared> more = new ArrayList<>(sofar);
                        more.add(new Offer.Prepared(layer, attempt));
                        return more;
                    });
                });
            }
            return all;
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

        private void open(NegotiationPlan plan, Offer offer) {
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
                run(plan, offer, channel);
            });
        }

        private void run(NegotiationPlan plan, Offer offer, Channel channel) {
            Connection running = new Connection(spec, offer, ConnectionSequence.of(spec), tls, sink, random, clock);
            connection = running;
            running.ended().thenAccept(end -> ended(plan, running, end));
            running.reached().whenComplete((done, failed) -> {
                if (failed == null) {
                    reached.complete(done);
                } else if (!(failed instanceof RdpFailure failure) || !isFollowed(running, failure)) {
                    reached.completeExceptionally(failed);
                }
            });
            channel.eventLoop().execute(() -> {
                tap.ifPresent(handler -> channel.pipeline().addLast(Connection.TAP, handler));
                sink.attached(running);
                running.install(channel.pipeline());
                channel.config().setAutoRead(true);
                if (reached.isCancelled()) {
                    running.close("cancelled");
                }
            });
        }

        private static boolean isFollowed(Connection running, RdpFailure failure) {
            return running.isFollowed(
                    new SessionEnd(SessionEnd.Kind.FAILED, failure.getMessage(), Optional.of(failure)));
        }

        /** The socket is closed: either all is over, or something else is offered on another one. */
        private void ended(NegotiationPlan plan, Connection running, SessionEnd end) {
            Optional<RdpFailure> refused =
                    end.failure().filter(failure -> failure.stage().equals(Optional.of(Stage.CONNECTION_INITIATION)));
            Optional<NegotiationPlan> next =
                    running.isFollowed(end) ? plan.after(end.failure().get()) : Optional.empty();
            refused.ifPresent(failure ->
                    clock.note(Negotiations.NOTE, Negotiations.failed(spec, running.offer(), failure, next)));
            if (next.isEmpty()) {
                ended.complete(end);
            } else if (reached.isCancelled()) {
                cancelled();
            } else {
                begin(next.get());
            }
        }

        void cancel() {
            CompletableFuture<?> step = waiting.get();
            if (step != null) {
                step.cancel(true);
            }
            Connection running = connection;
            if (running != null && !running.isOver()) {
                running.close("cancelled");
            } else {
                cancelled();
            }
        }

        private void cancelled() {
            over(new SessionEnd(SessionEnd.Kind.LOCAL, "cancelled", Optional.empty()));
        }

        private void over(RdpFailure failure) {
            clock.note("failed", Map.of("line", failure.getMessage()));
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
