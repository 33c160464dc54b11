package porthole.transport.nla;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * One run of a security mechanism as GSS-API has it, on the client's side: tokens to and fro, then protected messages.
 *
 * <p>It runs on the event loop of one connection, so that whatever may wait (a ticket, a smart card) belongs into {@code
 * prepare} of the layer. What a host says wrongly is thrown as a member of the one failure family.
 */
public interface AuthenticationMechanism {
    /** The name in events, for example {@code ntlm}. */
    String name();

    /** What SPNEGO calls it, the preferred name first. */
    List<Oid> oids();

    /** The first token. */
    Bytes begin();

    /** The answer to a token of the host; empty where there is none to give. */
    Optional<Bytes> next(Bytes token);

    /** Whether messages can be protected from now on. */
    boolean isComplete();

    /** The host's last token, which came when this side was complete already. */
    void finish(Bytes token);

    /** GSS_Wrap with confidentiality. */
    Bytes wrap(Bytes message);

    /** GSS_Unwrap of all that {@code sealed} has; refuses what the host did not protect. */
    Bytes unwrap(WireReader sealed);

    /** Whether SPNEGO's mechListMIC goes with the last token even where the host does not ask for it (MS-SPNG 3.3.5.1). */
    boolean alwaysSignsTheList();

    /** The mechListMIC over the list of mechanisms; later messages are protected as if there had been none. */
    Bytes listMic(Bytes mechTypeList);

    /** Refuses another mechListMIC of the host than that of the list. */
    void verifyListMic(Bytes mechTypeList, Bytes mic);

    /** What the host said of itself, for the event of the stage. */
    Map<String, Object> facts();
}
