package porthole.transport.planted;

import java.util.concurrent.CompletableFuture;

/** Would block an event loop. */
final class WaitsForAFuture {
    private WaitsForAFuture() {}

    static String token(CompletableFuture<String> token) {
        return token.join();
    }
}
