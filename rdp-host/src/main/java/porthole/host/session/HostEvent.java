package porthole.host.session;

import java.util.Map;

/**
 * Something that happened on one connection.
 *
 * @param session the connection's number, from 1
 * @param name {@code connected}, {@code preconnection}, {@code direct}, {@code phase}, {@code authentication}, {@code logon}, {@code persistent-keys}, {@code active}, {@code input}, {@code monitor-layout},
 *     {@code resized}, {@code ended}
 * @param facts by name, in order
 */
public record HostEvent(long session, String name, Map<String, Object> facts) {}
