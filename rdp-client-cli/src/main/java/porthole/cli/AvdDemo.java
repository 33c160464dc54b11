package porthole.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import porthole.aad.PopKey;
import porthole.aad.avd.AvdAccess;
import porthole.aad.avd.AvdBroker;
import porthole.aad.avd.BrokerClient;
import porthole.aad.avd.BrokerRequest;
import porthole.aad.avd.FeedClient;
import porthole.aad.avd.FeedResource;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.TokenResponse;
import porthole.aad.grant.Wanted;
import porthole.aad.rdsaad.RdsAadSecurityLayer;
import porthole.aad.rdsaad.RdsAadSettings;
import porthole.aad.signin.AuthorizationRequest;
import porthole.aad.signin.CacheEntry;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.signin.SignedIn;
import porthole.aad.signin.SilentTokens;
import porthole.aad.signin.TokenCache;
import porthole.cli.output.StageTable;
import porthole.cli.rdpfile.GatewayKeys;
import porthole.cli.rdpfile.RdpFile;
import porthole.cli.session.LiveDesktop;
import porthole.cli.session.Outcomes;
import porthole.client.RdpClient;
import porthole.client.SessionOptions;
import porthole.host.RdpHost;
import porthole.host.avd.AvdHost;
import porthole.host.entra.MockAuthority;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.Approach;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.RouteSettings;
import porthole.transport.Secret;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.Trust;

/**
 * The whole way of Azure Virtual Desktop in one process: one sign-in, feed, connection file, broker, gateway, TLS in TLS, and
 * the host by Entra ID and by a password under the broker's key.
 */
