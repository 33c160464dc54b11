package porthole.aad.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One cause, and what can be said about it. Shows no token, nonce or signature.
 *
 * @param cause short and stable, for example {@code key-mismatch}
 * @param answer what the other side answers for it, for example {@code AADSTS700027}; may be empty
 * @param seen what was there
 * @param rule what should be
 * @param section where that is written, or how it is known
 * @param remedy what a person can do
 * @param confirm how to make sure where it is not certain; may be empty
 * @param alike causes that look the same with what there is to look at
 */
public record Finding(
        String cause,
        Certainty certainty,
        String answer,
        String seen,
        String rule,
        String section,
        String remedy,
        String confirm,
        List<String> alike) {

    public Finding {
        alike = List.copyOf(alike);
    }

    /** A finding about which nothing else needs to be said. */
    public static Finding of(
            String cause, Certainty certainty, String answer, String seen, String rule, String section, String remedy) {
        return new Finding(cause, certainty, answer, seen, rule, section, remedy, "", List.of());
    }

    /** The same, with a way to make sure. */
    public Finding confirmedBy(String how) {
        return new Finding(cause, certainty, answer, seen, rule, section, remedy, how, alike);
    }

    /** The same, which looks like these others. */
    public Finding like(String... others) {
        return new Finding(cause, certainty, answer, seen, rule, section, remedy, confirm, List.of(others));
    }

    /** For programs; what is empty is left out. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("cause", cause);
        object.put("certainty", certainty.label());
        object.put("answer", answer);
        object.put("seen", seen);
        object.put("rule", rule);
        object.put("section", section);
        object.put("remedy", remedy);
        object.put("confirm", confirm);
        object.put("alike", alike);
        object.values().removeIf(value -> value.equals("") || value.equals(List.of()));
        return object;
    }
}
