package porthole.host.gateway;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import porthole.host.nla.NlaHost;
import porthole.protocol.wire.Bytes;
import porthole.transport.RandomSource;

/**
 * How a gateway is set up.
 *
 * @param channelBindings of its certificate
 * @param users who may sign in with NTLM, Negotiate and Basic
 * @param tokens who may with bearer and cookie
 * @param chunked whether the endless response comes in chunks; otherwise it ends with its connection
 * @param fixed where every connection leads, whatever host the client names
 * @param allowed {@code host:port} in lower case of the hosts that clients may name; without {@code fixed}
 * @param consent what the user has to agree to
 * @param serviceMessage what is told when a channel opens
 * @param idleTimeout without data from the client; zero for none
 * @param keepalive how often a keepalive packet goes out; zero for never
 * @param ping how often a websocket is pinged; zero for never
 * @param redirection bits of {@link porthole.protocol.gateway.GatewayFlags}
 * @param blocking where names are looked up
 */
record GatewayHostSettings(
        String name,
        SslContext tls,
        Bytes channelBindings,
        NlaHost users,
        Set<String> tokens,
        Set<GatewaySignIn> signIns,
        Set<GatewayFault.Wire> transports,
        boolean chunked,
        Optional<InetSocketAddress> fixed,
        Set<String> allowed,
        Optional<String> consent,
        Optional<String> serviceMessage,
        Duration idleTimeout,
        Duration keepalive,
        Duration ping,
        int redirection,
        List<GatewayFault> faults,
        RandomSource random,
        Executor blocking,
        Consumer<GatewayEvent> observer) {

    /** The fault at this point, where there is one. */
    Optional<GatewayFault> fault(GatewayFault.Point point, GatewayFault.Wire transport) {
        return faults.stream()
                .filter(fault -> fault.point() == point
                        && fault.transport().map(transport::equals).orElse(true))
                .findFirst();
    }

    boolean takes(GatewaySignIn way) {
        return signIns.contains(way);
    }

    @Override
    public String toString() {
        return "GatewayHostSettings[name=" + name + "]";
    }
}
