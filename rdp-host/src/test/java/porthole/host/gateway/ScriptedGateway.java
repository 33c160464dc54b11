package porthole.host.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import porthole.host.session.HostIdentity;
import porthole.transport.websocket.WebSocketKey;

/** A TLS service that answers each head of a request with one write. */
final class ScriptedGateway implements AutoCloseable {
    static final HostIdentity IDENTITY = HostIdentity.elliptic("localhost", new SecureRandom());

    private final SSLServerSocket server;

    ScriptedGateway(Function<String, byte[]> answers) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("one", IDENTITY.key(), new char[0], new Certificate[] {IDENTITY.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread loop = new Thread(() -> {
            while (!server.isClosed()) {
                try (SSLSocket client = (SSLSocket) server.accept()) {
                    String head;
                    while (!(head = head(client.getInputStream())).isEmpty()) {
                        client.getOutputStream().write(answers.apply(head));
                    }
                } catch (IOException e) {
                    // the client, or the test, is done
                }
            }
        });
        loop.setDaemon(true);
        loop.start();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.append((char) octet);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The response that opens the websocket, and frames right behind it. */
    static byte[] upgraded(String head, byte[]... frames) {
        String key = head.replaceAll("(?is).*sec-websocket-key: *([^\r]*).*", "$1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + new WebSocketKey(key).accept() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }
}
