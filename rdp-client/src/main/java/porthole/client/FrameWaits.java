package porthole.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;

/** Futures that complete when the picture does something, or fail at a deadline or with the session. */
final class FrameWaits {
    private final Supplier<Picture> picture;
    private final BooleanSupplier idle;
    private final LongSupplier nanos;
    private final List<Waiter> waiters = new ArrayList<>();
    private long lastPaint;
    private RdpFailure over;

    private static final class Waiter {
        final CompletableFuture<Long> future = new CompletableFuture<>();
        final Picture before;

        /** @param before what has to change; null takes any frame */
        Waiter(Picture before) {
            this.before = before;
        }
    }

    /**
     * @param idle whether nothing waits to be painted
     * @param nanos a monotonic clock
     */
    FrameWaits(Supplier<Picture> picture, BooleanSupplier idle, LongSupplier nanos) {
        this.picture = picture;
        this.idle = idle;
        this.nanos = nanos;
        this.lastPaint = nanos.getAsLong();
    }

    /** The next update that is painted, whether or not a pixel looks different after it. */
    CompletableFuture<Long> frame(Duration deadline, ScheduledExecutorService timer) {
        return waiting(new Waiter(null), "a frame", deadline, timer);
    }

    /** The first update after which the picture differs from what it is now. */
    CompletableFuture<Long> change(Duration deadline, ScheduledExecutorService timer) {
        return waiting(new Waiter(picture.get()), "a change of the picture", deadline, timer);
    }

    /** No update for {@code quiet}, counted from the last one. */
    CompletableFuture<Void> quiet(Duration quiet, Duration deadline, ScheduledExecutorService timer) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        deadline(future, "a picture that stays as it is for " + quiet.toMillis() + " ms", deadline, timer);
        checkQuiet(future, quiet.toNanos(), timer);
        return future;
    }

    private void checkQuiet(CompletableFuture<Void> future, long quiet, ScheduledExecutorService timer) {
        long left;
        synchronized (waiters) {
            if (over != null) {
                future.completeExceptionally(over);
                return;
            }
            left = idle.getAsBoolean() ? lastPaint + quiet - nanos.getAsLong() : quiet;
        }
        if (left <= 0) {
            future.complete(null);
        } else if (!future.isDone()) {
            timer.schedule(() -> checkQuiet(future, quiet, timer), left, TimeUnit.NANOSECONDS);
        }
    }

    private CompletableFuture<Long> waiting(
            Waiter waiter, String what, Duration deadline, ScheduledExecutorService timer) {
        synchronized (waiters) {
            if (over != null) {
                waiter.future.completeExceptionally(over);
                return waiter.future;
            }
            waiters.add(waiter);
        }
        deadline(waiter.future, what, deadline, timer);
        waiter.future.whenComplete((frame, failed) -> {
            synchronized (waiters) {
                waiters.remove(waiter);
            }
        });
        return waiter.future;
    }

    private static void deadline(
            CompletableFuture<?> future, String what, Duration deadline, ScheduledExecutorService timer) {
        ScheduledFuture<?> late = timer.schedule(
                () -> future.completeExceptionally(new LocalFailure(
                        "deadline",
                        "the picture did not do what was waited for",
                        "nothing of the kind in " + deadline.toMillis() + " ms",
                        what,
                        "take a screenshot to see what the host shows instead")),
                deadline.toNanos(),
                TimeUnit.NANOSECONDS);
        future.whenComplete((value, failed) -> late.cancel(false));
    }

    /** An update was painted. */
    void painted(long frame) {
        List<Waiter> candidates;
        synchronized (waiters) {
            lastPaint = nanos.getAsLong();
            candidates = List.copyOf(waiters);
        }
        Picture now = null;
        for (Waiter waiter : candidates) {
            if (waiter.before != null) {
                now = now == null ? picture.get() : now;
                if (waiter.before.differingPixels(now) == 0) {
                    continue;
                }
            }
            waiter.future.complete(frame);
        }
    }

    /** No more updates will come. */
    void end(RdpFailure why) {
        List<Waiter> left;
        synchronized (waiters) {
            over = why;
            left = List.copyOf(waiters);
        }
        left.forEach(waiter -> waiter.future.completeExceptionally(why));
    }
}
