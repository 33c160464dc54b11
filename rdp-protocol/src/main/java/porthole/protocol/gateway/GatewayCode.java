package porthole.protocol.gateway;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import porthole.protocol.failure.Refused;

/**
 * What an RD Gateway says went wrong (MS-TSGU 2.2.6); other codes than the named ones are kept.
 *
 * @param code as the gateway sent it, unsigned
 * @param name the specification's name, or {@code unknown}
 * @param meaning one clause
 * @param remedy what a person can do
 */
public record GatewayCode(long code, String name, String meaning, String remedy) {
    /** The number of ERROR_GRACEFUL_DISCONNECT. */
    public static final long GRACEFUL_DISCONNECT = 0x4CA;

    /** All went well. */
    public static final long S_OK = 0;

    /** The policy for resources does not let this user to this host. */
    public static final long RAP_ACCESSDENIED = 0x800759DAL;

    /** The policy for connections does not let this user in. */
    public static final long NAP_ACCESSDENIED = 0x800759DBL;

    /** The gateway cannot connect to the host. */
    public static final long TS_CONNECTFAILED = 0x800759DDL;

    /** The machine is not healthy enough; the tunnel stands nevertheless (MS-TSGU 3.7.5.2.7). */
    public static final long QUARANTINE_ACCESSDENIED = 0x800759EDL;

    /** The cookie of the pluggable authentication was refused. */
    public static final long COOKIE_AUTHENTICATION_ACCESS_DENIED = 0x800759F8L;

    /** The gateway does not take this way of signing in. */
    public static final long UNSUPPORTED_AUTHENTICATION_METHOD = 0x800759F9L;

    /** No data for too long, or the session was open for too long. */
    public static final long SESSIONTIMEOUT = 0x800759F6L;

    /** NTLM inside the tunnel failed (MS-ERREF 2.1). */
    public static final long LOGON_DENIED = 0x8009030CL;

    private static final long WIN32_FACILITY = 0x80070000L;

