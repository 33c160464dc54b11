package porthole.aad.signin;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.Wanted;
import porthole.aad.json.StrictJson;
import porthole.aad.token.TokenRequest;
import porthole.aad.token.TokenSource;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * Authorization code with PKCE at an authority that asks nobody anything: the embedded one, and test authorities. An
 * authority that shows a sign-in page ends in a failure that says so.
 */
public final class EndpointTokenSource implements TokenSource {
    /** The Azure Virtual Desktop client, a public client with the redirect of native clients. */
    public static final String CLIENT_ID = "a85cf173-4192-42f8-81fa-777a763e6e2c";

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
        return token(Wanted.bound(request.scope(), request.reqCnf()));
    }

    /** A token that is bound to no key. */
    public CompletionStage<RdpAccessToken> bearer(String scope) {
        return token(Wanted.bearer(scope));
    }

    private CompletionStage<RdpAccessToken> token(Wanted wanted) {
        return Outcomes.in(
                Stage.TOKEN, authority.discover(http, Stage.TOKEN).thenCompose(endpoints -> signIn(endpoints, wanted)));
    }

    private CompletableFuture<RdpAccessToken> signIn(EntraEndpoints endpoints, Wanted wanted) {
        URI page = endpoints
                .authorizationEndpoint()
                .orElseThrow(() -> EntraAnswers.unusable("its OpenID configuration", "no authorization_endpoint"));
        AuthorizationRequest request = AuthorizationRequest.make(
                page,
                CLIENT_ID,
                AuthorizationRequest.NATIVE_CLIENT,
                wanted.scope(),
                Optional.empty(),
                Optional.empty(),
                random);
        TokenClient client =
                new TokenClient(http, endpoints.tokenEndpoint(), new ClientIdentity.Public(CLIENT_ID), clock);
        return http.get(request.uri())
                .thenCompose(answer -> client.authorizationCode(
                        request.code(redirect(answer)), request.redirectUri(), Optional.of(request.verifier()), wanted))
                .thenApply(answer -> answer.granted().rdpAccessToken());
    }

    private static String redirect(EntraHttp.Answer answer) {
        if (answer.location().isEmpty() && answer.status() >= 400) {
            throw EntraAnswers.refusal(answer.status(), StrictJson.object(answer.body()));
        }
        return answer.location()
                .orElseThrow(() -> new LocalFailure(
                        "sign-in-needed",
                        "the authority wants a person to sign in",
                        "HTTP status " + answer.status() + " without a redirect",
                        "a redirect with a code",
                        "sign in with: porthole login; or use another way to get the token, such as a token command"));
    }
}
