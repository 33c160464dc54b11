package porthole.transport.proxy;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;
import porthole.protocol.failure.LocalFailure;

/**
 * Where a proxy is asked to connect to: nothing that could break out of a header gets this far.
 *
 * @param host an ASCII name, or an address without brackets and zone
 */
record Destination(String host, int port) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

    /** The form that goes to the proxy. */
    static Destination of(String host, int port) {
        String plain = host.indexOf('%') < 0 ? host : host.substring(0, host.indexOf('%'));
        if (NetUtil.isValidIpV6Address(plain)) {
            return new Destination(plain, port);
        }
        String ascii;
        try {
            ascii = IDN.toASCII(plain);
        } catch (IllegalArgumentException e) {
            throw unspeakable(e);
        }
        if (!NAME.matcher(ascii).matches()) {
            throw unspeakable(null);
        }
        return new Destination(ascii, port);
    }

    private static LocalFailure unspeakable(Throwable cause) {
        return new LocalFailure(
                "proxy-target",
                "the host's name cannot be said to a proxy",
                "a name that is neither an address nor made of letters, digits, dots and hyphens",
                "a DNS name or an IP address",
                "check the spelling of the target",
                cause);
    }

    /** The octets of the address where the host is one. */
    Optional<byte[]> address() {
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(host));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
