package porthole.client.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.Certainty;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.Finding;
import porthole.aad.explain.InvalidTokenCause;
import porthole.aad.json.StrictJson;
import porthole.client.capture.BundleFile;
import porthole.client.capture.Capture;

/** A support bundle: what was found when it was made, with the texts that it left out, or else what its recording shows. */
final class SavedBundle {
    private static final String SEEN = "seen when the bundle was made";

    private SavedBundle() {}

    static Explanation explain(BundleFile bundle, AssertionContext context) throws IOException {
        Optional<Explanation> quiet = Optional.empty();
        List<String> attempts = new ArrayList<>(bundle.attempts());
        Collections.reverse(attempts);
        for (String attempt : attempts) {
            Optional<Explanation> result =
                    bundle.text(attempt + BundleFile.RESULT).flatMap(SavedResult::explain);
            List<Finding> saved =
                    findings(bundle.text(attempt + BundleFile.FINDINGS).orElse(""), result);
            if (!saved.isEmpty()) {
                return new Explanation(
                        result.map(Explanation::subject).orElse("a support bundle"), Map.of("attempt", attempt), saved);
            }
            if (result.isPresent() && !result.get().findings().isEmpty()) {
                return result.get();
            }
            Optional<Capture> capture = bundle.recording(attempt);
            if (quiet.isEmpty()) {
                quiet = result.isPresent() ? result : capture.map(c -> CaptureExplainer.explain(c, context));
            }
        }
        return quiet.orElseGet(() -> Explanation.of("a support bundle without an attempt", List.of()));
    }

    private static List<Finding> findings(String json, Optional<Explanation> explained) {
        Optional<ObjectNode> object = StrictJson.object(json);
        List<Finding> all = new ArrayList<>();
        if (object.isEmpty()) {
            return all;
        }
        Map<String, Finding> texts = new LinkedHashMap<>();
        explained.ifPresent(e -> e.findings().forEach(finding -> texts.put(finding.cause(), finding)));
        for (InvalidTokenCause cause : InvalidTokenCause.values()) {
            texts.putIfAbsent(cause.label(), cause.described());
        }
        for (JsonNode row : object.get().path("findings")) {
            String cause = row.path("cause").asText();
            Optional<Certainty> certainty = Arrays.stream(Certainty.values())
                    .filter(c -> c.label().equals(row.path("certainty").asText()))
                    .findFirst();
            if (certainty.isPresent()) {
                List<String> alike = new ArrayList<>();
                row.path("alike").forEach(name -> alike.add(name.asText()));
                Finding text = texts.getOrDefault(
                        cause, Finding.of(cause, certainty.get(), "", "", "not kept in the bundle", "", ""));
                all.add(new Finding(
                        cause,
                        certainty.get(),
                        row.path("answer").asText(),
                        SEEN,
                        text.rule(),
                        text.section(),
                        text.remedy(),
                        certainty.get() == Certainty.EXCLUDED ? "" : text.confirm(),
                        alike));
            }
        }
        return all;
    }
}
