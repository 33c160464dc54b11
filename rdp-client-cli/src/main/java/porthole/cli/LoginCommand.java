package porthole.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.entra.Authority;
import porthole.aad.entra.Cloud;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.TokenResponse;
import porthole.aad.grant.Wanted;
import porthole.aad.signin.AuthorizationRequest;
import porthole.aad.signin.CacheEntry;
import porthole.aad.signin.DeviceCode;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.signin.LoopbackListener;
import porthole.aad.signin.SignedIn;
import porthole.aad.signin.SilentTokens;
import porthole.aad.signin.TokenCache;
import porthole.cli.base.UsageException;
import porthole.cli.option.AuthorityOptions;
import porthole.cli.option.TokenCacheOptions;
import porthole.cli.option.Values;
import porthole.cli.output.TerminalQr;
import porthole.cli.session.Browser;
import porthole.cli.session.Outcomes;
import porthole.protocol.failure.Stage;

/** Signs a person in once; later tokens come from the cache. */
@Command(
        name = "login",
        sortOptions = false,
        description = "Sign in with Entra ID once; connect then gets its tokens without asking.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole login",
            "  porthole login --paste --tenant contoso.example",
            "  porthole login --browser --client-id ID --authority us-government",
            "",
            "Prints who signed in, for what and until when, and no token."
        })
final class LoginCommand extends PortholeCommand {
    private static final int MAX_LINE = 16 * 1024;

    /** The clients of Azure Virtual Desktop and Windows 365. */
    private static final Set<String> NATIVE_REDIRECT_ONLY =
            Set.of(EndpointTokenSource.CLIENT_ID, "4fb5cc57-dbbc-4cdc-9595-748adff5f414");

    @Option(names = "--device-code", description = "Enter a code on any device (the default).")
    private boolean deviceCode;

    @Option(
            names = "--browser",
            description =
                    "Sign in with the browser of this machine; where the client id does not allow http://localhost, "
                            + "the URL that it ends at is pasted.")
    private boolean browser;

    @Option(
            names = "--paste",
            description = "Sign in with a browser anywhere and paste the URL that it ends at, on standard input.")
    private boolean paste;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What is signed in for (default: the Azure Virtual Desktop service, and offline access).")
    private String scope;

    @Option(names = "--user", paramLabel = "NAME", description = "Suggest this user on the sign-in page.")
    private String user;

