package porthole.aad.desktop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Authority;
import porthole.aad.entra.Outcomes;
import porthole.aad.entra.Sanitized;
import porthole.aad.json.StrictJson;
import porthole.aad.token.TokenRequest;
import porthole.aad.token.TokenSource;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * Asks the identity broker of a Linux desktop for tokens, bound to a key where they have to be. The broker asks nobody here: who
 * is not signed in with it gets no token. Nothing blocks the caller.
 */
public final class DesktopBroker implements TokenSource {
    private static final String VERSION = "0.0";
    private static final String REDIRECT = "https://login.microsoftonline.com/common/oauth2/nativeclient";
    private static final int FROM_REFRESH_TOKEN = 1;

    private final Optional<String> bus;
    private final Authority authority;
    private final String clientId;
    private final Optional<String> user;
    private final Duration deadline;
    private final Executor blocking;

    /**
     * One broker.
     *
     * @param bus address of the session bus; empty takes this process's own
     * @param user whose tokens; empty takes the broker's first account
     * @param deadline for one token
     * @param blocking where the answers are waited for
     */
    public DesktopBroker(
            Optional<String> bus,
            Authority authority,
            String clientId,
            Optional<String> user,
            Duration deadline,
            Executor blocking) {
        this.bus = bus;
        this.authority = authority;
        this.clientId = clientId;
        this.user = user;
        this.deadline = deadline;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<RdpAccessToken> token(TokenRequest request) {
        return ask(request.scope(), Optional.of(request.key().thumbprint()));
    }

    /** A token that is bound to no key. */
    public CompletionStage<RdpAccessToken> bearer(String scope) {
        return ask(scope, Optional.empty());
    }

    private CompletionStage<RdpAccessToken> ask(String scope, Optional<String> key) {
        CompletableFuture<RdpAccessToken> token = CompletableFuture.supplyAsync(() -> wait(scope, key), blocking)
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failed -> {
                    throw failed instanceof TimeoutException
                            ? failure("deadline", "silent for " + deadline.toMillis() + " ms")
                            : Outcomes.failure(failed);
                });
        return Outcomes.in(Stage.TOKEN, token);
    }

    private RdpAccessToken wait(String scope, Optional<String> key) {
        String correlation = UUID.randomUUID().toString();
        DBusConnectionBuilder builder = bus.map(DBusConnectionBuilder::forAddress)
                .orElseGet(DBusConnectionBuilder::forSessionBus)
                .withShared(false);
        try (DBusConnection connection = builder.build()) {
            Broker1 broker = connection.getRemoteObject(Broker1.NAME, Broker1.PATH, Broker1.class, true);
            ObjectNode account = account(broker.getAccounts(VERSION, correlation, accountsRequest()));
            return token(broker.acquireTokenSilently(VERSION, correlation, tokenRequest(account, scope, key)));
        } catch (DBusException | DBusExecutionException | IOException e) {
            throw new CompletionException(failure(
                    "desktop-broker",
                    e.getClass().getSimpleName() + ": " + Sanitized.line(String.valueOf(e.getMessage()))));
        }
    }

    private String accountsRequest() {
        return StrictJson.newObject()
                .put("clientId", clientId)
                .put("redirectUri", REDIRECT)
                .toString();
    }

    private ObjectNode account(String answer) {
        JsonNode accounts =
                StrictJson.object(answer).map(object -> object.path("accounts")).orElseGet(StrictJson::newObject);
        for (JsonNode account : accounts) {
            String name = StrictJson.text(account, "username").orElse("");
            if (account instanceof ObjectNode object
                    && user.map(wanted -> wanted.equalsIgnoreCase(name)).orElse(true)) {
                return object;
            }
        }
        throw failure(
                "desktop-broker",
                accounts.size() + " accounts"
                        + user.map(u -> ", none of them " + u).orElse(""));
    }

    private String tokenRequest(ObjectNode account, String scope, Optional<String> key) {
        ObjectNode request = StrictJson.newObject();
        ObjectNode parameters = request.putObject("authParameters");
        parameters.set("account", account);
        parameters.putObject("additionalQueryParametersForAuthorization");
        parameters
                .put("authority", authority.base() + "/" + authority.tenant())
                .put("authorizationType", FROM_REFRESH_TOKEN)
                .put("clientId", clientId)
                .put("redirectUri", REDIRECT)
                .put("username", StrictJson.text(account, "username").orElse(""))
                .put("uxContextHandle", -1);
        parameters.putArray("requestedScopes").add(scope);
        key.ifPresent(kid -> parameters
                .putObject("popParams")
                .put("authenticationScheme", "pop")
                .put("uriHost", "")
                .put("httpMethod", "GET")
                .put("kid", kid));
        return request.toString();
    }

    private static RdpAccessToken token(String answer) {
        JsonNode response = StrictJson.object(answer)
                .map(object -> object.path("brokerTokenResponse"))
                .orElseGet(StrictJson::newObject);
        String token = StrictJson.text(response, "accessToken").orElse("");
        if (token.isEmpty()) {
            JsonNode error = response.path("error");
            String context = StrictJson.text(error, "context").orElse("an answer without a token");
            throw failure(
                    "desktop-broker",
                    Sanitized.line(context)
                            + (error.has("status")
                                    ? ", status " + error.path("status").asLong()
                                    : ""));
        }
        long expires = response.path("expiresOn").asLong(-1); // milliseconds
        return new RdpAccessToken(
                token,
                expires < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
                response.path("accessTokenType").asInt() == 1 ? "pop" : "Bearer");
    }

    private static LocalFailure failure(String cause, String seen) {
        return new LocalFailure(
                cause,
                "the identity broker of this desktop gave no token",
                seen,
                "a token of the account that is signed in with it",
                "see that the broker runs in this session and somebody is signed in with it, for example in Company Portal"
                        + " or Edge; or sign in with: porthole login");
    }
}
