package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.session.HostEvent;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.NegotiationRequest;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Approach;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** Everything that a connection may begin with, and the ways that lead to the host: the project's own client at its own host. */
class OpeningTest {
    private static final String VM = "b2d4c2a0-0000-4000-8000-0000000000b1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecurityLayer NLA = new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()));

    private final ExecutorService work = Executors.newCachedThreadPool();
    private final TestClient client = new TestClient();
    private final List<HostEvent> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        client.close();
        work.shutdownNow();
    }

    private RdpHost tls() {
        return TestHosts.builder().observer(told::add).start();
    }

    private RdpHost nla() {
        return TestHosts.builder()
                .nla(NlaHost.of(List.of(HostUser.of("alice", "s3cret-word")), work))
                .observer(told::add)
                .start();
    }

    private ConnectionSpec spec(RdpHost host, SecurityLayer layer, String password) {
        return ConnectionSpec.of(
                        Target.of("localhost", host.port()), List.of(layer), new Trust.Pin(host.certificateSha256()))
                .withCredentials(new Credentials("alice", "", Secret.of(password)))
                .withDeadlines(new Deadlines(PATIENCE, PATIENCE, Duration.ofSeconds(60)));
    }

    private void paints(ConnectionSpec spec) throws Exception {
        TestClient.Watch watch = client.connect(spec, event -> {});
        TestClient.reached(watch);
        watch.painted.get(20, TimeUnit.SECONDS);
    }

    private Map<String, Object> facts(String event) {
        return told.stream()
                .filter(one -> one.name().equals(event))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + event + " in " + told))
                .facts();
    }

    @Test
    void aPreconnectionPduGoesBeforeTheNegotiation() throws Exception {
        try (RdpHost host = tls()) {
            Approach approach = Approach.NEGOTIATED.withPreconnection(PreconnectionPdu.of(7, VM));
            paints(spec(host, new TlsSecurityLayer(), "").withApproach(approach));
        }
        assertThat(facts("preconnection")).containsAllEntriesOf(Map.of("version", 2L, "id", 7L, "text", VM));
        assertThat(facts("negotiation")).containsEntry("selected", SecurityProtocols.TLS.bits());
    }

    @Test
    void anIdAloneIsVersionOne() throws Exception {
        try (RdpHost host = tls()) {
            Approach approach = Approach.NEGOTIATED.withPreconnection(PreconnectionPdu.ofId(4711));
            paints(spec(host, new TlsSecurityLayer(), "").withApproach(approach));
        }
        assertThat(facts("preconnection")).containsAllEntriesOf(Map.of("version", 1L, "id", 4711L, "text", ""));
    }

    @Test
    void tlsMayComeWithoutNegotiation() throws Exception {
        try (RdpHost host = tls()) {
            paints(spec(host, new TlsSecurityLayer(), "").withApproach(new Approach(Optional.empty(), true)));
        }
        assertThat(told.stream().map(HostEvent::name).filter(List.of("direct", "tls", "negotiation")::contains))
                .containsExactly("direct", "tls", "negotiation");
    }

    @Test
    void aVirtualMachinesConsoleIsReachedByTextThenTlsThenSignInThenX224() throws Exception {
        try (RdpHost host = nla()) {
            paints(spec(host, NLA, "s3cret-word").withApproach(Approach.vmConnect(VM, true)));
        }
        assertThat(facts("preconnection")).containsEntry("text", VM + ";EnhancedMode=1");
        assertThat(told.stream()
                        .map(HostEvent::name)
                        .filter(List.of("preconnection", "direct", "tls", "authentication", "negotiation")::contains))
                .startsWith("preconnection", "direct", "tls")
                .endsWith("negotiation");
        assertThat(facts("negotiation")).containsEntry("selected", SecurityProtocols.HYBRID.bits());
    }

    @Test
    void aWrongPasswordEndsTheDirectApproachBeforeX224() throws Exception {
        try (RdpHost host = nla()) {
            TestClient.Watch watch = client.connect(
                    spec(host, NLA, "not-my-word").withApproach(Approach.vmConnect(VM, false)), event -> {});
            SessionEnd end = watch.end(20);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.FAILED);
            assertThat(end.failure().orElseThrow().report().stage()).isEqualTo("authentication");
            assertThat(end.reason()).doesNotContain("not-my-word");
        }
        assertThat(told).noneMatch(event -> event.name().equals("negotiation"));
    }

    private static byte[] request() {
        return ConnectionRequest.of(new NegotiationRequest(0, SecurityProtocols.TLS))
                .toByteArray();
    }

    /** What the host answers to octets that come in pieces of {@code piece}. */
    private static byte[] answer(RdpHost host, int piece, byte[]... messages) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            for (byte[] message : messages) {
                for (int at = 0; at < message.length; at += piece) {
                    out.write(message, at, Math.min(piece, message.length - at));
                    out.flush();
                }
            }
            return socket.getInputStream().readNBytes(19);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 17, 1000})
    void theOctetsMayComeInAnyPieces(int piece) throws IOException {
        try (RdpHost host = tls()) {
            byte[] confirm = answer(host, piece, PreconnectionPdu.of(0, VM).toByteArray(), request());
            assertThat(confirm).hasSize(19);
            assertThat(confirm[5] & 0xFF).isEqualTo(0xD0);
        }
        assertThat(facts("preconnection")).containsEntry("text", VM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12000000" + "00000000" + "02000000" + "00000000" + "ffff",
                "10000000" + "01000000" + "01000000" + "00000000",
                "0f000000" + "00000000" + "01000000" + "000000",
                "474554202f20485454502f312e310d0a0d0a"
            })
    void anythingElseEndsTheConnection(String octets) throws IOException {
        try (RdpHost host = tls()) {
            assertThat(answer(host, 1000, HexFormat.of().parseHex(octets))).isEmpty();
        }
        assertThat(facts("ended")).containsEntry("cause", "malformed-pdu");
    }

    @Test
    void oneIsEnough() throws IOException {
        byte[] pdu = PreconnectionPdu.ofId(1).toByteArray();
        try (RdpHost host = tls()) {
            assertThat(answer(host, 1000, pdu, pdu, request())).isEmpty();
        }
        assertThat(facts("ended")).containsEntry("cause", "malformed-pdu");
    }

    @Test
    void theWayMayLeadThroughAUnixDomainSocket() throws Exception {
        Path path = folder.resolve("rdp.sock");
        try (RdpHost host = tls();
                ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            work.execute(() -> relay(listener, host));
            paints(spec(host, new TlsSecurityLayer(), "")
                    .withTarget(Target.of("localhost", host.port()).overUnixSocket(path.toString())));
        }
    }

    private void relay(ServerSocketChannel listener, RdpHost host) {
        try {
            SocketChannel near = listener.accept();
            SocketChannel far = SocketChannel.open(host.address());
            work.execute(() -> copy(near, far));
            copy(far, near);
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void copy(ByteChannel from, ByteChannel to) {
        ByteBuffer octets = ByteBuffer.allocate(16 * 1024);
        try (from;
                to) {
            while (from.read(octets) >= 0) {
                octets.flip();
                while (octets.hasRemaining()) {
                    to.write(octets);
                }
                octets.clear();
            }
        } catch (IOException e) {
            // one side is gone, and so is the other then
        }
    }

    private static boolean hasIpV6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theWayMayLeadOverIpV6() throws Exception {
        Assumptions.assumeTrue(hasIpV6(), "this machine has no IPv6");
        try (RdpHost host = TestHosts.builder()
                .bind(new InetSocketAddress(InetAddress.getByName("::1"), 0))
                .start()) {
            paints(spec(host, new TlsSecurityLayer(), "").withTarget(Target.parse("[::1]:" + host.port())));
        }
    }
}
