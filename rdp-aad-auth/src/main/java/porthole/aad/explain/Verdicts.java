package porthole.aad.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found out about each cause; the first word about a cause counts. */
final class Verdicts {
    private final Map<InvalidTokenCause, Finding> findings = new EnumMap<>(InvalidTokenCause.class);

    void found(InvalidTokenCause cause, Certainty certainty, String seen, InvalidTokenCause... alike) {
        Finding finding = cause.finding(certainty, seen);
        String[] names = new String[alike.length];
        for (int i = 0; i < alike.length; i++) {
            names[i] = alike[i].label();
        }
        put(cause, alike.length == 0 ? finding : finding.like(names));
    }

    void excluded(InvalidTokenCause cause, String seen) {
        put(cause, cause.finding(Certainty.EXCLUDED, seen));
    }

    void unknown(InvalidTokenCause cause, String why) {
        put(cause, cause.finding(Certainty.POSSIBLE, why));
    }

    private void put(InvalidTokenCause cause, Finding finding) {
        findings.putIfAbsent(cause, finding);
    }

    /** Whether it was found, and not only left open. */
    boolean has(InvalidTokenCause cause) {
        return findings.containsKey(cause) && findings.get(cause).certainty().compareTo(Certainty.POSSIBLE) < 0;
    }

    /** Found ones in the order in which they explain each other, then the possible ones by their prior. */
    List<Finding> list() {
        List<Finding> all = new ArrayList<>();
        findings.entrySet().stream()
                .filter(e -> e.getValue().certainty() != Certainty.POSSIBLE)
                .forEach(e -> all.add(e.getValue()));
        findings.entrySet().stream()
                .filter(e -> e.getValue().certainty() == Certainty.POSSIBLE)
                .sorted(Comparator.comparing(e -> -e.getKey().prior()))
                .forEach(e -> all.add(e.getValue()));
        return all;
    }
}
