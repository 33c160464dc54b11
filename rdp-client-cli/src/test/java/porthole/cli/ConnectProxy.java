package porthole.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.host.nla.Acceptor;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.protocol.wire.Bytes;

/** An HTTP proxy on the loopback address: every name that it is asked for is this machine, and it notes who came and where to. */
final class ConnectProxy implements AutoCloseable {
    /** How it signs its one user in. */
    enum SignIn {
        NONE,
        BASIC,
        NTLM
    }

    static final String USER = "anna";
    static final String PASSWORD = "pr0xy-s3cret";

    private static final Pattern CONNECT = Pattern.compile("CONNECT ([^ ]+):(\\d+) HTTP/1.1\r\n");
    private static final Pattern WHO = Pattern.compile("(?i)\r\nProxy-Authorization: (\\w+) (\\S+)\r\n");

    private final ServerSocket server;
    private final SignIn signIn;
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    ConnectProxy(SignIn signIn) throws IOException {
        this.signIn = signIn;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                start(() -> serve(client));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // closed: what was to be seen was noted before
                    }
                },
                "connect-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The destinations that were opened, as HOST:PORT. */
    List<String> opened() {
        return List.copyOf(opened);
    }

    private void serve(Socket client) throws IOException {
        Optional<Acceptor> ntlm = Optional.empty();
        while (true) {
            String head = head(client.getInputStream());
            Matcher connect = CONNECT.matcher(head);
            if (!connect.lookingAt()) {
                client.close();
                return;
            }
            Matcher who = WHO.matcher(head);
            boolean said = who.find();
            String answer = "";
            boolean known = signIn == SignIn.NONE;
            if (signIn == SignIn.BASIC) {
                known = said
                        && new String(Base64.getDecoder().decode(who.group(2)), StandardCharsets.UTF_8)
                                .equals(USER + ":" + PASSWORD);
                answer = "Basic realm=\"test\"";
            } else if (signIn == SignIn.NTLM) {
                answer = "NTLM";
                if (said) {
                    Bytes token = Bytes.of(Base64.getDecoder().decode(who.group(2)));
                    ntlm = ntlm.or(() -> Optional.of(acceptor(token)));
                    Acceptor.Step step = ntlm.orElseThrow().accept(token);
                    known = ntlm.orElseThrow().isComplete() && step.status() == 0;
                    answer += step.answer()
                            .map(challenge -> " " + Base64.getEncoder().encodeToString(challenge.toArray()))
                            .orElse("");
                }
            }
            if (known) {
                opened.add(connect.group(1) + ":" + connect.group(2));
                tunnel(client, Integer.parseInt(connect.group(2)));
                return;
            }
            say(client, "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: " + answer + "\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static Acceptor acceptor(Bytes first) {
        return NlaHost.of(List.of(HostUser.of(USER, PASSWORD)), Runnable::run)
                .acceptor(first, "PROXY", Bytes.hex("0123456789abcdef"), Bytes.of(new byte[16]), 0);
    }

    private void tunnel(Socket client, int port) throws IOException {
        Socket destination = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(destination);
        say(client, "HTTP/1.1 200 Connected\r\n\r\n");
        start(() -> pass(destination, client));
        pass(client, destination);
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void say(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed");
            }
            head.write(octet);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
