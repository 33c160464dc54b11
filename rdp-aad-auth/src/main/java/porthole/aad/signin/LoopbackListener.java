package porthole.aad.signin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/** Waits on the loopback address for the browser that comes back from a sign-in (RFC 8252 7.3). */
public final class LoopbackListener implements AutoCloseable {
    private static final int MAX_LINE = 16 * 1024;
    private static final int SOCKET_MILLIS = 5_000;
    private static final String DONE = page("The browser's part of the sign-in is done. You can close this window.");
    private static final String REFUSED = page("The sign-in was refused. The terminal says why.");

    private final ServerSocket socket;

    /** Listens on any free port. */
    public LoopbackListener() {
        try {
            socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw failure("no port of the loopback address could be opened", e);
        }
    }

    /** The redirect URI that leads here. */
    public String redirectUri() {
        return "http://localhost:" + socket.getLocalPort();
    }

    /** The path with query of the first request that answers a sign-in; others get an answer and are forgotten. */
    public CompletableFuture<String> redirect(Duration within, Executor blocking) {
        long deadline = System.nanoTime() + within.toNanos();
        return CompletableFuture.supplyAsync(() -> await(deadline), blocking);
    }

    private String await(long deadline) {
        try {
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new SocketTimeoutException();
                }
                socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                try (Socket browser = socket.accept()) {
                    browser.setSoTimeout(SOCKET_MILLIS);
                    String target = target(browser.getInputStream());
                    boolean refused = target.contains("error=");
                    boolean answers = refused || target.contains("code=");
                    answer(browser, refused ? REFUSED : answers ? DONE : "");
                    if (answers) {
                        return target;
                    }
                } catch (SocketTimeoutException e) {
                    // a silent client, or the deadline, which the loop looks at
                }
            }
        } catch (SocketTimeoutException e) {
            throw new LocalFailure(
                            "deadline",
                            "nobody signed in in time",
                            "no browser came back",
                            "a redirect to " + redirectUri(),
                            "open the URL that was printed on this machine, or use --device-code")
                    .in(Stage.TOKEN);
        } catch (IOException e) {
            throw failure("the wait for the browser was broken off", e);
        }
    }

    private static String target(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n' && line.length() < MAX_LINE; octet = in.read()) {
            line.append((char) octet);
        }
        String[] parts = line.toString().strip().split(" ");
        return parts.length == 3 && parts[0].equals("GET") ? parts[1] : "";
    }

    private static String page(String text) {
        return "<!doctype html><title>Porthole</title><p>" + text;
    }

    /** An empty page is one that there is not. */
    private static void answer(Socket browser, String text) throws IOException {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + (text.isEmpty() ? "404 Not Found" : "200 OK")
                + "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer"
                + "\r\nConnection: close\r\nContent-Length: " + page.length + "\r\n\r\n";
        browser.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        browser.getOutputStream().write(page);
        browser.getOutputStream().flush();
    }

    private static RuntimeException failure(String summary, IOException because) {
        return new LocalFailure(
                        "loopback",
                        summary,
                        because.getClass().getSimpleName(),
                        "",
                        "use --device-code, or --paste",
                        because)
                .in(Stage.TOKEN);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is not used any more either way
        }
    }
}
