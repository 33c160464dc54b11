package porthole.aad.token;

import java.util.concurrent.CompletionStage;
import porthole.aad.RdpAccessToken;

/**
 * Gets RDP access tokens. Implementations never block the caller; a stage that fails does so with an
 * {@link porthole.protocol.failure.RdpFailure} of stage {@code token} that shows no secret.
 */
@FunctionalInterface
public interface TokenSource {
    /** Asks for one token; cancelling the stage's future stops the work where that is possible. */
    CompletionStage<RdpAccessToken> token(TokenRequest request);
}
