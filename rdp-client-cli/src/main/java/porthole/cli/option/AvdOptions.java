package porthole.cli.option;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import porthole.aad.RdpAccessToken;
import porthole.aad.avd.AvdAccess;
import porthole.aad.avd.AvdBroker;
import porthole.aad.avd.BrokerClient;
import porthole.aad.avd.BrokerRequest;
import porthole.aad.avd.FeedClient;
import porthole.aad.avd.LaunchUri;
import porthole.aad.entra.Cloud;
import porthole.aad.entra.EntraHttp;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.GatewayKeys;
import porthole.cli.rdpfile.RdpFile;
import porthole.protocol.wire.Bytes;
import porthole.transport.Approach;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.Trust;

/** Azure Virtual Desktop: its feed, its broker and its gateway. */
public final class AvdOptions {
    /** How a target begins that is a resource of the feed. */
    public static final String RESOURCE = "avd:";

    @Option(
            names = "--feed",
            paramLabel = "URL|CLOUD",
            description = "Where Azure Virtual Desktop's feed begins: a URL, or public, us-government or china "
                    + "(default: that of the --authority).")
    String feed;

    @Option(
            names = "--avd-token-file",
            paramLabel = "FILE",
            description =
                    "The access token for feed, broker and gateway (default: --token-command is called for it, too).")
    String tokenFile;

    @Option(
            names = "--avd-ca-file",
            paramLabel = "FILE",
            description = "Authorities for the certificates of feed, broker and gateway, PEM, instead of the system's.")
    Path authorities;

    @Option(
            names = "--user-agent",
            paramLabel = "TEXT",
            description = "What the client calls itself to feed, broker and gateway (default: porthole/1.0).")
    String userAgent = AvdAccess.USER_AGENT;

    @Option(
            names = "--boot-timeout",
            paramLabel = "TIME",
            description = "How long to wait for a host that has to be started first (default: 5m).")
    String bootTimeout;

    /** Whether a target is a resource of the feed. */
    public static boolean isResource(String target) {
        return target.startsWith(RESOURCE) || LaunchUri.isMeantBy(target);
    }

    /** The access token for the service: from the file, which may be renewed meanwhile, or from where tokens come from. */
    private Supplier<CompletionStage<RdpAccessToken>> tokens(
            Surroundings surroundings, EntraOptions entra, HostOptions host, Executor blocking) {
        if (tokenFile == null) {
            return () -> entra.bearer(
                            surroundings,
                            cloud(surroundings, entra).serviceScope().orElse(AvdAccess.SCOPE),
                            host.proxies(surroundings),
                            deadline(surroundings, host),
                            blocking)
                    .orElseThrow(() -> new UsageException("Azure Virtual Desktop needs a token: sign in with"
                            + " porthole login, or give --token-command or --avd-token-file"));
        }
        RdpAccessToken now = fileToken(surroundings);
        return () -> CompletableFuture.completedFuture(tokenFile.equals("-") ? now : fileToken(surroundings));
    }

    private RdpAccessToken fileToken(Surroundings surroundings) {
        String text = new SecretReader(surroundings)
                .fromFile("--avd-token-file", tokenFile)
                .reveal()
                .strip();
        if (!text.matches("[!-~]+")) {
            throw new UsageException("--avd-token-file: no token of printable ASCII characters");
        }
        return RdpAccessToken.of(text);
    }

    private static Duration deadline(Surroundings surroundings, HostOptions host) {
        return host.deadlines(surroundings).total();
    }

    private EntraHttp http(Surroundings surroundings, HostOptions host) {
        Duration deadline = deadline(surroundings, host);
        EntraHttp direct = authorities == null
                ? EntraHttp.strict(deadline)
                : EntraHttp.trusting(HostOptions.readable("--avd-ca-file", authorities), deadline);
        return direct.through(host.proxies(surroundings));
    }

    private void check() {
        if (!userAgent.matches("[ -~]{1,200}")) {
            throw new UsageException("--user-agent: 1 to 200 printable ASCII characters");
        }
    }

    /** Runs questions to the feed; their failures are thrown. */
    public <T> T ask(
            Function<FeedClient, CompletableFuture<T>> questions,
            Surroundings surroundings,
            EntraOptions entra,
            HostOptions host,
            Executor blocking)
            throws InterruptedException {
        check();
        Supplier<CompletionStage<RdpAccessToken>> tokens = tokens(surroundings, entra, host, blocking);
        try (EntraHttp http = http(surroundings, host)) {
            return tokens.get()
                    .thenCompose(token -> questions.apply(new FeedClient(
                            new AvdAccess(http, token, userAgent), discovery(cloud(surroundings, entra)))))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw Failures.of(e.getCause());
        }
    }

    /** The connection file of a resource. */
    public RdpFile file(
            String target, Surroundings surroundings, EntraOptions entra, HostOptions host, Executor blocking)
            throws InterruptedException {
        Optional<LaunchUri> launch;
        try {
            launch = target.startsWith(RESOURCE) ? Optional.empty() : Optional.of(LaunchUri.parse(target));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        Bytes octets = ask(
                client -> launch.map(client::file)
                        .orElseGet(() -> client.resource(target.substring(RESOURCE.length()))
                                .thenCompose(client::file)),
                surroundings,
                entra,
                host,
                blocking);
        return RdpFile.parse("the feed's file", octets.toArray());
    }

    private static Cloud cloud(Surroundings surroundings, EntraOptions entra) {
        return Cloud.ofHost(String.valueOf(entra.authority(surroundings).base().getHost()))
                .orElse(Cloud.PUBLIC);
    }

    private URI discovery(Cloud cloud) {
        return switch (feed == null ? cloud.label() : feed) {
            case "public" -> FeedClient.PUBLIC_CLOUD;
            case "us-government" -> FeedClient.US_GOVERNMENT;
            case "china" -> FeedClient.CHINA;
            default -> {
                try {
                    yield URI.create(feed);
                } catch (IllegalArgumentException e) {
                    throw new UsageException("--feed: '" + feed + "' is no URL", e);
                }
            }
        };
    }

    /**
     * A specification whose broker says, before each connection, where to, the host's names, its certificate, and the key for the
     * password where Entra ID is not what signs in.
     */
    public ConnectionSpec through(
            ConnectionSpec spec,
            RdpFile file,
            boolean signsInWithEntra,
            Surroundings surroundings,
            EntraOptions entra,
            HostOptions host,
            Executor blocking) {
        check();
        AvdBroker broker = new AvdBroker(
                () -> http(surroundings, host),
                tokens(surroundings, entra, host, blocking),
                userAgent,
                new Trust.Strict(Optional.ofNullable(authorities)),
                broker(file),
                new BrokerRequest(
                        file.azure().program().orElse(""),
                        file.loadBalanceInfo().orElse("")),
                bootTimeout == null
                        ? BrokerClient.Waiting.DEFAULT
                        : BrokerClient.Waiting.within(Values.duration(bootTimeout)),
                entra.entraName(),
                signsInWithEntra);
        return spec.withRoute(spec.route().withBroker(broker)).withApproach(Approach.NEGOTIATED);
    }

    private static URI broker(RdpFile file) {
        String host = file.gateway()
                .map(GatewayKeys::host)
                .orElseThrow(() -> new UsageException("the connection file has no gatewayhostname"));
        try {
            return URI.create("https://" + host);
        } catch (IllegalArgumentException e) {
            throw new UsageException("gatewayhostname: '" + host + "' is no host", e);
        }
    }
}
