package porthole.cli.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.Failures;

/** Waits for futures of a session and gives back what they hold, or throws the {@link RdpFailure} that they ended with. */
public final class Outcomes {
    private Outcomes() {}

    /** The future's value; an interrupt cancels the future. */
    public static <T> T of(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException | CompletionException e) {
            throw Failures.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    /** Whether the future ended well; a missed deadline is false, any other failure is thrown. */
    public static boolean inTime(CompletableFuture<?> future) throws InterruptedException {
        try {
            of(future);
            return true;
        } catch (RdpFailure e) {
            if (e.report().cause().equals("deadline")) {
                return false;
            }
            throw e;
        }
    }
}
