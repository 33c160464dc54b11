package porthole.host.session;

import porthole.protocol.x224.SecurityProtocols;

/** The order of the phases as the server goes through them: the file to read first (MS-RDPBCGR 1.3.1.1). */
final class ServerSequence {
    private ServerSequence() {}

    static ServerPhase first(HostConnection connection) {
        return new ConnectionInitiation(connection);
    }

    static ServerPhase after(ServerPhase done) {
        HostConnection connection = done.connection();
        return switch (done.stage()) {
            case CONNECTION_INITIATION ->
                connection.facts().direct || connection.facts().selected.equals(SecurityProtocols.RDP)
                        ? new BasicSettingsExchange(connection)
                        : new TlsAccept(connection);
            case TLS -> afterTls(connection);
            case AUTHENTICATION -> negotiated(connection);
            case BASIC_SETTINGS_EXCHANGE -> new ChannelConnection(connection);
            case CHANNEL_CONNECTION -> new SecureSettingsExchange(connection);
            case SECURE_SETTINGS_EXCHANGE ->
                AutoDetection.applies(connection) ? new AutoDetection(connection) : new Licensing(connection);
            case AUTO_DETECTION -> new Licensing(connection);
            case LICENSING ->
                connection.settings().redirection().isPresent()
                        ? new Redirecting(connection)
                        : new CapabilitiesExchange(connection);
            case CAPABILITIES_EXCHANGE -> new ConnectionFinalization(connection);
            case CONNECTION_FINALIZATION -> new ActiveSession(connection);
            default -> throw new IllegalStateException("nothing comes after " + done.stage());
        };
    }

    private static ServerPhase afterTls(HostConnection connection) {
        SecurityProtocols selected = connection.facts().selected;
        if (selected.has(SecurityProtocols.RDSAAD)) {
            return new RdsAadSecurity(connection);
        } else if (selected.has(SecurityProtocols.HYBRID) || selected.has(SecurityProtocols.HYBRID_EX)) {
            return new NlaSecurity(connection);
        }
        return selected.has(SecurityProtocols.RDSTLS) ? new RdstlsSecurity(connection) : negotiated(connection);
    }

    /** Security is in place: the direct approach comes back to X.224 now. */
    private static ServerPhase negotiated(HostConnection connection) {
        return connection.facts().direct ? new ConnectionInitiation(connection) : new BasicSettingsExchange(connection);
    }
}
