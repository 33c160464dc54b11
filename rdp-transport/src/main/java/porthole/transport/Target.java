package porthole.transport;

import java.util.Optional;

/**
 * The three names of one host: where the packets go, what its certificate says, and what Entra ID calls it.
 *
 * @param host DNS name or IP address of the next hop, or {@code unix:} and the path of a socket
 * @param port 1 to 65535
 * @param tlsName the name that the certificate has to carry and that goes into SNI
 * @param entraName the name that Entra ID knows the device by; same text, same case in scope and assertion
 */
public record Target(String host, int port, String tlsName, String entraName) {
    public static final int DEFAULT_PORT = 3389;
    private static final String UNIX = "unix:";

    public Target {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a host and a port: '" + host + "', " + port);
        }
    }

    /** All three names alike; an address has no zone in certificates. */
    public static Target of(String host, int port) {
        String name = host.indexOf('%') < 0 ? host : host.substring(0, host.indexOf('%'));
        return new Target(host, port, name, name);
    }

    /** A host behind a Unix domain socket, whose certificate may say {@code localhost}. */
    public static Target ofUnixSocket(String path) {
        return new Target(UNIX + path, DEFAULT_PORT, "localhost", "localhost");
    }

    /** Reads {@code host}, {@code host:port}, {@code [v6]:port}, a bare IPv6 address or {@code unix:/path}. */
    public static Target parse(String text) {
        if (text.startsWith(UNIX + "/")) {
            return ofUnixSocket(text.substring(UNIX.length()));
        }
        String host = text;
        int port = DEFAULT_PORT;
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) {
                throw new IllegalArgumentException("'" + text + "' has no closing bracket");
            }
            host = text.substring(1, close);
            if (close + 1 < text.length()) {
                if (text.charAt(close + 1) != ':') {
                    throw new IllegalArgumentException("'" + text + "': a colon and a port may follow the bracket");
                }
                port = parsePort(text, close + 2);
            }
        } else if (colon >= 0 && colon == text.indexOf(':')) {
            host = text.substring(0, colon);
            port = parsePort(text, colon + 1);
        }
        return of(host, port);
    }

    private static int parsePort(String text, int from) {
        try {
            return Integer.parseInt(text.substring(from));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' does not end in a port number", e);
        }
    }

    /** The path of the Unix domain socket that the packets go to, where it is one. */
    public Optional<String> unixSocket() {
        return host.startsWith(UNIX + "/") ? Optional.of(host.substring(UNIX.length())) : Optional.empty();
    }

    /** The same host, by its names, reached through a Unix domain socket. */
    public Target overUnixSocket(String path) {
        return new Target(UNIX + path, port, tlsName, entraName);
    }

    public Target withTlsName(String name) {
        return new Target(host, port, name, entraName);
    }

    public Target withEntraName(String name) {
        return new Target(host, port, tlsName, name);
    }

    @Override
    public String toString() {
        if (unixSocket().isPresent()) {
            return host;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
