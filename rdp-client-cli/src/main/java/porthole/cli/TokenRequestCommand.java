package porthole.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraHttp;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenAnswer;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.TokenResponse;
import porthole.aad.grant.Wanted;
import porthole.cli.base.UsageException;
import porthole.cli.option.AssertionOptions;
import porthole.cli.option.AuthorityOptions;
import porthole.cli.option.InputText;
import porthole.cli.session.Outcomes;
import porthole.protocol.failure.Stage;

/** Asks a token endpoint for a token, with a certificate for a credential. */
@Command(
        name = "request",
        sortOptions = false,
        description = "Ask for an access token with a client certificate: client credentials, a code, or on behalf of.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole token request --certificate app.pem --client-id ID --tenant T --scope api://other/.default",
            "  porthole token request --certificate app.pem --client-id ID --tenant T --scope S --code code.txt "
                    + "--redirect-uri https://app.example/signed-in",
            "  porthole token request --certificate app.pem --client-id ID --tenant T --scope S --on-behalf-of user.jwt",
            "",
            "The token itself is printed with --print-token only."
        })
final class TokenRequestCommand extends PortholeCommand {
    @Mixin
    private AssertionOptions assertion;

    @Option(names = "--client-id", required = true, paramLabel = "ID", description = "The application's client id.")
    private String clientId;

    @Option(names = "--scope", required = true, paramLabel = "SCOPE", description = "What the token is for.")
    private String scope;

    @Option(names = "--code", paramLabel = "FILE|-", description = "Redeem this authorization code.")
    private String code;

    @Option(names = "--redirect-uri", paramLabel = "URI", description = "The redirect URI of the code.")
    private String redirectUri;

    @Option(
            names = "--code-verifier-env",
            paramLabel = "NAME",
            description = "The PKCE verifier of the code is in this environment variable.")
    private String verifierEnvironment;

    @Option(names = "--on-behalf-of", paramLabel = "FILE|-", description = "Act for the user of this token.")
    private String userToken;

    @Option(names = "--claims", paramLabel = "JSON", description = "Answer a claims challenge with these claims.")
    private String claims;

    @Mixin
    private AuthorityOptions authority;

    @Option(names = "--print-token", description = "Print the access token, too.")
    private boolean printToken;

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (code != null && userToken != null || code != null && redirectUri == null) {
            throw new UsageException(
                    userToken != null
                            ? "--code and --on-behalf-of exclude each other"
                            : "--code needs --redirect-uri, which has to be that of the code");
        }
        Authority to = authority.authority(surroundings());
        ClientIdentity identity = new ClientIdentity.Certificate(
                clientId, assertion.certificate().pair(surroundings()), assertion.style(), Clock.systemUTC());
        try (EntraHttp http = authority.http(to, surroundings())) {
            TokenClient client = new TokenClient(
                    http, Outcomes.of(to.discover(http, Stage.TOKEN)).tokenEndpoint(), identity, Clock.systemUTC());
            print(Outcomes.of(answer(client)).granted());
        }
        return ExitCode.OK;
    }

    private CompletableFuture<TokenAnswer> answer(TokenClient client) throws IOException {
        Wanted bearer = Wanted.bearer(scope);
        Wanted wanted = claims == null ? bearer : bearer.withClaims(claims);
        if (code != null) {
            Optional<String> verifier = Optional.ofNullable(verifierEnvironment)
                    .map(name -> Optional.ofNullable(
                                    surroundings().environment().get(name))
                            .orElseThrow(() -> new UsageException("there is no environment variable " + name)));
            return client.authorizationCode(
                    InputText.of(surroundings(), "--code", code).text(), redirectUri, verifier, wanted);
        }
        return userToken == null
                ? client.clientCredentials(wanted)
                : client.onBehalfOf(
                        InputText.of(surroundings(), "--on-behalf-of", userToken)
                                .text(),
                        wanted);
    }

    private void print(TokenResponse response) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "token");
        object.put("tokenType", response.tokenType());
        object.put("scope", response.scope());
        object.put("expiresAt", response.expiresAt());
        object.put("refreshToken", response.refreshToken().isPresent());
        if (printToken) {
            object.put("accessToken", response.accessToken());
        }
        output().data(
                        printToken
                                ? response.accessToken()
                                : response.tokenType() + " token for " + response.scope() + " until "
                                        + response.expiresAt()
                                                .map(Object::toString)
                                                .orElse("an unknown time"),
                        object);
    }
}
