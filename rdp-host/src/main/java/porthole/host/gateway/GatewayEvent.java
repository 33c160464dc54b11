package porthole.host.gateway;

import java.util.Map;

/**
 * Something that happened at a gateway.
 *
 * @param connection a number for each TCP connection, from 1
 * @param name for example {@code signed-in}
 * @param facts by name; never a password or a token
 */
public record GatewayEvent(long connection, String name, Map<String, Object> facts) {}
