package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.host.RdpHost;

class ProbeCommandTest {
    private static RdpHost host;
    private static String where;

    private final Shell shell = new Shell();

    @BeforeAll
    static void start() {
        host = RdpHost.builder().start();
        where = "127.0.0.1:" + host.port();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, connect",
        "x224, connection-initiation",
        "tls, tls",
        "auth, basic-settings-exchange",
        "active, connection-finalization",
        "frame, first-frame"
    })
    void goesAsFarAsItIsTold(String until, String last) {
        assertThat(shell.run("probe", where, "--until", until, "--certificate", "ignore", "--json"))
                .as(shell.out() + shell.err())
                .isZero();
        List<Object> stages = shell.objects().stream()
                .filter(event -> event.get("event").equals("stage"))
                .map(event -> event.get("stage"))
                .toList();
        assertThat(stages.get(stages.size() - 1)).isEqualTo(last);
        assertThat(shell.objects().get(shell.objects().size() - 1))
                .containsEntry("event", "result")
                .containsEntry("ok", true)
                .containsEntry("target", where);
    }

    @Test
    void tellsWhatTheHostOffers() {
        assertThat(shell.run("probe", where, "--until", "x224", "--offers", "--json"))
                .isZero();
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("offer"))
                .hasSize(6)
                .filteredOn(event -> event.get("offered").equals(true))
                .extracting(event -> event.get("protocol"))
                .containsExactly("TLS");
    }

    @Test
    void theWorstOfSeveralTargetsDecides() {
        assertThat(shell.run("probe", where, "127.0.0.1:1", "nowhere.invalid", "--until", "x224"))
                .isEqualTo(ExitCode.RESOLVE.number());
        assertThat(shell.out()).contains("reached connection-initiation").contains("FAILED");
        assertThat(shell.err()).contains("127.0.0.1:1").contains("nowhere.invalid");
        assertThat(shell.run("probe", where, "--until", "tls")).isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(shell.run("probe", where, "--until", "x224", "--security", "aad"))
                .isEqualTo(ExitCode.SECURITY_REFUSED.number());
    }

    @Test
    void manyProbesInOneProcess() {
        String[] command = new String[26];
        Arrays.fill(command, where);
        command[0] = "probe";
        command[1] = "--json";
        command[2] = "--until=frame";
        command[3] = "--certificate=ignore";
        assertThat(shell.run(command)).isZero();
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("result"))
                .hasSize(22)
                .allMatch(event -> event.get("ok").equals(true));
    }

    @Test
    void wrongUse() {
        assertThat(shell.run("probe")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("probe", where, "--until", "lunch")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("probe", where, "--concurrency", "0")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("probe", where, "--until", "auth", "--security", "aad"))
                .isEqualTo(ExitCode.USAGE.number());
    }
}
