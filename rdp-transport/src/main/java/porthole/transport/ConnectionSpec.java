package porthole.transport;

import java.util.List;
import porthole.protocol.failure.Stage;

/**
 * All that a connection needs to know before it begins.
 *
 * @param target the host's three names
 * @param security the layers that may be used, strongest first; those that can use the credentials are offered, the
 *     weaker ones together with the stronger ones or after them, and the host chooses
 * @param credentials who signs in
 * @param trust how the host's certificate is judged
 * @param deadlines how long to wait
 * @param client what the client says of itself
 * @param until the stage after which the connection is closed again; {@link Stage#ACTIVE} keeps it open
 * @param route how the host is reached
 * @param approach what the connection begins with
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
        Approach approach) {

    public ConnectionSpec {
        security = List.copyOf(security);
        if (security.isEmpty()) {
            throw new IllegalArgumentException("no security layer to offer");
        }
    }

    /** A specification that reaches its host directly and negotiates. */
    public ConnectionSpec(
            Target target,
            List<SecurityLayer> security,
            Credentials credentials,
            Trust trust,
            Deadlines deadlines,
            ClientSettings client,
            Stage until) {
        this(target, security, credentials, trust, deadlines, client, until, RouteSettings.DIRECT, Approach.NEGOTIATED);
    }

    /** A specification with the defaults of every other part. */
    public static ConnectionSpec of(Target target, List<SecurityLayer> security, Trust trust) {
        return new ConnectionSpec(
                target, security, Credentials.NONE, trust, Deadlines.DEFAULT, ClientSettings.DEFAULT, Stage.ACTIVE);
    }

    public ConnectionSpec withTarget(Target value) {
        return new ConnectionSpec(value, security, credentials, trust, deadlines, client, until, route, approach);
    }

    public ConnectionSpec withSecurity(List<SecurityLayer> value) {
        return new ConnectionSpec(target, value, credentials, trust, deadlines, client, until, route, approach);
    }

    public ConnectionSpec withCredentials(Credentials value) {
        return new ConnectionSpec(target, security, value, trust, deadlines, client, until, route, approach);
    }

    public ConnectionSpec withTrust(Trust value) {
        return new ConnectionSpec(target, security, credentials, value, deadlines, client, until, route, approach);
    }

    public ConnectionSpec withDeadlines(Deadlines value) {
        return new ConnectionSpec(target, security, credentials, trust, value, client, until, route, approach);
    }

    public ConnectionSpec withClient(ClientSettings value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, value, until, route, approach);
    }

    public ConnectionSpec withUntil(Stage value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, client, value, route, approach);
    }

    public ConnectionSpec withRoute(RouteSettings value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, client, until, value, approach);
    }

    public ConnectionSpec withApproach(Approach value) {
        return new ConnectionSpec(target, security, credentials, trust, deadlines, client, until, route, value);
    }
}
