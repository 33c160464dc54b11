package porthole.transport.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.RouteSettings;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

class TcpConnectorTest {
    /** Long enough that only a failure, never the clock, begins the next attempt. */
    private static final Duration NEVER = Duration.ofMinutes(5);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService work = Executors.newCachedThreadPool();
    private final List<ConnectionEvent> events = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        work.shutdownNow();
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    private static ConnectionSpec spec(Duration patience) {
        return ConnectionSpec.of(Target.of("host.test", 3389), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withDeadlines(new Deadlines(patience, NEVER, NEVER));
    }

    private StageClock clock() {
        return new StageClock(events::add, System::nanoTime);
    }

    private TcpConnector connector(Duration delay, String... literals) {
        return new TcpConnector(
                group,
                work,
                host -> {
                    InetAddress[] found = new InetAddress[literals.length];
                    for (int i = 0; i < found.length; i++) {
                        found[i] = address(literals[i]);
                    }
                    return found;
                },
                delay,
                octets -> {},
                Clock.systemUTC());
    }

    @Test
    void familiesTakeTurnsWithIpV6First() throws UnknownHostException {
        List<InetAddress> sorted = AddressRace.sorted(List.of(
                address("192.0.2.1"),
                address("192.0.2.2"),
                address("192.0.2.3"),
                address("2001:db8::1"),
                address("192.0.2.2"),
                address("2001:db8::2")));

        assertThat(sorted)
                .containsExactly(
                        address("2001:db8::1"),
                        address("192.0.2.1"),
                        address("2001:db8::2"),
                        address("192.0.2.2"),
                        address("192.0.2.3"));
    }

    @Test
    void aNameWithHundredsOfAddressesIsNotTriedForHours() throws UnknownHostException {
        List<InetAddress> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(address("192.0.2." + i));
        }
        assertThat(AddressRace.sorted(many)).hasSize(AddressRace.MOST_ADDRESSES);
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNextAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, address("127.0.0.2"))) {
            TcpConnector.Opened opened = connector(NEVER, "127.0.0.1", "127.0.0.2")
                    .connect("host.test", server.getLocalPort(), spec(NEVER), clock())
                    .get(20, TimeUnit.SECONDS);

            assertThat(opened.evidence()).containsEntry("address", "127.0.0.2 port " + server.getLocalPort());
            assertThat(opened.channel().config().isAutoRead()).isFalse();
            opened.channel().close();
        }
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        ConnectionEvent.StageFinished.class,
                        resolved ->
                                assertThat(resolved.evidence().get("addresses")).isEqualTo("127.0.0.1 127.0.0.2"));
    }

    @Test
    void aSilentAddressIsOvertakenByTheNext() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, address("127.0.0.1"))) {
            List<Socket> fill = fillBacklog(deaf);
            try (ServerSocket server = new ServerSocket(deaf.getLocalPort(), 5, address("127.0.0.2"))) {
                TcpConnector.Opened opened = connector(Duration.ofMillis(10), "127.0.0.1", "127.0.0.2")
                        .connect("host.test", server.getLocalPort(), spec(NEVER), clock())
                        .get(20, TimeUnit.SECONDS);

                assertThat(opened.channel().remoteAddress())
                        .isEqualTo(new InetSocketAddress(address("127.0.0.2"), server.getLocalPort()));
                opened.channel().close();
            } finally {
                for (Socket socket : fill) {
                    socket.close();
                }
            }
        }
    }

    /** Connections until the system takes no more for this listener: further ones get no answer. */
    private static List<Socket> fillBacklog(ServerSocket deaf) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(deaf.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException full) {
                break;
            }
        }
        return sockets;
    }

    @Test
    void theFailureNamesEveryAddressWithItsReason() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, address("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> connector(NEVER, "127.0.0.1", "127.0.0.2")
                        .connect("host.test", port, spec(NEVER), clock())
                        .get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(LocalFailure.class, failure -> {
                    assertThat(failure.causeName()).isEqualTo("connection-refused");
                    assertThat(failure.stage()).contains(Stage.CONNECT);
                    assertThat(failure.report().seen())
                            .contains("127.0.0.1 port " + port + ": refused")
                            .contains("127.0.0.2 port " + port + ": refused");
                    assertThat(failure.report().expected()).isEqualTo("a TCP connection to host.test:" + port);
                });
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        ConnectionEvent.StageFailed.class,
                        failed -> assertThat(failed.stage()).isEqualTo(Stage.CONNECT));
    }

    @Test
    void nobodyAnswersInTime() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, address("127.0.0.1"))) {
            List<Socket> fill = fillBacklog(deaf);
            assertThatThrownBy(() -> connector(NEVER, "127.0.0.1")
                            .connect("host.test", deaf.getLocalPort(), spec(Duration.ofMillis(50)), clock())
                            .get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            LocalFailure.class,
                            failure -> assertThat(failure.causeName()).isEqualTo("deadline"));
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    void cancellingEndsTheAttempts() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, address("127.0.0.1"))) {
            List<Socket> fill = fillBacklog(deaf);
            var opening = connector(NEVER, "127.0.0.1").connect("host.test", deaf.getLocalPort(), spec(NEVER), clock());
            opening.cancel(false);
            assertThatThrownBy(opening::join).isInstanceOf(CancellationException.class);
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    void aNameWithoutAddressFailsAsAName() {
        TcpConnector connector = new TcpConnector(
                group,
                work,
                host -> {
                    throw new UnknownHostException(host);
                },
                NEVER,
                octets -> {},
                Clock.systemUTC());
        assertThatThrownBy(() -> connector
                        .connect("nowhere.test", 3389, spec(NEVER), clock())
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(LocalFailure.class, failure -> {
                    assertThat(failure.causeName()).isEqualTo("name-unknown");
                    assertThat(failure.stage()).contains(Stage.RESOLVE);
                });
    }

    @Test
    void theAddressToComeFromMayBeChosen() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, address("127.0.0.1"))) {
            ConnectionSpec spec = spec(NEVER).withRoute(RouteSettings.DIRECT.withBindAddress(address("127.0.0.3")));
            TcpConnector.Opened opened = connector(NEVER, "127.0.0.1")
                    .connect("host.test", server.getLocalPort(), spec, clock())
                    .get(20, TimeUnit.SECONDS);
            assertThat(server.accept().getInetAddress()).isEqualTo(address("127.0.0.3"));
            opened.channel().close();

            ConnectionSpec elsewhere =
                    spec(NEVER).withRoute(RouteSettings.DIRECT.withBindAddress(address("192.0.2.1")));
            assertThatThrownBy(() -> connector(NEVER, "127.0.0.1")
                            .connect("host.test", server.getLocalPort(), elsewhere, clock())
                            .get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            LocalFailure.class,
                            failure -> assertThat(failure.causeName()).isEqualTo("unreachable"));
        }
    }

    @Test
    void aUnixDomainSocketNeedsNoName() throws Exception {
        Path path = folder.resolve("rdp.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Target target = Target.parse("unix:" + path);
            TcpConnector.Opened opened = connector(NEVER)
                    .connect(target.host(), target.port(), spec(NEVER), clock())
                    .get(20, TimeUnit.SECONDS);
            assertThat(opened.evidence()).containsEntry("address", path.toString());
            assertThat(target).hasToString("unix:" + path);
            opened.channel().close();
        }
        assertThatThrownBy(() -> connector(NEVER)
                        .connect("unix:" + folder.resolve("none"), 3389, spec(NEVER), clock())
                        .get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        LocalFailure.class,
                        failure -> assertThat(failure.report().seen())
                                .contains(folder.resolve("none").toString()));
    }
}
