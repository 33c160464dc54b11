package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.fault.Faults;

class HostCommandTest {
    private final Shell shell = new Shell();

    @Test
    void listsItsFaultsOnceEach() {
        assertThat(shell.run("host", "--list-faults", "--json")).isZero();
        Set<Object> names = new HashSet<>();
        shell.objects()
                .forEach(fault -> assertThat(names.add(fault.get("name"))).isTrue());
        assertThat(names).hasSizeGreaterThan(Faults.list().size());
        assertThat(shell.run("host", "--list-faults")).isZero();
        assertThat(shell.out()).contains(" -> ");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(shell.run("host", "--fault", "nosuch")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--security", "nla")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--bpp", "17")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--bind", "no address")).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aPortThatIsTakenIsWrongUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(shell.run("host", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(ExitCode.USAGE.number());
            assertThat(shell.err()).contains("cannot listen").contains("another port");
        }
    }

    @Test
    @Timeout(60)
    void anotherCommandSignsInWithEntraAsItIsTold(@TempDir Path folder) throws Exception {
        Path certificates = folder.resolve("authority.pem");
        CompletableFuture<Integer> status;
        try (PipedOutputStream input = new PipedOutputStream()) {
            shell.in(new PipedInputStream(input));
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> shell.run(
                    "host", "--security", "aad", "--port", "0", "--json", "--ca-file", certificates.toString()));
            while (!shell.out().contains("\n")) {
                assertThat(running).isNotDone();
                Thread.onSpinWait();
            }
            Map<String, Object> listening = shell.objects().get(0);
            assertThat(listening).containsEntry("event", "listening").containsEntry("security", "aad");
            Shell client = new Shell();
            assertThat(client.run(
                            "connect",
                            "127.0.0.1:" + listening.get("port"),
                            "--security",
                            "aad",
                            "--entra-name",
                            "localhost",
                            "--authority",
                            listening.get("authority").toString(),
                            "--authority-ca-file",
                            certificates.toString(),
                            "--certificate",
                            "pin:" + listening.get("certificateSha256"),
                            "--screenshot",
                            folder.resolve("card.png").toString()))
                    .as(client.err() + client.out())
                    .isZero();
            assertThat(Files.size(folder.resolve("card.png"))).isPositive();
            status = running;
        }
        assertThat(status.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(shell.objects()).extracting(event -> event.get("event")).contains("active", "ended");
        assertThat(shell.out()).doesNotContain("eyJ");
    }
}
