package porthole.aad.verify;

import java.util.List;
import java.util.Optional;
import porthole.aad.AuthenticationResult;
import porthole.aad.verify.CheckResult.Verdict;

/**
 * Everything that was found out about one assertion.
 *
 * @param checks one for every {@link Check}, in its order
 * @param required the checks without which nobody is signed in
 * @param user the token's user name, as the token says; trustworthy only where the report accepts
 * @param thumbprint of the assertion's key; empty where there is none
 */
public record VerificationReport(
        List<CheckResult> checks, List<Check> required, Optional<String> user, String thumbprint) {
    public VerificationReport {
        checks = List.copyOf(checks);
        required = List.copyOf(required);
    }

    /** Whether every required check was made and passed, and none failed: what could not be checked signs nobody in. */
    public boolean accepted() {
        return failed().isEmpty() && required.stream().allMatch(c -> of(c).verdict() == Verdict.OK);
    }

    /** What the host answers; hosts in the field collapse every reason into this one code. */
    public AuthenticationResult result() {
        return accepted() ? AuthenticationResult.S_OK : AuthenticationResult.SEC_E_INVALID_TOKEN;
    }

    /** The checks that failed. */
    public List<CheckResult> failed() {
        return checks.stream().filter(c -> c.verdict() == Verdict.FAILED).toList();
    }

    /** One check. */
    public CheckResult of(Check check) {
        return checks.get(check.ordinal());
    }

    /** One line: accepted, or the first reason why not. */
    public String summary() {
        if (accepted()) {
            return "accepted" + user.map(u -> " for " + u).orElse("");
        }
        return checks.stream()
                .filter(c -> c.verdict() == Verdict.FAILED)
                .findFirst()
                .or(() -> checks.stream()
                        .filter(c -> c.verdict() == Verdict.UNKNOWN && required.contains(c.check()))
                        .findFirst())
                .map(c -> "refused: " + c)
                .orElse("refused");
    }
}
