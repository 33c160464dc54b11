package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;

class TrustCommandTest {
    private static RdpHost host;
    private static String where;

    @TempDir
    private Path folder;

    private Path file;
    private Shell shell;

    @BeforeAll
    static void start() {
        host = RdpHost.builder().start();
        where = "127.0.0.1:" + host.port();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void open() {
        file = folder.resolve("known-hosts");
        shell = new Shell().with("PORTHOLE_KNOWN_HOSTS", file.toString());
    }

    @Test
    void addsListsUsesAndRemoves() throws Exception {
        assertThat(shell.run("trust", "add", where)).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains(where + " added")
                .contains("sha256:" + host.certificateSha256())
                .contains("spki:")
                .contains("subject CN=");
        assertThat(shell.run("trust", "list", "--json")).isZero();
        assertThat(shell.objects()).hasSize(1).first().satisfies(entry -> {
            assertThat(entry).containsEntry("endpoint", where);
            assertThat((List<?>) entry.get("pins")).hasSize(2).first().isEqualTo("sha256:" + host.certificateSha256());
        });
        assertThat(shell.run("trust", "list")).isZero();
        assertThat(shell.out()).isEqualTo(Files.readString(file));
        assertThat(shell.run("probe", where, "--certificate", "tofu")).isZero();
        assertThat(shell.out()).contains("trustedBecause the same certificate as kept for " + where);
        assertThat(shell.run("trust", "add", where)).isZero();
        assertThat(shell.out()).contains("already known");
        assertThat(shell.run("trust", "remove", where)).isZero();
        assertThat(shell.out()).contains(where + " removed");
        assertThat(shell.run("trust", "remove", where)).isEqualTo(ExitCode.USAGE.number());
        assertThat(Files.readString(file)).isEmpty();
    }

    @Test
    void anotherCertificateIsOnlyReplacedWhenTold() throws Exception {
        Files.writeString(file, where + " sha256:" + "00".repeat(32) + "\n");
        assertThat(shell.run("trust", "add", where)).isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(shell.err()).contains("--replace");
        assertThat(shell.run("probe", where, "--certificate", "tofu"))
                .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(shell.err()).contains("trust add --replace " + where);
        assertThat(shell.run("trust", "add", where, "--replace", "--json")).isZero();
        assertThat(shell.objects().get(0)).containsEntry("change", "replaced");
        assertThat(shell.run("probe", where, "--certificate", "tofu")).isZero();
    }

    @Test
    void keepsOnlyWhatIsExpected() {
        assertThat(shell.run("trust", "add", where, "--expect", "00".repeat(32)))
                .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(file).doesNotExist();
        assertThat(shell.run("trust", "add", where, "--expect", host.certificateSha256()))
                .isZero();
        assertThat(file).exists();
    }

    @Test
    void takesWhatAProbeSaw() {
        assertThat(shell.run("probe", where, "--certificate", "ignore", "--json"))
                .isZero();
        String seen = shell.out();
        assertThat(shell.in(seen).run("trust", "add", "--from-probe", "-", "--expect", "00".repeat(32)))
                .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(file).doesNotExist();
        assertThat(shell.in(seen).run("trust", "add", "--from-probe", "-"))
                .as(shell.err())
                .isZero();
        assertThat(shell.run("probe", where, "--certificate", "tofu")).isZero();
        assertThat(shell.out()).contains("trustedBecause the same certificate");
    }

    @Test
    void pinsByPublicKeyAsTheProbeShowsThem() {
        assertThat(shell.run("trust", "add", where, "--json")).isZero();
        Object key = shell.objects().get(0).get("spki");
        assertThat(shell.run("probe", where, "--certificate", "pin:" + "00".repeat(32) + ",pin:spki:" + key))
                .isZero();
        assertThat(shell.out()).contains("the public key is pinned as spki:" + key);
        assertThat(shell.run("probe", where, "--certificate", "pin:sha256//" + key))
                .isZero();
        assertThat(shell.run("probe", where, "--certificate", "pin:" + "00".repeat(32)))
                .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(shell.err()).contains("spki:" + key).contains("sha256:" + host.certificateSha256());
    }

    @Test
    void logsKeysOnlyWhereItIsAskedTo() throws Exception {
        Path log = folder.resolve("keys");
        shell.with("SSLKEYLOGFILE", log.toString());
        assertThat(shell.run("probe", where, "--certificate", "ignore", "--tls-provider", "jdk"))
                .isZero();
        assertThat(shell.err()).contains("SSLKEYLOGFILE is not followed");
        assertThat(log).doesNotExist();
        assertThat(shell.run("probe", where, "--certificate", "ignore")).isZero();
        assertThat(shell.err()).contains("SSLKEYLOGFILE is set").contains(log.toString());
        assertThat(Files.readString(log)).matches("(?s)(CLIENT|SERVER)_.* [0-9a-f]{64} [0-9a-f]{64,96}\n.*");
        shell.with("SSLKEYLOGFILE", folder.resolve("no/such/folder").toString());
        assertThat(shell.run("probe", where, "--certificate", "ignore")).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void wrongUse() {
        assertThat(shell.run("trust")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("trust", "add")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("trust", "add", where, "--from-probe", "-")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("trust", "add", where, "--expect", "x")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.in("{}\n").run("trust", "add", "--from-probe", "-")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("trust", "remove")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("trust", "add", "--help")).isZero();
        assertThat(shell.out()).contains("Usage: porthole trust add").contains("xample");
    }
}
