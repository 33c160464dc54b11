package porthole.cli.option;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import porthole.aad.token.CommandTokenSource;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.GatewayKeys;
import porthole.cli.rdpfile.RdpFile;
import porthole.transport.Credentials;
import porthole.transport.GatewaySettings;
import porthole.transport.GatewaySettings.Authentication;
import porthole.transport.GatewaySettings.Transport;
import porthole.transport.Secret;
import porthole.transport.Target;

/** The RD Gateway before the host, where there is one. */
public final class GatewayOptions {
    @Option(
            names = "--gateway",
            paramLabel = "HOST[:PORT]|none",
            description =
                    "Go through this RD Gateway (default port: 443); none: not even through the one of the .rdp file.")
    String gateway;

    @Option(
            names = "--gateway-user",
            paramLabel = "NAME",
            description = "User at the gateway; DOMAIN\\NAME for a domain (default: user and password of the host).")
    String user;

    @Option(
            names = "--gateway-password-file",
            paramLabel = "FILE",
            description = "Read the password for the gateway from a file; - is the first line of standard input.")
    String passwordFile;

    @Option(
            names = "--gateway-password-env",
            paramLabel = "NAME",
            description = "Read the password for the gateway from this environment variable.")
    String passwordEnvironment;

    @Option(
            names = "--gateway-token-file",
            paramLabel = "FILE",
            description = "An access token for the gateway, instead of user and password.")
    String tokenFile;

    @Option(
            names = "--gateway-token-command",
            paramLabel = "CMD",
            description = "Run by the shell for each connection; prints an access token for the gateway.")
    String tokenCommand;

    @Option(
            names = "--gateway-transport",
            paramLabel = "auto|websocket|http",
            description =
                    "What goes over HTTPS: a websocket, or two HTTP channels (default: auto, the first that works).")
    String transport = "auto";

    @Option(
            names = "--gateway-auth",
            paramLabel = "METHOD",
            description =
                    "auto: a token as bearer where there is one, else what the gateway asks for; ntlm, negotiate, basic; "
                            + "bearer: the token in a header; cookie: the token inside the tunnel (PAA); tunnel-ntlm: "
                            + "NTLM inside the tunnel (default: auto).")
    String authentication;

    @Option(
            names = "--gateway-certificate",
            paramLabel = "RULE",
            description = "How the gateway's certificate is judged, as with --certificate (default: strict).")
    String certificate = "strict";

    @Option(
            names = "--gateway-ca-file",
            paramLabel = "FILE",
            description = "Authorities for the gateway's certificate, PEM, instead of the system's.")
    Path authorities;

    @Option(
            names = "--gateway-accept-consent",
            description = "Agree to whatever message the gateway wants agreement to; it is shown.")
    boolean acceptConsent;

    /** Whether the gateway's password comes from standard input. */
    boolean readsStandardInput() {
        return "-".equals(passwordFile);
    }

    /**
     * The gateway of the option, the environment or the connection file.
     *
     * @param host who signs in at the host, and at the gateway unless another is named
     */
    Optional<GatewaySettings> settings(
            Surroundings surroundings,
            RdpFile file,
            Credentials host,
            KnownHostsOptions knownHosts,
            Duration deadline) {
        Optional<GatewayKeys> keys = file.gateway().filter(GatewayKeys::isUsed);
        Optional<String> name = HostOptions.value(gateway, surroundings, "PORTHOLE_GATEWAY")
                .or(() -> keys.map(GatewayKeys::host))
                .filter(text -> !text.equals("none"));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        GatewaySettings settings = new GatewaySettings(
                target(name.get()),
                HostOptions.trust(
                        "--gateway-certificate",
                        certificate,
                        Optional.ofNullable(authorities).map(path -> HostOptions.readable("--gateway-ca-file", path)),
                        () -> knownHosts.file(surroundings)),
                Values.oneOf(Transport.class, "--gateway-transport", transport, GatewayOptions::word),
                authentication == null
                        ? keys.map(GatewayOptions::authentication).orElse(Authentication.AUTO)
                        : Values.oneOf(Authentication.class, "--gateway-auth", authentication, GatewayOptions::word),
                credentials(surroundings, keys, host),
                Optional.empty(),
                acceptConsent);
        return Optional.of(
                token(surroundings, keys, deadline).map(settings::withToken).orElse(settings));
    }

    private static Target target(String text) {
        Target parsed = Values.target(text);
        boolean hasPort = text.endsWith(":" + parsed.port());
        return hasPort ? parsed : Target.of(parsed.host(), GatewaySettings.DEFAULT_PORT);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Authentication authentication(GatewayKeys keys) {
        return switch (keys.credentialsSource()) {
            case GatewayKeys.BASIC -> Authentication.BASIC;
            case GatewayKeys.COOKIE -> keys.accessToken().isPresent() ? Authentication.COOKIE : Authentication.AUTO;
            default -> Authentication.AUTO;
        };
    }

    private Credentials credentials(Surroundings surroundings, Optional<GatewayKeys> keys, Credentials host) {
        Optional<String> named = HostOptions.value(user, surroundings, "PORTHOLE_GATEWAY_USER");
        boolean shares = keys.map(GatewayKeys::sharesCredentials).orElse(true);
        if (named.isEmpty()) {
            return shares ? host : Credentials.NONE;
        }
        int backslash = named.get().indexOf('\\');
        String domain = backslash < 0 ? "" : named.get().substring(0, backslash);
        return new Credentials(named.get().substring(backslash + 1), domain, password(surroundings, named.get()));
    }

    private Secret password(Surroundings surroundings, String name) {
        SecretReader secrets = new SecretReader(surroundings);
        if (passwordFile != null && passwordEnvironment != null) {
            throw new UsageException("--gateway-password-file and --gateway-password-env exclude each other");
        }
        if (passwordFile != null) {
            return secrets.fromFile("--gateway-password-file", passwordFile);
        }
        String variable = passwordEnvironment != null ? passwordEnvironment : "PORTHOLE_GATEWAY_PASSWORD";
        if (passwordEnvironment != null || surroundings.environment().containsKey(variable)) {
            return secrets.fromEnvironment("--gateway-password-env", variable);
        }
        return tokenFile == null && tokenCommand == null
                ? secrets.fromPerson("Password for " + name + " at the gateway: ")
                : Secret.NONE;
    }

    private Optional<Callable<Secret>> token(Surroundings surroundings, Optional<GatewayKeys> keys, Duration deadline) {
        Optional<String> command = HostOptions.value(tokenCommand, surroundings, "PORTHOLE_GATEWAY_TOKEN_COMMAND");
        if (tokenFile != null && tokenCommand != null) {
            throw new UsageException("--gateway-token-file and --gateway-token-command exclude each other");
        }
        if (tokenFile != null) {
            Secret token = new SecretReader(surroundings).fromFile("--gateway-token-file", tokenFile);
            return Optional.of(() -> token);
        }
        return command.<Callable<Secret>>map(text -> () -> printed(text, deadline))
                .or(() -> keys.flatMap(GatewayKeys::accessToken).map(token -> () -> token));
    }

    private static Secret printed(String command, Duration deadline) {
        return Secret.of(new CommandTokenSource(command, deadline, Clock.systemUTC(), Runnable::run)
                .text()
                .toCompletableFuture()
                .join());
    }
}
