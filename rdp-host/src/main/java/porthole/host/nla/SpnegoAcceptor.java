package porthole.host.nla;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.spnego.NegTokenInit;
import porthole.protocol.spnego.NegTokenResp;
import porthole.protocol.spnego.Oid;
import porthole.protocol.spnego.SpnegoToken;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** SPNEGO as the server does it (RFC 4178 4.2, MS-SPNG 3.2): takes the first mechanism of the client's that it knows. */
final class SpnegoAcceptor implements Acceptor {
    private static final long INVALID_TOKEN = 0x80090308L;
    private static final long NOT_SUPPORTED = 0xC00000BBL;

    private final List<Acceptor> known = new ArrayList<>();
    private Acceptor chosen;
    private Bytes mechTypeList = Bytes.EMPTY;
    private boolean awaitsMic;
    private boolean signed;

    SpnegoAcceptor(NlaHost host, NtlmAcceptor ntlm) {
        host.kerberos().ifPresent(keys -> known.add(new KerberosAcceptor(keys)));
        if (host.ntlm()) {
            known.add(ntlm);
        }
    }

    @Override
    public String name() {
        return "spnego/" + (chosen == null ? "none" : chosen.name());
    }

    @Override
    public List<Oid> oids() {
        return known.stream().flatMap(one -> one.oids().stream()).toList();
    }

    @Override
    public Step accept(Bytes token) {
        SpnegoToken decoded = SpnegoToken.decode(WireReader.of(token, "NegotiationToken", "RFC 4178 4.2"));
        if (decoded instanceof NegTokenInit init) {
            return chosen == null ? begin(init) : Step.refused(INVALID_TOKEN, "a second NegTokenInit");
        }
        return chosen == null
                ? Step.refused(INVALID_TOKEN, "a NegTokenResp before a NegTokenInit")
                : goOn((NegTokenResp) decoded);
    }

    private Step begin(NegTokenInit init) {
        mechTypeList = init.mechTypeList();
        Optional<Oid> wanted =
                init.mechTypes().stream().filter(oids()::contains).findFirst();
        if (wanted.isEmpty()) {
            return new Step(
                    Optional.of(response(NegTokenResp.REJECT, Optional.empty(), Optional.empty(), Optional.empty())),
                    NOT_SUPPORTED,
                    "none of the client's mechanisms " + init.mechTypes());
        }
        chosen = known.stream()
                .filter(one -> one.oids().contains(wanted.get()))
                .findFirst()
                .orElseThrow();
        boolean first = chosen.oids().contains(init.mechTypes().get(0));
        if (!first || init.mechToken().isEmpty()) {
            int state = first ? NegTokenResp.ACCEPT_INCOMPLETE : NegTokenResp.REQUEST_MIC;
            awaitsMic = !first;
            return Step.answer(response(state, wanted, Optional.empty(), Optional.empty()));
        }
        Step step = chosen.accept(init.mechToken().get());
        return step.status() != 0 ? step : wrapped(step, wanted, Optional.empty());
    }

    private Step goOn(NegTokenResp answer) {
        Step step = Step.silent();
        if (answer.responseToken().isPresent()) {
            step = chosen.accept(answer.responseToken().get());
            if (step.status() != 0) {
                return step;
            }
        }
        if (answer.mechListMic().isPresent() && chosen.isComplete()) {
            chosen.verifyListMic(mechTypeList, answer.mechListMic().get());
            awaitsMic = false;
            Optional<Bytes> own = signed ? Optional.empty() : Optional.of(chosen.listMic(mechTypeList));
            return wrapped(step, Optional.empty(), own);
        }
        return chosen.isComplete() && awaitsMic && answer.responseToken().isEmpty()
                ? Step.refused(INVALID_TOKEN, "the client did not sign the list of mechanisms")
                : wrapped(step, Optional.empty(), Optional.empty());
    }

    /** The side that says the mechanism's last word signs the list first (RFC 4178 5). */
    private Step wrapped(Step step, Optional<Oid> mechanism, Optional<Bytes> mic) {
        if (!chosen.isComplete() || !awaitsMic) {
            int state = chosen.isComplete() ? NegTokenResp.ACCEPT_COMPLETED : NegTokenResp.ACCEPT_INCOMPLETE;
            return Step.answer(response(state, mechanism, step.answer(), mic));
        }
        signed = step.answer().isPresent();
        Optional<Bytes> own = signed ? Optional.of(chosen.listMic(mechTypeList)) : mic;
        return Step.answer(response(NegTokenResp.ACCEPT_INCOMPLETE, mechanism, step.answer(), own));
    }

    private static Bytes response(int state, Optional<Oid> mechanism, Optional<Bytes> token, Optional<Bytes> mic) {
        return Bytes.of(NegTokenResp.of(state, mechanism, token, mic).toByteArray());
    }

    @Override
    public boolean isComplete() {
        return chosen != null && chosen.isComplete() && !awaitsMic;
    }

    @Override
    public String user() {
        return chosen.user();
    }

    @Override
    public Optional<HostUser> account() {
        return chosen.account();
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
}
