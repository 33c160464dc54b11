package porthole.transport;

import java.util.Optional;
import porthole.protocol.failure.RdpFailure;

/**
 * How a connection ended, said once.
 *
 * @param kind who ended it
 * @param reason one clause for people
 * @param failure what went wrong, where something did
 */
public record SessionEnd(Kind kind, String reason, Optional<RdpFailure> failure) {
    /** Who ended it. */
    public enum Kind {
        /** We were asked to. */
        LOCAL,
        /** The host ended the session in an orderly way. */
        HOST,
        /** The asked-for stage was reached, and that was all that was wanted. */
        REACHED,
        /** Something went wrong. */
        FAILED
    }

    static SessionEnd failed(RdpFailure failure) {
        return new SessionEnd(Kind.FAILED, failure.getMessage(), Optional.of(failure));
    }
}