final class AvdDemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final String HOST = "cloudpc-1";

    private final SecureRandom random = new SecureRandom();
    private final Credentials user =
            new Credentials("alice", "", Secret.of(Long.toHexString(random.nextLong()) + "Aa1!"));
    private final StageTable table;
    private final Path folder;
    private final CompletableFuture<PopKey> key;
    private final EmbeddedAvd avd;
    private final RdpClient client = new RdpClient();
    private final EntraHttp entra;
    private final SilentTokens tokens;
    private final TokenCache cache;

    /** Starts services and client; {@code table} is told every stage. */
    AvdDemo(StageTable table) throws IOException {
        this.table = table;
        folder = Files.createTempDirectory("porthole-demo");
        key = PopKey.generate(random, client.blocking()); // meanwhile
        avd = EmbeddedAvd.start(RdpHost.builder(), EmbeddedAvd.Plan.of(HOST, user));
        CertificateFile.write(folder.resolve("ca.pem"), avd.certificates());
        MockAuthority authority = avd.authority();
        entra = EntraHttp.trusting(authority.clientTls(), PATIENCE);
        cache = new TokenCache(folder.resolve("tokens.json"), Optional.empty(), Clock.systemUTC(), note -> {});
        tokens = new SilentTokens(
                cache,
                authority.authority(),
                entra,
                EndpointTokenSource.CLIENT_ID,
                Optional.empty(),
                Clock.systemUTC(),
                false,
                client.blocking());
    }

    /** Where what listens, for people. */
    String services() {
        return "mock Entra authority on " + avd.authority().authority().base() + ", feed, broker and gateway on "
                + avd.discovery() + ", RDP host on port " + avd.host().port();
    }

    /** The one sign-in: for the service, and from its refresh token for every host. */
    String signIn() throws InterruptedException {
        StageClock clock = new StageClock(table, System::nanoTime);
        clock.started(Stage.TOKEN);
        MockAuthority authority = avd.authority();
        Wanted wanted = Wanted.bearer(AvdAccess.SCOPE + " openid profile offline_access");
        EntraEndpoints endpoints = Outcomes.of(authority.authority().discover(entra, Stage.TOKEN));
        AuthorizationRequest request = AuthorizationRequest.make(
                endpoints.authorizationEndpoint().orElseThrow(),
                EndpointTokenSource.CLIENT_ID,
                AuthorizationRequest.NATIVE_CLIENT,
                wanted.scope(),
                Optional.empty(),
                Optional.empty(),
                random);
        String redirect = Outcomes.of(entra.get(request.uri())).location().orElse("");
        TokenClient grants = new TokenClient(
                entra,
                endpoints.tokenEndpoint(),
                new ClientIdentity.Public(EndpointTokenSource.CLIENT_ID),
                Clock.systemUTC());
        TokenResponse response = Outcomes.of(grants.authorizationCode(
                        request.code(redirect), request.redirectUri(), Optional.of(request.verifier()), wanted))
                .granted();
        SignedIn who = SignedIn.of(response);
        cache.put(who.entries(
                        response,
                        SilentTokens.cacheName(authority.authority()),
                        EndpointTokenSource.CLIENT_ID,
                        AvdAccess.SCOPE,
                        "")
                .toArray(CacheEntry[]::new));
        clock.finished(Stage.TOKEN, Map.of("user", who.user()));
        return who.user();
    }

    private EntraHttp service() {
        return EntraHttp.trusting(folder.resolve("ca.pem"), PATIENCE);
    }

    /** The connection file of a resource of the feed. */
    RdpFile file(String title) throws InterruptedException {
        StageClock clock = new StageClock(table, System::nanoTime);
        clock.started(Stage.FEED);
        try (EntraHttp http = service()) {
            AvdAccess access = new AvdAccess(http, Outcomes.of(tokens.bearer(AvdAccess.SCOPE)), AvdAccess.USER_AGENT);
            FeedClient feed = new FeedClient(access, avd.discovery());
            FeedResource resource = Outcomes.of(feed.resource(AvdHost.WORKSPACE + "/" + title));
            RdpFile file = RdpFile.parse(
                    "the feed's file", Outcomes.of(feed.file(resource)).toArray());
            Map<String, Object> evidence = new LinkedHashMap<>();
            evidence.put("resource", resource.workspace() + "/" + resource.title());
            evidence.put("enablerdsaadauth", file.wantsEntra());
            clock.finished(Stage.FEED, evidence);
            return file;
        }
    }

    /** A session on the host that the broker gives for a file, up and with its first picture. */
    LiveDesktop desktop(RdpFile file) throws InterruptedException {
        MockAuthority authority = avd.authority();
        AvdBroker broker = new AvdBroker(
                this::service,
                () -> tokens.bearer(AvdAccess.SCOPE),
                AvdAccess.USER_AGENT,
                new Trust.Strict(Optional.of(folder.resolve("ca.pem"))),
                URI.create("https://" + file.gateway().map(GatewayKeys::host).orElseThrow()),
                new BrokerRequest(
                        file.azure().program().orElse(""),
                        file.loadBalanceInfo().orElse("")),
                BrokerClient.Waiting.DEFAULT,
                Optional.empty(),
                file.wantsEntra());
        RdsAadSecurityLayer aad = new RdsAadSecurityLayer(new RdsAadSettings(
                tokens, Optional.of(key.join()), authority.authority(), entra, Clock.systemUTC(), random));
        ConnectionSpec spec = new ConnectionSpec(
                Target.parse(file.address().orElseThrow()),
                List.of(aad), // where the file wants a password, the broker's answer replaces it
                user,
                new Trust.Strict(Optional.of(folder.resolve("ca.pem"))),
                Deadlines.within(PATIENCE),
                ClientSettings.DEFAULT.but().width(1024).height(768).build(),
                Stage.ACTIVE,
                RouteSettings.DIRECT.withBroker(broker),
                Approach.NEGOTIATED);
        LiveDesktop desktop = new LiveDesktop(client, spec, SessionOptions.DEFAULT.withObserver(table));
        desktop.connect();
        return desktop;
    }

    /** Waits for the whole picture, and with {@code text} for what typing changes in it. */
    static void look(LiveDesktop desktop, Optional<String> text) throws InterruptedException {
        desktop.awaitQuiet(QUIET, PATIENCE);
        if (text.isPresent()) {
            desktop.type(text.get());
            if (!desktop.awaitChange(PATIENCE)) {
                throw unseen("the picture did not change after a key", desktop);
            }
            desktop.awaitQuiet(QUIET, PATIENCE);
        }
        int[] pixels = desktop.session().snapshot(false).toArray();
        if (pixels.length == 0 || Arrays.stream(pixels).distinct().limit(3).count() < 3) {
            throw unseen("the picture is empty", desktop);
        }
    }

    private static RuntimeException unseen(String what, LiveDesktop desktop) {
        return new LocalFailure(
                        "deadline",
                        what,
                        desktop.session().frames() + " frames",
                        "a test card that shows the keys",
                        "please report it with the output of -v")
                .in(Stage.FIRST_FRAME);
    }

    @Override
    public void close() {
        client.close();
        entra.close();
        avd.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // the folder is the owner's alone, and its tokens are a mock's
        }
    }
}
