package porthole.cli;

import static porthole.cli.FaultRuns.PASSWORD;
import static porthole.cli.FaultRuns.TOKEN;
import static porthole.cli.FaultRuns.run;
import static porthole.cli.FaultRuns.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.avd.AvdFault;

/** Faults of feed, broker and gateway of a desktop service. */
class AvdFaultMatrixTest {
    /** Columns: layer, fault, stage, first cause, exit code. */
    static final List<FaultRuns.Row> ROWS = FaultRuns.rows("""
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
            """);

    @TempDir
    static Path folder;

    private static FaultRuns runs;

    @BeforeAll
    static void start() {
        runs = new FaultRuns(ROWS, AvdFaultMatrixTest::plant);
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    @TestFactory
    Stream<DynamicTest> stageCauseAndExitCode() {
        return runs.tests();
    }

    private static FaultRuns.Ending plant(FaultRuns.Row row) throws IOException {
        AvdFault fault = AvdFault.named(row.name()).orElseThrow();
        try (AvdLab avd = AvdLab.start(folder, "alice", PASSWORD, TOKEN, Set.of(fault))) {
            return run(avd.connect("avd:Demo/Desktop", "--user", "alice", "--password-file", secret(folder)));
        }
    }
}
