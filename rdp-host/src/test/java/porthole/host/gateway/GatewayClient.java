package porthole.host.gateway;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import porthole.host.RdpHost;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.GatewaySettings;
import porthole.transport.RouteSettings;
import porthole.transport.Secret;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.gateway.GatewayRoute;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.sequence.Connector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/** The project's own client, through a gateway, with everything that it said of itself. */
final class GatewayClient implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "tr0ub4dor&3";
    static final String TOKEN = "eyJ0b2tlbg.for-the.gateway";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final Connector connector;
    private final GatewayRoute route;

    GatewayClient() {
        TcpConnector tcp = new TcpConnector(group, blocking);
        SslUpgrader tls = new SslUpgrader(TlsEngines.JDK, blocking);
        Random random = new Random(1);
        route = new GatewayRoute(new DirectRoute(tcp), tcp, tls, random::nextBytes, Clock.systemUTC(), blocking);
        connector = new Connector(route, tls, random::nextBytes, blocking);
    }

    /** What became of one attempt. */
    static final class Watch implements SessionSink {
        final CompletableFuture<Void> painted = new CompletableFuture<>();
        final Queue<ConnectionEvent> events = new ConcurrentLinkedQueue<>();
        Connector.Attempt attempt;

        @Override
        public void fastPathUpdate(int updateCode, WireReader data) {
            if (updateCode == FastPathUpdate.BITMAP) {
                painted.complete(null);
            }
        }

        Connection up() throws Exception {
            return attempt.reached().get(30, TimeUnit.SECONDS);
        }

        SessionEnd end() throws Exception {
            return attempt.ended().get(30, TimeUnit.SECONDS);
        }

        RdpFailure failure() throws Exception {
            return end().failure().orElseThrow(() -> new AssertionError("no failure: " + events));
        }

        String said() {
            return events.toString();
        }
    }

    static GatewaySettings settings(GatewayHost gateway) {
        return GatewaySettings.of(
                Target.of("127.0.0.1", gateway.port()),
                new Trust.Pin(gateway.identity().sha256()),
                new Credentials(USER, "", Secret.of(PASSWORD)));
    }

    /** The way through the gateway to wherever it leads, without RDP. */
    Channel open(GatewaySettings settings, Duration phase) throws Exception {
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("anything.test", 3389), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withDeadlines(new Deadlines(phase, phase, phase))
                .withRoute(RouteSettings.DIRECT.withGateway(settings));
        return route.open(spec, new StageClock(event -> {}, System::nanoTime)).get(30, TimeUnit.SECONDS);
    }

    Watch connect(RdpHost host, GatewaySettings settings, Duration phase) {
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("127.0.0.1", host.port()),
                        List.of(new TlsSecurityLayer()),
                        new Trust.Pin(host.certificateSha256()))
                .withDeadlines(new Deadlines(Duration.ofSeconds(20), phase, Duration.ofSeconds(30)))
                .withRoute(RouteSettings.DIRECT.withGateway(settings));
        Watch watch = new Watch();
        watch.attempt = connector.connect(spec, watch, watch.events::add);
        return watch;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.shutdownNow();
    }
}
