package porthole.transport.gateway;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.StageClock;
import porthole.transport.route.TcpConnector;

/** What opens through a gateway in several connections and stages: they end together, and each stage has its deadline. */
public final class OpeningAttempt {
    private final TcpConnector tcp;
    private final ConnectionSpec spec;
    private final StageClock clock;
    private final String lateRemedy;
    private final CompletableFuture<Channel> outcome = new CompletableFuture<>();
    private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<?> connecting;
    private volatile Stage stage = Stage.CONNECT;
    private volatile Future<?> deadline;

    /** @param lateRemedy what to do where a stage takes longer than its deadline */
    public OpeningAttempt(TcpConnector tcp, ConnectionSpec spec, StageClock clock, String lateRemedy) {
        this.tcp = tcp;
        this.spec = spec;
        this.clock = clock;
        this.lateRemedy = lateRemedy;
        outcome.whenComplete((channel, failed) -> {
            endStage();
            if (failed != null) {
                closeAll();
            }
        });
    }

    /** Ends with the steps; a channel that comes after somebody gave up is closed. */
    public CompletableFuture<Channel> endsWith(CompletionStage<Channel> steps) {
        steps.whenComplete((channel, failed) -> {
            if (failed != null) {
                fail(failed);
            } else if (!outcome.complete(channel)) {
                closeAll();
            }
        });
        return outcome;
    }

    /** Connects to a machine of the gateway and goes on with {@code next} on the channel's event loop. */
    public <T> CompletionStage<T> connect(
            String host, int port, StageClock told, Function<Channel, CompletionStage<T>> next) {
        CompletableFuture<TcpConnector.Opened> pipe = tcp.connect(host, port, spec, told);
        connecting = pipe;
        return pipe.thenCompose(opened -> {
            told.finished(Stage.CONNECT, opened.evidence());
            Channel channel = opened.channel();
            return onLoop(channel, () -> {
                channels.add(channel);
                if (outcome.isDone()) {
                    channel.close();
                }
                return next.apply(channel);
            });
        });
    }

    /** The connections of this attempt, the oldest first; those of a way that was given up are taken out. */
    Queue<Channel> channels() {
        return channels;
    }

    /** A stage that no connection belongs to, and that keeps its own time. */
    void enter(Stage next) {
        stage = next;
    }

    /** Begins a stage, whose deadline takes the place of the former one's. */
    public void enter(Channel channel, Stage next, StageClock told) {
        stage = next;
        told.started(next);
        endStage();
        long millis = spec.deadlines().phase().toMillis();
        deadline = channel.eventLoop()
                .schedule(
                        () -> fail(new LocalFailure(
                                "deadline",
                                "the gateway did not go on in time",
                                "nothing that ends the stage in " + millis + " ms",
                                "the end of " + next,
                                lateRemedy)),
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    /** Ends the wait for the stage's end. */
    public void endStage() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void fail(Throwable cause) {
        RdpFailure found = Failures.of(cause);
        boolean told = found.stage().isPresent() && channels.isEmpty(); // by whoever opened the first connection
        RdpFailure failure = found.in(stage);
        if (!told && !outcome.isDone()) {
            clock.failed(stage, failure);
        }
        outcome.completeExceptionally(failure);
    }

    private void closeAll() {
        CompletableFuture<?> now = connecting;
        if (now != null) {
            now.cancel(false);
        }
        channels.forEach(Channel::close);
    }

    static <T> CompletionStage<T> onLoop(Channel channel, Supplier<CompletionStage<T>> step) {
        if (channel.eventLoop().inEventLoop()) {
            return step.get();
        }
        return CompletableFuture.supplyAsync(step, channel.eventLoop()).thenCompose(next -> next);
    }
}
