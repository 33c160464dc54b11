package porthole.transport.sequence;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.route.DirectRoute;
import porthole.transport.route.TcpConnector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/** What the tests over a real socket share: an event loop, workers, and a specification for a host on loopback. */
final class LiveConnections implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService work = Executors.newFixedThreadPool(2);

    Connector.Attempt connect(ConnectionSpec spec, SessionSink sink, ConnectionObserver observer) {
        return new Connector(
                        new DirectRoute(new TcpConnector(group, work)),
                        new SslUpgrader(TlsEngines.JDK, work),
                        new SecureRandom()::nextBytes,
                        work)
                .connect(spec, sink, observer);
    }

    static ConnectionSpec spec(int port, Duration phase) {
        return ConnectionSpec.of(Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withDeadlines(new Deadlines(phase, phase, phase.multipliedBy(4)));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        work.shutdownNow();
    }
}
