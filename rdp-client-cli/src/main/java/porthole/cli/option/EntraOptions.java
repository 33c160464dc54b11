package porthole.cli.option;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.desktop.DesktopBroker;
import porthole.aad.entra.Authority;
import porthole.aad.entra.Cloud;
import porthole.aad.entra.EntraHttp;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.signin.SilentTokens;
import porthole.aad.signin.TokenCache;
import porthole.aad.token.CommandTokenSource;
import porthole.aad.token.FileTokenSource;
import porthole.aad.token.TokenSource;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.transport.ProxySettings;

/** Where the Entra ID token and the nonce for RDSAAD come from. */
public final class EntraOptions {
    @Option(
            names = "--token-command",
            paramLabel = "CMD",
            description = "Run by the shell with RDP_TOKEN_SCOPE and RDP_TOKEN_REQ_CNF in its environment; prints the "
                    + "access token.")
    String tokenCommand;

    @Option(
            names = "--desktop-broker",
            description = "Take tokens from the identity broker of this Linux desktop, over D-Bus.")
    boolean desktopBroker;

    @Option(
            names = "--access-token-file",
            paramLabel = "FILE",
            description = "An access token that was obtained before, with --pop-key-file.")
    String accessTokenFile;

    @Option(
            names = "--pop-key-file",
            paramLabel = "FILE",
            description = "The RSA key that the token is bound to, PEM or JWK (default: a new key for each session).")
    String popKeyFile;

    @Option(
            names = "--authority",
            paramLabel = "URL",
            description =
                    "The Entra authority: a URL, or one of public, us-government, china (default: public). One of a test "
                            + "host signs in "
                            + "by itself; http is for loopback only.")
    String authority;

