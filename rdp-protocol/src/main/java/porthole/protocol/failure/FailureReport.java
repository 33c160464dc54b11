package porthole.protocol.failure;

import java.util.Map;

/**
 * One failure as data: which stage, what was seen, what was expected, and what to do.
 *
 * @param kind {@code wire}, {@code sequence}, {@code refused} or {@code local}
 * @param stage the stage's label, or empty where it is not known
 * @param cause a short machine-readable name that does not change between releases, for example {@code deadline}
 * @param summary one clause without a full stop
 * @param seen what was there; empty where nothing was
 * @param expected what the rule asks for; empty where there is no single answer
 * @param remedy what a person can do about it; says so where it is not known
 * @param section where the rule is written, for example {@code MS-RDPBCGR 2.2.1.2}; may be empty
 * @param details further facts by name, in order (codes, offsets, PDU and field)
 */
public record FailureReport(
        String kind,
        String stage,
        String cause,
        String summary,
        String seen,
        String expected,
        String remedy,
        String section,
        Map<String, Object> details) {

    /** The whole failure in one line that a person can act on; a peer's control characters cannot leave the line. */
    public String line() {
        StringBuilder line = new StringBuilder();
        if (!stage.isEmpty()) {
            line.append(stage).append(": ");
        }
        line.append(summary);
        append(line, "; seen ", seen);
        append(line, ", expected ", expected);
        append(line, "; remedy: ", remedy);
        if (!section.isEmpty()) {
            line.append(" (").append(section).append(')');
        }
        return printable(line);
    }

    private static String printable(CharSequence text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.append((char) c);
            }
        });
        return safe.toString();
    }

    private static void append(StringBuilder line, String lead, String text) {
        if (!text.isEmpty()) {
            line.append(lead).append(text);
        }
    }
}
