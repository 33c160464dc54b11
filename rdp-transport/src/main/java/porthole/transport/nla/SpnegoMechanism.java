package porthole.transport.nla;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.spnego.NegTokenInit;
import porthole.protocol.spnego.NegTokenResp;
import porthole.protocol.spnego.Oid;
import porthole.protocol.spnego.SpnegoToken;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** SPNEGO around other mechanisms, best first (RFC 4178, MS-SPNG): the host takes the first one, or names another. */
public final class SpnegoMechanism implements AuthenticationMechanism {
    private static final String SECTION = "RFC 4178 4.2.2";

    private final List<AuthenticationMechanism> offered;
    private final Bytes mechTypeList;
    private AuthenticationMechanism chosen;
    private boolean answered;

    public SpnegoMechanism(List<AuthenticationMechanism> offered) {
        this.offered = List.copyOf(offered);
        chosen = offered.get(0);
        mechTypeList = NegTokenInit.mechTypeList(oids());
    }

    @Override
    public String name() {
        return "spnego/" + chosen.name();
    }

    /** Of all that is offered, best first. */
    @Override
    public List<Oid> oids() {
        return offered.stream().flatMap(mechanism -> mechanism.oids().stream()).toList();
    }

    @Override
    public boolean alwaysSignsTheList() {
        return chosen.alwaysSignsTheList();
    }

    @Override
    public Bytes begin() {
        return Bytes.of(NegTokenInit.of(oids(), chosen.begin()).toByteArray());
    }

    @Override
    public Optional<Bytes> next(Bytes token) {
        NegTokenResp answer = answer(token);
        boolean switched = choose(answer);
        if (!switched && answer.responseToken().isEmpty()) {
            throw new SequenceException("a NegTokenResp without a token", "a token of " + chosen.name(), SECTION);
        }
        Optional<Bytes> inner = switched
                ? Optional.of(chosen.begin())
                : chosen.next(answer.responseToken().get());
        boolean hostIsDone = answer.negState().orElse(NegTokenResp.ACCEPT_INCOMPLETE) == NegTokenResp.ACCEPT_COMPLETED;
        boolean signs = chosen.isComplete() && (chosen.alwaysSignsTheList() || !hostIsDone);
        Optional<Bytes> mic = signs ? Optional.of(chosen.listMic(mechTypeList)) : Optional.empty();
        if (chosen.isComplete()) {
            answer.mechListMic().ifPresent(theirs -> chosen.verifyListMic(mechTypeList, theirs));
        }
        if (inner.isEmpty() && mic.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Bytes.of(NegTokenResp.of(NegTokenResp.ACCEPT_INCOMPLETE, Optional.empty(), inner, mic)
                .toByteArray()));
    }

    private static NegTokenResp answer(Bytes token) {
        SpnegoToken decoded = SpnegoToken.decode(WireReader.of(token, "NegotiationToken", "RFC 4178 4.2"));
        if (!(decoded instanceof NegTokenResp answer)) {
            throw new SequenceException("a NegTokenInit", "a NegTokenResp", SECTION);
        }
        if (answer.negState().orElse(NegTokenResp.ACCEPT_INCOMPLETE) == NegTokenResp.REJECT) {
            throw new Refused(
                    "spnego-reject",
                    "NegTokenResp.negState",
                    NegTokenResp.REJECT,
                    "reject",
                    "the host takes none of the offered mechanisms",
                    "see which mechanisms the host's policy allows; it may have forbidden NTLM",
                    SECTION);
        }
        return answer;
    }

    /** Whether the host's first answer asks to begin anew with another mechanism. */
    private boolean choose(NegTokenResp answer) {
        boolean first = !answered;
        answered = true;
        if (!first || answer.supportedMech().isEmpty()) {
            return false;
        }
        Oid wanted = answer.supportedMech().get();
        AuthenticationMechanism before = chosen;
        chosen = offered.stream()
                .filter(mechanism -> mechanism.oids().contains(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new SequenceException("the mechanism " + wanted, "one of the offered mechanisms", SECTION));
        return chosen != before;
    }

    @Override
    public boolean isComplete() {
        return chosen.isComplete();
    }

    @Override
    public void finish(Bytes token) {
        NegTokenResp answer = answer(token);
        if (answer.responseToken().filter(inner -> !inner.isEmpty()).isPresent()) {
            chosen.finish(answer.responseToken().get());
        }
        answer.mechListMic().ifPresent(mic -> chosen.verifyListMic(mechTypeList, mic));
    }

    @Override
    public Bytes wrap(Bytes message) {
        return chosen.wrap(message);
    }

    @Override
    public Bytes unwrap(WireReader sealed) {
        return chosen.unwrap(sealed);
    }

    @Override
    public Bytes listMic(Bytes list) {
        return chosen.listMic(list);
    }

    @Override
    public void verifyListMic(Bytes list, Bytes mic) {
        chosen.verifyListMic(list, mic);
    }

    @Override
    public Map<String, Object> facts() {
        return new LinkedHashMap<>(chosen.facts());
    }
}
