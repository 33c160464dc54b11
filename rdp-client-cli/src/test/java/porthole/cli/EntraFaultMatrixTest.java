package porthole.cli;

import static porthole.cli.FaultRuns.PATIENT;
import static porthole.cli.FaultRuns.file;
import static porthole.cli.FaultRuns.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.RdpResource;
import porthole.aad.verify.Expectations;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.EntraFault;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.session.HostIdentity;

/** Faults of the authority, of tokens and assertions, and verdicts of a host that joined Entra ID. A fault without a colon is one of the host. */
class EntraFaultMatrixTest {
    /** Columns: layer, fault, stage, first cause, exit code. */
    static final List<FaultRuns.Row> ROWS = FaultRuns.rows("""
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
            """);

    @TempDir
    static Path folder;

    /** Time for the token before a host that says nothing more. */
    private static final String LATER = "12s";

    private static HostIdentity identity;
    private static MockAuthority authority;
    private static FaultRuns runs;

    @BeforeAll
    static void start() {
        identity = HostIdentity.selfSigned("rdphost", new SecureRandom());
        authority = MockAuthority.start(MockAuthoritySettings.defaults());
        runs = new FaultRuns(ROWS, EntraFaultMatrixTest::plant);
    }

    @AfterAll
    static void end() {
        runs.close();
        authority.close();
    }

    @TestFactory
    Stream<DynamicTest> stageCauseAndExitCode() {
        return runs.tests();
    }

    private static FaultRuns.Ending plant(FaultRuns.Row row) throws IOException {
        String fault = row.fault();
        String kind = fault.contains(":") ? fault.substring(0, fault.indexOf(':')) : "host";
        return switch (kind) {
            case "entra" -> entra(EntraFault.named(row.name()).orElseThrow());
            case "token" -> token(row.name());
            case "assertion" -> assertion(row.name());
            case "explain" -> explain(row.name());
            default -> host(Faults.named(fault).orElseThrow());
        };
    }

    private static RdpHostBuilder aadHost(MockAuthority trusted, Clock clock, String name) {
        return RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .aad(new EntraAssertionCheck(
                        Expectations.host(RdpResource.named(name), trusted.keys(), trusted), clock, Runnable::run));
    }

    private static FaultRuns.Ending withEntra(RdpHost host, MockAuthority asked, String... more) throws IOException {
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
                file(folder, "ca.pem", asked.certificatePem()),
                "--entra-name",
                "rdphost"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private static FaultRuns.Ending host(Fault fault) throws IOException {
        String time = fault.expectedCause().equals("deadline") ? LATER : PATIENT;
        try (RdpHost host =
                aadHost(authority, Clock.systemUTC(), "rdphost").faults(fault).start()) {
            return withEntra(host, authority, "--timeout", time);
        }
    }

    private static FaultRuns.Ending entra(EntraFault fault) throws IOException {
        MockAuthoritySettings settings = MockAuthoritySettings.defaults();
        if (fault == EntraFault.TOKEN_REFUSED) {
            settings = settings.refusalCode(53003);
        }
        try (MockAuthority faulty = MockAuthority.start(settings.faults(fault));
                RdpHost host = aadHost(faulty, Clock.systemUTC(), "rdphost").start()) {
            return withEntra(host, faulty);
        }
    }

    private static FaultRuns.Ending token(String name) throws IOException {
        try (RdpHost host = aadHost(authority, Clock.systemUTC(), "rdphost").start()) {
            String command = switch (name) {
                case "no-token" -> "true";
                case "command-fails" -> "echo no >&2; exit 7";
                default -> "echo eyJhbGciOiJSUzI1NiJ9.bm90LWpzb24.AAAA";
            };
            return withEntra(host, authority, "--token-command", command);
        }
    }

    private static FaultRuns.Ending assertion(String name) throws IOException {
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

    private static FaultRuns.Ending explain(String name) throws IOException {
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
                file(folder, "assertion.jwt", assertion),
                "--result",
                "-2146893048",
                "--host",
                name.equals("other-host") ? "elsewhere" : "rdphost",
                "--tenant",
                name.equals("other-tenant") ? "t" : "11111111-2222-4333-8444-555555555555");
    }
}
