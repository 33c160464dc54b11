package porthole.protocol.failure;

/**
 * The steps of one connection, in the order in which they happen; the RDP ones are those of MS-RDPBCGR 1.3.1.1.
 *
 * <p>A stage is what a failure, an observer's event and the command's exit code have in common.
 */
public enum Stage {
    /** Azure Virtual Desktop's list of resources is read, and the connection file of one of them. */
    FEED("feed"),
    /** Azure Virtual Desktop's broker finds or starts a host and says how to get to it. */
    BROKER("broker"),
    /** The RDP access token is obtained, before any connection is opened (MS-RDPBCGR 5.4.5.4.1). */
    TOKEN("token"),
    /** The nonce of the Entra authority is obtained (MS-RDPBCGR 4.11.3). */
    AAD_NONCE("aad-nonce"),
    /** The host name is resolved. */
    RESOLVE("resolve"),
    /** The byte pipe is opened: TCP, and whatever proxy lies before the host, or before its gateway. */
    CONNECT("connect"),
    /** TLS handshake with the gateway, where there is one, and the decision whether its certificate is trusted. */
    GATEWAY_TLS("gateway-tls"),
    /** HTTP to the gateway until it has accepted who we are and opened its websocket or its two channels. */
    GATEWAY_AUTHENTICATION("gateway-authentication"),
    /** Inside them, tunnel and channel until the gateway is connected to the host (MS-TSGU 3.7). */
    GATEWAY_TUNNEL("gateway-tunnel"),
    /** X.224 connection request and confirm with the protocol negotiation. */
    CONNECTION_INITIATION("connection-initiation"),
    /** TLS handshake and the decision whether the host's certificate is trusted. */
    TLS("tls"),
    /** The selected security layer proves who we are (RDSAAD, NLA, RDSTLS). */
    AUTHENTICATION("authentication"),
    /** MCS connect with the GCC blocks. */
    BASIC_SETTINGS_EXCHANGE("basic-settings-exchange"),
    /** MCS erect domain, attach user and channel joins. */
    CHANNEL_CONNECTION("channel-connection"),
    /** Standard security's security exchange, and the Client Info PDU. */
    SECURE_SETTINGS_EXCHANGE("secure-settings-exchange"),
    /** Optional connect-time network characteristics detection. */
    AUTO_DETECTION("auto-detection"),
    /** Licensing. */
    LICENSING("licensing"),
    /** Optional multitransport bootstrapping. */
    MULTITRANSPORT_BOOTSTRAPPING("multitransport-bootstrapping"),
    /** Demand active and confirm active. */
    CAPABILITIES_EXCHANGE("capabilities-exchange"),
    /** Synchronize, control, font list and font map. */
    CONNECTION_FINALIZATION("connection-finalization"),
    /** The session is up. */
    ACTIVE("active"),
    /** The first picture octets were painted. */
    FIRST_FRAME("first-frame");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    /** The name that people and JSON see. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
