package porthole.transport;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The RD Gateway between client and host (MS-TSGU), and how to get past it.
 *
 * @param gateway where it is, and the name in its certificate
 * @param trust how its certificate is judged
 * @param transport what goes over HTTP
 * @param authentication how the client signs in there
 * @param credentials user and password for the gateway; may be {@link Credentials#NONE}
 * @param token where an access token for the gateway comes from; it is called once for each connection, off the event loop
 * @param acceptConsent whether the user agrees to whatever message the gateway wants agreement to
 */
public record GatewaySettings(
        Target gateway,
        Trust trust,
        Transport transport,
        Authentication authentication,
        Credentials credentials,
        Optional<Callable<Secret>> token,
        boolean acceptConsent) {
    /** The port of a gateway that names none. */
    public static final int DEFAULT_PORT = 443;

    /** What carries the packets. */
    public enum Transport {
        /** A websocket where the gateway has them, else two HTTP channels. */
        AUTO,
        WEBSOCKET,
        /** RDG_OUT_DATA and RDG_IN_DATA, each on a connection of its own. */
        HTTP
    }

    /** How the client signs in at the gateway. */
    public enum Authentication {
        /** With the token where there is one, as {@link #BEARER}; else as the gateway asks for. */
        AUTO,
        /** NTLM in HTTP headers, by itself. */
        NTLM,
        /** NTLM inside SPNEGO in HTTP headers. */
        NEGOTIATE,
        BASIC,
        /** The token in the HTTP header Authorization. */
        BEARER,
        /** The token as the cookie of pluggable authentication, inside the tunnel. */
        COOKIE,
        /** NTLM inside the tunnel (HTTP_EXTENDED_AUTH_SSPI_NTLM). */
        TUNNEL_NTLM
    }

    /** A gateway with everything else at its default: strict trust, automatic transport and authentication. */
    public static GatewaySettings of(Target gateway, Trust trust, Credentials credentials) {
        return new GatewaySettings(
                gateway, trust, Transport.AUTO, Authentication.AUTO, credentials, Optional.empty(), false);
    }

    public GatewaySettings withTransport(Transport value) {
        return new GatewaySettings(gateway, trust, value, authentication, credentials, token, acceptConsent);
    }

    public GatewaySettings withAuthentication(Authentication value) {
        return new GatewaySettings(gateway, trust, transport, value, credentials, token, acceptConsent);
    }

    public GatewaySettings withToken(Callable<Secret> value) {
        return new GatewaySettings(
                gateway, trust, transport, authentication, credentials, Optional.of(value), acceptConsent);
    }

    public GatewaySettings withConsent() {
        return new GatewaySettings(gateway, trust, transport, authentication, credentials, token, true);
    }

    @Override
    public String toString() {
        return "GatewaySettings[gateway=" + gateway + ", transport=" + transport + ", authentication=" + authentication
                + ", user=" + credentials.user() + "]";
    }
}
