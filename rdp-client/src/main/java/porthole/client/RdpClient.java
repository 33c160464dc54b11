package porthole.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import porthole.protocol.gcc.ChannelDef;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Correlation;
import porthole.transport.RandomSource;
import porthole.transport.StandardCapabilities;
import porthole.transport.avd.AvdRoute;
import porthole.transport.gateway.GatewayRoute;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.sequence.Connector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;
import porthole.transport.tls.TlsKeyLog;

/**
 * Opens sessions; owns the threads that they need and ends them when it is closed.
 *
 * <p>Sockets share a few event loops. TLS arithmetic, tokens, name look-ups and pixels run in bounded pools. Usable from any thread.
 */
public final class RdpClient implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;
    private static final int BLOCKING_THREADS = 16;
    private static final int WAITING_TASKS = 10_000;
    private static final int IDLE_SECONDS = 10;

    private final EventLoopGroup loops;
    private final ThreadPoolExecutor blocking;
    private final ThreadPoolExecutor painters;
    private final RandomSource random = new SecureRandom()::nextBytes;
    private final Connector connector;
    private final Optional<TlsKeyLog> keyLog;

    /** A client with the JDK's TLS and one event loop, which is enough for hundreds of sessions. */
    public RdpClient() {
        this(TlsEngines.JDK, 1);
    }

    /** @param eventLoops threads for sockets, 1 or more */
    public RdpClient(TlsEngines tls, int eventLoops) {
        this(tls, eventLoops, Optional.empty());
    }

    /** @param keyLog where TLS secrets go, only with {@link TlsEngines#BC}; closed with this client */
    public RdpClient(TlsEngines tls, int eventLoops, Optional<TlsKeyLog> keyLog) {
        this.keyLog = keyLog;
        loops = new MultiThreadIoEventLoopGroup(
                eventLoops, new DefaultThreadFactory("porthole-io", true), NioIoHandler.newFactory());
        blocking = pool("porthole-work", BLOCKING_THREADS);
        painters = pool("porthole-paint", Math.max(1, Runtime.getRuntime().availableProcessors()));
        TcpConnector tcp = new TcpConnector(loops, blocking);
        SslUpgrader upgrader = new SslUpgrader(tls, blocking, keyLog);
        connector = new Connector(
                new AvdRoute(
                        new GatewayRoute(new DirectRoute(tcp), tcp, upgrader, random, Clock.systemUTC(), blocking),
                        tcp,
                        upgrader,
                        random),
                upgrader,
                random,
                blocking);
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_TASKS),
                new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Where this client lets work wait that may block: for token sources and the like. */
    public Executor blocking() {
        return blocking;
    }

    /** Opens a session with the default options. */
    public CompletableFuture<RdpSession> connect(ConnectionSpec spec) {
        return connect(spec, SessionOptions.DEFAULT);
    }

    /**
     * Opens a session.
     *
     * <p>The future completes when the stage is reached that {@code spec} asks for, usually the active session, or fails with the
     * {@link porthole.protocol.failure.RdpFailure}. A host that redirects is followed, before that and after it, a few times at
     * most; each connection is recorded in a file of its own. Bitmaps of earlier sessions are read before this returns. Cancelling the future closes whatever is open, at any point.
     */
    public CompletableFuture<RdpSession> connect(ConnectionSpec spec, SessionOptions options) {
        ClientSettings client = spec.client();
        Correlation correlation = client.correlation().drawn(random); // one id, wherever redirections lead
        ConnectionSpec whole = withChannels(
                spec.withClient(client.but().correlation(correlation).build()), options.channels());
        whole = whole.withClient(options.graphics().in(whole.client()));
        Optional<OrderBitmaps> kept = Optional.empty();
        if (options.bitmapCache().isPresent() && whole.client().capabilities() instanceof StandardCapabilities ours) {
            whole = whole.withClient(whole.client()
                    .but()
                    .capabilities(ours.withPersistentBitmaps())
                    .build());
            kept = Optional.of(new OrderBitmaps(
                    options.bitmapCache().get(),
                    whole.target().toString(),
                    whole.client().bitsPerPixel()));
        }
        return new Journey(connector, new RdpSession(whole.client(), options, painters, kept), options, whole).begin();
    }

    private static ConnectionSpec withChannels(ConnectionSpec spec, List<StaticChannel> channels) {
        if (channels.isEmpty()) {
            return spec;
        }
        List<ChannelDef> all = new ArrayList<>(spec.client().channels());
        for (StaticChannel channel : channels) {
            if (all.stream().noneMatch(known -> known.name().equals(channel.name()))) {
                all.add(new ChannelDef(channel.name(), channel.options()));
            }
        }
        return spec.withClient(spec.client().but().channels(all).build());
    }

    /** Closes every connection and ends the threads; waits for that a few seconds at most. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        blocking.shutdownNow();
        painters.shutdown(); // what has come is still painted, so that every session gets to know its end
        try {
            painters.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        painters.shutdownNow();
        keyLog.ifPresent(TlsKeyLog::close);
    }
}
