package porthole.transport;

import java.util.Optional;

/**
 * How the host is reached.
 *
 * @param proxy what stands before every TCP connection that is opened on the way
 * @param gateway the RD Gateway that the host lies behind, where it does
 */
public record RouteSettings(ProxySettings proxy, Optional<GatewaySettings> gateway) {
    public static final RouteSettings DIRECT = new RouteSettings(ProxySettings.NONE);

    /** Without a gateway. */
    public RouteSettings(ProxySettings proxy) {
        this(proxy, Optional.empty());
    }

    public RouteSettings withProxy(ProxySettings value) {
        return new RouteSettings(value, gateway);
    }

    public RouteSettings withGateway(GatewaySettings value) {
        return new RouteSettings(proxy, Optional.of(value));
    }
}
