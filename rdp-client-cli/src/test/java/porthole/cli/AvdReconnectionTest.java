package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.CuttingProxy;
import porthole.host.RdpHost;
import porthole.host.avd.AvdEvent;
import porthole.host.avd.AvdHost;
import porthole.transport.Credentials;
import porthole.transport.Secret;

/** Sessions behind a broker that begin again: what it said for the last connection does not open the next one. */
class AvdReconnectionTest {
    private static final Credentials ALICE = new Credentials("alice", "", Secret.of("tr0ub4dor&3"));

    @TempDir
    private Path folder;

    private final Queue<AvdEvent> events = new ConcurrentLinkedQueue<>();
    private final Shell shell = new Shell();

    private static CuttingProxy cutting(InetSocketAddress host) {
        try {
            return new CuttingProxy(host.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(Predicate<Shell> told) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!told.test(shell)) {
            assertThat(System.nanoTime()).as(shell.out() + shell.err()).isLessThan(until);
            Thread.sleep(10);
        }
    }

    private List<Object> asked(String name, int status) {
        return events.stream()
                .filter(event ->
                        event.name().equals(name) && event.facts().get("status").equals(status))
                .map(event -> event.facts().get("path"))
                .toList();
    }

    /** Runs a session by its control protocol, and {@code interruption} once it shows something. */
    private void session(String resource, Interruption interruption) throws Exception {
        CompletableFuture<CuttingProxy> line = new CompletableFuture<>();
        EmbeddedAvd.Plan plan = EmbeddedAvd.Plan.of("cloudpc-1", ALICE)
                .withObserver(events::add)
                .withBetween(host -> {
                    line.complete(cutting(host));
                    return new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), line.join().port());
                });
        CompletableFuture<Integer> running;
        try (EmbeddedAvd avd = EmbeddedAvd.start(RdpHost.builder(), plan);
                CuttingProxy proxy = line.join();
                PipedOutputStream commands = new PipedOutputStream()) {
            Path ca = folder.resolve("ca.pem");
            CertificateFile.write(ca, avd.certificates());
            Path password = Files.writeString(
                    folder.resolve("password"), ALICE.password().reveal());
            shell.in(new PipedInputStream(commands));
            String authority = avd.authority().authority().base().toString();
            running = CompletableFuture.supplyAsync(() -> shell.run(
                    "avd",
                    "connect",
                    AvdHost.WORKSPACE + "/" + resource,
                    "--control",
                    "-",
                    "--json",
                    "--feed",
                    avd.discovery().toString(),
                    "--avd-ca-file",
                    ca.toString(),
                    "--user",
                    "alice",
                    "--password-file",
                    password.toString(),
                    "--authority",
                    authority,
                    "--authority-ca-file",
                    ca.toString(),
                    "--reconnect",
                    "5"));
            await(now -> now.out().contains("\"first-frame\"") || running.isDone());
            interruption.now(proxy, commands);
            await(now -> asked("websocket", 101).size() == 2 || running.isDone());
            say(commands, "{\"command\":\"type\",\"text\":\"x\"}", "{\"command\":\"wait\",\"for\":\"change\"}");
            await(now -> now.out().contains("\"command\":\"wait\"") || running.isDone());
            say(commands, "{\"command\":\"disconnect\"}");
            assertThat(running.get(60, TimeUnit.SECONDS))
                    .as(shell.out() + shell.err())
                    .isZero();
        }
        // two answers of the broker, and each leads through once
        assertThat(asked("broker", 200)).hasSize(2);
        assertThat(asked("websocket", 101)).containsExactly("/rdgw/session-1", "/rdgw/session-2");
        assertThat(shell.out()).contains("{\"event\":\"done\",\"command\":\"wait\"");
        assertThat(shell.out() + shell.err()).doesNotContain("eyJ", "tr0ub4dor");
    }

    private static void say(PipedOutputStream commands, String... lines) throws IOException {
        commands.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
    }

    private interface Interruption {
        void now(CuttingProxy proxy, PipedOutputStream commands) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {AvdHost.DESKTOP, AvdHost.DESKTOP_WITH_PASSWORD})
    void aCutLineAsksTheBrokerAnew(String resource) throws Exception {
        session(resource, (proxy, commands) -> {
            proxy.cut();
            await(now -> now.out().contains("\"reconnected\""));
        });
    }

    @Test
    void theCommandReconnectAsksTheBrokerAnew() throws Exception {
        session(AvdHost.DESKTOP, (proxy, commands) -> say(commands, "{\"command\":\"reconnect\"}"));
    }
}
