package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.RdpResource;
import porthole.aad.verify.Expectations;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.avd.AvdFault;
import porthole.host.avd.AvdHost;
import porthole.host.avd.AvdHostSettings;
import porthole.host.avd.BrokerPasswords;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.EntraFault;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.gateway.GatewayFaults;
import porthole.host.gateway.GatewayHost;
import porthole.host.gateway.GatewaySignIn;
import porthole.host.session.HostIdentity;
import porthole.transport.Secret;

/**
 * Planted faults in every layer, seen through the command as somebody types it: in which stage it ends, which cause is ranked
 * first, and with which exit code.
 */
class FaultMatrixTest {
    /** Columns: layer, fault, stage, first cause, exit code. A fault without a colon is one of the embedded host. */
    private static final String MATRIX = """
            dns        | dns:nothing.invalid                       | resolve                 | name-unknown          | 12
            dns        | dns:label..empty                          | resolve                 | name-unknown          | 12
            dns        | dns:proxy                                 | resolve                 | name-unknown          | 12
            dns        | dns:gateway                               | resolve                 | name-unknown          | 12
            dns        | dns:authority                             | token                   | resolve               | 10
            dns        | dns:feed                                  | feed                    | resolve               | 43
            tcp        | tcp:closed-port                           | connect                 | connection-refused    | 13
            tcp        | tcp:closes-at-once                        | connection-initiation   | early-close           | 14
            tcp        | tcp:resets                                | connection-initiation   | io                    | 14
            tcp        | tcp:says-nothing                          | connection-initiation   | deadline              | 14
            tcp        | tcp:gateway-closed-port                   | connect                 | connection-refused    | 13
            proxy      | proxy:closed-port                         | connect                 | connection-refused    | 13
            proxy      | proxy:407                                 | connect                 | proxy-authentication  | 13
            proxy      | proxy:403                                 | connect                 | proxy-refused         | 13
            proxy      | proxy:502                                 | connect                 | proxy-refused         | 13
            proxy      | proxy:garbage                             | connect                 | proxy-answer          | 13
            proxy      | proxy:closes                              | connect                 | early-close           | 13
            proxy      | proxy:says-nothing                        | connect                 | deadline              | 13
            proxy      | proxy:socks-host-unreachable              | connect                 | proxy-refused         | 13
            proxy      | proxy:socks-no-method                     | connect                 | proxy-authentication  | 13
            x224       | negotiation-failure-ssl-not-allowed-by-server | connection-initiation | negotiation-failure | 56
            x224       | negotiation-failure-hybrid-required-by-server | connection-initiation | negotiation-failure | 56
            x224       | selected-two-at-once                      | connection-initiation   | selected-protocol     | 56
            x224       | http-server                               | connection-initiation   | malformed-pdu         | 14
            x224       | confirm-is-a-request                      | connection-initiation   | malformed-pdu         | 14
            x224       | mcs-disconnect-for-confirm                | connection-initiation   | no-common-protocol    | 56
            tls        | tls-early-close                           | tls                     | tls-handshake         | 15
            tls        | tls-alert                                 | tls                     | tls-handshake         | 15
            tls        | tls-http                                  | tls                     | tls-handshake         | 15
            tls        | tls-stall                                 | tls                     | deadline              | 15
            tls        | certificate-other-key                     | tls                     | certificate-pin       | 57
            tls        | clear-text-behind-confirm                 | tls                     | unexpected-message    | 15
            authority  | entra:entra-token-refused                 | token                   | entra-refused         | 10
            authority  | entra:entra-busy                          | token                   | entra-busy            | 10
            authority  | entra:entra-garbage                       | token                   | entra-answer          | 10
            authority  | entra:entra-oversize                      | token                   | entra-answer          | 10
            authority  | entra:entra-close                         | token                   | early-close           | 10
            authority  | entra:entra-wrong-certificate             | token                   | tls                   | 10
            authority  | entra:entra-claims-challenge              | token                   | entra-refused         | 10
            token      | entra:entra-bearer-token                  | token                   | bearer-token          | 10
            token      | entra:entra-wrong-audience                | token                   | audience              | 10
            token      | entra:entra-expired-token                 | token                   | token-expired         | 10
            token      | entra:entra-wrong-cnf                     | token                   | key-mismatch          | 10
            token      | token:no-token                            | token                   | no-token              | 10
            token      | token:command-fails                       | token                   | token-command         | 10
            token      | token:damaged                             | token                   | no-token              | 10
            nonce      | entra:entra-nonce-refused                 | aad-nonce               | entra-refused         | 11
            nonce      | entra:entra-nonce-busy                    | aad-nonce               | entra-busy            | 11
            nonce      | entra:entra-stale-nonce                   | authentication          | other-device          | 16
            nonce      | nonce-stale                               | authentication          | other-device          | 16
            nonce      | nonce-not-json                            | authentication          | malformed-pdu         | 16
            nonce      | nonce-twice-in-one                        | authentication          | malformed-pdu         | 16
            nonce      | nonce-only-zeros                          | authentication          | deadline              | 16
            assertion  | assertion:clock-behind                    | authentication          | clock                 | 16
            assertion  | assertion:other-host                      | authentication          | other-device          | 16
            assertion  | assertion:other-authority                 | authentication          | other-device          | 16
            assertion  | explain:padded                            | -                       | not-compact-jws       | 0
            assertion  | explain:other-host                        | -                       | other-device          | 0
            assertion  | explain:other-tenant                      | -                       | other-tenant          | 0
            assertion  | explain:broken-signature                  | -                       | signature             | 0
            verdict    | result-sec-e-invalid-token                | authentication          | other-device          | 16
            verdict    | result-e-accessdenied                     | authentication          | vm-login-role         | 16
            verdict    | result-status-logon-failure               | authentication          | account-mapping       | 16
            verdict    | result-status-no-logon-servers            | authentication          | domain-controller     | 16
            verdict    | result-status-account-disabled            | authentication          | authentication-result | 16
            verdict    | result-unknown                            | authentication          | authentication-result | 16
            verdict    | result-not-json                           | authentication          | malformed-pdu         | 16
            verdict    | result-tpkt                               | authentication          | malformed-pdu         | 16
            feed       | avd:feed-unauthorized                     | feed                    | avd-feed-refused      | 43
            feed       | avd:feed-client-version                   | feed                    | avd-feed-refused      | 43
            feed       | avd:feed-garbage                          | feed                    | avd-feed-answer       | 43
            feed       | avd:feed-document-type                    | feed                    | avd-feed-answer       | 43
            feed       | avd:feed-empty                            | feed                    | avd-no-such-resource  | 43
            feed       | avd:feed-twins                            | feed                    | avd-ambiguous-resource | 43
            feed       | avd:feed-elsewhere                        | feed                    | avd-foreign-url       | 43
            feed       | avd:feed-closed                           | feed                    | early-close           | 43
            broker     | avd:broker-unauthorized                   | broker                  | avd-broker-refused    | 44
            broker     | avd:broker-no-host                        | broker                  | avd-broker-refused    | 44
            broker     | avd:broker-always-booting                 | broker                  | avd-host-booting      | 45
            broker     | avd:broker-garbage                        | broker                  | avd-broker-answer     | 44
            broker     | avd:broker-broken-certificate             | broker                  | avd-broker-answer     | 44
            broker     | avd:broker-other-certificate              | tls                     | certificate-pin       | 57
            gateway    | avd:affinity-unauthorized                 | gateway-authentication  | gateway-http-status   | 41
            gateway    | avd:upgrade-bad-request                   | gateway-authentication  | gateway-http-status   | 41
            gateway    | avd:upgrade-wrong-accept                  | gateway-authentication  | gateway-no-websocket  | 41
            gateway    | avd:upgrade-closed                        | gateway-authentication  | gateway-http-closed   | 41
            gateway    | avd:websocket-close-1011                  | connection-initiation   | websocket-closed      | 14
            """;

