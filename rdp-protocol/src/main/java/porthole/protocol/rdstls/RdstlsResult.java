package porthole.protocol.rdstls;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import porthole.protocol.failure.Refused;

/**
 * What a host answers to an RDSTLS request (MS-RDPBCGR 2.2.17.4); other codes than the named ones are kept.
 *
 * @param code a Windows error code as an unsigned 32-bit number; 0 alone means signed in
 */
public record RdstlsResult(long code) {
    public static final RdstlsResult SUCCESS = new RdstlsResult(0);
    public static final RdstlsResult ACCESS_DENIED = new RdstlsResult(0x5);
    public static final RdstlsResult LOGON_FAILURE = new RdstlsResult(0x52E);

    private record Known(String name, String meaning, String remedy) {}

    private static final Known OTHER = new Known(
            "unknown",
            "the host refused the sign-in with a code that is not in its specification",
            "look the code up in MS-ERREF 2.2 and in the host's security event log");
    private static final Map<Long, Known> KNOWN = known();

    private static Map<Long, Known> known() {
        Map<Long, Known> known = new TreeMap<>();
        known.put(0x0L, new Known("RDSTLS_RESULT_SUCCESS", "signed in", ""));
        known.put(
                0x5L,
                new Known(
                        "RDSTLS_RESULT_ACCESS_DENIED",
                        "the user may not sign in at this host, or the redirection is not known to it",
                        "check that the user may use Remote Desktop there; a redirection is good for one connection and"
                                + " a short time, so connect to the broker again"));
        known.put(
                0x52EL,
                new Known(
                        "RDSTLS_RESULT_LOGON_FAILURE",
                        "wrong user name or password",
                        "check user, domain and password at the first host; a host that expects web sign-in answers"
                                + " this, too"));
        known.put(
                0x530L,
                new Known(
                        "RDSTLS_RESULT_INVALID_LOGON_HOURS",
                        "the user may not sign in at this hour",
                        "connect at another time, or have the account's logon hours changed"));
        known.put(
                0x532L,
                new Known("RDSTLS_RESULT_PASSWORD_EXPIRED", "the password has expired", "set a new password first"));
        known.put(
                0x533L,
                new Known(
                        "RDSTLS_RESULT_ACCOUNT_DISABLED",
                        "the account is disabled",
                        "have the account enabled, or take another one"));
        known.put(
                0x773L,
                new Known(
                        "RDSTLS_RESULT_PASSWORD_MUST_CHANGE",
                        "the password must be changed before the first sign-in",
                        "set a new password first"));
        known.put(
                0x775L,
                new Known(
                        "RDSTLS_RESULT_ACCOUNT_LOCKED_OUT",
                        "the account is locked after too many attempts",
                        "wait until the lock ends, or have the account unlocked; do not try again before"));
        return known;
    }

    public RdstlsResult {
        if (code < 0 || code > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a result has 32 bits, not " + code);
        }
    }

    /** Every result with a name, success first. */
    public static List<RdstlsResult> named() {
        return KNOWN.keySet().stream().map(RdstlsResult::new).toList();
    }

    public boolean isSuccess() {
        return code == 0;
    }

    /** The specification's name, or {@code unknown}. */
    public String name() {
        return KNOWN.getOrDefault(code, OTHER).name();
    }

    /** One clause. */
    public String meaning() {
        return KNOWN.getOrDefault(code, OTHER).meaning();
    }

    /** What a person can do; empty for success. */
    public String remedy() {
        return KNOWN.getOrDefault(code, OTHER).remedy();
    }

    /** The failure that this result is, for any but success. */
    public Refused refused() {
        return new Refused(
                "rdstls-result", "RDSTLS resultCode", code, name(), meaning(), remedy(), "MS-RDPBCGR 2.2.17.4");
    }
}
