package porthole.cli.rdpfile;

import java.util.Optional;
import porthole.transport.Secret;

/**
 * What a file says of the RD Gateway.
 *
 * @param host name, perhaps with a port
 * @param usage {@code gatewayusagemethod}: 0 and 4 without gateway, 1 always, 2 where a direct connection fails, 3 default
 * @param credentialsSource {@code gatewaycredentialssource}: 0 NTLM, 1 smart card, 2 signed-in user, 3 Basic, 4 later,
 *     5 cookie
 * @param accessToken bearer token or cookie for the gateway
 * @param sharesCredentials whether the host's user name and password are for the gateway too
 */
public record GatewayKeys(
        String host, int usage, int credentialsSource, Optional<Secret> accessToken, boolean sharesCredentials) {
    public static final int ALWAYS = 1;
    public static final int WHERE_DIRECT_FAILS = 2;
    public static final int BASIC = 3;
    public static final int COOKIE = 5;

    /** Whether the way to the host may lead through the gateway. */
    public boolean isUsed() {
        return usage == ALWAYS || usage == WHERE_DIRECT_FAILS;
    }
}
