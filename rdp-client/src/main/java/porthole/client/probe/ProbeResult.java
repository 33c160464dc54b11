package porthole.client.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.aad.explain.Explanation;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.Target;

/**
 * How far one probe came.
 *
 * @param until the stage that was asked for
 * @param stages in the order in which they ended
 * @param negotiations each attempt to negotiate: what was offered, and what came of it
 * @param took from the first step to the last
 * @param failure why the asked-for stage was not reached, if so
 * @param explanation what may be behind the failure, where more can be said than the failure says
 */
public record ProbeResult(
        Target target,
        Stage until,
        List<StageResult> stages,
        List<Map<String, Object>> negotiations,
        Duration took,
        Optional<RdpFailure> failure,
        Optional<Explanation> explanation) {
    public ProbeResult {
        stages = List.copyOf(stages);
        negotiations = List.copyOf(negotiations);
    }

    /** Whether the asked-for stage was reached. */
    public boolean ok() {
        return failure.isEmpty();
    }

    /** For JSON, one line a probe. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", target.toString());
        map.put("until", until.label());
        map.put("ok", ok());
        map.put("millis", StageResult.millis(took));
        map.put("negotiations", negotiations);
        map.put("stages", stages.stream().map(StageResult::toMap).toList());
        failure.map(RdpFailure::report).ifPresent(report -> map.put("failure", map(report)));
        explanation.ifPresent(e -> map.put("explanation", e.object()));
        return map;
    }

    static Map<String, Object> map(FailureReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", report.kind());
        map.put("stage", report.stage());
        map.put("cause", report.cause());
        map.put("summary", report.summary());
        map.put("seen", report.seen());
        map.put("expected", report.expected());
        map.put("remedy", report.remedy());
        map.put("section", report.section());
        map.put("details", report.details());
        return map;
    }
}
