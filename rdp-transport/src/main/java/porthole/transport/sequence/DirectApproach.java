package porthole.transport.sequence;

import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;
import porthole.transport.SecurityLayer;
import porthole.transport.Sequence;

/**
 * The direct approach of MS-RDPBCGR 5.4.2.2: TLS and sign-in come first, and X.224 names what is in place already. Everything
 * behind that is as in {@link ConnectionSequence}.
 */
enum DirectApproach implements Sequence {
    INSTANCE;

    @Override
    public PhaseHandler first(Connection connection) {
        SecurityProtocols offered = connection.layer().protocol();
        connection.facts().negotiated(offered, agreed(offered), 0);
        return new TlsUpgrade(connection);
    }

    /** Both sides have to know what comes behind TLS: it is CredSSP, or nothing. */
    private static SecurityProtocols agreed(SecurityProtocols offered) {
        return offered.has(SecurityProtocols.HYBRID) ? SecurityProtocols.HYBRID : SecurityProtocols.TLS;
    }

    /** Whether a layer needs no negotiation. */
    static boolean suits(SecurityLayer layer) {
        return layer.protocol().has(SecurityProtocols.HYBRID)
                || layer.protocol().equals(SecurityProtocols.TLS);
    }

    @Override
    public PhaseHandler after(PhaseHandler done) {
        Connection connection = done.connection();
        return switch (done.stage()) {
            case TLS ->
                connection.attempt().authentication(connection).orElseGet(() -> new ConnectionInitiation(connection));
            case AUTHENTICATION -> new ConnectionInitiation(connection);
            case CONNECTION_INITIATION -> new BasicSettingsExchange(connection);
            default -> ConnectionSequence.INSTANCE.after(done);
        };
    }
}
