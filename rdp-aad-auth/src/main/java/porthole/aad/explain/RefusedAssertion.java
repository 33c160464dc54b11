package porthole.aad.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what an assertion shows and what the host answered to it. */
public final class RefusedAssertion {
    private static final String INVALID_TOKEN = "SEC_E_INVALID_TOKEN";

    private RefusedAssertion() {}

    /**
     * One report: where the host said that the token is not acceptable, every cause that the assertion does not exclude; after
     * any other answer the answer's own causes, and of the assertion only what is wrong.
     */
    public static Explanation of(Explanation assertion, Explanation answer) {
        boolean token = answer.subject().contains(INVALID_TOKEN);
        boolean tells =
                token && assertion.findings().stream().anyMatch(f -> f.answer().equals(INVALID_TOKEN));
        List<Finding> findings = new ArrayList<>();
        assertion.findings().stream()
                .filter(f -> token || f.certainty().compareTo(Certainty.LIKELY) <= 0)
                .forEach(findings::add);
        if (!tells) {
            findings.addAll(answer.findings());
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("answer", answer.subject());
        if (tells && !assertion.isFaulty()) {
            facts.put(
                    "remaining",
                    assertion.of(Certainty.POSSIBLE).size() + " causes, the likeliest first; "
                            + assertion.of(Certainty.EXCLUDED).size()
                            + " others were looked at and are as they should be");
        }
        facts.putAll(assertion.facts());
        return new Explanation(assertion.subject(), facts, findings);
    }
}
