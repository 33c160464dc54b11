package porthole.cli.option;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import porthole.aad.RdpAccessToken;
import porthole.aad.avd.AvdAccess;
import porthole.aad.avd.BrokerAnswer;
import porthole.aad.avd.BrokerClient;
import porthole.aad.avd.BrokerRequest;
import porthole.aad.avd.FeedClient;
import porthole.aad.avd.LaunchUri;
import porthole.aad.avd.RedirectedPassword;
import porthole.aad.entra.EntraHttp;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.GatewayKeys;
import porthole.cli.rdpfile.RdpFile;
import porthole.protocol.wire.Bytes;
import porthole.transport.AvdGatewaySettings;
import porthole.transport.CertificatePin;
import porthole.transport.ConnectionSpec;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.rdstls.RdstlsSecurityLayer;

/** Azure Virtual Desktop: its feed, its broker and its gateway. */
public final class AvdOptions {
    private static final String RESOURCE = "avd:";

    @Option(
            names = "--feed",
            paramLabel = "URL|CLOUD",
            description = "Where Azure Virtual Desktop's feed begins: a URL, or public, us-government or china "
                    + "(default: public).")
    String feed = "public";

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

    private AvdAccess access(Surroundings surroundings, EntraOptions entra, HostOptions host, Executor blocking)
            throws InterruptedException, ExecutionException {
        if (!userAgent.matches("[ -~]{1,200}")) {
            throw new UsageException("--user-agent: 1 to 200 printable ASCII characters");
        }
        Duration deadline = host.deadlines(surroundings).total();
        RdpAccessToken token = tokenFile != null
                ? RdpAccessToken.of(new SecretReader(surroundings)
                        .fromFile("--avd-token-file", tokenFile)
                        .reveal()
                        .strip())
                : entra.bearer(surroundings, AvdAccess.SCOPE, deadline, blocking)
                        .orElseThrow(() -> new UsageException(
                                "Azure Virtual Desktop needs a token: give --token-command or --avd-token-file"))
                        .toCompletableFuture()
                        .get();
        if (!token.value().matches("[!-~]+")) {
            throw new UsageException("--avd-token-file: no token of printable ASCII characters");
        }
        EntraHttp http = authorities == null
                ? EntraHttp.strict(deadline)
                : EntraHttp.trusting(HostOptions.readable("--avd-ca-file", authorities), deadline);
        return new AvdAccess(http, token, userAgent);
    }

    /** The connection file of a resource. */
    public RdpFile file(
            String target, Surroundings surroundings, EntraOptions entra, HostOptions host, Executor blocking)
            throws InterruptedException, ExecutionException {
        AvdAccess access = access(surroundings, entra, host, blocking);
        try {
            FeedClient client = new FeedClient(access, discovery());
            CompletableFuture<Bytes> octets;
            if (target.startsWith(RESOURCE)) {
                octets = client.resource(target.substring(RESOURCE.length())).thenCompose(client::file);
            } else {
                try {
                    octets = client.file(LaunchUri.parse(target));
                } catch (IllegalArgumentException e) {
                    throw new UsageException(e.getMessage(), e);
                }
            }
            return RdpFile.parse("the feed's file", octets.get().toArray());
        } finally {
            access.http().close();
        }
    }

    private URI discovery() {
        return switch (feed) {
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
     * Asks the broker and puts its answer into a specification: where to, the host's names, its certificate, and the password
     * under the broker's key where Entra ID is not what signs in.
     */
    public ConnectionSpec through(
            ConnectionSpec spec,
            RdpFile file,
            boolean signsInWithEntra,
            Surroundings surroundings,
            EntraOptions entra,
            HostOptions host,
            Executor blocking,
            Consumer<String> say)
            throws InterruptedException, ExecutionException {
        AvdAccess access = access(surroundings, entra, host, blocking);
        BrokerAnswer answer;
        try {
            BrokerClient.Waiting waiting = bootTimeout == null
                    ? BrokerClient.Waiting.DEFAULT
                    : BrokerClient.Waiting.within(Values.duration(bootTimeout));
            answer = new BrokerClient(
                            access,
                            waiting,
                            progress -> say.accept("the broker says " + progress.code() + "; asking again in "
                                    + progress.again().toSeconds() + " s (" + progress.asked() + " of "
                                    + progress.tries() + ")"))
                    .connect(
                            broker(file),
                            new BrokerRequest(
                                    file.azure().program().orElse(""),
                                    file.loadBalanceInfo().orElse("")))
                    .get();
        } finally {
            access.http().close();
        }
        AvdGatewaySettings gateway = new AvdGatewaySettings(
                answer.gateway(),
                new Trust.Strict(Optional.ofNullable(authorities)),
                Secret.of(access.token().value()),
                userAgent);
        ConnectionSpec there = spec.withTarget(new Target(
                        gateway.host(),
                        gateway.port(),
                        answer.serverName(),
                        entra.entraName().orElse(answer.entraName())))
                .withTrust(answer.certificate().map(AvdOptions::pin).orElse(spec.trust()))
                .withRoute(spec.route().withAvd(gateway));
        return signsInWithEntra
                ? there
                : there.withSecurity(
                        List.of(new RdstlsSecurityLayer(RedirectedPassword.request(answer, spec.credentials()))));
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

    private static Trust pin(Bytes certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.toArray());
            return new Trust.Pin(List.of(new CertificatePin(
                    CertificatePin.Kind.CERTIFICATE, HexFormat.of().formatHex(hash))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
