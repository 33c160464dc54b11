package porthole.aad.entra;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks an authority that is asked too often again, after the time that it names (RFC 9110 10.2.3), a few times. */
public final class BusyAuthority {
    private static final int MOST_TRIES = 3;
    private static final int BUSY = 429;
    private static final int UNAVAILABLE = 503;

    private final Function<Duration, Executor> later;

    /** Waits by the clock. */
    public BusyAuthority() {
        this(wait -> CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @param later runs what waits for that long */
    public BusyAuthority(Function<Duration, Executor> later) {
        this.later = later;
    }

    /** Whether an answer says to come back later. */
    static boolean isBusy(int status) {
        return status == BUSY || status == UNAVAILABLE;
    }

    /** The first answer of another kind, or the last one; it does not wait beyond {@code deadline} from now. */
    public CompletableFuture<EntraHttp.Answer> ask(
            Supplier<CompletableFuture<EntraHttp.Answer>> question, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        return ask(question, wait -> wait.toNanos() < until - System.nanoTime());
    }

    /**
     * The first answer of another kind, or the last one.
     *
     * @param isWorth whether to wait for that long
     */
    public CompletableFuture<EntraHttp.Answer> ask(
            Supplier<CompletableFuture<EntraHttp.Answer>> question, Predicate<Duration> isWorth) {
        return ask(question, isWorth, 1);
    }

    private CompletableFuture<EntraHttp.Answer> ask(
            Supplier<CompletableFuture<EntraHttp.Answer>> question, Predicate<Duration> isWorth, int attempt) {
        return question.get().thenCompose(answer -> {
            Optional<Duration> wait =
                    isBusy(answer.status()) ? answer.retryAfter().filter(isWorth) : Optional.empty();
            return wait.isPresent() && attempt < MOST_TRIES
                    ? CompletableFuture.runAsync(() -> {}, later.apply(wait.get()))
                            .thenCompose(waited -> ask(question, isWorth, attempt + 1))
                    : CompletableFuture.completedFuture(answer);
        });
    }
}
