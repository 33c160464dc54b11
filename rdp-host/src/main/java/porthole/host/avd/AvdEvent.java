package porthole.host.avd;

import java.util.Map;

/**
 * What a client asked the service for.
 *
 * @param name {@code feed}, {@code broker}, {@code affinity} or {@code websocket}
 * @param facts by name, in order; no tokens among them
 */
public record AvdEvent(String name, Map<String, Object> facts) {}
