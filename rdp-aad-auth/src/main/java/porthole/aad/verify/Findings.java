package porthole.aad.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import porthole.aad.verify.CheckResult.Verdict;

/** Collects the results of one verification; a check that nobody made stays unknown. */
final class Findings {
    private static final int SHOWN = 160;

    private final CheckResult[] results = new CheckResult[Check.values().length];
    private final EnumSet<Check> required = EnumSet.allOf(Check.class);
    private Optional<String> user = Optional.empty();
    private String thumbprint = "";

    Findings(Expectations expectations) {
        for (Check check : Check.values()) {
            unknown(check, "");
        }
        if (expectations.issuer().isEmpty()) {
            required.remove(Check.AT_ISS);
        }
        if (expectations.tenant().isEmpty()) {
            required.remove(Check.AT_TID);
        }
    }

    void ok(Check check, String seen) {
        set(check, Verdict.OK, seen, check.rule());
    }

    void failed(Check check, String seen) {
        set(check, Verdict.FAILED, seen, check.rule());
    }

    void unknown(Check check, String seen) {
        set(check, Verdict.UNKNOWN, seen, check.rule());
    }

    void verdict(Check check, boolean ok, String seen) {
        set(check, ok ? Verdict.OK : Verdict.FAILED, seen, check.rule());
    }

    void verdict(Check check, boolean ok, String seen, Set<String> expected) {
        set(check, ok ? Verdict.OK : Verdict.FAILED, seen, String.join(" or ", expected));
    }

    void user(Optional<String> name) {
        user = name.map(Findings::shown);
    }

    void thumbprint(String text) {
        thumbprint = text;
    }

    VerificationReport report() {
        List<CheckResult> all = new ArrayList<>(Arrays.asList(results));
        return new VerificationReport(all, List.copyOf(required), user, thumbprint);
    }

    /** A short, printable form of text that a peer sent and that is no secret. */
    static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) + "..." : safe;
    }

    private void set(Check check, Verdict verdict, String seen, String expected) {
        results[check.ordinal()] = new CheckResult(check, verdict, seen, expected);
    }
}
