package porthole.client.probe;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Lets so many tasks run at once and keeps the others waiting, in order. */
final class Admission {
    private final int most;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Admission(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one at a time, not " + most);
        }
        this.most = most;
    }

    /** Starts {@code task} as soon as there is room; what it throws fails the future. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Runnable start = () -> start(task, outcome);
        synchronized (waiting) {
            if (running == most) {
                waiting.add(start);
                return outcome;
            }
            running++;
        }
        start.run();
        return outcome;
    }

    private <T> void start(Supplier<CompletableFuture<T>> task, CompletableFuture<T> outcome) {
        CompletableFuture<T> begun;
        try {
            begun = outcome.isDone() ? CompletableFuture.completedFuture(null) : task.get();
        } catch (RuntimeException e) {
            begun = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> run = begun;
        outcome.whenComplete((value, failed) -> {
            if (outcome.isCancelled()) {
                run.cancel(true);
            }
        });
        run.whenComplete((value, failed) -> {
            next();
            if (failed != null) {
                outcome.completeExceptionally(failed);
            } else {
                outcome.complete(value);
            }
        });
    }

    private void next() {
        Runnable start;
        synchronized (waiting) {
            start = waiting.poll();
            if (start == null) {
                running--;
            }
        }
        if (start != null) {
            start.run();
        }
    }
}
