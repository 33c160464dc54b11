package porthole.client.probe;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import porthole.protocol.failure.Stage;

/**
 * One stage of a probe.
 *
 * @param ended since the probe began
 * @param took how long the stage lasted
 * @param ok whether it ended well
 * @param evidence what was seen, by name
 */
public record StageResult(Stage stage, Duration ended, Duration took, boolean ok, Map<String, Object> evidence) {
    public StageResult {
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stage", stage.label());
        map.put("ok", ok);
        map.put("millis", millis(took));
        map.put("endedMillis", millis(ended));
        map.put("evidence", evidence);
        return map;
    }

    /** Milliseconds with three decimals. */
    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
