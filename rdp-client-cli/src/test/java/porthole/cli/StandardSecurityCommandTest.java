package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.host.RdpHost;
import porthole.host.fault.Faults;
import porthole.protocol.gcc.ServerSecurityData;

/** {@code --security rdp} from the command line. */
class StandardSecurityCommandTest {
    private final Shell shell = new Shell();

    @ParameterizedTest
    @CsvSource({"1, '40', 40BIT", "2, '40,56', 56BIT", "3, '40,56,128', 128BIT", "4, '128,fips', FIPS"})
    void typesIntoASessionOfEveryLevel(int level, String methods, String chosen) {
        try (RdpHost host = RdpHost.builder().rdp(level).start()) {
            String script = String.join(
                    "\n",
                    "{\"command\":\"wait\",\"for\":\"frame\",\"id\":1}",
                    "{\"command\":\"wait\",\"for\":\"quiet\",\"quiet\":\"100ms\",\"id\":2}",
                    "{\"command\":\"type\",\"text\":\"abc\",\"id\":3}",
                    "{\"command\":\"wait\",\"for\":\"change\",\"id\":4}",
                    "{\"command\":\"wait\",\"for\":\"quiet\",\"quiet\":\"100ms\",\"id\":5}");
            int status = shell.in(script + "\n")
                    .run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--security",
                            "rdp",
                            "--encryption-methods",
                            methods,
                            "--control",
                            "-");
            assertThat(status).as(shell.out() + shell.err()).isZero();
            assertThat(shell.objects()).noneMatch(event -> "error".equals(event.get("event")));
        }
        try (RdpHost host = RdpHost.builder().rdp(level).start()) {
            Shell probing = new Shell();
            assertThat(probing.run(
                            "probe",
                            "127.0.0.1:" + host.port(),
                            "--security",
                            "rdp",
                            "--encryption-methods",
                            methods,
                            "--until",
                            "auth",
                            "--json"))
                    .as(probing.out() + probing.err())
                    .isZero();
            assertThat(probing.out())
                    .contains("\"encryptionMethod\":\"" + chosen + "\"", "\"encryptionLevel\":" + level);
            Shell shorter = new Shell();
            assertThat(shorter.run("probe", "127.0.0.1:" + host.port(), "--security", "rdp"))
                    .as("a probe up to TLS ends where TLS would have been: " + shorter.err())
                    .isZero();
        }
    }

    @Test
    void aMethodThatWasNotOfferedAndAChangedMessageHaveTheirNames() {
        try (RdpHost host = RdpHost.builder()
                .rdp(ServerSecurityData.LEVEL_HIGH)
                .faults(Faults.named("rdp-bad-signature").orElseThrow())
                .start()) {
            String where = "127.0.0.1:" + host.port();
            assertThat(shell.run("connect", where, "--security", "rdp", "--json"))
                    .isNotZero();
            assertThat(shell.out()).contains("message-signature");
        }
        Shell careless = new Shell();
        assertThat(careless.run("connect", "127.0.0.1", "--security", "rdp", "--encryption-methods", "64"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(careless.err()).contains("none of 40, 56, 128, fips");
    }

    @Test
    void theHostCommandKnowsLevels() {
        assertThat(shell.run("host", "--security", "rdp", "--encryption-level", "ultra"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.err()).contains("none of none, low, medium, high, fips");
        assertThat(shell.run("host", "--security", "tls", "--encryption-level", "low"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.in("").run("host", "--security", "rdp", "--encryption-level", "fips", "--port", "0", "--json"))
                .isZero();
        Map<String, Object> listening = shell.objects().get(0);
        assertThat(listening).containsEntry("event", "listening").containsEntry("security", "rdp");
    }

    @Test
    void aRecordingWithSecretsReplaysAndOneWithoutStaysClosed(@TempDir Path folder) {
        Path known = folder.resolve("known.porthole");
        Path closed = folder.resolve("closed.porthole");
        try (RdpHost host = RdpHost.builder().rdp(ServerSecurityData.LEVEL_FIPS).start()) {
            String where = "127.0.0.1:" + host.port();
            String picture = folder.resolve("a.png").toString();
            assertThat(shell.run(
                            "connect",
                            where,
                            "--security",
                            "rdp",
                            "--screenshot",
                            picture,
                            "--record",
                            known.toString(),
                            "--record-secrets"))
                    .as(shell.out() + shell.err())
                    .isZero();
            assertThat(shell.run(
                            "connect",
                            where,
                            "--security",
                            "rdp",
                            "--screenshot",
                            picture,
                            "--record",
                            closed.toString()))
                    .isZero();
        }
        Shell replaying = new Shell();
        assertThat(replaying.run("replay", known.toString(), "--verify"))
                .as(replaying.out() + replaying.err())
                .isZero();
        Shell decoding = new Shell();
        assertThat(decoding.run("decode", "--no-fields", known.toString())).isZero();
        assertThat(decoding.out()).contains("DemandActivePdu").doesNotContain("(encrypted)");
        Shell blind = new Shell();
        assertThat(blind.run("decode", "--no-fields", closed.toString())).isZero();
        assertThat(blind.err()).contains("messages are encrypted");
        assertThat(blind.out()).doesNotContain("DemandActivePdu");
    }
}