    private static final String USER = "gina";
    private static final String PASSWORD = "g4teway-Secret";
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhdmQifQ.c2ln";
    private static final String PATIENT = "60s";
    private static final String SHORT = "5s";
    private static final String LATER = "12s";
    private static final int AT_ONCE = 6;

    @TempDir
    static Path folder;

    private static final Map<String, CompletableFuture<Ending>> ENDINGS = new LinkedHashMap<>();
    private static HostIdentity identity;
    private static HostIdentity service;
    private static MockAuthority authority;
    private static ExecutorService runners;

    private record Row(String layer, String fault, String stage, String cause, int exit) {
        String expected() {
            return stage + " " + cause + " " + exit;
        }
    }

    /** How the command ended. */
    private record Ending(String stage, String cause, int exit, String said) {
        String seen() {
            return stage + " " + cause + " " + exit;
        }
    }

    private interface Plant {
        Ending run() throws Exception;
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String line : MATRIX.lines().toList()) {
            String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
            rows.add(new Row(cells[0], cells[1], cells[2], cells[3], Integer.parseInt(cells[4])));
        }
        gatewayRows(rows);
        return rows;
    }

    /** One fault of the RD Gateway for each of its steps and causes. */
    private static void gatewayRows(List<Row> rows) {
        Set<String> seen = new java.util.HashSet<>();
        GatewayFaults.list().stream()
                .filter(fault -> !fault.survives() && !fault.cause().equals("deadline"))
                .filter(fault -> fault.transport().isEmpty())
                .filter(fault -> seen.add(fault.point() + fault.cause()))
                .forEach(fault -> rows.add(new Row(
                        "gateway",
                        "gateway:" + fault.name(),
                        fault.stage().orElseThrow().label(),
                        fault.cause(),
                        ExitCode.of(fault.stage().get()).number())));
    }

    @BeforeAll
    static void runAll() throws Exception {
        SecureRandom random = new SecureRandom();
        identity = HostIdentity.selfSigned("rdphost", random);
        service = HostIdentity.selfSigned("localhost", random);
        authority = MockAuthority.start(MockAuthoritySettings.defaults());
        runners = Executors.newFixedThreadPool(AT_ONCE);
        for (Row row : rows()) {
            Plant plant = plant(row.fault());
            ENDINGS.put(
                    row.fault(),
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return plant.run();
                                } catch (Exception e) {
                                    throw new IllegalStateException(row.fault(), e);
                                }
                            },
                            runners));
        }
    }

    @AfterAll
    static void end() {
        runners.shutdownNow();
        authority.close();
    }

    @Test
    void everyLayerHasSeveralFaults() {
        Map<String, Long> layers = rows().stream().collect(Collectors.groupingBy(Row::layer, Collectors.counting()));
        assertThat(layers.keySet())
                .containsExactlyInAnyOrder(
                        "dns",
                        "tcp",
                        "proxy",
                        "x224",
                        "tls",
                        "authority",
                        "token",
                        "nonce",
                        "assertion",
                        "verdict",
                        "feed",
                        "broker",
                        "gateway");
        assertThat(layers.values()).allMatch(count -> count >= 4);
        assertThat(rows()).hasSizeGreaterThan(60);
    }

    @TestFactory
    Stream<DynamicTest> stageCauseAndExitCode() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.layer() + " " + row.fault(), () -> {
                    Ending ending = ENDINGS.get(row.fault()).get(300, TimeUnit.SECONDS);
                    assertThat(ending.seen()).as(ending.said()).isEqualTo(row.expected());
                    assertThat(ending.said()).doesNotContain(PASSWORD, TOKEN);
                }));
    }

    private static Plant plant(String fault) {
        String kind = fault.contains(":") ? fault.substring(0, fault.indexOf(':')) : "host";
        String name = fault.substring(fault.indexOf(':') + 1);
        return switch (kind) {
            case "dns" -> () -> dns(name);
            case "tcp" -> () -> tcp(name);
            case "proxy" -> () -> proxy(name);
            case "entra" -> () -> entra(EntraFault.named(name).orElseThrow());
            case "token" -> () -> token(name);
            case "assertion" -> () -> assertion(name);
            case "explain" -> () -> explain(name);
            case "avd" -> () -> avd(AvdFault.named(name).orElseThrow());
            case "gateway" -> () -> gateway(name);
            default -> () -> host(Faults.named(name).orElseThrow());
        };
    }

    @SuppressWarnings("unchecked")
    private static Ending run(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--json");
        if (all.get(0).equals("connect") && !all.contains("--timeout")) {
            all.addAll(List.of("--timeout", PATIENT));
        }
        Shell shell = new Shell();
        int exit = shell.run(all.toArray(String[]::new));
        String stage = "-";
        String cause = "-";
        for (Map<String, Object> event : shell.objects()) {
            if ("failure".equals(event.get("event"))) {
                stage = String.valueOf(event.get("stage"));
                cause = String.valueOf(event.get("cause"));
            } else if ("explanation".equals(event.get("event"))) {
                List<Map<String, Object>> findings = (List<Map<String, Object>>) event.get("findings");
                cause = findings.isEmpty()
                        ? cause
                        : String.valueOf(findings.get(0).get("cause"));
            }
        }
        return new Ending(stage, cause, exit, shell.out() + shell.err());
    }

    private static Ending connect(String target, String... more) {
        List<String> all = new ArrayList<>(List.of("connect", target, "--certificate", "ignore"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private static Ending dns(String name) throws IOException {
        return switch (name) {
            case "proxy" -> connect("127.0.0.1:1", "--proxy", "http://proxy.invalid:3128");
            case "gateway" ->
                connect(
                        "127.0.0.1:1",
                        "--gateway",
                        "gateway.invalid",
                        "--gateway-user",
                        USER,
                        "--gateway-password-file",
                        secret());
            case "authority" ->
                connect(
                        "127.0.0.1:1",
                        "--security",
                        "aad",
                        "--authority",
                        "https://login.invalid",
                        "--entra-name",
                        "h");
            case "feed" ->
                connect("avd:Demo/Desktop", "--feed", "https://feed.invalid/api", "--avd-token-file", file("t", TOKEN));
            default -> connect(name);
        };
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(Files.createTempDirectory(folder, "f").resolve(name), text)
                .toString();
    }

    private static String secret() throws IOException {
        return file("password", PASSWORD);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Ending tcp(String name) throws IOException {
        return switch (name) {
            case "closed-port" -> connect("127.0.0.1:" + closedPort());
            case "gateway-closed-port" ->
                connect(
                        "127.0.0.1:1",
                        "--gateway",
                        "127.0.0.1:" + closedPort(),
                        "--gateway-user",
                        USER,
                        "--gateway-password-file",
                        secret());
            case "closes-at-once" -> {
                try (Canned peer = new Canned(true, "")) {
                    yield connect("127.0.0.1:" + peer.port());
                }
            }
            case "resets" -> {
                try (Canned peer = new Canned(true, Canned.RESET)) {
                    yield connect("127.0.0.1:" + peer.port());
                }
            }
            default -> {
                try (Canned peer = new Canned(false, "")) {
                    yield connect("127.0.0.1:" + peer.port(), "--timeout", SHORT);
                }
            }
        };
    }

    private static Ending proxy(String name) throws IOException {
        if (name.equals("closed-port")) {
            return connect("host.example", "--proxy", "http://127.0.0.1:" + closedPort());
        }
        boolean socks = name.startsWith("socks");
        String[] answers = switch (name) {
            case "407" ->
                new String[] {"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"};
            case "403" -> new String[] {"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"};
            case "502" -> new String[] {"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"};
            case "garbage" -> new String[] {"SSH-2.0-OpenSSH_9.2\r\n\r\n"};
            case "socks-no-method" -> new String[] {"\5\u00FF"};
            case "socks-host-unreachable" -> new String[] {"\5\0", "\5\4\0\1\0\0\0\0\0\0"};
            default -> new String[] {""};
        };
        try (Canned peer = new Canned(!name.equals("says-nothing"), answers)) {
            String url = (socks ? "socks5://127.0.0.1:" : "http://127.0.0.1:") + peer.port();
            return connect("host.example", "--proxy", url, "--timeout", name.equals("says-nothing") ? SHORT : PATIENT);
        }
    }

    private static RdpHostBuilder aadHost(MockAuthority trusted, Clock clock, String name) {
        return RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .aad(new EntraAssertionCheck(
                        Expectations.host(RdpResource.named(name), trusted.keys(), trusted), clock, Runnable::run));
    }

    private static Ending withEntra(RdpHost host, MockAuthority asked, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "connect",
                "127.0.0.1:" + host.port(),
                "--certificate",
                "pin:" + host.certificateSha256(),
                "--security",
                "aad",
                "--authority",
                asked.hostAndPort(),
                "--authority-ca-file",
                file("ca.pem", asked.certificatePem()),
                "--entra-name",
                "rdphost"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private static Ending host(Fault fault) throws IOException {
        boolean stalls = fault.expectedCause().equals("deadline");
        boolean aad = fault.needs().equals(Fault.AAD) || fault.name().matches("(nonce|result)-.*");
        String[] time = {"--timeout", stalls ? aad ? LATER : SHORT : PATIENT};
        if (aad) {
            try (RdpHost host = aadHost(authority, Clock.systemUTC(), "rdphost")
                    .faults(fault)
                    .start()) {
                return withEntra(host, authority, time);
            }
        }
        try (RdpHost host = RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .tls()
                .faults(fault)
                .start()) {
            return run(
                    "connect",
                    "127.0.0.1:" + host.port(),
                    "--security",
                    "tls",
                    "--certificate",
                    "pin:" + host.certificateSha256(),
                    time[0],
                    time[1]);
        }
    }

    private static Ending entra(EntraFault fault) throws IOException {
        MockAuthoritySettings settings = MockAuthoritySettings.defaults();
        if (fault == EntraFault.TOKEN_REFUSED) {
            settings = settings.refusalCode(53003);
        }
        try (MockAuthority faulty = MockAuthority.start(settings.faults(fault));
                RdpHost host = aadHost(faulty, Clock.systemUTC(), "rdphost").start()) {
            return withEntra(host, faulty);
        }
    }

    private static Ending token(String name) throws IOException {
        try (RdpHost host = aadHost(authority, Clock.systemUTC(), "rdphost").start()) {
            String command = switch (name) {
                case "no-token" -> "true";
                case "command-fails" -> "echo no >&2; exit 7";
                default -> "echo eyJhbGciOiJSUzI1NiJ9.bm90LWpzb24.AAAA";
            };
            return withEntra(host, authority, "--token-command", command);
        }
    }

    private static Ending assertion(String name) throws IOException {
        if (name.equals("clock-behind")) {
            Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-20));
            MockAuthoritySettings settings =
                    MockAuthoritySettings.defaults().lifetimes(Duration.ofHours(2), Duration.ofMinutes(5), behind);
            try (MockAuthority late = MockAuthority.start(settings);
                    RdpHost host = aadHost(late, behind, "rdphost").start()) {
                return withEntra(host, late);
            }
        }
        if (name.equals("other-host")) {
            try (RdpHost host =
                    aadHost(authority, Clock.systemUTC(), "elsewhere").start()) {
                return withEntra(host, authority);
            }
        }
        try (MockAuthority other = MockAuthority.start(MockAuthoritySettings.defaults());
                RdpHost host = aadHost(other, Clock.systemUTC(), "rdphost").start()) {
            return withEntra(host, authority);
        }
    }

    private static Ending explain(String name) throws IOException {
        Path recorded = Path.of(System.getProperty("porthole.fixtures"), "freerdp-aad", "xrdp-login-screen", "c2s.bin");
        String octets = Files.readString(recorded, StandardCharsets.ISO_8859_1);
        int from = octets.indexOf("\"rdp_assertion\":\"") + 17;
        String whole = octets.substring(from, octets.indexOf('"', from));
        String[] parts = whole.split("\\.");
        String assertion = switch (name) {
            case "padded" -> whole + "==";
            case "broken-signature" -> parts[0] + "." + parts[1] + "." + parts[2].replace('A', 'B');
            default -> whole;
        };
        return run(
                "explain",
                file("assertion.jwt", assertion),
                "--result",
                "-2146893048",
                "--host",
                name.equals("other-host") ? "elsewhere" : "rdphost",
                "--tenant",
                name.equals("other-tenant") ? "t" : "11111111-2222-4333-8444-555555555555");
    }

    private static Ending avd(AvdFault fault) throws IOException {
        BrokerPasswords passwords =
                new BrokerPasswords(identity.key(), "alice", Secret.of(PASSWORD), new SecureRandom()::nextBytes);
        try (RdpHost host = RdpHost.builder()
                        .certificate(identity.key(), identity.certificate())
                        .rdstls(passwords)
                        .start();
                AvdHost avd = AvdHost.start(
                        0,
                        new AvdHostSettings(
                                "localhost",
                                service,
                                host.address(),
                                identity,
                                "rdphost",
                                TOKEN::equals,
                                Optional.of(passwords),
                                0,
                                Set.of(fault)))) {
            Path authorities = Path.of(file("none", "")).resolveSibling("ca.pem");
            CertificateFile.write(authorities, List.of(service.certificate()));
            return run(
                    "connect",
                    "avd:Demo/Desktop",
                    "--feed",
                    avd.discovery().toString(),
                    "--avd-token-file",
                    file("token", TOKEN),
                    "--avd-ca-file",
                    authorities.toString(),
                    "--user",
                    "alice",
                    "--password-file",
                    secret(),
                    "--boot-timeout",
                    "0s");
        }
    }

    private static Ending gateway(String name) throws IOException {
        try (RdpHost host = RdpHost.builder()
                        .certificate(identity.key(), identity.certificate())
                        .tls()
                        .start();
                GatewayHost gateway = GatewayHost.builder()
                        .identity(service)
                        .user(USER, PASSWORD)
                        .signIns(EnumSet.of(GatewaySignIn.BASIC))
                        .to(host.address())
                        .faults(GatewayFaults.named(name).orElseThrow())
                        .start()) {
            return connect(
                    "127.0.0.1:" + host.port(),
                    "--security",
                    "tls",
                    "--gateway",
                    "127.0.0.1:" + gateway.port(),
                    "--gateway-certificate",
                    "pin:" + gateway.identity().sha256(),
                    "--gateway-user",
                    USER,
                    "--gateway-password-file",
                    secret());
        }
    }

    /** Answers each read of every connection with the next of its answers, and then closes or waits. */
    private static final class Canned implements AutoCloseable {
        static final String RESET = "reset";

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final boolean closes;
        private final List<String> answers;

        Canned(boolean closes, String... answers) throws IOException {
            this.closes = closes;
            this.answers = List.of(answers);
            Thread thread = new Thread(this::serve, "canned");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try {
                    Socket peer = socket.accept();
                    open.add(peer);
                    InputStream in = peer.getInputStream();
                    OutputStream out = peer.getOutputStream();
                    for (String answer : answers) {
                        if (in.read(new byte[8192]) < 0) {
                            break;
                        }
                        if (answer.equals(RESET)) {
                            peer.setSoLinger(true, 0);
                        } else {
                            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        }
                    }
                    if (closes) {
                        peer.close();
                    }
                } catch (IOException e) {
                    continue; // the peer or the test went away
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket peer : open) {
                peer.close();
            }
        }
    }
}
