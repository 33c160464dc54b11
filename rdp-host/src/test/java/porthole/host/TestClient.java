package porthole.host;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import porthole.aad.rdsaad.RdsAadAuthentication;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.route.DirectRoute;
import porthole.transport.sequence.Connector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/** The project's own connection sequence with a sink that only takes updates apart. */
final class TestClient implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final Connector connector;

    TestClient() {
        connector = new Connector(
                new DirectRoute(group, blocking),
                new SslUpgrader(TlsEngines.JDK, blocking),
                octets -> new java.util.Random(1).nextBytes(octets),
                blocking);
    }

    /** What became of one attempt. */
    static final class Watch implements SessionSink {
        final AtomicInteger bitmaps = new AtomicInteger();
        final CompletableFuture<Void> painted = new CompletableFuture<>();
        final StringBuilder desktops = new StringBuilder();
        Connector.Attempt attempt;

        @Override
        public synchronized void desktop(
                int width,
                int height,
                int bitsPerPixel,
                List<porthole.protocol.capability.CapabilitySet> serverCapabilities) {
            desktops.append(width)
                    .append('x')
                    .append(height)
                    .append('@')
                    .append(bitsPerPixel)
                    .append(' ');
        }

        @Override
        public void fastPathUpdate(int updateCode, WireReader data) {
            if (updateCode == FastPathUpdate.BITMAP) {
                BitmapUpdate.decode(data);
                bitmaps.incrementAndGet();
                painted.complete(null);
            }
        }

        @Override
        public void slowPathUpdate(WireReader body) {
            if (body.peekU16le("updateType") == BitmapUpdate.UPDATETYPE_BITMAP) {
                BitmapUpdate.decode(body);
                bitmaps.incrementAndGet();
                painted.complete(null);
            }
        }

        SessionEnd end(long seconds) throws Exception {
            return attempt.ended().get(seconds, TimeUnit.SECONDS);
        }
    }

    Watch connect(RdpHost host, boolean aad, Duration phase) {
        return connect(
                host,
                aad,
                phase,
                ClientSettings.DEFAULT
                        .but()
                        .channels(List.of(new ChannelDef("echo", ChannelDef.OPTION_INITIALIZED)))
                        .build());
    }

    Watch connect(RdpHost host, boolean aad, Duration phase, ClientSettings settings) {
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("127.0.0.1", host.port()),
                        List.of(aad ? new EchoingLayer() : new TlsSecurityLayer()),
                        new Trust.Pin(host.certificateSha256()))
                .withCredentials(new Credentials("alice", "", Secret.NONE))
                .withClient(settings)
                .withDeadlines(new Deadlines(Duration.ofSeconds(20), phase, Duration.ofSeconds(120)));
        Watch watch = new Watch();
        watch.attempt = connector.connect(spec, watch, event -> {});
        return watch;
    }

    /** Sends the server's nonce back for an assertion: what the host checks in these tests. */
    private final class EchoingLayer implements SecurityLayer {
        @Override
        public String name() {
            return "aad";
        }

        @Override
        public SecurityProtocols protocol() {
            return SecurityProtocols.RDSAAD;
        }

        @Override
        public boolean canUse(ConnectionSpec spec) {
            return true;
        }

        @Override
        public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor executor) {
            return CompletableFuture.completedFuture(connection -> Optional.of(new RdsAadAuthentication(
                    connection,
                    nonce -> CompletableFuture.supplyAsync(
                            () -> "h." + nonce + ".s",
                            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, blocking)))));
        }
    }

    /** Whether the connection is still up. */
    static boolean isUp(Watch watch) {
        return !watch.attempt.ended().isDone();
    }

    static Connection reached(Watch watch) throws Exception {
        return watch.attempt.reached().get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.shutdownNow();
    }
}
