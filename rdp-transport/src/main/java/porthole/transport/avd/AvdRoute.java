package porthole.transport.avd;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import porthole.transport.ConnectionSpec;
import porthole.transport.RandomSource;
import porthole.transport.StageClock;
import porthole.transport.route.Route;
import porthole.transport.route.TcpConnector;
import porthole.transport.tls.SslUpgrader;

/** Through the Azure Virtual Desktop gateway of the specification where it has one, else by another route. */
public final class AvdRoute implements Route {
    private final Route otherwise;
    private final TcpConnector tcp;
    private final SslUpgrader tls;
    private final RandomSource random;

    public AvdRoute(Route otherwise, TcpConnector tcp, SslUpgrader tls, RandomSource random) {
        this.otherwise = otherwise;
        this.tcp = tcp;
        this.tls = tls;
        this.random = random;
    }

    @Override
    public CompletableFuture<Channel> open(ConnectionSpec spec, StageClock clock) {
        return spec.route()
                .avd()
                .map(settings -> new AvdOpening(tcp, tls, random, spec, settings, clock).open())
                .orElseGet(() -> otherwise.open(spec, clock));
    }
}
