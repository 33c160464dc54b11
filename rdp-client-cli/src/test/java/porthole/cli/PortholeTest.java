package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortholeTest {
    private final Shell shell = new Shell();

    @Test
    void saysWhatItIsAndWhichCommandsThereAre() {
        assertThat(shell.run("--help")).isZero();
        assertThat(shell.out()).contains("help").contains("completion").contains("Examples:");
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.out()).startsWith("porthole ").contains("Java ");
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        shell.run("help");
        for (String command : Porthole.names()) {
            assertThat(shell.run("help", command)).as(command).isZero();
            assertThat(shell.out())
                    .as(command)
                    .contains("Usage: porthole " + command)
                    .contains("xample");
            assertThat(shell.err()).as(command).isEmpty();
        }
    }

    @Test
    void writesACompletionScriptThatKnowsTheOptions() {
        assertThat(shell.run("completion")).isZero();
        assertThat(shell.out()).contains("_complete_porthole").contains("--json");
        assertThat(shell.out())
                .containsPattern("local commands=\"[^\"]*\\bavd\\b[^\"]*\"")
                .contains("function _picocli_porthole_avd() {", "local commands=\"list connect\"")
                .contains("function _picocli_porthole_avd_list() {", "function _picocli_porthole_avd_connect() {")
                .contains("'--boot-timeout'");
    }

    @Test
    void listsTheExitCodesInBothForms() {
        assertThat(shell.run("help", "exit-codes")).isZero();
        assertThat(shell.out()).contains(" 15  tls ").contains(" 26  first-frame ");
        assertThat(shell.run("help", "exit-codes", "--json")).isZero();
        assertThat(shell.objects()).hasSize(ExitCode.values().length);
        assertThat(shell.objects().get(0)).containsEntry("code", 0L);
    }

    @Test
    void aWrongCommandLineIsUsageAndSaysWhereHelpIs() {
        assertThat(shell.run("help", "--nonsense=x")).isEqualTo(2);
        assertThat(shell.err()).contains("unknown option --nonsense").contains("see: porthole help --help");
        assertThat(shell.out()).isEmpty();
        assertThat(shell.run("nonsense")).isEqualTo(2);
        assertThat(shell.run("help", "nonsense")).isEqualTo(2);
        assertThat(shell.run("help", "--json", "--nonsense")).isEqualTo(2);
        assertThat(shell.objects().get(0)).containsEntry("kind", "usage");
    }

    @Test
    void aSecretOnTheCommandLineIsNeitherTakenNorRepeated() {
        assertThat(shell.run("help", "--password", "hunter2")).isEqualTo(2);
        assertThat(shell.run("help", "--password=hunter2")).isEqualTo(2);
        assertThat(shell.err()).contains("--password-file").doesNotContain("hunter2");
        assertThat(shell.out()).doesNotContain("hunter2");
    }
}