    @Option(names = "--claims", paramLabel = "JSON", description = "Answer a claims challenge with these claims.")
    private String claims;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "How long to wait for the person with --browser (default: 5m).")
    private String patience = "5m";

    @Option(
            names = "--qr",
            paramLabel = "always|auto|never",
            description = "Show the address of the device code as a QR code, too (default: auto, on a terminal).")
    private String qr = "auto";

    private enum Qr {
        ALWAYS,
        AUTO,
        NEVER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private AuthorityOptions authorityOptions;

    @Mixin
    private TokenCacheOptions cacheOptions;

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (List.of(deviceCode, browser, paste).stream().filter(x -> x).count() > 1) {
            throw new UsageException("--device-code, --browser and --paste exclude each other");
        }
        Authority authority = authorityOptions.authority(surroundings());
        TokenCache cache = cacheOptions.cache(surroundings(), note -> output().say("porthole: " + note));
        String wantedScope = scope == null ? defaultScope(authority) : scope;
        Wanted plain = Wanted.bearer(wantedScope);
        Wanted wanted = claims == null ? plain : plain.withClaims(claims);
        try (EntraHttp http = authorityOptions.http(authority, surroundings())) {
            EntraEndpoints endpoints = Outcomes.of(authority.discover(http, Stage.TOKEN));
            TokenClient client = new TokenClient(
                    http,
                    endpoints.tokenEndpoint(),
                    new ClientIdentity.Public(cacheOptions.clientId()),
                    Clock.systemUTC());
            TokenResponse response = browser || paste
                    ? withCode(endpoints, client, wanted)
                    : withDeviceCode(http, endpoints, client, wanted);
            SignedIn who = SignedIn.of(response);
            List<CacheEntry> entries =
                    who.entries(response, SilentTokens.cacheName(authority), cacheOptions.clientId(), wantedScope, "");
            cache.put(entries.toArray(CacheEntry[]::new));
            print(who, response, wantedScope);
        }
        return ExitCode.OK;
    }

    private static String defaultScope(Authority authority) {
        Cloud cloud = Cloud.ofHost(String.valueOf(authority.base().getHost())).orElse(Cloud.PUBLIC);
        return cloud.serviceScope()
                        .orElseThrow(() -> new UsageException(
                                "the service's scope in the " + cloud + " cloud is not known: give --scope"))
                + " openid profile offline_access";
    }

    private TokenResponse withDeviceCode(EntraHttp http, EntraEndpoints endpoints, TokenClient client, Wanted wanted)
            throws InterruptedException {
        DeviceCode code = Outcomes.of(DeviceCode.ask(
                http,
                endpoints
                        .deviceAuthorizationEndpoint()
                        .orElseThrow(() ->
                                EntraAnswers.unusable("its OpenID configuration", "no device_authorization_endpoint")),
                cacheOptions.clientId(),
                wanted));
        output().say("Open " + code.verificationUri() + " and enter the code " + code.userCode());
        Qr wish = Values.oneOf(Qr.class, "--qr", qr, Qr::label);
        if (wish == Qr.ALWAYS || wish == Qr.AUTO && surroundings().terminal()) {
            TerminalQr.of(code.scanUri()).ifPresent(output()::draw);
        }
        if (output().isJson()) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "device-code");
            event.put("verificationUri", code.verificationUri());
            event.put("userCode", code.userCode());
            event.put("expiresIn", code.lifetime().toSeconds());
            output().json(event);
        }
        return Outcomes.of(code.await(
                        client,
                        wanted,
                        wait -> CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)))
                .response();
    }

    private TokenResponse withCode(EntraEndpoints endpoints, TokenClient client, Wanted wanted)
            throws IOException, InterruptedException {
        if (paste || NATIVE_REDIRECT_ONLY.contains(cacheOptions.clientId())) {
            AuthorizationRequest request = request(endpoints, AuthorizationRequest.NATIVE_CLIENT, wanted);
            output().say("Open this URL, sign in, and paste the URL of the page that follows:\n" + request.uri());
            if (browser) {
                Browser.open(surroundings().environment(), request.uri());
            }
            return redeemed(client, request, line(), wanted);
        }
        try (LoopbackListener listener = new LoopbackListener()) {
            AuthorizationRequest request = request(endpoints, listener.redirectUri(), wanted);
            CompletableFuture<String> redirect = listener.redirect(
                    Values.duration(patience), task -> daemon(task).start());
            output().say("Sign in at:\n" + request.uri());
            Browser.open(surroundings().environment(), request.uri());
            return redeemed(client, request, Outcomes.of(redirect), wanted);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "porthole-sign-in");
        thread.setDaemon(true);
        return thread;
    }

    private AuthorizationRequest request(EntraEndpoints endpoints, String redirectUri, Wanted wanted) {
        return AuthorizationRequest.make(
                endpoints
                        .authorizationEndpoint()
                        .orElseThrow(
                                () -> EntraAnswers.unusable("its OpenID configuration", "no authorization_endpoint")),
                cacheOptions.clientId(),
                redirectUri,
                wanted.scope(),
                Optional.ofNullable(user),
                wanted.claims(),
                new SecureRandom());
    }

    private static TokenResponse redeemed(
            TokenClient client, AuthorizationRequest request, String redirect, Wanted wanted)
            throws InterruptedException {
        return Outcomes.of(client.authorizationCode(
                        request.code(redirect), request.redirectUri(), Optional.of(request.verifier()), wanted))
                .granted();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = surroundings().in().read();
                octet >= 0 && octet != '\n' && line.length() < MAX_LINE;
                octet = surroundings().in().read()) {
            line.append((char) octet);
        }
        return line.toString();
    }

    private void print(SignedIn who, TokenResponse response, String wantedScope) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "signed-in");
        event.put("user", who.user());
        event.put("scope", wantedScope);
        event.put("expiresAt", response.expiresAt());
        event.put("refreshToken", response.refreshToken().isPresent());
        output().data(
                        who.user() + " is signed in for " + wantedScope + " until "
                                + response.expiresAt().map(Object::toString).orElse("an unknown time")
                                + (response.refreshToken().isPresent()
                                        ? "; further tokens come without asking"
                                        : "; there is no refresh token, ask for offline_access to get one"),
                        event);
    }
}
