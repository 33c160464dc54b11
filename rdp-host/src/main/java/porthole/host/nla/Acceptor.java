package porthole.host.nla;

import java.util.List;
import java.util.Optional;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** One run of a security mechanism on the host's side; what a client says wrongly is thrown as a WireException. */
public interface Acceptor {
    /**
     * What one token of the client led to.
     *
     * @param answer the next token; empty for none
     * @param status the NTSTATUS of a refusal, 0 for none
     * @param reason of a refusal, for the host's events
     */
    record Step(Optional<Bytes> answer, long status, String reason) {
        static Step answer(Bytes token) {
            return new Step(Optional.of(token), 0, "");
        }

        static Step silent() {
            return new Step(Optional.empty(), 0, "");
        }

        static Step refused(long status, String reason) {
            return new Step(Optional.empty(), status, reason);
        }
    }

    /** The name in events. */
    String name();

    /** What SPNEGO calls it. */
    List<Oid> oids();

    /** Takes one token; may wait, so it is not called on an event loop. */
    Step accept(Bytes token);

    /** Whether the user is known and messages can be protected. */
    boolean isComplete();

    /** The user who signed in; empty before that. */
    String user();

    /** The account that the user has here; empty where a realm vouches for the user instead. */
    Optional<HostUser> account();

    /** GSS_Wrap with confidentiality. */
    Bytes wrap(Bytes message);

    /** GSS_Unwrap of all that {@code sealed} has. */
    Bytes unwrap(WireReader sealed);

    /** The mechListMIC of the host. */
    Bytes listMic(Bytes mechTypeList);

    /** Refuses another mechListMIC of the client than that of the list. */
    void verifyListMic(Bytes mechTypeList, Bytes mic);
}
