package porthole.aad.entra;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/** Futures whose failure is an {@link RdpFailure} itself, with its stage, and not something that wraps it. */
public final class Outcomes {
    private Outcomes() {}

    /** The outcome of {@code work}; cancelling it cancels {@code work}. */
    public static <T> CompletableFuture<T> in(Stage stage, CompletionStage<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        work.whenComplete((value, error) -> {
            if (error == null) {
                outcome.complete(value);
            } else {
                outcome.completeExceptionally(failure(error).in(stage));
            }
        });
        outcome.whenComplete((value, error) -> {
            if (outcome.isCancelled()) {
                work.toCompletableFuture().cancel(true);
            }
        });
        return outcome;
    }

    /** The failure that {@code error} is or wraps; a defect becomes one too, by its class alone. */
    public static RdpFailure failure(Throwable error) {
        Throwable at = error;
        while (at instanceof CompletionException && at.getCause() != null) {
            at = at.getCause();
        }
        if (at instanceof RdpFailure known) {
            return known;
        }
        if (at instanceof CancellationException) {
            return new LocalFailure("cancelled", "the attempt was cancelled", "", "", "start again");
        }
        return new LocalFailure(
                "internal", "this went wrong inside", at.getClass().getSimpleName(), "", "report it as a defect", at);
    }
}
