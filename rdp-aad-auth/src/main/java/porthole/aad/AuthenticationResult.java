package porthole.aad;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;

/**
 * What the host answers to an assertion (MS-RDPBCGR 2.2.18.3): an HRESULT, of which zero alone means signed in.
 *
 * @param code as an unsigned 32-bit number
 */
public record AuthenticationResult(long code) {
    private static final String SECTION = "MS-RDPBCGR 2.2.18.3";
    private static final long NT_FACILITY = 0x1000_0000L;
    private static final long CLOUD_AP_FIRST = 0xD004_8000L;
    private static final long CLOUD_AP_LAST = 0xD004_8FFFL;

    public static final AuthenticationResult S_OK = new AuthenticationResult(0);
    public static final AuthenticationResult SEC_E_INVALID_TOKEN = new AuthenticationResult(0x8009_0308L);
    public static final AuthenticationResult E_ACCESSDENIED = new AuthenticationResult(0x8007_0005L);

    private record Known(String name, String meaning, String remedy) {}

    private static final Known INVALID_TOKEN = new Known(
            "SEC_E_INVALID_TOKEN",
            "the host does not accept the assertion or the token in it",
            "check, in this order: the token is bound to the key that signed (cnf.kid), its audience is the name given"
                    + " for the host, it has not expired, this machine's clock is right, the host can reach Entra;"
                    + " the exact reason is in the host's event log Microsoft-Windows-AAD/Operational");
    private static final Known CLOUD_AP = new Known(
            "STATUS_AAD_CLOUDAP_E",
            "the host's cloud authentication package refused the assertion with a code of its own",
            "look the code up in the host's event log Microsoft-Windows-AAD/Operational; the reasons it knows are: nonce"
                    + " expired, token malformed, assertion malformed, other tenant, other device, token invalid, key not"
                    + " the one the token is bound to, issuer's certificate not found, resource URI not the audience");
    private static final Known OTHER = new Known(
            "unknown",
            "the host refused the sign-in with a code that is not in its specification",
            "look the code up in MS-ERREF 2.1 and in the host's event log Microsoft-Windows-AAD/Operational");
    private static final Map<Long, Known> KNOWN = known();

    public AuthenticationResult {
        if (code < 0 || code > 0xFFFF_FFFFL) {
            throw new WireException(
                    "AuthenticationResult",
                    "authentication_result",
                    0,
                    Long.toString(code),
                    "a number of 32 bits",
                    SECTION);
        }
    }

    /** The result that a number says, signed as hosts send it or unsigned. */
    public static AuthenticationResult of(long number) {
        return new AuthenticationResult(number < 0 && number >= Integer.MIN_VALUE ? number & 0xFFFF_FFFFL : number);
    }

    /** Every result with a name, zero first: the codes that a host may be asked to answer with. */
    public static List<AuthenticationResult> named() {
        return KNOWN.keySet().stream().map(AuthenticationResult::new).toList();
    }

    /** Whether the user is authenticated and authorized. */
    public boolean isSuccess() {
        return code == 0;
    }

    /** The number as hosts send it. */
    public int signed() {
        return (int) code;
    }

    /** The specification's name, or {@code unknown}. */
    public String name() {
        return entry().name();
    }

    /** One clause. */
    public String meaning() {
        return entry().meaning();
    }

    /** What a person can do. */
    public String remedy() {
        return entry().remedy();
    }

    /** The failure that this result is. */
    public RdpFailure refused() {
        Known entry = entry();
        return new Refused(
                        "authentication-result",
                        "authentication_result",
                        code,
                        entry.name(),
                        entry.meaning(),
                        entry.remedy(),
                        SECTION)
                .in(Stage.AUTHENTICATION);
    }

    private Known entry() {
        Known known = KNOWN.get(code);
        if (known == null && (code & 0xF000_0000L) == 0xC000_0000L) {
            // a plain NTSTATUS, which some hosts send without the facility bit of the specification
            known = KNOWN.get(code | NT_FACILITY);
        }
        if (known != null) {
            return known;
        }
        long hresult = (code & 0xF000_0000L) == 0xC000_0000L ? code | NT_FACILITY : code;
        return CLOUD_AP_FIRST <= hresult && hresult <= CLOUD_AP_LAST ? CLOUD_AP : OTHER;
    }

    private static Map<Long, Known> known() {
        Map<Long, Known> all = new TreeMap<>();
        all.put(0L, new Known("S_OK", "the user is authenticated and authorized", "nothing to do"));
        all.put(SEC_E_INVALID_TOKEN.code(), INVALID_TOKEN);
        all.put(
                E_ACCESSDENIED.code(),
                new Known(
                        "E_ACCESSDENIED",
                        "the user is known but may not sign in to this host",
                        "give the user the role Virtual Machine User Login (or Administrator Login) or membership in Remote"
                                + " Desktop Users, and check the host's policy and its assignment"));
        all.put(
                0xD000_006DL,
                new Known(
                        "STATUS_LOGON_FAILURE",
                        "the logon attempt failed on the host",
                        "check that the account can log on to this host; a hybrid account needs the Kerberos server object"
                                + " in Entra"));
        all.put(
                0xD000_005EL,
                new Known(
                        "STATUS_NO_LOGON_SERVERS",
                        "the host reaches no domain controller",
                        "give the host a line to a domain controller, or set up the Kerberos server object in Entra"));
        all.put(
                0xD000_006FL,
                new Known(
                        "STATUS_INVALID_LOGON_HOURS",
                        "the account may not log on at this hour",
                        "change the logon hours of the account in the directory"));
        all.put(
                0xD000_0070L,
                new Known(
                        "STATUS_INVALID_WORKSTATION",
                        "the account may not log on from this workstation",
                        "change the workstations that the account is restricted to"));
        all.put(
                0xD000_0071L,
                new Known("STATUS_PASSWORD_EXPIRED", "the account's password has expired", "change the password"));
        all.put(
                0xD000_0072L,
                new Known("STATUS_ACCOUNT_DISABLED", "the account is disabled", "have the account enabled"));
        return all;
    }

    /** Name and code. */
    @Override
    public String toString() {
        return String.format("%s (0x%08X)", name(), code);
    }
}
