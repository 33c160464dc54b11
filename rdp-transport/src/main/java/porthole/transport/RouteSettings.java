package porthole.transport;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How the host is reached.
 *
 * @param proxy what stands before every TCP connection that is opened on the way
 * @param gateway the RD Gateway that the host lies behind, where it does
 * @param avd the gateway of Azure Virtual Desktop instead, where the broker named one
 * @param broker who is asked before each connection, and may change all of this
 * @param bindAddress the address of this machine that TCP connections come from; empty leaves it to the system
 */
public record RouteSettings(
        ProxySettings proxy,
        Optional<GatewaySettings> gateway,
        Optional<AvdGatewaySettings> avd,
        Optional<Broker> broker,
        Optional<InetAddress> bindAddress) {
    public static final RouteSettings DIRECT = new RouteSettings(ProxySettings.NONE);

    /** Without a gateway, from any address. */
    public RouteSettings(ProxySettings proxy) {
        this(proxy, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public RouteSettings withProxy(ProxySettings value) {
        return new RouteSettings(value, gateway, avd, broker, bindAddress);
    }

    public RouteSettings withGateway(GatewaySettings value) {
        return new RouteSettings(proxy, Optional.of(value), Optional.empty(), Optional.empty(), bindAddress);
    }

    public RouteSettings withAvd(AvdGatewaySettings value) {
        return new RouteSettings(proxy, Optional.empty(), Optional.of(value), broker, bindAddress);
    }

    /** Wherever the broker says; a gateway before is forgotten. */
    public RouteSettings withBroker(Broker value) {
        return new RouteSettings(proxy, Optional.empty(), Optional.empty(), Optional.of(value), bindAddress);
    }

    public RouteSettings withBindAddress(InetAddress value) {
        return new RouteSettings(proxy, gateway, avd, broker, Optional.of(value));
    }
}
