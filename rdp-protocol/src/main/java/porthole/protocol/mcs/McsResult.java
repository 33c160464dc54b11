package porthole.protocol.mcs;

import java.util.List;

/** A result of T.125 (7, Result): an open set over its code. */
public record McsResult(int code) {
    public static final McsResult SUCCESSFUL = new McsResult(0);
    public static final McsResult UNSPECIFIED_FAILURE = new McsResult(14);

    private static final List<String> NAMES = List.of(
            "rt-successful",
            "rt-domain-merging",
            "rt-domain-not-hierarchical",
            "rt-no-such-channel",
            "rt-no-such-domain",
            "rt-no-such-user",
            "rt-not-admitted",
            "rt-other-user-id",
            "rt-parameters-unacceptable",
            "rt-token-not-available",
            "rt-token-not-possessed",
            "rt-too-many-channels",
            "rt-too-many-tokens",
            "rt-too-many-users",
            "rt-unspecified-failure",
            "rt-user-rejected");

    private static final List<String> MEANINGS = List.of(
            "the request was granted",
            "the domain is being merged with another",
            "the domain is not hierarchical",
            "the channel does not exist",
            "the domain does not exist",
            "the user does not exist",
            "the user is not admitted to the channel",
            "the user id belongs to somebody else",
            "the domain parameters are not acceptable",
            "the token is not available",
            "the token is not possessed",
            "there are too many channels",
            "there are too many tokens",
            "there are too many users",
            "the request failed for a reason that was not given",
            "the user rejected the request");

    public boolean isSuccessful() {
        return code == 0;
    }

    /** The name in T.125, or {@code unknown}. */
    public String name() {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "unknown";
    }

    /** One clause. */
    public String meaning() {
        return code >= 0 && code < MEANINGS.size() ? MEANINGS.get(code) : "the result is not one of T.125";
    }

    /** For example {@code rt-no-such-channel (3)}. */
    @Override
    public String toString() {
        return name() + " (" + code + ")";
    }
}
