package porthole.transport;

/**
 * How the host is reached.
 *
 * @param proxy what stands before every TCP connection that is opened on the way
 */
public record RouteSettings(ProxySettings proxy) {
    public static final RouteSettings DIRECT = new RouteSettings(ProxySettings.NONE);

    public RouteSettings withProxy(ProxySettings value) {
        return new RouteSettings(value);
    }
}
