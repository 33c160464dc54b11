package porthole.host;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import porthole.aad.rdsaad.RdsAadAuthentication;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.ConnectionObserver;
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
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.sequence.Connector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/** The project's own connection sequence with a sink that only takes updates apart. */
final class TestClient implements AutoCloseable {
    private static final Credentials NOBODY = new Credentials("alice", "", Secret.NONE);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final Connector connector;

    TestClient() {
        connector = new Connector(
                new DirectRoute(new TcpConnector(group, blocking)),
                new SslUpgrader(TlsEngines.JDK, blocking),
                octets -> new Random(1).nextBytes(octets),
                blocking);
    }

    /** What became of one attempt. */
    static final class Watch implements SessionSink {
        final AtomicInteger bitmaps = new AtomicInteger();
        final CompletableFuture<Void> painted = new CompletableFuture<>();
        final StringBuffer desktops = new StringBuffer();
        final Queue<ShareDataBody> messages = new ConcurrentLinkedQueue<>();
        final CompletableFuture<String> echo = new CompletableFuture<>();
        private final StringBuilder echoed = new StringBuilder();
        private volatile Connection connection;
        Connector.Attempt attempt;

        @Override
        public void desktop(int width, int height, int bitsPerPixel, List<CapabilitySet> serverCapabilities) {
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
        public void attached(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void channelChunk(int channelId, String name, WireReader chunk) {
            ChannelChunk part = ChannelChunk.decode(chunk);
            echoed.append(part.virtualChannelData().toAscii());
            if (echoed.length() == part.length()) {
                echo.complete(name + ":" + echoed);
            }
        }

        @Override
        public void message(ShareDataBody body) {
            messages.add(body);
        }

        /** Sends a share data PDU. */
        void send(ShareDataBody body) {
            connection
                    .channel()
                    .eventLoop()
                    .execute(() -> connection.sendOn(
                            connection.facts().ioChannelId(),
                            "test",
                            DataPdu.of(
                                    connection.facts().userChannelId(),
                                    connection.facts().shareId(),
                                    body)));
        }

        /** Sends a message on the static channel {@code echo}. */
        void sendEcho(String text) {
            int id = connection.facts().channels().entrySet().stream()
                    .filter(e -> e.getValue().equals("echo"))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            connection.channel().eventLoop().execute(() -> {
                for (ChannelChunk chunk : ChannelChunk.split(Bytes.ascii(text), 1600, 0)) {
                    connection.sendOn(id, "test", chunk);
                }
            });
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
        return connect(host, aad ? new EchoingLayer() : new TlsSecurityLayer(), NOBODY, phase, settings, event -> {});
    }

    /** By another layer, with the channel {@code echo}. */
    Watch connect(RdpHost host, SecurityLayer layer, Duration phase) {
        ClientSettings settings = ClientSettings.DEFAULT
                .but()
                .channels(List.of(new ChannelDef("echo", ChannelDef.OPTION_INITIALIZED)))
                .build();
        return connect(host, layer, NOBODY, phase, settings, event -> {});
    }

    /** By network level authentication, as {@code alice} with the password {@code x}. */
    Watch connect(RdpHost host, NlaSettings nla, Duration phase) {
        return connect(
                host,
                new NlaSecurityLayer(nla),
                new Credentials("alice", "", Secret.of("x")),
                phase,
                ClientSettings.DEFAULT,
                event -> {});
    }

    Watch connect(
            RdpHost host,
            SecurityLayer layer,
            Credentials who,
            Duration phase,
            ClientSettings settings,
            ConnectionObserver observer) {
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("localhost", host.port()), List.of(layer), new Trust.Pin(host.certificateSha256()))
                .withCredentials(who)
                .withClient(settings)
                .withDeadlines(new Deadlines(Duration.ofSeconds(20), phase, Duration.ofSeconds(120)));
        return connect(spec, observer);
    }

    Watch connect(ConnectionSpec spec, ConnectionObserver observer) {
        Watch watch = new Watch();
        watch.attempt = connector.connect(spec, watch, observer);
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
