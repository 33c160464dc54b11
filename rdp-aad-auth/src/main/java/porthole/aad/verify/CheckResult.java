package porthole.aad.verify;

import java.util.Locale;

/**
 * One check of an assertion.
 *
 * @param seen what was there; never a token, nonce or signature
 * @param expected what should have been there
 */
public record CheckResult(Check check, Verdict verdict, String seen, String expected) {
    /** How a check came out. */
    public enum Verdict {
        OK,
        FAILED,
        /** It could not be made: what it needs is missing here, or an earlier check failed. */
        UNKNOWN
    }

    /** One line of a report. */
    @Override
    public String toString() {
        return check + ": " + verdict.name().toLowerCase(Locale.ROOT)
                + (seen.isEmpty() ? "" : ", seen " + seen)
                + (verdict == Verdict.OK ? "" : ", expected " + expected);
    }
}
