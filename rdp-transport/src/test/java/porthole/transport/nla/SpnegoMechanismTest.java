package porthole.transport.nla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.spnego.NegTokenInit;
import porthole.protocol.spnego.NegTokenResp;
import porthole.protocol.spnego.Oid;
import porthole.protocol.spnego.SpnegoToken;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** SPNEGO with more than one mechanism: the host may take another than the first. */
class SpnegoMechanismTest {
    private static final Bytes LIST_MIC = Bytes.hex("11");

    /** Is complete after one answer. */
    private static final class OneRound implements AuthenticationMechanism {
        private final String name;
        private final Oid oid;
        private boolean complete;
        private Bytes verified = Bytes.EMPTY;

        OneRound(String name, Oid oid) {
            this.name = name;
            this.oid = oid;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Oid> oids() {
            return List.of(oid);
        }

        @Override
        public boolean alwaysSignsTheList() {
            return oid.equals(Oid.NTLM);
        }

        @Override
        public Bytes begin() {
            return Bytes.ascii(name + " begins");
        }

        @Override
        public Optional<Bytes> next(Bytes token) {
            complete = true;
            return Optional.of(Bytes.ascii(name + " answers " + token.toAscii()));
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public void finish(Bytes token) {
            throw new SequenceException("a token", "none", "");
        }

        @Override
        public Bytes wrap(Bytes message) {
            return message;
        }

        @Override
        public Bytes unwrap(WireReader sealed) {
            return sealed.rest("sealed");
        }

        @Override
        public Bytes listMic(Bytes mechTypeList) {
            return LIST_MIC;
        }

        @Override
        public void verifyListMic(Bytes mechTypeList, Bytes mic) {
            verified = mic;
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("by", name);
        }
    }

    private final OneRound kerberos = new OneRound("kerberos", Oid.KERBEROS);
    private final OneRound ntlm = new OneRound("ntlm", Oid.NTLM);
    private final SpnegoMechanism spnego = new SpnegoMechanism(List.of(kerberos, ntlm));

    private static Bytes answer(int state, Oid mechanism, String token) {
        return Bytes.of(NegTokenResp.of(
                        state,
                        Optional.ofNullable(mechanism),
                        Optional.ofNullable(token).map(Bytes::ascii),
                        Optional.empty())
                .toByteArray());
    }

    private static NegTokenResp ours(Optional<Bytes> token) {
        return (NegTokenResp)
                SpnegoToken.decode(WireReader.of(token.orElseThrow(), "NegotiationToken", "RFC 4178 4.2"));
    }

    @Test
    void offersAllAndBeginsWithTheFirst() {
        NegTokenInit init =
                (NegTokenInit) SpnegoToken.decode(WireReader.of(spnego.begin(), "NegotiationToken", "RFC 4178 4.2"));
        assertThat(init.mechTypes()).containsExactly(Oid.KERBEROS, Oid.NTLM);
        assertThat(init.mechToken()).contains(Bytes.ascii("kerberos begins"));
        assertThat(spnego.oids()).containsExactly(Oid.KERBEROS, Oid.NTLM);
    }

    @Test
    void goesOnWithTheFirst() {
        NegTokenResp next = ours(spnego.next(answer(NegTokenResp.ACCEPT_INCOMPLETE, Oid.KERBEROS, "hello")));
        assertThat(next.responseToken()).contains(Bytes.ascii("kerberos answers hello"));
        assertThat(next.mechListMic()).contains(LIST_MIC);
        assertThat(spnego.isComplete()).isTrue();
        assertThat(spnego.name()).isEqualTo("spnego/kerberos");
    }

    @Test
    void signsTheListOnlyWhereItMatters() {
        NegTokenResp next = ours(spnego.next(answer(NegTokenResp.ACCEPT_COMPLETED, Oid.KERBEROS, "hello")));
        assertThat(next.mechListMic()).isEmpty();
        OneRound alone = new OneRound("ntlm", Oid.NTLM);
        NegTokenResp always = ours(
                new SpnegoMechanism(List.of(alone)).next(answer(NegTokenResp.ACCEPT_COMPLETED, Oid.NTLM, "hello")));
        assertThat(always.mechListMic()).contains(LIST_MIC);
    }

    @Test
    void beginsAnewWithTheOneThatTheHostWants() {
        NegTokenResp first = ours(spnego.next(answer(NegTokenResp.REQUEST_MIC, Oid.NTLM, null)));
        assertThat(first.responseToken()).contains(Bytes.ascii("ntlm begins"));
        assertThat(first.mechListMic()).isEmpty();
        assertThat(spnego.isComplete()).isFalse();
        NegTokenResp second = ours(spnego.next(answer(NegTokenResp.ACCEPT_INCOMPLETE, null, "challenge")));
        assertThat(second.responseToken()).contains(Bytes.ascii("ntlm answers challenge"));
        assertThat(second.mechListMic()).contains(LIST_MIC);
        assertThat(spnego.facts()).containsEntry("by", "ntlm");
        spnego.finish(Bytes.of(NegTokenResp.of(
                        NegTokenResp.ACCEPT_COMPLETED, Optional.empty(), Optional.empty(), Optional.of(Bytes.hex("22")))
                .toByteArray()));
        assertThat(ntlm.verified).isEqualTo(Bytes.hex("22"));
        assertThat(kerberos.verified).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void refusesWhatWasNotOffered() {
        Bytes other = answer(NegTokenResp.ACCEPT_INCOMPLETE, Oid.MS_KERBEROS, "x");
        assertThatThrownBy(() -> spnego.next(other))
                .isInstanceOf(SequenceException.class)
                .hasMessageContaining(Oid.MS_KERBEROS.toString());
        Bytes empty = answer(NegTokenResp.ACCEPT_INCOMPLETE, Oid.KERBEROS, null);
        assertThatThrownBy(() -> new SpnegoMechanism(List.of(kerberos)).next(empty))
                .isInstanceOf(SequenceException.class);
        Bytes init = spnego.begin();
        assertThatThrownBy(() -> new SpnegoMechanism(List.of(kerberos)).next(init))
                .isInstanceOf(SequenceException.class);
    }
}
