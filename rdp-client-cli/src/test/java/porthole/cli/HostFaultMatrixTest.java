package porthole.cli;

import static porthole.cli.FaultRuns.PATIENT;
import static porthole.cli.FaultRuns.SHORT;
import static porthole.cli.FaultRuns.run;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.session.HostIdentity;

/** Faults of a host in the negotiation and in TLS. */
class HostFaultMatrixTest {
    /** Columns: layer, fault, stage, first cause, exit code. */
    static final List<FaultRuns.Row> ROWS = FaultRuns.rows("""
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
            """);

    @TempDir
    static Path folder;

    private static HostIdentity identity;
    private static FaultRuns runs;

    @BeforeAll
    static void start() {
        identity = HostIdentity.selfSigned("rdphost", new SecureRandom());
        runs = new FaultRuns(ROWS, HostFaultMatrixTest::plant);
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    @TestFactory
    Stream<DynamicTest> stageCauseAndExitCode() {
        return runs.tests();
    }

    private static FaultRuns.Ending plant(FaultRuns.Row row) {
        Fault fault = Faults.named(row.fault()).orElseThrow();
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
                    "--timeout",
                    fault.expectedCause().equals("deadline") ? SHORT : PATIENT);
        }
    }
}
