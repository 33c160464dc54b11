package porthole.host.fault;

import java.util.Locale;
import porthole.protocol.failure.Stage;

/** What a host sends, by the place it has in the connection sequence; faults are attached to these. */
public enum ServerMessage {
    CONNECTION_CONFIRM(Stage.CONNECTION_INITIATION),
    /** The moment at which TLS begins; there are no octets of ours, so only octets in its place can be told. */
    TLS_HANDSHAKE(Stage.TLS),
    SERVER_NONCE(Stage.AUTHENTICATION),
    AUTHENTICATION_RESULT(Stage.AUTHENTICATION),
    /** A TSRequest with a token of the mechanism, for example NTLM's challenge. */
    NLA_CHALLENGE(Stage.AUTHENTICATION),
    /** The TSRequest with the proof of the public key, or with an error. */
    NLA_KEY(Stage.AUTHENTICATION),
    /** The moment behind the credentials under PROTOCOL_HYBRID; there are no octets of ours. */
    NLA_RESULT(Stage.AUTHENTICATION),
    /** The Early User Authorization Result PDU under PROTOCOL_HYBRID_EX. */
    AUTHORIZATION_RESULT(Stage.AUTHENTICATION),
    RDSTLS_CAPABILITIES(Stage.AUTHENTICATION),
    RDSTLS_RESULT(Stage.AUTHENTICATION),
    CONNECT_RESPONSE(Stage.BASIC_SETTINGS_EXCHANGE),
    ATTACH_USER_CONFIRM(Stage.CHANNEL_CONNECTION),
    CHANNEL_JOIN_CONFIRM(Stage.CHANNEL_CONNECTION),
    AUTO_DETECT_REQUEST(Stage.AUTO_DETECTION),
    /** Only of a host that licenses its clients. */
    LICENSE_REQUEST(Stage.LICENSING),
    /** Likewise. */
    PLATFORM_CHALLENGE(Stage.LICENSING),
    /** A new or an upgraded licence; likewise. */
    NEW_LICENSE(Stage.LICENSING),
    /** The error message, which also says that the client is a valid one. */
    LICENSE(Stage.LICENSING),
    /** Only of a host that sends its clients elsewhere. */
    REDIRECTION(Stage.CAPABILITIES_EXCHANGE),
    DEMAND_ACTIVE(Stage.CAPABILITIES_EXCHANGE),
    SYNCHRONIZE(Stage.CONNECTION_FINALIZATION),
    CONTROL_COOPERATE(Stage.CONNECTION_FINALIZATION),
    CONTROL_GRANTED(Stage.CONNECTION_FINALIZATION),
    FONT_MAP(Stage.CONNECTION_FINALIZATION),
    SAVE_SESSION_INFO(Stage.ACTIVE),
    AUTO_RECONNECT_COOKIE(Stage.ACTIVE),
    AUTO_RECONNECT_STATUS(Stage.ACTIVE),
    PALETTE(Stage.ACTIVE),
    BITMAP(Stage.ACTIVE),
    POINTER(Stage.ACTIVE),
    CHANNEL_DATA(Stage.ACTIVE),
    SHUTDOWN_DENIED(Stage.ACTIVE),
    HEARTBEAT(Stage.ACTIVE),
    DEACTIVATE_ALL(Stage.ACTIVE),
    ERROR_INFO(Stage.ACTIVE),
    DISCONNECT(Stage.ACTIVE);

    private final Stage stage;

    ServerMessage(Stage stage) {
        this.stage = stage;
    }

    /** The stage in which a client waits for it. */
    public Stage stage() {
        return stage;
    }

    /** The security that a host needs to send it; see {@link Fault#needs}. */
    String needs() {
        return switch (this) {
            case SERVER_NONCE, AUTHENTICATION_RESULT -> Fault.AAD;
            case NLA_CHALLENGE, NLA_KEY, NLA_RESULT -> Fault.NLA;
            case AUTHORIZATION_RESULT -> Fault.NLA_EXT;
            case RDSTLS_CAPABILITIES, RDSTLS_RESULT -> Fault.RDSTLS;
            case REDIRECTION -> Fault.REDIRECTING;
            default -> Fault.ANY;
        };
    }

    /** Whether only a host that licenses its clients sends it. */
    boolean licenses() {
        return this == LICENSE_REQUEST || this == PLATFORM_CHALLENGE || this == NEW_LICENSE;
    }

    /** The name in lower case with hyphens, as it stands in fault names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
