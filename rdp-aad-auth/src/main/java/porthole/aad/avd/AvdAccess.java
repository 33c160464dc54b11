package porthole.aad.avd;

import java.util.LinkedHashMap;
import java.util.Map;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.EntraHttp;

/**
 * Who asks the services of Azure Virtual Desktop, and by what way.
 *
 * @param http the way
 * @param token for the scope {@link #SCOPE}
 * @param userAgent what the client calls itself; the feed refuses clients that call themselves nothing
 */
public record AvdAccess(EntraHttp http, RdpAccessToken token, String userAgent) {
    /** The scope of the token for feed, broker and gateway; the token for a host is another one. */
    public static final String SCOPE = "https://www.wvd.microsoft.com/.default";

    /** What the client calls itself unless told otherwise. */
    public static final String USER_AGENT = "porthole/1.0";

    /** The headers of one request; {@code accept} is what may come back. */
    Map<String, String> headers(String accept) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-cache");
        headers.put("Pragma", "no-cache");
        headers.put("Accept", accept);
        headers.put("User-Agent", userAgent);
        headers.put("X-MS-User-Agent", userAgent);
        headers.put("Authorization", "Bearer " + token.value());
        return headers;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AvdAccess[userAgent=" + userAgent + "]";
    }
}
