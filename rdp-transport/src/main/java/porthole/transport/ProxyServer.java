package porthole.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy, and who signs in to it.
 *
 * @param host DNS name or IP address, without brackets
 * @param port 1 to 65535
 * @param user may be empty; a domain for NTLM stands before a backslash
 * @param password may be {@link Secret#NONE}
 * @param trust how the certificate of an https proxy is judged
 */
public record ProxyServer(Kind kind, String host, int port, String user, Secret password, Trust trust) {
    /** How a proxy is spoken to; names are resolved by the proxy with all of them. */
    public enum Kind {
        /** CONNECT of RFC 9110 9.3.6. */
        HTTP(1080),
        /** The same inside TLS. */
        HTTPS(443),
        /** RFC 1928, with the user names of RFC 1929. */
        SOCKS5(1080);

        private final int defaultPort;

        Kind(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        /** The scheme of a URL. */
        public String scheme() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST = 255;

    public ProxyServer {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a proxy host and a port: '" + host + "', " + port);
        }
    }

    /**
     * Reads {@code [scheme://][user[:password]@]host[:port]} with curl's defaults: http, port 1080, and 443 for https; what an
     * exception says of it has no password.
     */
    public static ProxyServer parse(String text) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a proxy is written as scheme://user@host:port, and this is no URL");
        }
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new IllegalArgumentException("a proxy is written as scheme://user@host:port, and this has no host");
        }
        Kind kind = kind(uri.getScheme().toLowerCase(Locale.ROOT));
        boolean more = uri.getRawPath() != null && uri.getRawPath().length() > 1;
        if (more || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("nothing follows host and port of a proxy");
        }
        String host = uri.getHost();
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = uri.getPort() < 0 ? kind.defaultPort : uri.getPort();
        String who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = who.indexOf(':');
        return new ProxyServer(kind, plain, port, "", Secret.NONE, new Trust.Strict(Optional.empty()))
                .withCredentials(
                        decoded(colon < 0 ? who : who.substring(0, colon)),
                        Secret.of(colon < 0 ? "" : decoded(who.substring(colon + 1))));
    }

    private static Kind kind(String scheme) {
        return switch (scheme) {
            case "http" -> Kind.HTTP;
            case "https" -> Kind.HTTPS;
            case "socks", "socks5", "socks5h" -> Kind.SOCKS5;
            default ->
                throw new IllegalArgumentException(
                        "a proxy speaks http, https or socks5 (which resolves names itself), not " + scheme);
        };
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same proxy with another user; both parts have at most 255 octets (RFC 1929). */
    public ProxyServer withCredentials(String name, Secret secret) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || secret.reveal().getBytes(StandardCharsets.UTF_8).length > LONGEST
                || (name + secret.reveal()).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "user and password of a proxy have at most 255 octets each and no control characters");
        }
        return new ProxyServer(kind, host, port, name, secret, trust);
    }

    public ProxyServer withTrust(Trust value) {
        return new ProxyServer(kind, host, port, user, password, value);
    }

    /** The URL without user and password. */
    @Override
    public String toString() {
        return kind.scheme() + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
