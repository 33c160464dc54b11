package porthole.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ServerSocketFactory;

/** A proxy that follows a script on each connection that it gets, one after the other. */
final class ScriptedProxy implements AutoCloseable {
    /** What one connection does. */
    @FunctionalInterface
    interface Script {
        void run(Peer peer) throws IOException;
    }

    /** The proxy's side of one connection. */
    static final class Peer {
        private final DataInputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** The next request, without the empty line. */
        String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            String text = "";
            while (!text.endsWith("\r\n\r\n")) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("closed within " + text);
                }
                head.write(octet);
                text = head.toString(StandardCharsets.ISO_8859_1);
            }
            return text.strip();
        }

        /** So many octets in hexadecimal. */
        String octets(int count) throws IOException {
            return HexFormat.of().formatHex(in.readNBytes(count));
        }

        Peer say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        Peer sayHex(String hex) throws IOException {
            out.write(HexFormat.of().parseHex(hex));
            out.flush();
            return this;
        }

        /** Sends back whatever comes. */
        void echo() throws IOException {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                out.write(octet);
                out.flush();
            }
        }

        void waitForTheEnd() throws IOException {
            while (in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private final ServerSocket server;
    private final Thread thread;
    private final Set<Socket> open = Collections.synchronizedSet(new LinkedHashSet<>());

    ScriptedProxy(Script... scripts) {
        this(ServerSocketFactory.getDefault(), scripts);
    }

    /** With TLS, for example. */
    ScriptedProxy(ServerSocketFactory sockets, Script... scripts) {
        try {
            server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(() -> serve(scripts), "scripted-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Script[] scripts) {
        for (Script script : scripts) {
            try (Socket socket = server.accept()) {
                open.add(socket);
                script.run(new Peer(socket));
            } catch (IOException e) {
                // the client is gone, or the test is over: what was to be seen was asserted there
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : Set.copyOf(open)) {
            socket.close();
        }
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
