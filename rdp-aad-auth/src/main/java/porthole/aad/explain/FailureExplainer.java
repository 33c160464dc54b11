package porthole.aad.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.failure.FailureReport;

/** Explains a failure of an attempt, live or saved. */
public final class FailureExplainer {
    private static final int CLOCK_LIMIT = 300;

    private FailureExplainer() {}

    /**
     * Explains a failure with what its attempt showed.
     *
     * @param evidence of the stages by name, as far as there is any: {@code clockOffsetSeconds} and the like
     */
    public static Explanation explain(FailureReport report, Map<String, ?> evidence) {
        Optional<Explanation> code = CodeExplainer.reported(report.details());
        List<Finding> findings = new ArrayList<>();
        if (evidence.get("clockOffsetSeconds") instanceof Number offset && Math.abs(offset.longValue()) > CLOCK_LIMIT) {
            findings.add(InvalidTokenCause.CLOCK.finding(
                    Certainty.CERTAIN, "the authority's clock is " + offset + " s ahead of this one"));
        }
        code.map(Explanation::findings)
                .ifPresent(all -> all.stream()
                        .filter(f -> findings.stream().noneMatch(g -> g.cause().equals(f.cause())))
                        .forEach(findings::add));
        List<Finding> broken = code.isEmpty() ? BrokenExchange.findings(report) : List.of();
        findings.addAll(broken);
        if (code.isEmpty() && broken.isEmpty()) {
            findings.add(new Finding(
                    report.cause(),
                    Certainty.CERTAIN,
                    "",
                    report.seen().isEmpty() ? report.summary() : report.seen(),
                    report.expected().isEmpty() ? report.summary() : report.expected(),
                    report.section(),
                    report.remedy(),
                    "",
                    List.of()));
        }
        String where = report.stage().isEmpty() ? "" : report.stage() + ": ";
        return new Explanation(
                where + report.summary(), code.map(Explanation::facts).orElse(Map.of()), findings);
    }
}
