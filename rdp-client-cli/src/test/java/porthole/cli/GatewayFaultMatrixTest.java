package porthole.cli;

import static porthole.cli.FaultRuns.PASSWORD;
import static porthole.cli.FaultRuns.USER;
import static porthole.cli.FaultRuns.connect;
import static porthole.cli.FaultRuns.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.host.gateway.GatewayFaults;
import porthole.host.gateway.GatewayHost;
import porthole.host.gateway.GatewaySignIn;
import porthole.host.session.HostIdentity;

/** Faults of an RD Gateway. */
class GatewayFaultMatrixTest {
    static final List<FaultRuns.Row> ROWS = rows();

    @TempDir
    static Path folder;

    private static HostIdentity identity;
    private static HostIdentity service;
    private static FaultRuns runs;

    @BeforeAll
    static void start() {
        SecureRandom random = new SecureRandom();
        identity = HostIdentity.selfSigned("rdphost", random);
        service = HostIdentity.selfSigned("localhost", random);
        runs = new FaultRuns(ROWS, GatewayFaultMatrixTest::plant);
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    @TestFactory
    Stream<DynamicTest> stageCauseAndExitCode() {
        return runs.tests();
    }

    /** One fault for each of its steps and causes. */
    private static List<FaultRuns.Row> rows() {
        Set<String> seen = new HashSet<>();
        return GatewayFaults.list().stream()
                .filter(fault -> !fault.survives() && !fault.cause().equals("deadline"))
                .filter(fault -> fault.transport().isEmpty())
                .filter(fault -> seen.add(fault.point() + fault.cause()))
                .map(fault -> new FaultRuns.Row(
                        "gateway",
                        "gateway:" + fault.name(),
                        fault.stage().orElseThrow().label(),
                        fault.cause(),
                        ExitCode.of(fault.stage().get()).number()))
                .toList();
    }

    private static FaultRuns.Ending plant(FaultRuns.Row row) throws IOException {
        try (RdpHost host = RdpHost.builder()
                        .certificate(identity.key(), identity.certificate())
                        .tls()
                        .start();
                GatewayHost gateway = GatewayHost.builder()
                        .identity(service)
                        .user(USER, PASSWORD)
                        .signIns(EnumSet.of(GatewaySignIn.BASIC))
                        .to(host.address())
                        .faults(GatewayFaults.named(row.name()).orElseThrow())
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
                    secret(folder));
        }
    }
}
