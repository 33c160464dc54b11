package porthole.client.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;

/**
 * What a host answered when it was asked for exactly one security protocol.
 *
 * @param name RDP, TLS, NLA, NLA-EX, RDSTLS or RDSAAD
 * @param offered whether the host selected it
 * @param took one TCP connection and one X.224 round
 * @param refusal why not, where it did not
 */
public record OfferedProtocol(String name, boolean offered, Duration took, Optional<RdpFailure> refusal) {
    /** The name of the host's failure code, for example {@code HYBRID_REQUIRED_BY_SERVER}; empty where it gave none. */
    public String code() {
        return refusal.filter(Refused.class::isInstance)
                .map(failure -> ((Refused) failure).codeName())
                .orElse("");
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("protocol", name);
        map.put("offered", offered);
        map.put("millis", StageResult.millis(took));
        if (!code().isEmpty()) {
            map.put("code", code());
        }
        refusal.map(RdpFailure::report).ifPresent(report -> map.put("failure", ProbeResult.map(report)));
        return map;
    }
}