    @Option(
            names = "--authority-ca-file",
            paramLabel = "FILE",
            description = "Authorities for the certificate of --authority, PEM, instead of the system's.")
    String authorityCaFile;

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "Tenant id or domain that the nonce is asked from (default: common).")
    String tenant;

    @Option(
            names = "--entra-name",
            paramLabel = "NAME",
            description = "The name under which Entra ID knows the host (default: the target's first label).")
    String entraName;

    @Mixin
    TokenCacheOptions cacheOptions;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private Optional<String> tenantOfFile = Optional.empty();
    private Optional<String> user = Optional.empty();
    private boolean isSuggestion;

    /** Takes from a connection file what neither an option nor the environment gives. */
    public void defaultTo(RdpFile file) {
        tenantOfFile = file.azure().tenantId();
        if (user.isEmpty()) {
            suggest(file.user());
        }
    }

    /** Whose sign-in is meant, for {@code --user} with a name as {@code anna@contoso.example}; others are the host's own. */
    public void signInAs(HostOptions host, Surroundings surroundings) {
        user = host.user(surroundings).filter(EntraOptions::isSignInName);
        isSuggestion = host.hasPassword(surroundings); // which is perhaps of another account than the sign-in
    }

    private void suggest(Optional<String> name) {
        user = name.filter(EntraOptions::isSignInName);
        isSuggestion = true;
    }

    private static boolean isSignInName(String name) {
        return name.indexOf('@') > 0;
    }

    /** Whether anything here can give a token. */
    public boolean hasTokenSource(Surroundings surroundings) {
        return command(surroundings).isPresent()
                || accessTokenFile != null
                || desktopBroker
                || cacheOptions.isGiven(surroundings)
                || authorityText(surroundings).isPresent();
    }

    /** Whether somebody signed in before. */
    public boolean hasSignIn(Surroundings surroundings) {
        return cacheOptions.cache(surroundings, note -> {}).exists();
    }

    /** The host's Entra name, where it was given. */
    public Optional<String> entraName() {
        return Optional.ofNullable(entraName);
    }

    private Optional<String> command(Surroundings surroundings) {
        return HostOptions.value(tokenCommand, surroundings, "PORTHOLE_TOKEN_COMMAND");
    }

    private Optional<String> authorityText(Surroundings surroundings) {
        return HostOptions.value(authority, surroundings, "PORTHOLE_AUTHORITY");
    }

    public Authority authority(Surroundings surroundings) {
        return Authority.of(
                authorityText(surroundings).orElse(Authority.PUBLIC_CLOUD),
                HostOptions.value(tenant, surroundings, "PORTHOLE_TENANT")
                        .or(() -> tenantOfFile)
                        .orElse(Authority.ANY_TENANT));
    }

    /** The way to the authority; plain HTTP goes to this machine only. */
    public EntraHttp http(Authority authority, ProxySettings proxies, Duration deadline) {
        return http(authority, authorityCaFile == null ? null : Path.of(authorityCaFile), deadline)
                .through(proxies);
    }

    static EntraHttp http(Authority authority, Path caFile, Duration deadline) {
        if (caFile != null) {
            if (!Files.isReadable(caFile)) {
                throw new UsageException("--authority-ca-file: cannot read " + caFile);
            }
            return EntraHttp.trusting(caFile, deadline);
        }
        if (authority.base().getScheme().equalsIgnoreCase("http")) {
            if (!isLoopback(authority.base())) {
                throw new UsageException("--authority: plain http is for loopback addresses only");
            }
            return EntraHttp.unsafePlain(deadline);
        }
        return EntraHttp.strict(deadline);
    }

    private static boolean isLoopback(URI uri) {
        try {
            return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A token that is bound to no key: from the command, an authority that asks nobody, or an earlier sign-in. */
    public Optional<CompletionStage<RdpAccessToken>> bearer(
            Surroundings surroundings, String scope, ProxySettings proxies, Duration deadline, Executor blocking) {
        Optional<String> command = command(surroundings);
        if (command.isPresent()) {
            return Optional.of(
                    new CommandTokenSource(command.get(), deadline, Clock.systemUTC(), blocking).bearer(scope));
        }
        Authority authority = authority(surroundings);
        if (desktopBroker) {
            return Optional.of(
                    desktopBroker(surroundings, authority, deadline, blocking).bearer(scope));
        }
        boolean asksNobody = asksNobody(surroundings, authority);
        if (!asksNobody && !cacheOptions.isGiven(surroundings) && !hasSignIn(surroundings)) {
            return Optional.empty();
        }
        EntraHttp http = http(authority, proxies, deadline);
        CompletionStage<RdpAccessToken> token = asksNobody
                ? new EndpointTokenSource(authority, http, Clock.systemUTC(), new SecureRandom()).bearer(scope)
                : signIn(surroundings, authority, http, blocking).bearer(scope);
        return Optional.of(token.whenComplete((done, failed) -> http.close()));
    }

    /** Whether an authority was given that is none of the clouds', so that it may be one that signs in by itself. */
    private boolean asksNobody(Surroundings surroundings, Authority authority) {
        return authorityText(surroundings).isPresent()
                && !cacheOptions.isGiven(surroundings)
                && Cloud.ofHost(String.valueOf(authority.base().getHost())).isEmpty();
    }

    private DesktopBroker desktopBroker(
            Surroundings surroundings, Authority authority, Duration deadline, Executor blocking) {
        return new DesktopBroker(
                Optional.ofNullable(surroundings.environment().get("DBUS_SESSION_BUS_ADDRESS")),
                authority,
                cacheOptions.clientId(),
                user.filter(name -> !isSuggestion),
                deadline,
                blocking);
    }

    private SilentTokens signIn(Surroundings surroundings, Authority authority, EntraHttp http, Executor blocking) {
        TokenCache cache = cacheOptions.cache(surroundings, note -> {
            if (told.add(note)) {
                surroundings.err().println("porthole: " + note);
            }
        });
        boolean takes = !isSuggestion
                || user.isPresent()
                        && cache.entries().stream().anyMatch(e -> e.user().equalsIgnoreCase(user.get()));
        return new SilentTokens(
                cache,
                authority,
                http,
                cacheOptions.clientId(),
                user.filter(name -> takes),
                Clock.systemUTC(),
                popKeyFile != null,
                blocking);
    }

    /** The key of a file; empty where a new one is to be made. */
    public Optional<PopKey> popKey() {
        return Optional.ofNullable(popKeyFile).map(name -> PopKey.read(Path.of(name)));
    }

    /** Where tokens come from: the command, the file, an authority that asks nobody, or an earlier sign-in. */
    public Optional<TokenSource> tokenSource(
            Surroundings surroundings, Authority authority, EntraHttp http, Duration deadline, Executor blocking) {
        Optional<String> command = command(surroundings);
        if (tokenCommand != null && accessTokenFile != null) {
            throw new UsageException("--token-command and --access-token-file exclude each other");
        }
        if (desktopBroker && (tokenCommand != null || accessTokenFile != null)) {
            throw new UsageException("--desktop-broker excludes --token-command and --access-token-file");
        }
        if (accessTokenFile != null) {
            if (popKeyFile == null) {
                throw new UsageException("--access-token-file needs --pop-key-file: the token is bound to that key");
            }
            return Optional.of(new FileTokenSource(Path.of(accessTokenFile), Clock.systemUTC(), blocking));
        }
        if (command.isPresent()) {
            return Optional.of(new CommandTokenSource(command.get(), deadline, Clock.systemUTC(), blocking));
        }
        if (desktopBroker) {
            return Optional.of(desktopBroker(surroundings, authority, deadline, blocking));
        }
        if (asksNobody(surroundings, authority)) {
            return Optional.of(new EndpointTokenSource(authority, http, Clock.systemUTC(), new SecureRandom()));
        }
        return cacheOptions.isGiven(surroundings) || hasSignIn(surroundings)
                ? Optional.of(signIn(surroundings, authority, http, blocking))
                : Optional.empty();
    }
}