    private static final String TABLE = """
            00000000 S_OK|no error|nothing to do
            000004CA ERROR_GRACEFUL_DISCONNECT|the connection was ended in order|connect again if that was not wanted
            000004D4 E_PROXY_CONNECTIONABORTED|the gateway ended the connection, mostly on an administrator's order|ask the gateway's administrator, or connect again
            00000005 ERROR_ACCESS_DENIED|the gateway does not let this user in|check user and password for the gateway, and its connection policy (CAP)
            00000057 ERROR_INVALID_PARAMETER|the gateway found a packet invalid|see whether gateway and client speak the same version; record the session and report it
            000000A0 ERROR_BAD_ARGUMENTS|the gateway found a packet invalid|see whether gateway and client speak the same version; record the session and report it
            000003E3 ERROR_OPERATION_ABORTED|the gateway gave up on the request|connect again; see the gateway's event log if it stays so
            000004E3 ERROR_ONLY_IF_CONNECTED|the gateway has no such connection any more|connect again
            0000052E ERROR_LOGON_FAILURE|wrong user name or password for the gateway|check --gateway-user and its password
            0000071A RPC_S_CALL_CANCELLED|the request was cancelled at the gateway|connect again
            000059D8 E_PROXY_INTERNALERROR|the gateway had an internal error|see the gateway's event log
            000059DA E_PROXY_RAP_ACCESSDENIED|the gateway's resource policy (RAP) does not let this user to this host and port|ask for the host to be added to the policy, and spell it as the policy does: name or address
            000059DB E_PROXY_NAP_ACCESSDENIED|the gateway's connection policy (CAP) does not let this user or machine in|ask for the user to be added to the policy; see which way of signing in it demands
            000059DD E_PROXY_TS_CONNECTFAILED|the gateway cannot connect to the host|check host name and port as seen from the gateway, that the host runs, and the firewalls between
            000059DF E_PROXY_ALREADYDISCONNECTED|the tunnel is closed already|connect again
            000059E6 E_PROXY_MAXCONNECTIONSREACHED|the gateway has no room for another connection|try later, or ask for a higher limit at the gateway
            000059E8 E_PROXY_NOTSUPPORTED|the gateway does not support what was asked for|try another --gateway-transport or --gateway-auth
            000059E9 E_PROXY_CAPABILITYMISMATCH|client and gateway have too few capabilities in common|the gateway may demand consent messages or reauthentication; see its policy
            000059ED E_PROXY_QUARANTINE_ACCESSDENIED|the gateway has this machine in quarantine|see which state of health the gateway's policy demands
            000059EE E_PROXY_NOCERTAVAILABLE|the gateway has no certificate for statements of health|have a certificate installed at the gateway
            000059F6 E_PROXY_SESSIONTIMEOUT|the gateway's time limit for the session, or for an idle one, has passed|connect again; ask for another limit in the gateway's policy
            000059F7 E_PROXY_COOKIE_BADPACKET|the gateway cannot read the access token|check that the token is meant for this gateway and is complete
            000059F8 E_PROXY_COOKIE_AUTHENTICATION_ACCESS_DENIED|the gateway does not accept the access token|get a fresh token; it may be expired, used up or for somebody else
            000059F9 E_PROXY_UNSUPPORTED_AUTHENTICATION_METHOD|the gateway does not take this way of signing in|try another --gateway-auth, for example with an access token
            000059FA E_PROXY_REAUTH_AUTHN_FAILED|signing in again at the gateway failed|connect again with credentials that still hold
            000059FB E_PROXY_REAUTH_CAP_FAILED|the gateway's connection policy (CAP) no longer lets this user in|see what has changed in the policy
            000059FC E_PROXY_REAUTH_RAP_FAILED|the gateway's resource policy (RAP) no longer lets this user to this host|see what has changed in the policy
            000059FD E_PROXY_SDR_NOT_SUPPORTED_BY_TS|the host cannot enforce the gateway's rule for device redirection|have the host updated, or the gateway's rule relaxed
            00005A00 E_PROXY_REAUTH_NAP_FAILED|this machine is no longer healthy enough for the gateway|see which state of health the gateway's policy demands
            80090308 SEC_E_INVALID_TOKEN|the gateway cannot read the sign-in token|try another --gateway-auth; a proxy between may have changed it
            8009030C SEC_E_LOGON_DENIED|wrong user name or password for the gateway|check --gateway-user and its password
            80090346 SEC_E_BAD_BINDINGS|the gateway saw another TLS connection than this client|something between takes TLS apart; connect without it
            """;

    private static final Map<Long, GatewayCode> KNOWN = read();

    private static Map<Long, GatewayCode> read() {
        Map<Long, GatewayCode> known = new TreeMap<>();
        TABLE.lines().forEach(line -> {
            String[] parts = line.substring(9).split("\\|", -1);
            long code = Long.parseLong(line.substring(0, 8), 16);
            known.put(code, new GatewayCode(code, parts[0], parts[1], parts[2]));
        });
        return known;
    }

    /** The explanation of {@code code}, whether it came as an HRESULT or as the bare number inside one. */
    public static GatewayCode of(long code) {
        long unsigned = code & 0xFFFFFFFFL;
        GatewayCode known = KNOWN.get(unsigned);
        if (known == null && (unsigned & 0xFFFF0000L) == WIN32_FACILITY && unsigned != WIN32_FACILITY) {
            known = KNOWN.get(unsigned & 0xFFFFL);
        }
        return known != null
                ? new GatewayCode(unsigned, known.name, known.meaning, known.remedy)
                : new GatewayCode(
                        unsigned,
                        "unknown",
                        String.format(Locale.ROOT, "the gateway gave the unknown code 0x%08X", unsigned),
                        "look the number up in MS-TSGU 2.2.6 and MS-ERREF 2.1, or in the gateway's event log");
    }

    /** All named codes in the order of their numbers. */
    public static Collection<GatewayCode> all() {
        return Collections.unmodifiableCollection(KNOWN.values());
    }

    public boolean isSuccess() {
        return code == S_OK;
    }

    /** The failure that this code is; its cause is {@code gateway-} and the name, for example {@code gateway-rap-accessdenied}. */
    public Refused refused() {
        String word = name.replaceFirst("^(E_PROXY|ERROR|SEC_E|RPC_S)_", "")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        return new Refused("gateway-" + word, "RD Gateway", code, name, meaning, remedy, "MS-TSGU 2.2.6");
    }
}
