package porthole.transport.nla;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;

/**
 * What the JDK says when Kerberos fails, as the project's failures. Its exceptions keep the number of the error
 * (RFC 4120 7.5.9) in their text alone.
 */
final class KerberosFailures {
    private static final Pattern CODE = Pattern.compile("\\(([0-9]{1,3})\\)");
    private static final String ASK = "ask an administrator of the realm";
    private static final String CLOCK =
            "set the clocks of this machine, the KDC and the host right; five minutes may lie between";
    private static final String PASSWORD = "check user name, realm and password";
    private static final String SERVICE =
            "connect by the name that the host has in its domain, or have the service principal TERMSRV/name registered";

    private static final Map<Integer, Answer> ANSWERS = Map.ofEntries(
            answer(1, "KDC_ERR_NAME_EXP", "account-expired", "the account has expired", ASK + " to extend it"),
            answer(6, "KDC_ERR_C_PRINCIPAL_UNKNOWN", "user-unknown", "the KDC does not know the user", PASSWORD),
            answer(
                    7,
                    "KDC_ERR_S_PRINCIPAL_UNKNOWN",
                    "service-unknown",
                    "the KDC does not know the host's service",
                    SERVICE),
            answer(12, "KDC_ERR_POLICY", "policy", "a policy of the realm forbids it", ASK),
            answer(
                    14,
                    "KDC_ERR_ETYPE_NOSUPP",
                    "encryption",
                    "no common encryption type",
                    "give the account AES keys: set its password anew, or make its keytab anew"),
            answer(
                    18,
                    "KDC_ERR_CLIENT_REVOKED",
                    "account-revoked",
                    "the account is locked, disabled, or may not log on at this time",
                    ASK + " to unlock or enable it"),
            answer(
                    23,
                    "KDC_ERR_KEY_EXPIRED",
                    "password-expired",
                    "the password has expired",
                    "set a new password with kpasswd or at the host's domain, then connect again"),
            answer(24, "KDC_ERR_PREAUTH_FAILED", "wrong-password", "the password or the key is wrong", PASSWORD),
            answer(31, "KRB_AP_ERR_BAD_INTEGRITY", "wrong-password", "the password or the key is wrong", PASSWORD),
            answer(
                    32,
                    "KRB_AP_ERR_TKT_EXPIRED",
                    "ticket-expired",
                    "the ticket has expired",
                    "get a new one with kinit"),
            answer(35, "KRB_AP_ERR_NOT_US", "service-key", "the ticket is for another service", SERVICE),
            answer(37, "KRB_AP_ERR_SKEW", "clock-skew", "the clocks differ by too much", CLOCK),
            answer(
                    41,
                    "KRB_AP_ERR_MODIFIED",
                    "service-key",
                    "the host has another key than the KDC knows",
                    "make the host's keytab, or its account in the domain, anew"),
            answer(
                    68,
                    "KDC_ERR_WRONG_REALM",
                    "wrong-realm",
                    "the user belongs to another realm",
                    "give the right --realm"));

    /** Answers about the account itself: another mechanism would ask the same question, and count as one more wrong try. */
    private static final List<String> FINAL = List.of(
            "kerberos-wrong-password",
            "kerberos-account-revoked",
            "kerberos-account-expired",
            "kerberos-password-expired");

    private record Answer(int code, String name, String cause, String meaning, String remedy) {
        Refused refused(String authority) {
            return new Refused("kerberos-" + cause, authority, code, name, meaning, remedy, "RFC 4120 7.5.9");
        }
    }

    private KerberosFailures() {}

    private static Map.Entry<Integer, Answer> answer(
            int code, String name, String cause, String meaning, String remedy) {
        return Map.entry(code, new Answer(code, name, cause, meaning, remedy));
    }

    /** Whether the failure says something about the account, so that no other mechanism should be tried. */
    static boolean isFinal(RdpFailure failure) {
        return FINAL.contains(failure.report().cause());
    }

    /** A login at the KDC that failed. */
    static RdpFailure ofLogin(LoginException e, KerberosSettings settings) {
        Optional<RdpFailure> known = known(e, "KDC");
        if (known.isPresent()) {
            return known.get();
        }
        if (settings.source() instanceof KerberosSettings.Keytab keytab) {
            return local(
                    "keytab",
                    "the keytab has no key for the user",
                    keytab.file() + ": " + e.getMessage(),
                    "a keytab with a key of the principal",
                    "compare klist -k of the file with user and realm",
                    e);
        }
        if (settings.source() instanceof KerberosSettings.TicketCache cache) {
            return local(
                    "ticket-cache",
                    "the ticket cache has no valid ticket for the user",
                    cache.file() + ": " + e.getMessage(),
                    "a file with a ticket-granting ticket of the user",
                    "run kinit -c FILE; caches in memory or in a key ring cannot be read",
                    e);
        }
        return other(e);
    }

    /** A service ticket that could not be had. */
    static RdpFailure ofTicket(Throwable e, String service) {
        return known(e, "KDC for " + service).orElseGet(() -> other(e));
    }

    /** What the host did not like, or what this side does not like about the host's answer. */
    static RdpFailure ofHost(GSSException e) {
        return known(e, "KRB_ERROR of the host").orElseGet(() -> other(e));
    }

    private static Optional<RdpFailure> known(Throwable failure, String authority) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String text = String.valueOf(e.getMessage());
            Matcher code = CODE.matcher(text);
            while (code.find()) {
                Answer answer = ANSWERS.get(Integer.parseInt(code.group(1)));
                if (answer != null) {
                    return Optional.of(answer.refused(authority).in(Stage.AUTHENTICATION));
                }
            }
            if (text.contains("Checksum failed") || text.contains("Integrity check")) {
                return Optional.of(ANSWERS.get(31).refused(authority).in(Stage.AUTHENTICATION));
            }
            if (text.contains("default realm")) {
                return Optional.of(local(
                        "no-realm",
                        "the realm is not known",
                        text,
                        "a realm",
                        "give --realm, or the user as user@realm",
                        failure));
            }
            if (text.contains("locate KDC") || text.contains("get kdc for realm") || e instanceof IOException) {
                return Optional.of(local(
                        "kdc-unreachable",
                        "the KDC cannot be reached",
                        text,
                        "an answer of the realm's KDC",
                        "give --kdc HOST:PORT, or see whether DNS and the krb5 configuration name the right one",
                        failure));
            }
        }
        return Optional.empty();
    }

    private static RdpFailure other(Throwable e) {
        return local(
                "error",
                "Kerberos failed",
                String.valueOf(e.getMessage()),
                "a ticket for the host",
                "see the KDC's log",
                e);
    }

    private static RdpFailure local(
            String cause, String summary, String seen, String expected, String remedy, Throwable because) {
        return new LocalFailure("kerberos-" + cause, summary, seen, expected, remedy, because).in(Stage.AUTHENTICATION);
    }
}
