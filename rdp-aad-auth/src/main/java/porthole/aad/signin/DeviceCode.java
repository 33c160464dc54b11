package porthole.aad.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.entra.Sanitized;
import porthole.aad.grant.TokenAnswer;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.Wanted;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * A device code: a person enters the user code on another device, while we ask whether it was done (RFC 8628).
 *
 * @param userCode for the person
 * @param verificationUri where to enter it
 * @param scanUri the same address for a camera, with the user code in it where the authority gives one (RFC 8628 3.3.1)
 * @param deviceCode a secret
 * @param interval between two questions
 * @param lifetime after which the code is worth nothing
 */
public record DeviceCode(
        String userCode,
        String verificationUri,
        String scanUri,
        String deviceCode,
        Duration interval,
        Duration lifetime) {
    private static final Duration SLOW_DOWN = Duration.ofSeconds(5);
    private static final long MOST_SECONDS = 24 * 3600;

    /** Asks for a code. */
    public static CompletableFuture<DeviceCode> ask(EntraHttp http, URI endpoint, String clientId, Wanted wanted) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", clientId);
        form.put("scope", wanted.scope());
        wanted.claims().ifPresent(claims -> form.put("claims", claims));
        return Outcomes.in(
                Stage.TOKEN,
                http.post(endpoint, form).thenApply(answer -> read(EntraAnswers.object(answer, "a device code"))));
    }

    private static DeviceCode read(ObjectNode body) {
        String verification = address(body, "verification_uri")
                .or(() -> address(body, "verification_url"))
                .orElseThrow(() -> EntraAnswers.unusable("a device code", "no verification_uri"));
        return new DeviceCode(
                StrictJson.text(body, "user_code")
                        .map(Sanitized::line)
                        .orElseThrow(() -> EntraAnswers.unusable("a device code", "no user_code")),
                verification,
                address(body, "verification_uri_complete").orElse(verification),
                StrictJson.text(body, "device_code")
                        .orElseThrow(() -> EntraAnswers.unusable("a device code", "no device_code")),
                Duration.ofSeconds(seconds(body, "interval", 5)),
                Duration.ofSeconds(seconds(body, "expires_in", 900)));
    }

    private static Optional<String> address(ObjectNode body, String member) {
        return StrictJson.text(body, member)
                .filter(uri -> uri.startsWith("https://") || uri.startsWith("http://"))
                .map(Sanitized::line);
    }

    private static long seconds(ObjectNode body, String member, long otherwise) {
        return Math.max(1, Math.min(MOST_SECONDS, body.path(member).asLong(otherwise)));
    }

    /** Asks again and again until the person is done; {@code later} runs what waits for that long. */
    public CompletableFuture<TokenAnswer.Granted> await(
            TokenClient client, Wanted wanted, Function<Duration, Executor> later) {
        return Outcomes.in(Stage.TOKEN, await(client, wanted, later, interval, lifetime));
    }

    private CompletableFuture<TokenAnswer.Granted> await(
            TokenClient client, Wanted wanted, Function<Duration, Executor> later, Duration pause, Duration left) {
        if (left.isNegative()) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "deadline", "nobody signed in in time", "the device code has expired", "", "start again"));
        }
        return CompletableFuture.runAsync(() -> {}, later.apply(pause))
                .thenCompose(waited -> client.deviceCode(deviceCode, wanted))
                .thenCompose(answer -> {
                    if (answer instanceof TokenAnswer.Granted granted) {
                        return CompletableFuture.completedFuture(granted);
                    }
                    TokenAnswer.Denied denied = (TokenAnswer.Denied) answer;
                    return switch (denied.error()) {
                        case "authorization_pending" -> await(client, wanted, later, pause, left.minus(pause));
                        case "slow_down" -> await(client, wanted, later, pause.plus(SLOW_DOWN), left.minus(pause));
                        default -> CompletableFuture.failedFuture(denied.failure());
                    };
                });
    }

    /** For the person only; not the device code. */
    @Override
    public String toString() {
        return "DeviceCode[" + userCode + ", " + verificationUri + "]";
    }
}
