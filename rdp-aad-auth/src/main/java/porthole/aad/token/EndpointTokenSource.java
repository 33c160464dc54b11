package porthole.aad.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * Authorization code with PKCE at an authority that asks nobody anything: the embedded one, and test authorities. An
 * authority that shows a sign-in page ends in a failure that says so.
 */
public final class EndpointTokenSource implements TokenSource {
    /** The Azure Virtual Desktop client, a public client with the redirect below. */
    public static final String CLIENT_ID = "a85cf173-4192-42f8-81fa-777a763e6e2c";

    private static final URI REDIRECT = URI.create("https://login.microsoftonline.com/common/oauth2/nativeclient");

    private final Authority authority;
    private final EntraHttp http;
    private final Clock clock;
    private final SecureRandom random;

    /** @param clock from which {@code expires_in} counts */
    public EndpointTokenSource(Authority authority, EntraHttp http, Clock clock, SecureRandom random) {
        this.authority = authority;
        this.http = http;
        this.clock = clock;
        this.random = random;
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
        String verifier = secret();
        String state = secret();
        return Outcomes.in(
                Stage.TOKEN,
                authority
                        .discover(http, Stage.TOKEN)
                        .thenCompose(endpoints -> authorize(endpoints, scope, verifier, state)
                                .thenCompose(code -> redeem(endpoints, scope, reqCnf, verifier, code))));
    }

    private CompletableFuture<String> authorize(EntraEndpoints endpoints, String scope, String verifier, String state) {
        URI endpoint = endpoints
                .authorizationEndpoint()
                .orElseThrow(() -> EntraAnswers.unusable("its OpenID configuration", "no authorization_endpoint"));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", CLIENT_ID);
        query.put("response_type", "code");
        query.put("response_mode", "query");
        query.put("scope", scope);
        query.put("redirect_uri", REDIRECT.toString());
        query.put("state", state);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        return http.get(URI.create(endpoint + "?" + EntraHttp.encode(query))).thenApply(answer -> code(answer, state));
    }

    private static String code(EntraHttp.Answer answer, String state) {
        if (answer.location().isEmpty()) {
            if (answer.status() >= 400) {
                throw EntraAnswers.refusal(answer.status(), StrictJson.object(answer.body()));
            }
            throw new LocalFailure(
                    "sign-in-needed",
                    "the authority wants a person to sign in",
                    "HTTP status " + answer.status() + " without a redirect",
                    "a redirect with a code",
                    "use another way to get the token, for example a token command");
        }
        Map<String, String> answered = query(answer.location().get());
        if (answered.containsKey("error")) {
            throw EntraAnswers.refusal(answered.get("error"), answered.getOrDefault("error_description", ""));
        }
        if (!state.equals(answered.get("state"))
                || answered.getOrDefault("code", "").isEmpty()) {
            throw new LocalFailure(
                    "sign-in-needed",
                    "the authority's redirect does not answer this request",
                    "a redirect without our state, or without a code",
                    "both",
                    "try again; something between may have changed the answer");
        }
        return answered.get("code");
    }

    private CompletableFuture<RdpAccessToken> redeem(
            EntraEndpoints endpoints, String scope, String reqCnf, String verifier, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("client_id", CLIENT_ID);
        form.put("scope", scope);
        form.put("redirect_uri", REDIRECT.toString());
        form.put("code_verifier", verifier);
        if (!reqCnf.isEmpty()) {
            form.put("req_cnf", reqCnf);
        }
        return http.post(endpoints.tokenEndpoint(), form).thenApply(answer -> {
            ObjectNode body = EntraAnswers.object(answer, "a token response");
            return TokenText.parse(body, "the token response", clock.instant());
        });
    }

    private static Map<String, String> query(String location) {
        Map<String, String> members = new LinkedHashMap<>();
        int mark = location.indexOf('?');
        if (mark >= 0) {
            for (String member : location.substring(mark + 1).split("&")) {
                int is = member.indexOf('=');
                if (is > 0) {
                    members.put(member.substring(0, is), decode(member.substring(is + 1)));
                }
            }
        }
        return members;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // a broken escape: as good as absent
        }
    }

    private String secret() {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        return Base64Url.encode(octets);
    }

    private static String challenge(String verifier) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
