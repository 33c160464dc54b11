package porthole.aad.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.aad.PrivateFiles;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Outcomes;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/** Reads a token that somebody else got, for the key that goes with it; the file is read anew each time. */
public final class FileTokenSource implements TokenSource {
    private static final int MAX_FILE = 128 * 1024;

    private final Path file;
    private final Clock clock;
    private final Executor executor;

    /**
     * @param file holds the token, or a JSON object with {@code access_token}
     * @param clock from which {@code expires_in} counts
     * @param executor may block
     */
    public FileTokenSource(Path file, Clock clock, Executor executor) {
        this.file = file;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public CompletionStage<RdpAccessToken> token(TokenRequest request) {
        return Outcomes.in(Stage.TOKEN, CompletableFuture.supplyAsync(this::read, executor));
    }

    private RdpAccessToken read() {
        try {
            long size = Files.size(file);
            if (size > MAX_FILE) {
                throw new LocalFailure(
                        "no-token", "the token file is too large", size + " octets", "a token", "name the right file");
            }
            // malformed UTF-8 must not become an exception: it is no token, which is said in the end
            return TokenText.parse(
                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8), "the token file", clock.instant());
        } catch (IOException e) {
            throw PrivateFiles.unreadable("no-token", "token file", file, e);
        }
    }
}
