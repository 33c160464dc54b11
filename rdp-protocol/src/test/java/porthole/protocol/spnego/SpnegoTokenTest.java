package porthole.protocol.spnego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class SpnegoTokenTest {
    private static final DecoderLaws LAWS =
            new DecoderLaws("SpnegoToken", b -> SpnegoToken.decode(WireReader.of(b, "SpnegoToken", "RFC 4178 4.2")));

    @Test
    void writesTheInitialToken() {
        NegTokenInit init = NegTokenInit.of(List.of(Oid.NTLM), Bytes.hex("0102"));
        assertThat(Bytes.of(init.toByteArray()).toHex())
                .isEqualTo("6022" + "06062b0601050502" + "a018" + "3016" + "a00e" + "300c" + "060a2b06010401823702020a"
                        + "a204" + "0402" + "0102");
        assertThat(LAWS.keeps(init.toByteArray())).isEqualTo(init);
        assertThat(init.mechTypeList().toHex()).isEqualTo("300c060a2b06010401823702020a");
    }

    @Test
    void writesAnAnswer() {
        NegTokenResp answer = NegTokenResp.of(
                NegTokenResp.ACCEPT_INCOMPLETE,
                Optional.of(Oid.NTLM),
                Optional.of(Bytes.hex("0a")),
                Optional.of(Bytes.hex("0b0c")));
        assertThat(Bytes.of(answer.toByteArray()).toHex())
                .isEqualTo("a120" + "301e" + "a003" + "0a0101" + "a10c" + "060a2b06010401823702020a" + "a203" + "04010a"
                        + "a304" + "04020b0c");
        assertThat(LAWS.keeps(answer.toByteArray())).isEqualTo(answer);
    }

    @Test
    void keepsElementsThatNobodyNamed() {
        // a server's NegTokenInit2 (MS-SPNG 2.2.1) with negHints, and long lengths
        byte[] hints = Bytes.hex("6081 24 06062b0601050502 a01a 3018" + "a00e 300c 060a2b06010401823702020a"
                        + "a306 3004 a002 1b00")
                .toArray();
        NegTokenInit init = (NegTokenInit) LAWS.keeps(hints);
        assertThat(init.mechTypes()).containsExactly(Oid.NTLM);
        assertThat(init.mechToken()).isEmpty();
        assertThat(init.mechListMic()).isEmpty();
        byte[] unknown = Bytes.hex("a10b 3009 a003 0a0100 a902 0500").toArray();
        NegTokenResp answer = (NegTokenResp) LAWS.keeps(unknown);
        assertThat(answer.negState()).hasValue(NegTokenResp.ACCEPT_COMPLETED);
    }

    @Test
    void namesMechanismsInDottedForm() {
        assertThat(Oid.SPNEGO).hasToString("1.3.6.1.5.5.2");
        assertThat(Oid.NTLM).hasToString("1.3.6.1.4.1.311.2.2.10");
        assertThat(Oid.KERBEROS).hasToString("1.2.840.113554.1.2.2");
        assertThat(Oid.MS_KERBEROS).hasToString("1.2.840.48018.1.2.2");
        assertThat(new Oid(Bytes.hex("2b86"))).hasToString("2b86");
        assertThat(new Oid(Bytes.EMPTY)).hasToString("(empty)");
    }

    @Test
    void brokenTokensAreRefusedOrKept() {
        byte[] init = NegTokenInit.of(List.of(Oid.KERBEROS, Oid.NTLM), Bytes.of(new byte[200]))
                .toByteArray();
        byte[] answer = NegTokenResp.of(
                        NegTokenResp.ACCEPT_COMPLETED,
                        Optional.of(Oid.NTLM),
                        Optional.of(Bytes.of(new byte[20])),
                        Optional.of(Bytes.of(new byte[16])))
                .toByteArray();
        LAWS.refusesEveryTruncation(init);
        LAWS.refusesEveryTruncation(answer);
        LAWS.survivesMutations(init, 5000, 1, octets -> octets);
        LAWS.survivesMutations(answer, 5000, 2, octets -> octets);
    }

    @Test
    void anotherFrameThanSpnegoIsRefused() {
        byte[] kerberos = Bytes.hex("600b 06092a864886f712010202").toArray();
        assertThatThrownBy(() -> SpnegoToken.decode(WireReader.of(kerberos, "SpnegoToken", "RFC 4178 4.2")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("1.2.840.113554.1.2.2");
    }
}
