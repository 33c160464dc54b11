package porthole.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.gateway.CloseChannel;
import porthole.protocol.gateway.HandshakeResponse;
import porthole.transport.AvdGatewaySettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.GatewaySettings;
import porthole.transport.RouteSettings;
import porthole.transport.Secret;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.avd.AvdRoute;
import porthole.transport.gateway.GatewayRoute;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.sequence.Connector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;
import porthole.transport.websocket.WebSocketKey;

/** Frames that come in one write with the response that opens the websocket. */
class EarlyFramesTest {
    /** An X.224 connection confirm with HYBRID_REQUIRED_BY_SERVER, the answer to a question that is still to come. */
    private static final byte[] REFUSAL = {3, 0, 0, 19, 14, (byte) 0xD0, 0, 0, 0, 0, 0, 3, 0, 8, 0, 5, 0, 0, 0};

    private static final byte[] CLOSE_1011 = {(byte) 0x88, 2, 0x03, (byte) 0xF3};

    private static final HostIdentity IDENTITY = HostIdentity.selfSigned("localhost", new SecureRandom());
    private static EventLoopGroup group;
    private static ExecutorService threads;
    private static Connector connector;

    @BeforeAll
    static void start() {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        threads = Executors.newCachedThreadPool();
        TcpConnector tcp = new TcpConnector(group, threads);
        SslUpgrader tls = new SslUpgrader(TlsEngines.JDK, threads);
        SecureRandom random = new SecureRandom();
        connector = new Connector(
                new AvdRoute(
                        new GatewayRoute(new DirectRoute(tcp), tcp, tls, random::nextBytes, Clock.systemUTC(), threads),
                        tcp,
                        tls,
                        random::nextBytes),
                tls,
                random::nextBytes,
                threads);
    }

    @AfterAll
    static void stop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        threads.shutdownNow();
    }

    /** A TLS service that answers each head of a request with one write. */
    private static final class Scripted implements AutoCloseable {
        private final SSLServerSocket server;

        Scripted(Function<String, byte[]> answers) throws Exception {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("one", IDENTITY.key(), new char[0], new Certificate[] {IDENTITY.certificate()});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
            threads.execute(() -> {
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
    }

    private static byte[] upgraded(String head, byte[]... frames) {
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

    private static byte[] binary(byte[] octets) {
        byte[] frame = new byte[2 + octets.length];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) octets.length;
        System.arraycopy(octets, 0, frame, 2, octets.length);
        return frame;
    }

    private static FailureReport failure(RouteSettings route) throws Exception {
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("host.test", 3389), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withRoute(route);
        return connector
                .connect(spec, new SessionSink() {}, event -> {})
                .ended()
                .get(60, TimeUnit.SECONDS)
                .failure()
                .orElseThrow()
                .report();
    }

    private static FailureReport throughAvd(byte[]... frames) throws Exception {
        try (Scripted gateway = new Scripted(head -> head.contains("ClmTk=")
                ? upgraded(head, frames)
                : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            return failure(RouteSettings.DIRECT.withAvd(new AvdGatewaySettings(
                    URI.create("https://127.0.0.1:" + gateway.port() + "/x"),
                    new Trust.Pin(IDENTITY.sha256()),
                    Secret.of("token"),
                    "porthole/1.0")));
        }
    }

    @Test
    void ofTheAvdGatewayReachTheFirstPhase() throws Exception {
        FailureReport failure = throughAvd(binary(REFUSAL));
        assertThat(failure.stage()).isEqualTo("connection-initiation");
        assertThat(failure.seen()).as(failure.toString()).contains("HYBRID_REQUIRED_BY_SERVER");
    }

    @Test
    void inPiecesAreOneStream() throws Exception {
        byte[] empty = {(byte) 0x89, 0}; // a ping between
        byte[] first = java.util.Arrays.copyOf(REFUSAL, 7);
        byte[] rest = java.util.Arrays.copyOfRange(REFUSAL, 7, REFUSAL.length);
        assertThat(throughAvd(binary(first), empty, binary(rest), CLOSE_1011).seen())
                .contains("HYBRID_REQUIRED_BY_SERVER");
    }

    @Test
    void aCloseThatComesAtOnceSaysWhy() throws Exception {
        FailureReport failure = throughAvd(CLOSE_1011);
        assertThat(failure.cause()).as(failure.toString()).isEqualTo("websocket-closed");
        assertThat(failure.stage()).isEqualTo("connection-initiation");
    }

    @Test
    void ofAnRdGatewayReachTheTunnel() throws Exception {
        byte[] greeting = HandshakeResponse.of(0, 0).toByteArray();
        byte[] goodbye = CloseChannel.of(0x800759DDL).toByteArray();
        try (Scripted gateway = new Scripted(head -> upgraded(head, binary(greeting), binary(goodbye)))) {
            FailureReport failure = failure(RouteSettings.DIRECT.withGateway(GatewaySettings.of(
                            Target.of("127.0.0.1", gateway.port()),
                            new Trust.Pin(IDENTITY.sha256()),
                            new Credentials("alice", "", Secret.of("secret")))
                    .withTransport(GatewaySettings.Transport.WEBSOCKET)
                    .withAuthentication(GatewaySettings.Authentication.BASIC)));
            assertThat(failure.stage()).as(failure.toString()).isEqualTo("gateway-tunnel");
            assertThat(failure.seen()).as(failure.toString()).contains("0x800759DD");
        }
    }
}
