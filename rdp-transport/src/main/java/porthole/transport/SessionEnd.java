package porthole.transport;

import java.util.Optional;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.redirection.ServerRedirectionPacket;

/**
 * How a connection ended, said once.
 *
 * @param kind who ended it
 * @param reason one clause for people
 * @param failure what went wrong, where something did
 * @param redirection where to go instead, where the host said so
 */
public record SessionEnd(
        Kind kind, String reason, Optional<RdpFailure> failure, Optional<ServerRedirectionPacket> redirection) {
    /** An end without a redirection. */
    public SessionEnd(Kind kind, String reason, Optional<RdpFailure> failure) {
        this(kind, reason, failure, Optional.empty());
    }

    /** Who ended it. */
    public enum Kind {
        /** We were asked to. */
        LOCAL,
        /** The host ended the session in an orderly way. */
        HOST,
        /** The host sent this client elsewhere (MS-RDPBCGR 2.2.13). */
        REDIRECTED,
        /** The asked-for stage was reached, and that was all that was wanted. */
        REACHED,
        /** Something went wrong. */
        FAILED
    }

    static SessionEnd redirected(ServerRedirectionPacket packet) {
        return new SessionEnd(
                Kind.REDIRECTED, "the host redirected to another one", Optional.empty(), Optional.of(packet));
    }

    static SessionEnd failed(RdpFailure failure) {
        return new SessionEnd(Kind.FAILED, failure.getMessage(), Optional.of(failure));
    }
}
