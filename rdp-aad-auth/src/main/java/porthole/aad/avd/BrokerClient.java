package porthole.aad.avd;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * Asks the broker for a way to a host, again and again while the host is being started. Its failures have stage
 * {@code broker}. Thread-safe; nothing blocks the caller.
 */
public final class BrokerClient {
    /** Where the broker takes its requests; FreeRDP 3.15 sends them there, later ones leave the last slash out. */
    static final String PATH = "/api/arm/v2/connections/";

    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final AvdAccess access;
    private final Waiting waiting;
    private final Consumer<Progress> progress;
    private final Function<Duration, CompletionStage<Void>> pause;

    /**
     * How long a host may take to start.
     *
     * @param tries how often the broker is asked at most, 1 or more
     * @param between the time from one answer to the next question, unless the broker says another
     */
    public record Waiting(int tries, Duration between) {
        /** Five minutes, as the service announces and FreeRDP waits. */
        public static final Waiting DEFAULT = new Waiting(20, Duration.ofSeconds(15));

        /** As many tries as the default has in such a time. */
        public static Waiting within(Duration time) {
            long more = time.toMillis() / DEFAULT.between.toMillis();
            return new Waiting((int) Math.min(1 + more, 10_000), DEFAULT.between);
        }
    }

    /**
     * The broker asks for patience.
     *
     * @param asked how often it was asked by now
     * @param code why
     * @param again when it is asked again
     */
    public record Progress(int asked, int tries, String code, Duration again) {}

    /** @param progress is told of every pause */
    public BrokerClient(AvdAccess access, Waiting waiting, Consumer<Progress> progress) {
        this(access, waiting, progress, BrokerClient::sleep);
    }

    BrokerClient(
            AvdAccess access,
            Waiting waiting,
            Consumer<Progress> progress,
            Function<Duration, CompletionStage<Void>> pause) {
        this.access = access;
        this.waiting = waiting;
        this.progress = progress;
        this.pause = pause;
    }

    private static CompletionStage<Void> sleep(Duration time) {
        Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, later);
    }

    /** Asks the broker at {@code base}, an https URL without a path. */
    public CompletableFuture<BrokerAnswer> connect(URI base, BrokerRequest request) {
        if (request.application().isEmpty() || request.loadBalanceInfo().isEmpty()) {
            return CompletableFuture.failedFuture(new LocalFailure(
                            "avd-connection-file",
                            "the connection file does not name an Azure Virtual Desktop resource",
                            "no remoteapplicationprogram, or no loadbalanceinfo",
                            "both",
                            "get the file again from the feed: porthole connect avd:WORKSPACE/RESOURCE does")
                    .in(Stage.BROKER));
        }
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<BrokerAnswer> answer =
                Outcomes.in(Stage.BROKER, ask(base.resolve(PATH), request, 1, wanted::get));
        answer.whenComplete((done, failed) -> wanted.set(false));
        return answer;
    }

    /** @param wanted whether somebody still waits for the answer */
    private CompletionStage<BrokerAnswer> ask(URI uri, BrokerRequest request, int number, BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        return post(uri, request).thenCompose(answer -> {
            if (answer.status() == 200) {
                return CompletableFuture.completedFuture(BrokerAnswer.parse(answer.text()));
            }
            BrokerRefusal refusal = new BrokerRefusal(answer);
            if (answer.status() == 404
                    && refusal.code().isEmpty()
                    && uri.getPath().equals(PATH)) {
                return ask(uri.resolve(PATH.substring(0, PATH.length() - 1)), request, number, wanted);
            }
            if (!refusal.isBooting() && !refusal.isBusy()) {
                throw refusal.refused("avd-broker-refused", "the broker");
            }
            if (number >= waiting.tries()) {
                throw refusal.refused(refusal.isBooting() ? "avd-host-booting" : "avd-broker-refused", "the broker");
            }
            if (!wanted.getAsBoolean()) {
                throw new CancellationException();
            }
            Duration again = retryAfter(answer).orElse(waiting.between());
            String why = refusal.code().isEmpty() ? "HTTP status " + answer.status() : refusal.code();
            progress.accept(new Progress(number, waiting.tries(), why, again));
            return pause.apply(again).thenCompose(slept -> ask(uri, request, number + 1, wanted));
        });
    }

    private CompletionStage<EntraHttp.Raw> post(URI uri, BrokerRequest request) {
        Map<String, String> headers = access.headers("application/json");
        headers.put("Content-Type", "application/json");
        return access.http()
                .call(uri, new EntraHttp.Call("the broker", headers, Optional.of(request.toJson()), LARGEST_ANSWER));
    }

    private static Optional<Duration> retryAfter(EntraHttp.Raw answer) {
        return answer.header("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
    }
}
