package porthole.aad.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Outcomes;
import porthole.aad.entra.Sanitized;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * Runs a command of the user's, which finds scope and {@code req_cnf} in its environment and prints the token. What it
 * prints is never shown; of what it says on standard error the last line that looks harmless is.
 */
public final class CommandTokenSource implements TokenSource {
    /** Environment variable with the scope. */
    public static final String SCOPE = "RDP_TOKEN_SCOPE";
    /** Environment variable with the wrapped thumbprint. */
    public static final String REQ_CNF = "RDP_TOKEN_REQ_CNF";

    private static final int MAX_OUTPUT = 128 * 1024;
    private static final int MAX_ERROR = 16 * 1024;
    private static final long POLL_MILLIS = 5;

    private final String command;
    private final Duration deadline;
    private final Clock clock;
    private final Executor executor;

    /**
     * @param command for the platform's shell
     * @param deadline after which the command and what it started are killed
     * @param clock from which {@code expires_in} counts
     * @param executor may block, one thread for as long as the command runs
     */
    public CommandTokenSource(String command, Duration deadline, Clock clock, Executor executor) {
        this.command = command;
        this.deadline = deadline;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public CompletionStage<RdpAccessToken> token(TokenRequest request) {
        return token(request.scope(), request.reqCnf());
    }

    /** A token that is bound to no key. */
    public CompletionStage<RdpAccessToken> bearer(String scope) {
        return token(scope, "");
    }

    private CompletionStage<RdpAccessToken> token(String scope, String reqCnf) {
        return run(scope, reqCnf, text -> TokenText.parse(text, "what the token command printed", clock.instant()));
    }

    /** What the command prints, without the space around it: for tokens of other kinds; scope and key are empty then. */
    public CompletionStage<String> text() {
        return run("", "", String::strip);
    }

    private <T> CompletionStage<T> run(String scope, String reqCnf, Function<String, T> reader) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                outcome.complete(reader.apply(run(scope, reqCnf, outcome)));
            } catch (RuntimeException | IOException e) {
                outcome.completeExceptionally(Outcomes.failure(e).in(Stage.TOKEN));
            }
        });
        return outcome;
    }

    private String run(String scope, String reqCnf, CompletableFuture<?> outcome) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(shell());
        builder.environment().put(SCOPE, scope);
        builder.environment().put(REQ_CNF, reqCnf);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw failure("token-command", "the token command does not start", Sanitized.line(e.getMessage()));
        }
        Collected output = new Collected(process.getInputStream(), MAX_OUTPUT);
        Collected error = new Collected(process.getErrorStream(), MAX_ERROR);
        try {
            process.getOutputStream().close();
            await(process, output, error, outcome);
        } finally {
            kill(process);
        }
        if (process.exitValue() != 0) {
            throw failure(
                    "token-command", "the token command failed", "exit code " + process.exitValue() + said(error));
        }
        if (output.overflowed()) {
            throw failure("token-command", "the token command prints too much", "more than " + MAX_OUTPUT + " octets");
        }
        return output.text();
    }

    /** Polls, so that a background process that keeps the pipes open cannot hold the thread in a read. */
    private void await(Process process, Collected output, Collected error, CompletableFuture<?> outcome)
            throws IOException {
        long start = System.nanoTime();
        boolean alive;
        do {
            alive = process.isAlive();
            boolean moved = output.drain() | error.drain();
            if (outcome.isCancelled()) {
                throw failure("cancelled", "the token command was cancelled", "");
            }
            if (alive && System.nanoTime() - start > deadline.toNanos()) {
                throw failure(
                        "deadline",
                        "the token command did not end in time",
                        "still running after " + deadline.toMillis() + " ms" + said(error));
            }
            if (alive && !moved) {
                pause();
            }
        } while (alive);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("cancelled", "the token command was cancelled", "interrupted");
        }
    }

    private List<String> shell() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows ? List.of("cmd.exe", "/d", "/s", "/c", command) : List.of("sh", "-c", command);
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
            process.destroyForcibly();
            tree.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String said(Collected error) {
        String line = error.text()
                .lines()
                .filter(l -> !l.isBlank())
                .reduce((first, second) -> second)
                .map(Sanitized::line)
                .orElse("");
        return line.isEmpty() ? "" : ", which says: " + line;
    }

    private static LocalFailure failure(String cause, String summary, String seen) {
        return new LocalFailure(
                cause,
                summary,
                seen,
                "exit code 0 and a token on standard output",
                "run the command by hand with " + SCOPE + " and " + REQ_CNF + " set");
    }

    /** The first octets of a stream; the rest is read and dropped, so that the writer never waits. */
    private static final class Collected {
        private final InputStream in;
        private final byte[] kept;
        private final byte[] dropped = new byte[4096];
        private int size;
        private boolean overflowed;

        Collected(InputStream in, int limit) {
            this.in = in;
            this.kept = new byte[limit];
        }

        /** Takes what is there without waiting; whether there was anything. */
        boolean drain() throws IOException {
            boolean moved = false;
            for (int there = in.available(); there > 0; there = in.available()) {
                moved = true;
                if (size < kept.length) {
                    size += Math.max(0, in.read(kept, size, Math.min(there, kept.length - size)));
                } else {
                    overflowed |= in.read(dropped, 0, Math.min(there, dropped.length)) > 0;
                    return true; // once per turn, so that an endless writer does not outrun the deadline
                }
            }
            return moved;
        }

        boolean overflowed() {
            return overflowed;
        }

        String text() {
            return new String(kept, 0, size, StandardCharsets.UTF_8);
        }
    }
}
