package porthole.transport;

import java.net.URI;

/**
 * The gateway of Azure Virtual Desktop, as the broker's answer names it.
 *
 * @param location https URL of the websocket; its path and query may hold secrets
 * @param trust how the gateway's certificate is judged
 * @param token the bearer token for the service
 * @param userAgent what the client calls itself
 */
public record AvdGatewaySettings(URI location, Trust trust, Secret token, String userAgent) {
    public AvdGatewaySettings {
        boolean plain = token.reveal().chars().allMatch(c -> c > ' ' && c <= '~');
        if (!"https".equalsIgnoreCase(location.getScheme()) || location.getHost() == null || !plain) {
            throw new IllegalArgumentException("not an https URL with a token that fits a header");
        }
    }

    /** DNS name or address of the gateway. */
    public String host() {
        String host = location.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        return location.getPort() < 0 ? GatewaySettings.DEFAULT_PORT : location.getPort();
    }

    /** Path and query. */
    public String path() {
        String path = location.getRawPath() == null || location.getRawPath().isEmpty() ? "/" : location.getRawPath();
        return location.getRawQuery() == null ? path : path + "?" + location.getRawQuery();
    }

    /** Without path, query and token. */
    @Override
    public String toString() {
        return "AvdGatewaySettings[" + location.getHost() + ":" + port() + "]";
    }
}
