package porthole.aad.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was looked at, and every finding, the likeliest first.
 *
 * @param subject what the input is, in a few words
 * @param facts what is worth knowing about it, by name
 * @param findings sorted by certainty; within one certainty in the order in which they were made
 */
public record Explanation(String subject, Map<String, Object> facts, List<Finding> findings) {
    public Explanation {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::certainty))
                .toList();
    }

    /** Findings without facts. */
    public static Explanation of(String subject, List<Finding> findings) {
        return new Explanation(subject, Map.of(), findings);
    }

    /** Whether something was found that is refused. */
    public boolean isFaulty() {
        return findings.stream().anyMatch(f -> f.certainty().compareTo(Certainty.LIKELY) <= 0);
    }

    /** The findings of one certainty. */
    public List<Finding> of(Certainty certainty) {
        return findings.stream().filter(f -> f.certainty() == certainty).toList();
    }

    /** For people: one block for each finding that is not excluded, then the excluded ones by name. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(subject);
        facts.forEach((name, value) -> lines.add("  " + name + ": " + value));
        int n = 0;
        for (Finding finding : findings) {
            if (finding.certainty() == Certainty.EXCLUDED) {
                continue;
            }
            n++;
            lines.add("");
            lines.add(n + ". " + finding.cause() + " (" + finding.certainty()
                    + (finding.answer().isEmpty() ? "" : "; answer: " + finding.answer()) + ")");
            add(lines, "seen:    ", finding.seen());
            add(
                    lines,
                    "rule:    ",
                    finding.rule() + (finding.section().isEmpty() ? "" : " (" + finding.section() + ")"));
            add(lines, "do:      ", finding.remedy());
            add(lines, "confirm: ", finding.confirm());
            add(lines, "looks the same from here: ", String.join(", ", finding.alike()));
        }
        List<Finding> excluded = of(Certainty.EXCLUDED);
        if (!excluded.isEmpty()) {
            lines.add("");
            lines.add("Checked and as it should be:");
            excluded.forEach(f -> lines.add("   " + f.cause() + (f.seen().isEmpty() ? "" : ": " + f.seen())));
        }
        return lines;
    }

    private static void add(List<String> lines, String lead, String text) {
        if (!text.isEmpty()) {
            lines.add("   " + lead + text);
        }
    }

    /** For programs. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("subject", subject);
        if (!facts.isEmpty()) {
            object.put("facts", facts);
        }
        object.put("findings", findings.stream().map(Finding::object).toList());
        return object;
    }
}
