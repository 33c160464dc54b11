package porthole.transport.sequence;

import porthole.protocol.failure.Stage;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.PhaseHandler;
import porthole.transport.Sequence;

/**
 * The connection sequence of MS-RDPBCGR 1.3.1.1 as a list: what comes after what, and nothing else.
 *
 * <ol>
 *   <li>{@link ConnectionInitiation}: which security protocol
 *   <li>{@link TlsUpgrade}: unless standard security was selected
 *   <li>the security layer's own phase, where it has one
 *   <li>{@link BasicSettingsExchange}: MCS connect with the GCC blocks
 *   <li>{@link ChannelConnection}: erect domain, attach user, channel joins
 *   <li>{@link SecureSettingsExchange}: the Client Info PDU
 *   <li>{@link AutoDetection}: as long as the host measures
 *   <li>{@link Licensing}
 *   <li>{@link MultitransportBootstrapping}: as long as the host offers transports
 *   <li>{@link CapabilitiesExchange}: demand active, confirm active
 *   <li>{@link ConnectionFinalization}: synchronize, control, font list
 *   <li>{@link ActiveSession}, which a Deactivate All PDU sends back to {@link CapabilitiesExchange}
 * </ol>
 */
public enum ConnectionSequence implements Sequence {
    INSTANCE;

    /** The sequence of a specification: this one, or the one that does not negotiate. */
    public static Sequence of(ConnectionSpec spec) {
        return spec.approach().direct() ? DirectApproach.INSTANCE : INSTANCE;
    }

    @Override
    public PhaseHandler first(Connection connection) {
        return new ConnectionInitiation(connection);
    }

    @Override
    public PhaseHandler after(PhaseHandler done) {
        Connection connection = done.connection();
        return switch (done.stage()) {
            case CONNECTION_INITIATION ->
                connection.facts().selectedProtocol().equals(SecurityProtocols.RDP)
                        ? authenticationOrMcs(connection)
                        : new TlsUpgrade(connection);
            case TLS -> authenticationOrMcs(connection);
            case AUTHENTICATION -> new BasicSettingsExchange(connection);
            case BASIC_SETTINGS_EXCHANGE -> new ChannelConnection(connection);
            case CHANNEL_CONNECTION -> new SecureSettingsExchange(connection);
            case SECURE_SETTINGS_EXCHANGE -> new AutoDetection(connection);
            case AUTO_DETECTION -> new Licensing(connection);
            case LICENSING -> new MultitransportBootstrapping(connection);
            case MULTITRANSPORT_BOOTSTRAPPING -> new CapabilitiesExchange(connection);
            case CAPABILITIES_EXCHANGE -> new ConnectionFinalization(connection, messages(done));
            case CONNECTION_FINALIZATION -> new ActiveSession(connection, messages(done));
            case ACTIVE -> new CapabilitiesExchange(connection, messages(done));
            case FEED,
                    BROKER,
                    TOKEN,
                    AAD_NONCE,
                    RESOLVE,
                    CONNECT,
                    GATEWAY_TLS,
                    GATEWAY_AUTHENTICATION,
                    GATEWAY_TUNNEL,
                    FIRST_FRAME -> throw new IllegalStateException(done.stage() + " is not a phase of the pipeline");
        };
    }

    /**
     * The sequence for a replay, which takes recorded licensing as it is: the keys were the recorded client's secret.
     *
     * @param whole false for captures that begin behind the security layer
     */
    public static Sequence recorded(ConnectionSpec spec, boolean whole) {
        Sequence live = of(spec);
        return new Sequence() {
            @Override
            public PhaseHandler first(Connection connection) {
                return whole ? live.first(connection) : new BasicSettingsExchange(connection);
            }

            @Override
            public PhaseHandler after(PhaseHandler done) {
                return done.stage() == Stage.AUTO_DETECTION ? Licensing.recorded(done.connection()) : live.after(done);
            }
        };
    }

    /** The compression history and the unfinished messages go with the share, from phase to phase. */
    private static ShareMessages messages(PhaseHandler done) {
        return ((SharePhase) done).messages();
    }

    private static PhaseHandler authenticationOrMcs(Connection connection) {
        return connection.attempt().authentication(connection).orElseGet(() -> new BasicSettingsExchange(connection));
    }
}
