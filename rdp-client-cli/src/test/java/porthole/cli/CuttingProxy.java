package porthole.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes octets on between a client and a host until it is told to cut the line, or to let nothing pass any more. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean refusing;
    private volatile boolean frozen;

    /** @param port of the host on the loopback address */
    CuttingProxy(int port) throws IOException {
        this.port = port;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many clients came. */
    int connections() {
        return connections.get();
    }

    /** Resets every connection in the middle of whatever passes. */
    void cut() {
        open.forEach(CuttingProxy::reset);
        open.clear();
    }

    /** Whether new connections are reset at once. */
    void refuse(boolean yes) {
        refusing = yes;
    }

    /** From now on nothing passes on the present connections, which stay open. */
    void freeze() {
        frozen = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                connections.incrementAndGet();
                frozen = false;
                if (refusing) {
                    reset(client);
                    continue;
                }
                Socket host = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(client);
                open.add(host);
                start(() -> pump(client, host));
                start(() -> pump(host, client));
            }
        } catch (IOException e) {
            cut(); // it is closed
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] octets = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                if (!frozen) {
                    out.write(octets, 0, count);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            return; // it is closed
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
