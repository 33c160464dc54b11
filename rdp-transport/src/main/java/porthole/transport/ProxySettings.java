package porthole.transport;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which proxy stands before which host; serves RDP, its gateways and requests over HTTPS alike.
 *
 * @param except the hosts that are reached without it
 */
public record ProxySettings(Optional<ProxyServer> server, NoProxy except) {
    public static final ProxySettings NONE = new ProxySettings(Optional.empty(), NoProxy.NONE);

    /** One proxy for every host. */
    public static ProxySettings of(ProxyServer server) {
        return new ProxySettings(Optional.of(server), NoProxy.NONE);
    }

    /**
     * What {@code https_proxy} or else {@code all_proxy} says, in small letters or else in capitals, except for the hosts of
     * {@code no_proxy} and this machine itself; {@code http_proxy} is for plain HTTP, which nothing here speaks.
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        Optional<String> url = Stream.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
                .flatMap(name -> value(environment, name).stream())
                .findFirst();
        if (url.isEmpty()) {
            return NONE;
        }
        String list = value(environment, "no_proxy")
                .or(() -> value(environment, "NO_PROXY"))
                .orElse("");
        return new ProxySettings(
                url.map(ProxyServer::parse), NoProxy.parse(list).withLoopback());
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    /** The proxy that connections to {@code host}, a name or an address, go through. */
    public Optional<ProxyServer> before(String host) {
        return server.filter(proxy -> !except.contains(host));
    }
}
