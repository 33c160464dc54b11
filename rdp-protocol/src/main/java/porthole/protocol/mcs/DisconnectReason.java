package porthole.protocol.mcs;

import java.util.List;

/** The reason of a disconnect provider ultimatum (T.125 7, Reason): an open set over its code. */
public record DisconnectReason(int code) {
    public static final DisconnectReason DOMAIN_DISCONNECTED = new DisconnectReason(0);
    public static final DisconnectReason PROVIDER_INITIATED = new DisconnectReason(1);
    public static final DisconnectReason TOKEN_PURGED = new DisconnectReason(2);
    public static final DisconnectReason USER_REQUESTED = new DisconnectReason(3);
    public static final DisconnectReason CHANNEL_PURGED = new DisconnectReason(4);

    private static final List<String> NAMES = List.of(
            "rn-domain-disconnected",
            "rn-provider-initiated",
            "rn-token-purged",
            "rn-user-requested",
            "rn-channel-purged");

    private static final List<String> MEANINGS = List.of(
            "the domain was taken down",
            "the MCS provider of the other side ended the connection",
            "a token was taken away",
            "the other side asked for the end of the connection",
            "a channel was taken away");

    /** The name in T.125, or {@code unknown}. */
    public String name() {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "unknown";
    }

    /** One clause. */
    public String meaning() {
        return code >= 0 && code < MEANINGS.size() ? MEANINGS.get(code) : "the reason is not one of T.125";
    }

    /** For example {@code rn-user-requested (3)}. */
    @Override
    public String toString() {
        return name() + " (" + code + ")";
    }
}
