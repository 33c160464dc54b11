package porthole.aad.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.Stage;

/**
 * Gets the authority's nonce: a fresh one for every connection (MS-RDPBCGR 4.11.3). An authority that is asked too often is
 * asked again after the time that it names, as far as the deadline of one request allows.
 */
public final class AadNonceClient {
    private static final Map<String, String> CHALLENGE = Map.of("grant_type", "srv_challenge");
    private static final int MAX_NONCE = 4096;

    private final EntraHttp http;
    private final Clock clock;
    private final BusyAuthority patience;

    /** @param clock tells when an answer came, for the clock offset */
    public AadNonceClient(EntraHttp http, Clock clock) {
        this(http, clock, new BusyAuthority());
    }

    AadNonceClient(EntraHttp http, Clock clock, BusyAuthority patience) {
        this.http = http;
        this.clock = clock;
        this.patience = patience;
    }

    /** A nonce from the token endpoint that the authority's configuration names; failures have stage {@code aad-nonce}. */
    public CompletableFuture<AadNonce> nonce(Authority authority) {
        return Outcomes.in(
                Stage.AAD_NONCE,
                authority
                        .discover(http, Stage.AAD_NONCE, patience)
                        .thenCompose(endpoints -> nonce(endpoints.tokenEndpoint())));
    }

    /** A nonce from this token endpoint; failures have stage {@code aad-nonce}. */
    public CompletableFuture<AadNonce> nonce(URI tokenEndpoint) {
        return Outcomes.in(
                Stage.AAD_NONCE,
                patience.ask(() -> http.post(tokenEndpoint, CHALLENGE), http.deadline())
                        .thenApply(this::read));
    }

    private AadNonce read(EntraHttp.Answer answer) {
        ObjectNode body = EntraAnswers.object(answer, "a nonce");
        String value = StrictJson.text(body, "Nonce")
                .filter(n -> !n.isEmpty() && n.length() <= MAX_NONCE)
                .orElseThrow(
                        () -> EntraAnswers.unusable("a nonce", "no member Nonce of 1 to " + MAX_NONCE + " characters"));
        return new AadNonce(value, clock.instant(), answer.date());
    }
}
