package porthole.aad.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * An Entra authority: where it is and for which tenant it is asked.
 *
 * @param base scheme, host and port, without a path
 * @param tenant a tenant id, a domain, or {@code common}
 */
public record Authority(URI base, String tenant) {
    public static final String PUBLIC_CLOUD = "login.microsoftonline.com";
    public static final String ANY_TENANT = "common";
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,254}");

    /**
     * The authority that a user names.
     *
     * @param text host, {@code host:port} or URL, where no scheme is given it is https; or the name of a cloud
     * @param tenant a tenant id, a domain, or {@code common}
     */
    public static Authority of(String text, String tenant) {
        URI uri;
        try {
            String named = Cloud.named(text).map(Cloud::authority).orElse(text);
            uri = URI.create(named.contains("://") ? named : "https://" + named);
        } catch (IllegalArgumentException e) {
            throw unusable(text, "HOST[:PORT] or https://HOST[:PORT]");
        }
        String scheme = String.valueOf(uri.getScheme());
        boolean bare = uri.getHost() != null
                && uri.getRawUserInfo() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!bare || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
            throw unusable(text, "HOST[:PORT] or https://HOST[:PORT]");
        }
        if (!TENANT.matcher(tenant).matches()) {
            throw unusable(tenant, "a tenant id, a domain, or common");
        }
        return new Authority(URI.create(scheme + "://" + uri.getRawAuthority()), tenant);
    }

    /** Where the authority describes itself. */
    public URI configurationUri() {
        return base.resolve("/" + tenant + "/v2.0/.well-known/openid-configuration");
    }

    /**
     * Asks the authority for its endpoints, again where it is busy and says for how long, within the deadline of {@code http}.
     *
     * @param stage of a failure, for whose sake it is asked
     */
    public CompletableFuture<EntraEndpoints> discover(EntraHttp http, Stage stage) {
        return discover(http, stage, new BusyAuthority());
    }

    CompletableFuture<EntraEndpoints> discover(EntraHttp http, Stage stage, BusyAuthority patience) {
        return Outcomes.in(
                stage,
                patience.ask(() -> http.get(configurationUri()), http.deadline())
                        .thenApply(this::endpoints));
    }

    private EntraEndpoints endpoints(EntraHttp.Answer answer) {
        ObjectNode document = EntraAnswers.object(answer, "its OpenID configuration");
        return new EntraEndpoints(
                uri(document.get("token_endpoint"), "token_endpoint")
                        .orElseThrow(() -> EntraAnswers.unusable("its OpenID configuration", "no token_endpoint")),
                StrictJson.text(document, "issuer").orElse(""),
                uri(document.get("jwks_uri"), "jwks_uri"),
                uri(document.get("authorization_endpoint"), "authorization_endpoint"),
                uri(document.get("device_authorization_endpoint"), "device_authorization_endpoint"));
    }

    private static Optional<URI> uri(JsonNode node, String member) {
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(node.asText());
            if (uri.isAbsolute() && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw EntraAnswers.unusable("its OpenID configuration", member + " is not an absolute URL");
    }

    private static RuntimeException unusable(String seen, String expected) {
        return new LocalFailure(
                        "authority",
                        "this cannot be an authority",
                        Sanitized.line(seen),
                        expected,
                        "correct the option")
                .in(Stage.TOKEN);
    }
}
