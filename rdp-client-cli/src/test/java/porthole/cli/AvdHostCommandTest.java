package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.avd.AvdFault;

/** The embedded service from the command line, and a client as it says. */
class AvdHostCommandTest {
    @TempDir
    private Path folder;

    @Test
    void everyFaultIsListed() {
        Shell shell = new Shell();
        assertThat(shell.run("host", "--list-faults", "--json")).isZero();
        for (AvdFault fault : AvdFault.values()) {
            assertThat(shell.objects())
                    .as(fault.label())
                    .anySatisfy(object -> assertThat(object)
                            .containsEntry("name", fault.label())
                            .containsEntry("needs", "--avd")
                            .containsEntry("expectedCause", fault.cause()));
        }
        assertThat(shell.run("host", "--fault", "broker-no-host")).isEqualTo(2);
        assertThat(shell.err()).contains("needs --avd");
        assertThat(shell.run("host", "--avd", "--security", "tls")).isEqualTo(2);
    }

    @Test
    void aClientGetsThereAsTheHostSaysAndAFaultEndsItInItsStage() throws Exception {
        Path ca = folder.resolve("ca.pem");
        assertThat(connected(ca, 0, "--avd-boots", "1").err())
                .contains("broker says E_PROXY_ORCHESTRATION_LB_SESSIONHOST_DEALLOCATED; asking again in 1 s (1 of");
        assertThat(connected(ca, 44, "--fault", "broker-no-host").err()).contains("drain mode");
    }

    private Shell connected(Path ca, int expected, String... more) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "tr0ub4dor&3");
        Shell host = new Shell();
        Shell client = new Shell();
        CompletableFuture<Integer> running;
        try (PipedOutputStream end = new PipedOutputStream()) {
            host.in(new PipedInputStream(end));
            String[] base = {
                "host",
                "--avd",
                "--port",
                "0",
                "--avd-port",
                "0",
                "--json",
                "--ca-file",
                ca.toString(),
                "--user",
                "alice",
                "--password-file",
                password.toString(),
                more[0],
                more[1]
            };
            running = CompletableFuture.supplyAsync(() -> host.run(base));
            Map<String, Object> listening = listening(host, running);
            String feed = listening.get("feed").toString();
            int code = client.run(
                    "avd",
                    "connect",
                    "Demo/Desktop",
                    "--feed",
                    feed,
                    "--avd-ca-file",
                    ca.toString(),
                    "--authority",
                    listening.get("authority").toString(),
                    "--authority-ca-file",
                    ca.toString());
            assertThat(code).as(client.err() + host.err()).isEqualTo(expected);
        }
        assertThat(running.get(60, TimeUnit.SECONDS)).as(host.err()).isZero();
        assertThat(host.objects()).extracting(object -> object.get("event")).contains("avd-feed", "avd-broker");
        assertThat(host.out() + host.err() + client.out() + client.err()).doesNotContain("eyJ", "tr0ub4dor");
        return client;
    }

    private static Map<String, Object> listening(Shell host, CompletableFuture<Integer> running) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until && !running.isDone()) {
            if (host.out().contains("\n")) {
                return host.objects().get(0);
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it does not listen: " + host.err());
    }
}
