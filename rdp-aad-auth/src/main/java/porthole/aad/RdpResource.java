package porthole.aad;

import java.util.regex.Pattern;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/**
 * The machine that an RDP access token is for, as Entra knows it: scope and resource URI come from this one value
 * (MS-RDPBCGR 4.11.4, 2.2.18.2.1).
 *
 * @param kind how the machine is named
 * @param name the machine's Entra name or its device id, spelled as it goes into scope and URI
 */
public record RdpResource(Kind kind, String name) {
    private static final String BASE = "ms-device-service://termsrv.wvd.microsoft.com/";
    private static final String PERMISSION = "/user_impersonation";
    private static final int MAX_NAME = 255;
    private static final Pattern UNSAFE = Pattern.compile("[\\s/?#%\"\\\\\\p{Cntrl}]");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** How a resource names its machine. */
    public enum Kind {
        /** By the host name that the device registered. */
        NAME("name"),
        /** By the Entra device id. */
        DEVICE_ID("id");

        private final String segment;

        Kind(String segment) {
            this.segment = segment;
        }
    }

    public RdpResource {
        if (name.isEmpty() || name.length() > MAX_NAME || UNSAFE.matcher(name).find()) {
            throw refused("entra-name", "this cannot be the Entra name of a host", name);
        }
        if (kind == Kind.DEVICE_ID && !GUID.matcher(name).matches()) {
            throw refused("entra-device-id", "this is not an Entra device id", name);
        }
    }

    /** The machine of exactly this Entra name: nothing is cut, whatever the name looks like. */
    public static RdpResource named(String entraName) {
        return new RdpResource(Kind.NAME, entraName);
    }

    /**
     * The machine behind a network address: the first label of a DNS name, because that is what devices register by
     * default; an IP address stays whole, as no part of it could be a name.
     */
    public static RdpResource ofHost(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int dot = bare.indexOf('.');
        return named(isAddress(bare) || dot <= 0 ? bare : bare.substring(0, dot));
    }

    /** The machine with this Entra device id, a GUID. */
    public static RdpResource device(String deviceId) {
        return new RdpResource(Kind.DEVICE_ID, deviceId);
    }

    /** Whether the name is an IP address, which Entra does not accept for a device. */
    public boolean isAddress() {
        return kind == Kind.NAME && isAddress(name);
    }

    /** The scope of the token request, not percent-encoded. */
    public String scope() {
        return uri() + PERMISSION;
    }

    /** The resource URI: {@code u} of the assertion and {@code aud} of the token. */
    public String uri() {
        return BASE + kind.segment + "/" + name;
    }

    private static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || text.indexOf(':') >= 0;
    }

    private static RdpFailure refused(String cause, String summary, String name) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "..." : name;
        return new LocalFailure(
                        cause,
                        summary,
                        "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'",
                        "the host name under which the device is registered, or its device id",
                        "look the device up in Entra and give its name or id")
                .in(Stage.TOKEN);
    }
}
