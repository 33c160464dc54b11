package porthole.host.avd;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import porthole.protocol.failure.Stage;

/** What feed, broker and gateway do wrong when they are asked to, and what a good client makes of it. */
public enum AvdFault {
    FEED_UNAUTHORIZED(Stage.FEED, "avd-feed-refused"),
    FEED_CLIENT_VERSION(Stage.FEED, "avd-feed-refused"),
    FEED_GARBAGE(Stage.FEED, "avd-feed-answer"),
    FEED_DOCUMENT_TYPE(Stage.FEED, "avd-feed-answer"),
    FEED_EMPTY(Stage.FEED, "avd-no-such-resource"),
    FEED_ELSEWHERE(Stage.FEED, "avd-foreign-url"),
    FEED_NO_FILE(Stage.FEED, "avd-feed-refused"),
    FEED_CLOSED(Stage.FEED, "early-close"),
    BROKER_UNAUTHORIZED(Stage.BROKER, "avd-broker-refused"),
    BROKER_FORBIDDEN(Stage.BROKER, "avd-broker-refused"),
    BROKER_NO_HOST(Stage.BROKER, "avd-broker-refused"),
    BROKER_NULL_REFERENCE(Stage.BROKER, "avd-broker-refused"),
    BROKER_ALWAYS_BOOTING(Stage.BROKER, "avd-host-booting"),
    BROKER_GARBAGE(Stage.BROKER, "avd-broker-answer"),
    BROKER_NO_LOCATION(Stage.BROKER, "avd-broker-answer"),
    BROKER_PLAIN_LOCATION(Stage.BROKER, "avd-broker-answer"),
    BROKER_BROKEN_CERTIFICATE(Stage.BROKER, "avd-broker-answer"),
    BROKER_CLOSED(Stage.BROKER, "early-close"),
    /** The host shows another certificate than the broker says. */
    BROKER_OTHER_CERTIFICATE(Stage.TLS, "certificate-pin"),
    AFFINITY_UNAUTHORIZED(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    AFFINITY_UNAVAILABLE(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    AFFINITY_CLOSED(Stage.GATEWAY_AUTHENTICATION, "gateway-http-closed"),
    UPGRADE_BAD_REQUEST(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_FORBIDDEN(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_GONE(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_TIMEOUT(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_OK(Stage.GATEWAY_AUTHENTICATION, "gateway-http-status"),
    UPGRADE_WRONG_ACCEPT(Stage.GATEWAY_AUTHENTICATION, "gateway-no-websocket"),
    UPGRADE_CLOSED(Stage.GATEWAY_AUTHENTICATION, "gateway-http-closed"),
    WEBSOCKET_CLOSE_1011(Stage.CONNECTION_INITIATION, "websocket-closed"),
    WEBSOCKET_TEXT(Stage.CONNECTION_INITIATION, "websocket-protocol");

    private final Stage stage;
    private final String cause;

    AvdFault(Stage stage, String cause) {
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

    /** Where a good client notices. */
    public Stage stage() {
        return stage;
    }

    /** What a good client calls it. */
    public String cause() {
        return cause;
    }
}
