package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;

/** A virtual machine's console, recorded, taken apart and replayed: preconnection text, TLS, CredSSP, and only then X.224. */
class VmConnectTest {
    private static final String VM = "b2d4c2a0-0000-4000-8000-0000000000b1";

    private final ExecutorService work = Executors.newSingleThreadExecutor();
    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        work.shutdownNow();
    }

    private int connect(RdpHost host, Path recording, String... more) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "s3cret-word\n");
        List<String> arguments = new ArrayList<>(List.of(
                "connect",
                "127.0.0.1:" + host.port(),
                "--certificate",
                "pin:" + host.certificateSha256(),
                "--user",
                "alice",
                "--password-file",
                password.toString(),
                "--record",
                recording.toString()));
        arguments.addAll(List.of(more));
        return shell.run(arguments.toArray(String[]::new));
    }

    private List<String> decoded(Path recording) {
        assertThat(shell.run("decode", recording.toString(), "--json"))
                .as(shell.err())
                .isZero();
        return shell.objects().stream()
                .map(object -> String.valueOf(object.get("name")))
                .toList();
    }

    @Test
    void aConsoleIsRecordedAndReplaysToItsEnd() throws IOException {
        Path recording = folder.resolve("vm.porthole");
        try (RdpHost host = RdpHost.builder()
                .nla(NlaHost.of(List.of(HostUser.of("alice", "s3cret-word")), work))
                .start()) {
            assertThat(connect(host, recording, "--vmconnect", VM))
                    .as(shell.err())
                    .isZero();
        }
        List<String> names = decoded(recording);
        assertThat(names.subList(0, 2)).containsExactly("PreconnectionPdu", "TsRequest");
        assertThat(names.indexOf("ConnectionRequest")).isGreaterThan(names.lastIndexOf("TsRequest"));
        assertThat(names.indexOf("ConnectInitial")).isGreaterThan(names.indexOf("ConnectionConfirm"));

        assertThat(shell.run("replay", recording.toString(), "--verify"))
                .as(shell.err() + shell.out())
                .isZero();
    }

    @Test
    void tlsAtOnceWithAnIdIsRecordedAndReplaysToItsEnd() throws IOException {
        Path recording = folder.resolve("direct.porthole");
        try (RdpHost host = RdpHost.builder().start()) {
            assertThat(connect(host, recording, "--security", "tls", "--direct", "--pcid", "4711"))
                    .as(shell.err())
                    .isZero();
        }
        assertThat(decoded(recording).subList(0, 3))
                .containsExactly("PreconnectionPdu", "ConnectionRequest", "ConnectionConfirm");
        assertThat(shell.run("replay", recording.toString(), "--verify"))
                .as(shell.err() + shell.out())
                .isZero();
    }

    @Test
    void aTextBeforeTheNegotiationIsRecordedAndReplaysToItsEnd() throws IOException {
        Path recording = folder.resolve("text.porthole");
        try (RdpHost host = RdpHost.builder().start()) {
            assertThat(connect(host, recording, "--security", "tls", "--pcb", "blue"))
                    .as(shell.err())
                    .isZero();
        }
        assertThat(decoded(recording).subList(0, 3))
                .containsExactly("PreconnectionPdu", "ConnectionRequest", "ConnectionConfirm");
        assertThat(shell.run("replay", recording.toString(), "--verify"))
                .as(shell.err() + shell.out())
                .isZero();
    }

    @Test
    void aProxyThatIsNotThereEndsInTheConnectStage() throws IOException {
        try (RdpHost host = RdpHost.builder().start()) {
            int closed;
            try (ServerSocket free = new ServerSocket(0)) {
                closed = free.getLocalPort();
            }
            int code = connect(
                    host,
                    folder.resolve("none.porthole"),
                    "--security",
                    "tls",
                    "--proxy",
                    "http://x:geheim@127.0.0.1:" + closed);
            assertThat(code).isEqualTo(ExitCode.CONNECT.number());
            assertThat(shell.err())
                    .contains("a TCP connection to the proxy http://127.0.0.1:" + closed)
                    .doesNotContain("geheim");
            assertThat(host.connectionsSoFar()).isZero();
        }
    }
}
