package porthole.client.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.FailureExplainer;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.FailureReport;

/** What {@code probe --json} or {@code connect --json} printed: one object a line, of which one holds the failure. */
final class SavedResult {
    private SavedResult() {}

    static Optional<Explanation> explain(String text) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        JsonNode failure = null;
        boolean any = false;
        for (ObjectNode event : StrictJson.objects(text).orElse(List.of())) {
            any |= event.has("event") || event.has("stages");
            collect(event, evidence);
            event.path("stages").forEach(stage -> collect(stage, evidence));
            if (event.path("failure").has("cause")) {
                failure = event.get("failure");
            } else if (event.path("event").asText().equals("failure") && event.has("cause")) {
                failure = event;
            }
        }
        if (failure == null) {
            return any ? Optional.of(Explanation.of("a saved result without a failure", List.of())) : Optional.empty();
        }
        return Optional.of(FailureExplainer.explain(report(failure), evidence));
    }

    private static void collect(JsonNode event, Map<String, Object> evidence) {
        event.path("evidence").properties().forEach(member -> evidence.put(member.getKey(), value(member.getValue())));
    }

    private static FailureReport report(JsonNode failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        failure.path("details").properties().forEach(m -> details.put(m.getKey(), value(m.getValue())));
        return new FailureReport(
                failure.path("kind").asText(),
                failure.path("stage").asText(),
                failure.path("cause").asText(),
                failure.path("summary").asText(),
                failure.path("seen").asText(),
                failure.path("expected").asText(),
                failure.path("remedy").asText(),
                failure.path("section").asText(),
                details);
    }

    private static Object value(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.asText();
    }
}
