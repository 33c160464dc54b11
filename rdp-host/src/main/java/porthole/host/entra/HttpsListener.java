package porthole.host.entra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bouncycastle.tls.TlsServerProtocol;
import porthole.protocol.failure.LocalFailure;

/** Accepts TLS connections, one thread and one request each; closing it ends them all. */
final class HttpsListener implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 256;
    private static final int IDLE_MILLIS = 30_000;
    private static final long RETRY_MILLIS = 100;
    private static final long CLOSE_MILLIS = 5_000;

    private final ServerSocket server;
    private final AuthorityCertificate identity;
    private final SecureRandom random;
    private final Clock clock;
    private final Function<HttpRequest, HttpReply> handler;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread acceptor;

    HttpsListener(
            InetAddress address,
            int port,
            AuthorityCertificate identity,
            SecureRandom random,
            Clock clock,
            Function<HttpRequest, HttpReply> handler) {
        this.identity = identity;
        this.random = random;
        this.clock = clock;
        this.handler = handler;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port), MAX_CONNECTIONS);
        } catch (IOException e) {
            throw new LocalFailure(
                    "listen",
                    "the authority cannot listen",
                    address.getHostAddress() + ":" + port + ": " + e.getMessage(),
                    "a free port",
                    "choose another port",
                    e);
        }
        acceptor = daemon("accept", this::accept);
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Connection connection = new Connection(server.accept());
                open.add(connection);
                if (open.size() > MAX_CONNECTIONS || server.isClosed()) {
                    connection.close();
                } else {
                    connection.thread.start();
                }
            } catch (IOException e) {
                pause(); // closed, or out of file descriptors and soon better
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(server.isClosed() ? 0 : RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread daemon(String what, Runnable task) {
        Thread thread = new Thread(task, "entra-" + what + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        try {
            server.close();
            acceptor.join(CLOSE_MILLIS);
            for (Connection connection : open) {
                connection.close();
                connection.thread.interrupt();
                connection.thread.join(CLOSE_MILLIS);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the listening socket does not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Connection implements Runnable {
        private final Socket socket;
        private final Thread thread = daemon("request", this);

        Connection(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            try {
                socket.setSoTimeout(IDLE_MILLIS);
                socket.setTcpNoDelay(true);
                TlsServerProtocol tls = new TlsServerProtocol(socket.getInputStream(), socket.getOutputStream());
                tls.accept(new TlsAuthorityServer(identity, random));
                HttpRequest request = HttpRequest.read(tls.getInputStream());
                HttpReply reply = request == null ? HttpReply.none("") : handler.apply(request);
                if (reply.status() != 0) {
                    tls.getOutputStream().write(reply.octets(clock.instant()));
                    tls.close();
                }
            } catch (IOException e) {
                // the client left, broke off the handshake or sent nonsense: its connection ends, and that is all
            } finally {
                close();
            }
        }

        void close() {
            open.remove(this);
            try {
                socket.close();
            } catch (IOException e) {
                // it is closed in any case
            }
        }
    }
}
