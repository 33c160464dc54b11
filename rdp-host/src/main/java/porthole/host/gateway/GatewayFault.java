package porthole.host.gateway;

import java.util.Optional;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;

/**
 * What a gateway does wrong when it is asked to, and what a good client makes of it.
 *
 * @param name as it is asked for, for example {@code channel-e-proxy-rap-accessdenied}
 * @param transport where it shows; empty for both
 * @param point when it is done
 * @param code what the gateway answers there instead of success; 0 where it answers something else
 * @param octets what it sends there instead, as they are, below packets and frames; empty octets for silence
 * @param closes whether it closes the connection then
 * @param stage where the client fails; empty where it has to go on
 * @param cause the failure report's cause, empty where the client has to go on
 */
public record GatewayFault(
        String name,
        Optional<Wire> transport,
        Point point,
        long code,
        Optional<Bytes> octets,
        boolean closes,
        Optional<Stage> stage,
        String cause) {
    /** What carries the packets. */
    public enum Wire {
        WEBSOCKET,
        HTTP
    }

    /** In answer to what. */
    public enum Point {
        /** The first HTTP request. */
        REQUEST,
        HANDSHAKE,
        TUNNEL,
        AUTHORIZATION,
        CHANNEL,
        /** The first octets for the host. */
        DATA
    }

    /** Whether a client has to go on as if nothing had happened. */
    public boolean survives() {
        return stage.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
