package porthole.transport;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The hosts that no proxy stands before, as curl reads {@code NO_PROXY}: names with all below them, addresses, networks as {@code
 * 10.0.0.0/8}, and {@code *} for everything.
 *
 * @param entries in lower case, without leading and trailing dots
 */
public record NoProxy(List<String> entries) {
    public static final NoProxy NONE = new NoProxy(List.of());

    /** This machine itself. */
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.0/8", "::1");

    public NoProxy {
        entries = List.copyOf(entries);
    }

    /** Reads a list with commas or spaces between its entries. */
    public static NoProxy parse(String list) {
        return new NoProxy(Arrays.stream(list.split("[,\\s]+"))
                .map(NoProxy::plain)
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** These hosts and this machine itself. */
    public NoProxy withLoopback() {
        return new NoProxy(Stream.concat(entries.stream(), LOOPBACK.stream()).toList());
    }

    private static String plain(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        text = text.startsWith(".") ? text.substring(1) : text;
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    /** Whether connections to {@code host}, a name or an address, go without a proxy. */
    public boolean contains(String host) {
        String name = plain(host);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        return entries.stream()
                .anyMatch(entry -> entry.equals("*")
                        || (address == null ? name.equals(entry) || name.endsWith("." + entry) : isIn(address, entry)));
    }

    private static boolean isIn(byte[] address, String entry) {
        int slash = entry.indexOf('/');
        byte[] network = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? entry : entry.substring(0, slash));
        if (network == null || network.length != address.length) {
            return false;
        }
        int bits = slash < 0 ? network.length * 8 : bits(entry.substring(slash + 1));
        if (bits < 0 || bits > network.length * 8) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (((network[i / 8] ^ address[i / 8]) & 0x80 >> i % 8) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }
}
