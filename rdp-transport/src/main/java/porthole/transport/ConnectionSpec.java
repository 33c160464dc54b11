package porthole.transport;

import java.util.List;
import java.util.Optional;
import porthole.protocol.failure.Stage;

/**
 * All that a connection needs to know before it begins.
 *
 * @param target the host's three names
 * @param security the layers that may be offered, strongest first; the first that can use the credentials is
 * @param credentials who signs in
 * @param trust how the host's certificate is judged
 * @param deadlines how long to wait
 * @param client what the client says of itself
 * @param until the stage after which the connection is closed again; {@link Stage#ACTIVE} keeps it open
 * @param route how the host is reached
 * @param gateway the RD Gateway that the host lies behind, where it does
 */
public record ConnectionSpec(
        Target target,
        List<SecurityLayer> security,
        Credentials credentials,
        Trust trust,
        Deadlines deadlines,
        ClientSettings client,
        Stage until,
        RouteSettings route,
        Optional<GatewaySettings> gateway) {

    public ConnectionSpec {
        security = List.copyOf(security);
        if (security.isEmpty()) {
            throw new IllegalArgumentException("no security layer to offer");
        }
    }

    /** A specification that reaches its host directly. */
    public ConnectionSpec(
            Target target,
            List<SecurityLayer> security,
            Credentials credentials,
            Trust trust,
            Deadlines deadlines,
            ClientSettings client,
            Stage until) {
        this(target, security, credentials, trust, deadlines, client, until, RouteSettings.DIRECT, Optional.empty());
    }

    /** A specification with the defaults of every other part. */
    public static ConnectionSpec of(Target target, List<SecurityLayer> security, Trust trust) {
        return new ConnectionSpec(
                target, security, Credentials.NONE, trust, Deadlines.DEFAULT, ClientSettings.DEFAULT, Stage.ACTIVE);
    }

    public ConnectionSpec withTarget(Target value) {
        return new ConnectionSpec(value, security, credentials, trust, deadlines, client, until, route, gateway);
    }

    public ConnectionSpec withSecurity(List<SecurityLayer> value) {
        return new ConnectionSpec(target, value, credentials, trust, deadlines, client, until, route, gateway);
    }

    public ConnectionSpec withCredentials(Credentials value) {
        return new ConnectionSpec(target, security, value, trust, deadlines, client, until, route, gateway);
    }

    public ConnectionSpec withTrust(Trust value) {
        return new ConnectionSpec(target, security, credentials, value, deadlines, client, until, route, gateway);
    }

    public ConnectionSpec withDeadlines(Deadlines value) {
        return new ConnectionSpec(target, security, credentials, trust, value, client, until, route, gateway);
    }

    public ConnectionSpec withClient(ClientSettings value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, value, until, route, gateway);
    }

    public ConnectionSpec withUntil(Stage value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, client, value, route, gateway);
    }

    public ConnectionSpec withRoute(RouteSettings value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, client, until, value, gateway);
    }

    public ConnectionSpec withGateway(Optional<GatewaySettings> value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, client, until, route, value);
    }
}
