package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.PopKey;
import porthole.aad.RdpResource;
import porthole.aad.entra.EntraHttp;
import porthole.aad.rdsaad.RdsAadSecurityLayer;
import porthole.aad.rdsaad.RdsAadSettings;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.verify.Expectations;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.fixtures.peer.CountingRelay;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.FreeRdpShadow;
import porthole.fixtures.peer.KerberosRealm;
import porthole.fixtures.peer.Xrdp;
import porthole.fixtures.peer.Xvfb;
import porthole.host.RdpHost;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.nla.HostUser;
import porthole.host.nla.KerberosKeys;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.redirection.RedirectionBuilder;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.ntlm.Ntlm;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.nla.KerberosSettings;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;
import porthole.transport.standard.StandardSecurityLayer;

/**
 * Every security layer against every peer, live, through a relay that counts round trips: this client's and FreeRDP 3.15's.
 *
 * <p>With {@code -Dporthole.layers=FILE} the table is written there, as {@code docs/LAYERS.md} was.
 */
@Tag("interop")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LayerTableInteropTest {
    private static final String PASSWORD = "Lab-Passw0rd";
    private static final int RUNS = 3;
    private static final Pattern ACTIVE =
            Pattern.compile("\\[(\\d\\d):(\\d\\d):(\\d\\d):(\\d\\d\\d)\\][^\\n]*--> CONNECTION_STATE_ACTIVE");
    private static final SecurityLayer TLS = new TlsSecurityLayer();
    private static final SecurityLayer NLA = new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()));
    private static final SecurityLayer NLA_EXT =
            new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()).withEarlyAuthorization());
    private static final SecurityLayer RDP = new StandardSecurityLayer();
    private static final List<SecurityLayer> AUTO = List.of(NLA_EXT, NLA, TLS);

    /** FreeRDP salts its MACs, which xrdp checks in a wrong way. */
    private static final String PLAIN_MACS = "/tune:FreeRDP_SaltedChecksum:FALSE";

    private final List<Row> rows = new ArrayList<>();
    private final RedirectionTickets tickets =
            new RedirectionTickets(Secret.of("shared"), new SecureRandom()::nextBytes);

    @TempDir
    Path folder;

    /** What one client showed: its verdict, and what it took up to the active session. */
    private record Took(String verdict, double millis, int roundTrips) {
        static Took least(List<Took> all) {
            Took best = all.get(0);
            double[] millis = all.stream().mapToDouble(Took::millis).sorted().toArray();
            int trips = all.stream().mapToInt(Took::roundTrips).min().orElseThrow();
            return new Took(best.verdict(), millis[millis.length / 2], trips);
        }
    }

    private record Row(String layer, String peer, Took ours, Optional<Took> freeRdp) {
        String markdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %d | %s | %s |",
                    layer,
                    peer,
                    ours.verdict(),
                    ours.millis(),
                    ours.roundTrips(),
                    freeRdp.map(took -> String.format(Locale.ROOT, "%.0f", took.millis()))
                            .orElse("-"),
                    freeRdp.map(took -> String.valueOf(took.roundTrips())).orElse("-"));
        }
    }

    @Test
    void everyLayerReachesTheSessionInNoMoreRoundTripsThanFreeRdp() throws Exception {
        try (RdpClient client = new RdpClient();
                Xvfb display = Xvfb.start(800, 600)) {
            xrdp(client, display);
            shadow(client, display);
            embedded(client, display);
            kerberos(client, display);
            entra(client, display);
            redirected(client, display);
        }
        String table = table();
        String file = System.getProperty("porthole.layers");
        if (file != null) {
            Files.writeString(Path.of(file), table);
        }
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.ours().verdict()).as(table).isEqualTo("active");
            row.freeRdp()
                    .ifPresent(theirs -> assertThat(row.ours().roundTrips())
                            .as(row.layer() + " with " + row.peer() + "\n" + table)
                            .isLessThanOrEqualTo(theirs.roundTrips()));
        });
        assertThat(rows).filteredOn(row -> row.freeRdp().isPresent()).hasSizeGreaterThanOrEqualTo(8);
    }

    private String table() {
        StringBuilder text = new StringBuilder("""
                # Security layers, measured

                Written by `LayerTableInteropTest`, not by hand:
                `mvn verify -Pinterop -Dtest=LayerTableInteropTest -Dsurefire.failIfNoSpecifiedTests=false -Dporthole.layers=$PWD/docs/LAYERS.md`.

                Each row is this client and xfreerdp 3.15 through the same counting relay on loopback, up to the active session.
                A round trip is a TCP connection, or an answer of the host to octets of the client, at the level of TCP payload;
                the least of three runs counts. Milliseconds are the median, without the start of the program;
                those of FreeRDP begin with its TCP connection, ours with the call, so with Entra ID ours contain the token.
                `-`: FreeRDP did not reach the session with these options.

                | Layer | Peer | Verdict | ms | Round trips | FreeRDP ms | FreeRDP round trips |
                |---|---|---|---|---|---|---|
                """);
        rows.forEach(row -> text.append(row.markdown()).append('\n'));
        return text.toString();
    }

    private static Credentials alice() {
        return new Credentials("alice", "", Secret.of(PASSWORD));
    }

    private static ConnectionSpec spec(List<SecurityLayer> layers) {
        return ConnectionSpec.of(Target.of("127.0.0.1", 1), layers, new Trust.Ignore())
                .withCredentials(alice());
    }

    private void xrdp(RdpClient client, Xvfb display) throws Exception {
        for (String level : List.of("low", "medium", "high", "fips")) {
            try (Xrdp peer = Xrdp.start("rdp", level)) {
                row(
                        client,
                        display,
                        "rdp",
                        "xrdp rdp " + level,
                        peer.port(),
                        spec(List.of(RDP)),
                        "/sec:rdp",
                        PLAIN_MACS);
            }
        }
        try (Xrdp peer = Xrdp.start("tls")) {
            row(client, display, "tls", "xrdp tls", peer.port(), spec(List.of(TLS)), "/sec:tls");
            row(client, display, "auto (tls)", "xrdp tls", peer.port(), spec(AUTO));
        }
        try (Xrdp peer = Xrdp.start("negotiate")) {
            row(client, display, "auto (tls)", "xrdp negotiate", peer.port(), spec(AUTO));
            row(client, display, "rdp", "xrdp negotiate", peer.port(), spec(List.of(RDP)), "/sec:rdp", PLAIN_MACS);
        }
        try (Xrdp peer = Xrdp.start("rdp")) {
            List<SecurityLayer> low = List.of(NLA_EXT, NLA, TLS, RDP);
            row(client, display, "auto, floor rdp (rdp)", "xrdp rdp high", peer.port(), spec(low), PLAIN_MACS);
        }
    }

    private void shadow(RdpClient client, Xvfb display) throws Exception {
        try (FreeRdpShadow peer = FreeRdpShadow.start(display, "/sec:tls")) {
            row(client, display, "tls", "FreeRDP 2 shadow", peer.port(), spec(List.of(TLS)), "/sec:tls");
        }
        String hash = Ntlm.ntHash(PASSWORD).toHex();
        Path sam = Files.writeString(folder.resolve("sam"), "alice:::" + hash + ":::\n");
        try (FreeRdpShadow peer = FreeRdpShadow.start(display, "/sec:nla", "/sam-file:" + sam)) {
            row(client, display, "nla", "FreeRDP 2 shadow", peer.port(), spec(List.of(NLA)), "/sec:nla");
            row(client, display, "auto (nla)", "FreeRDP 2 shadow", peer.port(), spec(AUTO));
        }
    }

    private void embedded(RdpClient client, Xvfb display) throws Exception {
        try (RdpHost host = RdpHost.builder().tls().start()) {
            row(client, display, "tls", "porthole host", host.port(), spec(List.of(TLS)), "/sec:tls");
        }
        try (RdpHost host = RdpHost.builder().rdp(3).start()) {
            row(client, display, "rdp", "porthole host, high", host.port(), spec(List.of(RDP)), "/sec:rdp");
        }
        NlaHost users = NlaHost.of(List.of(HostUser.of("alice", PASSWORD)), Runnable::run);
        try (RdpHost host = RdpHost.builder().nla(users).start()) {
            row(client, display, "nla", "porthole host", host.port(), spec(List.of(NLA)), "/sec:nla");
            row(client, display, "nla-ext", "porthole host", host.port(), spec(List.of(NLA_EXT)), "/sec:ext");
            row(client, display, "auto (nla-ext)", "porthole host", host.port(), spec(AUTO));
        }
    }

    private void kerberos(RdpClient client, Xvfb display) throws Exception {
        try (KerberosRealm realm = KerberosRealm.start()) {
            realm.user("alice", PASSWORD);
            NlaHost users = NlaHost.of(List.of(), Runnable::run)
                    .withKerberos(KerberosKeys.of(realm.service("TERMSRV/localhost")))
                    .withoutNtlm();
            KerberosSettings kerberos = KerberosSettings.of(new KerberosSettings.Password())
                    .withRealm(KerberosRealm.NAME)
                    .withKdc(realm.kdc());
            SecurityLayer nla =
                    new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()).withKerberos(kerberos, true));
            try (RdpHost host = RdpHost.builder().name("localhost").nla(users).start();
                    CountingRelay relay = CountingRelay.to(host.port())) {
                Target target = Target.of("127.0.0.1", relay.port()).withTlsName("localhost");
                Took ours = ours(client, spec(List.of(nla)).withTarget(target), List.of(relay));
                Optional<Took> theirs = theirs(
                        options -> FreeRdpClient.startVersion3(display, realm, options),
                        List.of(relay),
                        freeRdp -> {},
                        "/v:localhost:" + relay.port(),
                        "/sec:nla",
                        "/auth-pkg-list:!ntlm,kerberos",
                        "/u:alice",
                        "/d:" + KerberosRealm.NAME,
                        "/p:" + PASSWORD);
                rows.add(new Row("nla (Kerberos)", "porthole host", ours, theirs));
            }
        }
    }

    private void entra(RdpClient client, Xvfb display) throws Exception {
        SecureRandom random = new SecureRandom();
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults());
                EntraHttp http = EntraHttp.trusting(authority.clientTls(), Duration.ofSeconds(20));
                RdpHost host = RdpHost.builder()
                        .name("localhost")
                        .aad(new EntraAssertionCheck(
                                Expectations.host(RdpResource.ofHost("localhost"), authority.keys(), authority),
                                Clock.systemUTC(),
                                Runnable::run))
                        .start();
                CountingRelay relay = CountingRelay.to(host.port())) {
            SecurityLayer aad = new RdsAadSecurityLayer(new RdsAadSettings(
                    new EndpointTokenSource(authority.authority(), http, Clock.systemUTC(), random),
                    Optional.of(PopKey.generate(random)),
                    authority.authority(),
                    http,
                    Clock.systemUTC(),
                    random));
            ConnectionSpec spec = spec(List.of(aad))
                    .withTarget(Target.of("127.0.0.1", relay.port()).withEntraName("localhost"));
            Took ours = ours(client, spec, List.of(relay));
            Optional<Took> theirs = theirs(
                    options -> FreeRdpClient.startVersion3(display, options),
                    List.of(relay),
                    freeRdp -> freeRdp.signIn(url -> browse(authority, url)),
                    "/v:localhost:" + relay.port(),
                    "/sec:aad",
                    "/azure:ad:localhost:" + authority.port(),
                    "/u:alice@lab.test");
            rows.add(new Row("aad", "porthole host", ours, theirs));
        }
    }

    private static String browse(MockAuthority authority, String url) {
        try {
            return HttpClient.newBuilder()
                    .sslContext(authority.clientTls())
                    .build()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("location")
                    .orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Both hosts, and the relays before them, listen on the same port of two loopback addresses. */
    private void redirected(RdpClient client, Xvfb display) throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        InetAddress there = InetAddress.getByName("127.0.0.2");
        RedirectionBuilder redirection = new RedirectionBuilder()
                .address("127.0.0.2")
                .user("alice")
                .domain("LAB")
                .password(Secret.of(PASSWORD), tickets, UUID.randomUUID());
        try (RdpHost target = RdpHost.builder().rdstls(tickets).start();
                RdpHost broker = RdpHost.builder()
                        .tls()
                        .redirect(redirection.build().orElseThrow())
                        .start();
                CountingRelay first = CountingRelay.between(new InetSocketAddress(here, 0), broker.address());
                CountingRelay second =
                        CountingRelay.between(new InetSocketAddress(there, first.port()), target.address())) {
            ConnectionSpec spec = spec(List.of(TLS)).withTarget(Target.of("127.0.0.1", first.port()));
            List<CountingRelay> both = List.of(first, second);
            Took ours = ours(client, spec, both);
            Optional<Took> theirs = theirs(
                    options -> FreeRdpClient.startVersion3(display, options),
                    both,
                    freeRdp -> {},
                    "/v:127.0.0.1:" + first.port(),
                    "/sec:tls",
                    "/u:alice",
                    "/p:" + PASSWORD);
            rows.add(new Row("tls, then rdstls", "two porthole hosts, by redirection", ours, theirs));
            assertThat(theirs).as("FreeRDP follows our redirection with RDSTLS").isPresent();
        }
    }

    private void row(
            RdpClient client,
            Xvfb display,
            String layer,
            String peer,
            int port,
            ConnectionSpec spec,
            String... security)
            throws Exception {
        try (CountingRelay relay = CountingRelay.to(port)) {
            Took ours = ours(client, spec.withTarget(Target.of("127.0.0.1", relay.port())), List.of(relay));
            List<String> options = new ArrayList<>(List.of(security));
            options.addAll(List.of("/v:127.0.0.1:" + relay.port(), "/u:alice", "/p:" + PASSWORD));
            Optional<Took> theirs = theirs(
                    all -> FreeRdpClient.startVersion3(display, all),
                    List.of(relay),
                    freeRdp -> {},
                    options.toArray(String[]::new));
            rows.add(new Row(layer, peer, ours, theirs));
        }
    }

    private static int trips(List<CountingRelay> relays, List<Integer> before, long until) {
        int trips = 0;
        for (int i = 0; i < relays.size(); i++) {
            trips += relays.get(i).roundTrips(before.get(i), until);
        }
        return trips;
    }

    private static List<Integer> marks(List<CountingRelay> relays) {
        return relays.stream().map(relay -> relay.spoken().size()).toList();
    }

    private static Took ours(RdpClient client, ConnectionSpec spec, List<CountingRelay> relays) throws Exception {
        List<Took> all = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            List<Integer> before = marks(relays);
            long start = System.nanoTime();
            String verdict = "active";
            long millis;
            try {
                RdpSession session = client.connect(spec).get(30, TimeUnit.SECONDS);
                millis = System.currentTimeMillis();
                double took = (System.nanoTime() - start) / 1e6;
                session.disconnect("measured").get(10, TimeUnit.SECONDS);
                all.add(new Took(verdict, took, trips(relays, before, millis)));
            } catch (ExecutionException e) {
                RdpFailure failure = (RdpFailure) e.getCause();
                return new Took(
                        failure.report().stage() + ": " + failure.report().cause(), 0, 0);
            }
        }
        return Took.least(all);
    }

    private static Optional<Took> theirs(
            Function<String[], FreeRdpClient> start,
            List<CountingRelay> relays,
            Consumer<FreeRdpClient> also,
            String... options) {
        List<Took> all = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            List<Integer> before = marks(relays);
            List<String> arguments = new ArrayList<>(Arrays.asList(options));
            arguments.add("/size:640x480");
            arguments.add("/log-filters:com.freerdp.core.rdp:DEBUG");
            try (FreeRdpClient freeRdp = start.apply(arguments.toArray(String[]::new))) {
                also.accept(freeRdp);
                long until = active(freeRdp);
                if (until < 0) {
                    return Optional.empty();
                }
                long first = relays.get(0).spoken().get(before.get(0)).epochMillis();
                all.add(new Took("active", until - first, trips(relays, before, until)));
            }
        }
        return Optional.of(Took.least(all));
    }

    /** When the session became active for the last time, as its log says; negative where it never did. */
    private static long active(FreeRdpClient freeRdp) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            OptionalInt exit = freeRdp.awaitExit(Duration.ofMillis(50));
            long last = -1;
            Matcher line = ACTIVE.matcher(freeRdp.log());
            while (line.find()) {
                LocalTime time = LocalTime.of(
                        Integer.parseInt(line.group(1)),
                        Integer.parseInt(line.group(2)),
                        Integer.parseInt(line.group(3)),
                        Integer.parseInt(line.group(4)) * 1_000_000);
                last = LocalDate.now()
                        .atTime(time)
                        .atZone(ZoneId.systemDefault())
                        .toInstant()
                        .toEpochMilli();
            }
            if (last > 0) {
                return last;
            }
            if (exit.isPresent()) {
                return -1;
            }
        }
        return -1;
    }
}
