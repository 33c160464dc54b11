package porthole.aad.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import porthole.aad.entra.BusyAuthority;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.Stage;

/**
 * Asks one token endpoint for tokens. An authority that is asked too often is asked again after the time that it names,
 * a few times. Nothing blocks the caller; failures have stage {@code token}.
 */
public final class TokenClient {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final EntraHttp http;
    private final URI endpoint;
    private final ClientIdentity client;
    private final Clock clock;
    private final BusyAuthority patience;

    /** @param clock from which {@code expires_in} counts */
    public TokenClient(EntraHttp http, URI endpoint, ClientIdentity client, Clock clock) {
        this.http = http;
        this.endpoint = endpoint;
        this.client = client;
        this.clock = clock;
        this.patience = new BusyAuthority();
    }

    /** A token for the application itself; the scope ends in {@code /.default} (RFC 6749 4.4). */
    public CompletableFuture<TokenAnswer> clientCredentials(Wanted wanted) {
        return ask("client_credentials", Map.of(), wanted);
    }

    /**
     * Redeems an authorization code (RFC 6749 4.1.3, RFC 7636 4.5).
     *
     * @param verifier of PKCE; empty where the code was asked for without
     */
    public CompletableFuture<TokenAnswer> authorizationCode(
            String code, String redirectUri, Optional<String> verifier, Wanted wanted) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("redirect_uri", redirectUri);
        verifier.ifPresent(v -> fields.put("code_verifier", v));
        return ask("authorization_code", fields, wanted);
    }

    /** A token for a user whose token this application received (on-behalf-of). */
    public CompletableFuture<TokenAnswer> onBehalfOf(String userToken, Wanted wanted) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("assertion", userToken);
        fields.put("requested_token_use", "on_behalf_of");
        return ask("urn:ietf:params:oauth:grant-type:jwt-bearer", fields, wanted);
    }

    /** Another token from a sign-in of before (RFC 6749 6). */
    public CompletableFuture<TokenAnswer> refresh(String refreshToken, Wanted wanted) {
        return ask("refresh_token", Map.of("refresh_token", refreshToken), wanted);
    }

    /** Asks whether a device code was approved meanwhile (RFC 8628 3.4). */
    public CompletableFuture<TokenAnswer> deviceCode(String deviceCode, Wanted wanted) {
        return ask("urn:ietf:params:oauth:grant-type:device_code", Map.of("device_code", deviceCode), wanted);
    }

    private CompletableFuture<TokenAnswer> ask(String grant, Map<String, String> fields, Wanted wanted) {
        return Outcomes.in(
                Stage.TOKEN,
                patience.ask(() -> post(grant, fields, wanted), wait -> wait.compareTo(LONGEST_WAIT) <= 0)
                        .thenApply(this::read));
    }

    private CompletableFuture<EntraHttp.Answer> post(String grant, Map<String, String> fields, Wanted wanted) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant);
        form.putAll(fields);
        form.putAll(client.fields(endpoint)); // a client assertion counts once
        wanted.addTo(form);
        return http.post(endpoint, form);
    }

    private TokenAnswer read(EntraHttp.Answer answer) {
        Optional<ObjectNode> body = StrictJson.object(answer.body());
        if (answer.status() != 200) {
            return new TokenAnswer.Denied(
                    body.flatMap(b -> StrictJson.text(b, "error")).orElse(""),
                    body.flatMap(b -> StrictJson.text(b, "claims")).filter(c -> !c.isEmpty()),
                    EntraAnswers.refusal(answer, body).in(Stage.TOKEN));
        }
        return new TokenAnswer.Granted(
                TokenResponse.of(EntraAnswers.object(answer, "a token response"), clock.instant()));
    }
}
