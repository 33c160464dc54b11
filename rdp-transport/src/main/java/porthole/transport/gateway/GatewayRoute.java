package porthole.transport.gateway;

import io.netty.channel.Channel;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import porthole.transport.ConnectionSpec;
import porthole.transport.RandomSource;
import porthole.transport.StageClock;
import porthole.transport.route.Route;
import porthole.transport.route.TcpConnector;
import porthole.transport.tls.SslUpgrader;

/** Through the RD Gateway of the specification where it has one, else by another route. */
public final class GatewayRoute implements Route {
    private final Route otherwise;
    private final Tools tools;

    /**
     * What every opening needs.
     *
     * @param time for NTLM with gateways that do not name the time themselves
     * @param blocking where tokens are fetched
     */
    record Tools(TcpConnector tcp, SslUpgrader tls, RandomSource random, Clock time, Executor blocking) {}

    /** @param blocking where tokens are fetched */
    public GatewayRoute(
            Route otherwise, TcpConnector tcp, SslUpgrader tls, RandomSource random, Clock time, Executor blocking) {
        this.otherwise = otherwise;
        this.tools = new Tools(tcp, tls, random, time, blocking);
    }

    @Override
    public CompletableFuture<Channel> open(ConnectionSpec spec, StageClock clock) {
        return spec.route()
                .gateway()
                .map(settings -> new GatewayOpening(tools, spec, settings, clock).open())
                .orElseGet(() -> otherwise.open(spec, clock));
    }
}
