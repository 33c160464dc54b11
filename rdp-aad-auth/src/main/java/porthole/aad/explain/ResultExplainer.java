package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.Certainty.LIKELY;
import static porthole.aad.explain.Certainty.POSSIBLE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import porthole.aad.AuthenticationResult;
import porthole.protocol.credssp.NtStatus;

/** What an {@code authentication_result} means by itself, with its known causes (MS-RDPBCGR 2.2.18.3). */
public final class ResultExplainer {
    private static final String SECTION = "MS-RDPBCGR 2.2.18.3";
    private static final String SIGN_IN = "Entra device sign-in; inferred";
    private static final String EVENT_LOG = "on the host: event log Microsoft-Windows-AAD/Operational";
    private static final long NT_BIT = 0x1000_0000L;

    private ResultExplainer() {}

    /** Explains a code. */
    public static Explanation explain(AuthenticationResult result) {
        List<Finding> findings = switch ((int) result.code()) {
            case 0 -> List.of(one("signed-in", CERTAIN, result.toString(), "0 is success", "nothing to do", ""));
            case 0x80090308 -> AssertionExplainer.withoutAssertion();
            case 0x80070005 -> accessDenied(result);
            case 0xD000006D, 0xC000006D -> logonFailure(result);
            case 0xD000005E, 0xC000005E -> noLogonServers(result);
            default -> other(result);
        };
        return new Explanation(
                "authentication_result " + result.name() + ": " + result.meaning(), facts(result), findings);
    }

    private static Map<String, Object> facts(AuthenticationResult result) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("hex", String.format("0x%08X", result.code()));
        facts.put("signed", (long) result.signed());
        facts.put("unsigned", result.code());
        return facts;
    }

    private static List<Finding> accessDenied(AuthenticationResult result) {
        String seen = result.toString();
        return List.of(
                one(
                        "vm-login-role",
                        LIKELY,
                        seen,
                        "the user has the role Virtual Machine User Login or Virtual Machine Administrator Login",
                        "assign the role on the machine, its resource group or subscription",
                        "look at the role assignments of the machine for the user and the user's groups"),
                one(
                        "remote-desktop-users",
                        POSSIBLE,
                        seen,
                        "the user is a member of Remote Desktop Users on a host without those roles",
                        "add AzureAD\\USER to the group",
                        "on the host: net localgroup \"Remote Desktop Users\""),
                one(
                        "host-policy",
                        POSSIBLE,
                        seen,
                        "no policy of the host denies the user to log on through Remote Desktop Services",
                        "change the user rights assignment",
                        "on the host: secpol.msc, user rights assignment; Conditional Access for Azure Windows VM"
                                + " Sign-In"),
                one(
                        "session-host-assignment",
                        POSSIBLE,
                        seen,
                        "the session host takes sessions, and a personal one is the user's",
                        "end the drain mode; assign the desktop to the user",
                        "look at the session host in its host pool"));
    }

    private static List<Finding> logonFailure(AuthenticationResult result) {
        String seen = result.toString();
        return List.of(
                one(
                        "account-mapping",
                        LIKELY,
                        seen,
                        "the user of the token can be mapped to a logon on the host",
                        "check that the account is not disabled or deleted, and may log on to this machine",
                        EVENT_LOG),
                one(
                        "kerberos-server-object",
                        POSSIBLE,
                        seen,
                        "a hybrid account has a Kerberos server object in Entra",
                        "create it with Set-AzureADKerberosServer",
                        "on the host: klist cloud_debug, dsregcmd /status"));
    }

    private static List<Finding> noLogonServers(AuthenticationResult result) {
        String seen = result.toString();
        return List.of(
                one(
                        "domain-controller",
                        LIKELY,
                        seen,
                        "a hybrid-joined host reaches a domain controller",
                        "open the way from the host to a domain controller",
                        "on the host: nltest /dsgetdc:DOMAIN"),
                one(
                        "kerberos-server-object",
                        POSSIBLE,
                        seen,
                        "a hybrid account has a Kerberos server object in Entra",
                        "create it with Set-AzureADKerberosServer",
                        "on the host: klist cloud_debug"));
    }

    private static List<Finding> other(AuthenticationResult result) {
        if (result.name().equals("STATUS_AAD_CLOUDAP_E")) {
            return cloudAp(result);
        }
        if (!result.name().equals("unknown")) {
            return List.of(one(
                    result.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    CERTAIN,
                    result.toString(),
                    result.meaning(),
                    result.remedy(),
                    ""));
        }
        NtStatus status =
                NtStatus.of((result.code() & 0xF000_0000L) == 0xD000_0000L ? result.code() & ~NT_BIT : result.code());
        boolean known = !status.name().equals("unknown");
        return List.of(one(
                known ? status.name().toLowerCase(Locale.ROOT).replace('_', '-') : "unknown-code",
                known ? LIKELY : POSSIBLE,
                result.toString(),
                known ? status.meaning() : result.meaning(),
                known ? status.remedy() : result.remedy(),
                EVENT_LOG));
    }

    /** The documented reasons, whose numbers are not public. */
    private static List<Finding> cloudAp(AuthenticationResult result) {
        List<Finding> all = new ArrayList<>();
        Arrays.stream(InvalidTokenCause.values())
                .sorted(Comparator.comparing(cause -> -cause.prior()))
                .map(cause -> cause.finding(POSSIBLE, result.toString()))
                .filter(finding -> finding.section().startsWith("STATUS_AAD_CLOUDAP_E_"))
                .forEach(all::add);
        all.add(one(
                "assertion-malformed",
                POSSIBLE,
                result.toString(),
                "the assertion is well formed (STATUS_AAD_CLOUDAP_E_ASSERTION_MALFORMED)",
                "have the assertion looked at: porthole explain ASSERTION",
                EVENT_LOG));
        all.add(one(
                "caller-mismatch",
                POSSIBLE,
                result.toString(),
                "the host asks for the resource that it is (STATUS_AAD_CLOUDAP_E_CALLER_MISMATCH)",
                "correct the host's configuration",
                EVENT_LOG));
        return all;
    }

    private static Finding one(
            String cause, Certainty certainty, String seen, String rule, String remedy, String confirm) {
        return Finding.of(cause, certainty, "", seen, rule, certainty == CERTAIN ? SECTION : SIGN_IN, remedy)
                .confirmedBy(confirm);
    }
}
