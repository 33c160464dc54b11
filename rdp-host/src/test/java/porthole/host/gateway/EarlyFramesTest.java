package porthole.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Fixtures;
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

/** Frames that come in one write with the response that opens the websocket. */
class EarlyFramesTest {
    /** An X.224 connection confirm with HYBRID_REQUIRED_BY_SERVER, the answer to a question that is still to come. */
    private static final byte[] REFUSAL = {3, 0, 0, 19, 14, (byte) 0xD0, 0, 0, 0, 0, 0, 3, 0, 8, 0, 5, 0, 0, 0};

    private static final byte[] CLOSE_1011 = {(byte) 0x88, 2, 0x03, (byte) 0xF3};

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

    private static byte[] answer(String head, byte[]... frames) {
        return head.contains("ClmTk=")
                ? ScriptedGateway.upgraded(head, frames)
                : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nSet-Cookie: ARRAffinity=1;Path=/\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private static FailureReport throughAvd(byte[]... frames) throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(head -> answer(head, frames))) {
            return failure(RouteSettings.DIRECT.withAvd(new AvdGatewaySettings(
                    URI.create("https://127.0.0.1:" + gateway.port() + "/x"),
                    new Trust.Pin(ScriptedGateway.IDENTITY.sha256()),
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

    /** Affinity and upgrade as FreeRDP 3.15 sent them; what differs is in ARCHITECTURE.md, section 6. */
    @Test
    void theRequestsAreFreeRdpsFieldForField() throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        try (ScriptedGateway gateway = new ScriptedGateway(head -> {
            heads.add(head);
            return answer(head, CLOSE_1011);
        })) {
            failure(RouteSettings.DIRECT.withAvd(new AvdGatewaySettings(
                    URI.create("https://127.0.0.1:" + gateway.port() + "/rdgw/lab-session-0001"),
                    new Trust.Pin(ScriptedGateway.IDENTITY.sha256()),
                    Secret.of("token"),
                    "FreeRDP/3.15.0")));
            assertThat(heads).hasSize(2);
            for (int number = 0; number < 2; number++) {
                String recorded = recorded(number + 1);
                String ours = heads.get(number);
                String token = recorded.replaceAll("(?s).*Authorization: Bearer ([^\r]*)\r.*", "$1");
                assertThat(ours.lines().findFirst())
                        .isEqualTo(recorded.replace(token, "token")
                                .replace("&X-MS-User-Agent=FreeRDP%2F3.0", "") // left out by later ones, too
                                .lines()
                                .findFirst());
                Map<String, String> expected = fields(recorded.replace(token, "token"));
                Map<String, String> sent = fields(ours);
                assertThat(sent.remove("host")).isEqualTo("127.0.0.1:" + gateway.port());
                expected.remove("host"); // without its port
                if (number == 1) {
                    assertThat(Base64.getDecoder().decode(sent.remove("sec-websocket-key")))
                            .hasSize(16);
                    expected.remove("sec-websocket-key");
                    expected.remove("authorization"); // the token stands in the target already
                    assertThat(sent.remove("cookie")).startsWith("ARRAffinity=");
                    expected.remove("cookie");
                }
                assertThat(sent).isEqualTo(expected);
            }
        }
    }

    private static String recorded(int number) throws Exception {
        String line = Files.readAllLines(Fixtures.root().resolve("gateway-arm/rdstls/arm/requests.ndjson"))
                .get(number);
        String raw = line.replaceAll(".*\"raw_request_b64\": *\"([^\"]*)\".*", "$1");
        return new String(Base64.getDecoder().decode(raw), StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> fields(String head) {
        Map<String, String> fields = new TreeMap<>();
        head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .forEach(line -> fields.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip()));
        return fields;
    }

    @Test
    void inPiecesAreOneStream() throws Exception {
        byte[] empty = {(byte) 0x89, 0}; // a ping between
        byte[] first = Arrays.copyOf(REFUSAL, 7);
        byte[] rest = Arrays.copyOfRange(REFUSAL, 7, REFUSAL.length);
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
        try (ScriptedGateway gateway =
                new ScriptedGateway(head -> ScriptedGateway.upgraded(head, binary(greeting), binary(goodbye)))) {
            FailureReport failure = failure(RouteSettings.DIRECT.withGateway(GatewaySettings.of(
                            Target.of("127.0.0.1", gateway.port()),
                            new Trust.Pin(ScriptedGateway.IDENTITY.sha256()),
                            new Credentials("alice", "", Secret.of("secret")))
                    .withTransport(GatewaySettings.Transport.WEBSOCKET)
                    .withAuthentication(GatewaySettings.Authentication.BASIC)));
            assertThat(failure.stage()).as(failure.toString()).isEqualTo("gateway-tunnel");
            assertThat(failure.seen()).as(failure.toString()).contains("0x800759DD");
        }
    }
}
