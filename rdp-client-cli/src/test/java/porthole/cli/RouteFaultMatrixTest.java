package porthole.cli;

import static porthole.cli.FaultRuns.PATIENT;
import static porthole.cli.FaultRuns.SHORT;
import static porthole.cli.FaultRuns.TOKEN;
import static porthole.cli.FaultRuns.USER;
import static porthole.cli.FaultRuns.connect;
import static porthole.cli.FaultRuns.file;
import static porthole.cli.FaultRuns.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Faults on the way to the host: names, TCP and proxies. */
class RouteFaultMatrixTest {
    /** Columns: layer, fault, stage, first cause, exit code. */
    static final List<FaultRuns.Row> ROWS = FaultRuns.rows("""
            dns        | dns:nothing.invalid                       | resolve                 | name-unknown          | 12
            dns        | dns:label..empty                          | resolve                 | name-unknown          | 12
            dns        | dns:proxy                                 | resolve                 | name-unknown          | 12
            dns        | dns:gateway                               | resolve                 | name-unknown          | 12
            dns        | dns:authority                             | token                   | resolve               | 10
            dns        | dns:feed                                  | feed                    | resolve               | 43
            tcp        | tcp:closed-port                           | connect                 | connection-refused    | 13
            tcp        | tcp:closes-at-once                        | connection-initiation   | early-close           | 14
            tcp        | tcp:resets                                | connection-initiation   | io                    | 14
            tcp        | tcp:says-nothing                          | connection-initiation   | deadline              | 14
            tcp        | tcp:gateway-closed-port                   | connect                 | connection-refused    | 13
            proxy      | proxy:closed-port                         | connect                 | connection-refused    | 13
            proxy      | proxy:407                                 | connect                 | proxy-authentication  | 13
            proxy      | proxy:403                                 | connect                 | proxy-refused         | 13
            proxy      | proxy:502                                 | connect                 | proxy-refused         | 13
            proxy      | proxy:garbage                             | connect                 | proxy-answer          | 13
            proxy      | proxy:closes                              | connect                 | early-close           | 13
            proxy      | proxy:says-nothing                        | connect                 | deadline              | 13
            proxy      | proxy:socks-host-unreachable              | connect                 | proxy-refused         | 13
            proxy      | proxy:socks-no-method                     | connect                 | proxy-authentication  | 13
            """);

    @TempDir
    static Path folder;

    private static FaultRuns runs;

    @BeforeAll
    static void start() {
        runs = new FaultRuns(ROWS, RouteFaultMatrixTest::plant);
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
        return switch (row.layer()) {
            case "dns" -> dns(row.name());
            case "tcp" -> tcp(row.name());
            default -> proxy(row.name());
        };
    }

    private static FaultRuns.Ending dns(String name) throws IOException {
        return switch (name) {
            case "proxy" -> connect("127.0.0.1:1", "--proxy", "http://proxy.invalid:3128");
            case "gateway" ->
                connect(
                        "127.0.0.1:1",
                        "--gateway",
                        "gateway.invalid",
                        "--gateway-user",
                        USER,
                        "--gateway-password-file",
                        secret(folder));
            case "authority" ->
                connect(
                        "127.0.0.1:1",
                        "--security",
                        "aad",
                        "--authority",
                        "https://login.invalid",
                        "--entra-name",
                        "h");
            case "feed" ->
                connect(
                        "avd:Demo/Desktop",
                        "--feed",
                        "https://feed.invalid/api",
                        "--avd-token-file",
                        file(folder, "t", TOKEN));
            default -> connect(name);
        };
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static FaultRuns.Ending tcp(String name) throws IOException {
        return switch (name) {
            case "closed-port" -> connect("127.0.0.1:" + closedPort());
            case "gateway-closed-port" ->
                connect(
                        "127.0.0.1:1",
                        "--gateway",
                        "127.0.0.1:" + closedPort(),
                        "--gateway-user",
                        USER,
                        "--gateway-password-file",
                        secret(folder));
            case "closes-at-once" -> {
                try (Canned peer = new Canned(true, "")) {
                    yield connect("127.0.0.1:" + peer.port());
                }
            }
            case "resets" -> {
                try (Canned peer = new Canned(true, Canned.RESET)) {
                    yield connect("127.0.0.1:" + peer.port());
                }
            }
            default -> {
                try (Canned peer = new Canned(false, "")) {
                    yield connect("127.0.0.1:" + peer.port(), "--timeout", SHORT);
                }
            }
        };
    }

    private static FaultRuns.Ending proxy(String name) throws IOException {
        if (name.equals("closed-port")) {
            return connect("host.example", "--proxy", "http://127.0.0.1:" + closedPort());
        }
        boolean socks = name.startsWith("socks");
        String[] answers = switch (name) {
            case "407" ->
                new String[] {"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"};
            case "403" -> new String[] {"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"};
            case "502" -> new String[] {"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"};
            case "garbage" -> new String[] {"SSH-2.0-OpenSSH_9.2\r\n\r\n"};
            case "socks-no-method" -> new String[] {"\5\u00FF"};
            case "socks-host-unreachable" -> new String[] {"\5\0", "\5\4\0\1\0\0\0\0\0\0"};
            default -> new String[] {""};
        };
        try (Canned peer = new Canned(!name.equals("says-nothing"), answers)) {
            String url = (socks ? "socks5://127.0.0.1:" : "http://127.0.0.1:") + peer.port();
            return connect("host.example", "--proxy", url, "--timeout", name.equals("says-nothing") ? SHORT : PATIENT);
        }
    }

    /** Answers each read of every connection with the next of its answers, and then closes or waits. */
    private static final class Canned implements AutoCloseable {
        static final String RESET = "reset";

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new CopyOnWriteArrayList<>();
        private final boolean closes;
        private final List<String> answers;

        Canned(boolean closes, String... answers) throws IOException {
            this.closes = closes;
            this.answers = List.of(answers);
            Thread thread = new Thread(this::serve, "canned");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try {
                    Socket peer = socket.accept();
                    open.add(peer);
                    InputStream in = peer.getInputStream();
                    OutputStream out = peer.getOutputStream();
                    for (String answer : answers) {
                        if (in.read(new byte[8192]) < 0) {
                            break;
                        }
                        if (answer.equals(RESET)) {
                            peer.setSoLinger(true, 0);
                        } else {
                            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        }
                    }
                    if (closes) {
                        peer.close();
                    }
                } catch (IOException e) {
                    continue; // the peer or the test went away
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket peer : open) {
                peer.close();
            }
        }
    }
}
