package porthole.host.avd;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import porthole.protocol.failure.Stage;

/** What feed, broker and gateway do wrong when they are asked to, and what a good client makes of it. */
public enum AvdFault {
    FEED_UNAUTHORIZED("the feed does not take the token", Stage.FEED, "avd-feed-refused"),
    FEED_CLIENT_VERSION("the feed does not take the user agent", Stage.FEED, "avd-feed-refused"),
    FEED_GARBAGE("the discovery is a web page", Stage.FEED, "avd-feed-answer"),
    FEED_DOCUMENT_TYPE("the discovery has a document type with an external entity", Stage.FEED, "avd-feed-answer"),
    FEED_EMPTY("the workspace has no resource", Stage.FEED, "avd-no-such-resource"),
    FEED_TWINS("the workspace has each resource twice", Stage.FEED, "avd-ambiguous-resource"),
    FEED_ELSEWHERE("the discovery leads to another service", Stage.FEED, "avd-foreign-url"),
    FEED_NO_FILE("there is no connection file", Stage.FEED, "avd-feed-refused"),
    FEED_CLOSED("the feed closes the connection", Stage.FEED, "early-close"),
    BROKER_UNAUTHORIZED("the broker does not take the token", Stage.BROKER, "avd-broker-refused"),
    BROKER_FORBIDDEN("the broker does not let the user in", Stage.BROKER, "avd-broker-refused"),
    BROKER_NO_HOST("no host of the pool is free", Stage.BROKER, "avd-broker-refused"),
    BROKER_NULL_REFERENCE("the broker does not know the resource", Stage.BROKER, "avd-broker-refused"),
    BROKER_ALWAYS_BOOTING("the host is being started and never up", Stage.BROKER, "avd-host-booting"),
    BROKER_GARBAGE("the answer breaks off", Stage.BROKER, "avd-broker-answer"),
    BROKER_NO_LOCATION("the answer names no gateway", Stage.BROKER, "avd-broker-answer"),
    BROKER_PLAIN_LOCATION("the answer names a gateway without TLS", Stage.BROKER, "avd-broker-answer"),
    BROKER_BROKEN_CERTIFICATE("the certificate container breaks off", Stage.BROKER, "avd-broker-answer"),
    BROKER_CLOSED("the broker closes the connection", Stage.BROKER, "early-close"),
    BROKER_OTHER_CERTIFICATE("the host shows another certificate than the broker says", Stage.TLS, "certificate-pin"),
    AFFINITY_UNAUTHORIZED("the gateway does not take the token", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    AFFINITY_UNAVAILABLE("the gateway is unavailable", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    AFFINITY_CLOSED("the gateway closes the first connection", Stage.GATEWAY_AUTHENTICATION, "gateway-http-closed"),
    UPGRADE_BAD_REQUEST("the upgrade is answered with 400", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_FORBIDDEN("the upgrade is answered with 403", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_GONE("the gateway does not know the session any more", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_TIMEOUT("the host does not answer the gateway", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_OK("the upgrade is answered with 200", Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_WRONG_ACCEPT(
            "the answer to the websocket key is wrong", Stage.GATEWAY_AUTHENTICATION, "gateway-no-websocket"),
    UPGRADE_CLOSED(
            "the gateway closes the connection instead of an upgrade",
            Stage.GATEWAY_AUTHENTICATION,
            "gateway-http-closed"),
    WEBSOCKET_CLOSE_1011("the websocket is closed with code 1011", Stage.CONNECTION_INITIATION, "websocket-closed"),
    WEBSOCKET_TEXT("the gateway sends a text message", Stage.CONNECTION_INITIATION, "websocket-protocol");

    private final String description;
    private final Stage stage;
    private final String cause;

    AvdFault(String description, Stage stage, String cause) {
        this.description = description;
        this.stage = stage;
        this.cause = cause;
    }

    /** The name that it is asked for by: {@code broker-no-host}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<AvdFault> named(String label) {
        return Stream.of(values()).filter(fault -> fault.label().equals(label)).findFirst();
    }

    /** One clause: what goes wrong. */
    public String description() {
        return description;
    }

    /** Where a good client notices. */
    public Stage stage() {
        return stage;
    }

    /** What a good client calls it. */
    public String cause() {
        return cause;
    }
}
