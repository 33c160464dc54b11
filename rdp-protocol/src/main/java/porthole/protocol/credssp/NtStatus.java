package porthole.protocol.credssp;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An NTSTATUS as a TSRequest carries it (MS-CSSP 2.2.1, MS-ERREF 2.3.1).
 *
 * @param code the number, unsigned
 * @param name the specification's name, or {@code unknown}
 * @param meaning one clause
 * @param remedy what a person can do
 */
public record NtStatus(long code, String name, String meaning, String remedy) {
    private static final long FROM_WIN32 = 0xC0070000L;
    private static final int ERROR_MORE_DATA = 234;

    private static final String TEXT = """
            > check user name, domain and password; a local account needs the host's name or a dot as its domain
            C000006D STATUS_LOGON_FAILURE the user name or the password is wrong
            C000006A STATUS_WRONG_PASSWORD the password is wrong
            C0000064 STATUS_NO_SUCH_USER the host does not know the user
            C0000062 STATUS_INVALID_ACCOUNT_NAME the host does not take this form of a user name
            80090308 SEC_E_INVALID_TOKEN the host did not understand or not believe the authentication message
            8009030C SEC_E_LOGON_DENIED the host denied the logon
            8009030E SEC_E_NO_CREDENTIALS the host found no credentials
            > set a new password at the host or in its domain, then connect again; NLA cannot change it
            C0000071 STATUS_PASSWORD_EXPIRED the password has expired
            C0000224 STATUS_PASSWORD_MUST_CHANGE the password must be changed before the first logon
            > ask an administrator to enable, unlock or extend the account
            C0000072 STATUS_ACCOUNT_DISABLED the account is disabled
            C0000193 STATUS_ACCOUNT_EXPIRED the account has expired
            C0000234 STATUS_ACCOUNT_LOCKED_OUT the account is locked after too many wrong passwords
            > ask an administrator what the account's policy allows: logon hours, workstations, an empty password, NTLM
            C000006E STATUS_ACCOUNT_RESTRICTION a policy keeps the account from logging on this way
            C000006F STATUS_INVALID_LOGON_HOURS the account may not log on at this time
            C0000070 STATUS_INVALID_WORKSTATION the account may not log on from this workstation
            C0000413 STATUS_AUTHENTICATION_FIREWALL_FAILED the account's domain may not log on to this host
            C0000418 STATUS_NTLM_BLOCKED the host or its domain takes no NTLM
            > have the user put into the host's Remote Desktop Users group, and see its policy on remote logon
            C000015B STATUS_LOGON_TYPE_NOT_GRANTED the user has no right to log on remotely
            C0000022 STATUS_ACCESS_DENIED the host denied access
            C0000041 STATUS_PORT_CONNECTION_REFUSED the host refused the logon
            > see whether the host reaches its domain controller; a local account does without
            C000005E STATUS_NO_LOGON_SERVERS no domain controller could be asked
            C00000DF STATUS_NO_SUCH_DOMAIN the host does not know the domain
            C000018C STATUS_TRUSTED_DOMAIN_FAILURE the trust between the host's domain and the user's failed
            C000018D STATUS_TRUSTED_RELATIONSHIP_FAILURE the trust between the host and its domain failed
            C000018B STATUS_NO_TRUST_SAM_ACCOUNT the host's account in its domain is missing
            C0000192 STATUS_NETLOGON_NOT_STARTED the host's logon service does not run
            C000005F STATUS_NO_SUCH_LOGON_SESSION the host lost the logon session
            > set the clocks of this machine, the host and the domain controller right
            C0000133 STATUS_TIME_DIFFERENCE_AT_DC the clocks differ by too much
            > update the older side; --security tls does without CredSSP where the host allows it
            C00000BB STATUS_NOT_SUPPORTED the host does not support this version of CredSSP or this way to sign in
            80090302 SEC_E_UNSUPPORTED_FUNCTION the host does not support this way to sign in
            8009030F SEC_E_MESSAGE_ALTERED the host found the message altered, or its public key is not the one we saw
            C000035B STATUS_BAD_BINDINGS the host sees another TLS certificate than this side
            C0000388 STATUS_DOWNGRADE_DETECTED the host detected a downgrade of the authentication
            > see the host's event log
            C000000D STATUS_INVALID_PARAMETER the host did not accept a part of the message
            C0000017 STATUS_NO_MEMORY the host ran out of memory
            C00000E5 STATUS_INTERNAL_ERROR the host had an internal error
            """;

    private static final Map<Long, NtStatus> KNOWN = read();

    /** The explanation of {@code code}; an unknown code is explained as such. */
    public static NtStatus of(long code) {
        long unsigned = code & 0xFFFFFFFFL;
        NtStatus known = KNOWN.get(unsigned);
        if (known != null) {
            return known;
        }
        if ((unsigned & 0xFFFF0000L) == FROM_WIN32) {
            return fromWin32((int) (unsigned & 0xFFFF));
        }
        return new NtStatus(
                unsigned,
                "unknown",
                String.format(Locale.ROOT, "the host gave the unknown status 0x%08X", unsigned),
                "look the number up in MS-ERREF 2.3.1 or in the host's event log");
    }

    /** A short machine-readable name for failures: {@code nla-} and the name in lower case, for example {@code nla-logon-failure}. */
    public String cause() {
        if (name.startsWith("STATUS_") || name.startsWith("SEC_E_")) {
            String plain = name.substring(name.startsWith("STATUS_") ? "STATUS_".length() : "SEC_E_".length());
            return "nla-" + plain.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return code == (FROM_WIN32 | ERROR_MORE_DATA) ? "nla-logon-failure" : "nla-refused";
    }

    /** All known codes in the order of their numbers. */
    public static Collection<NtStatus> all() {
        return KNOWN.values();
    }

    private static NtStatus fromWin32(int error) {
        boolean freeRdp = error == ERROR_MORE_DATA;
        return new NtStatus(
                FROM_WIN32 | error,
                "NTSTATUS_FROM_WIN32(" + error + ")",
                freeRdp
                        ? "the host could not check the logon, which FreeRDP's server says of a wrong user or password"
                        : "the host failed with the Win32 error " + error,
                freeRdp ? "check user name, domain and password" : "look the number up in MS-ERREF 2.2");
    }

    private static Map<Long, NtStatus> read() {
        Map<Long, NtStatus> known = new TreeMap<>();
        String remedy = "";
        for (String line : TEXT.lines().toList()) {
            if (line.startsWith("> ")) {
                remedy = line.substring(2);
            } else {
                String[] parts = line.split(" ", 3);
                long code = Long.parseLong(parts[0], 16);
                known.put(code, new NtStatus(code, parts[1], parts[2], remedy));
            }
        }
        return Collections.unmodifiableMap(known);
    }
}
