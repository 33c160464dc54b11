package porthole.protocol.spnego;

import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * NegTokenResp (RFC 4178 4.2.2).
 *
 * @param negState one of the constants here, or an unknown number
 * @param supportedMech the mechanism that the host chose, in its first answer
 * @param otherForm the whole token as received where it has more or another form; else empty
 */
public record NegTokenResp(
        OptionalInt negState,
        Optional<Oid> supportedMech,
        Optional<Bytes> responseToken,
        Optional<Bytes> mechListMic,
        Bytes otherForm)
        implements SpnegoToken {
    public static final int ACCEPT_COMPLETED = 0;
    public static final int ACCEPT_INCOMPLETE = 1;
    public static final int REJECT = 2;
    public static final int REQUEST_MIC = 3;

    private static final String SECTION = "RFC 4178 4.2.2";
    private static final int CHOICE = 0xA1;

    public static NegTokenResp of(
            int negState, Optional<Oid> supportedMech, Optional<Bytes> responseToken, Optional<Bytes> mechListMic) {
        return new NegTokenResp(OptionalInt.of(negState), supportedMech, responseToken, mechListMic, Bytes.EMPTY);
    }

    /** Reads one token, which is all that {@code token} has. */
    public static NegTokenResp decode(WireReader token) {
        WireReader in = token.renamed("NegTokenResp", SECTION);
        int begin = in.offset();
        WireReader choice = Ber.element(in, CHOICE, "negTokenResp");
        in.end();
        WireReader body = Ber.element(choice, Ber.SEQUENCE, "sequence");
        choice.end();
        OptionalInt state = OptionalInt.empty();
        Optional<Oid> mechanism = Optional.empty();
        Optional<Bytes> response = Optional.empty();
        Optional<Bytes> mic = Optional.empty();
        while (body.hasRemaining()) {
            switch (body.peekU8("tag")) {
                case 0xA0 -> state = OptionalInt.of(state(Ber.element(body, 0xA0, "negState")));
                case 0xA1 -> mechanism = Optional.of(mechanism(Ber.element(body, 0xA1, "supportedMech")));
                case 0xA2 -> response = Optional.of(NegTokenInit.octets(body, 0xA2, "responseToken"));
                case 0xA3 -> mic = Optional.of(NegTokenInit.octets(body, 0xA3, "mechListMIC"));
                default -> {
                    body.u8("unknown.tag");
                    body.skip(Ber.length(body, "unknown"), "unknown");
                }
            }
        }
        NegTokenResp plain = new NegTokenResp(state, mechanism, response, mic, Bytes.EMPTY);
        return new NegTokenResp(state, mechanism, response, mic, in.otherForm(begin, plain));
    }

    private static int state(WireReader element) {
        int state = (int) Ber.unsigned(element, Ber.ENUMERATED, "value");
        element.end();
        return state;
    }

    private static Oid mechanism(WireReader element) {
        Oid oid = Oid.decode(element, "value");
        element.end();
        return oid;
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        byte[] body = WireWriter.toByteArray(w -> {
            negState.ifPresent(state -> NegTokenInit.wrap(
                    w, 0xA0, WireWriter.toByteArray(v -> Ber.unsigned(v, Ber.ENUMERATED, state & 0xFFFFFFFFL))));
            supportedMech.ifPresent(mechanism -> NegTokenInit.wrap(w, 0xA1, mechanism.toByteArray()));
            responseToken.ifPresent(token -> NegTokenInit.octets(w, 0xA2, token));
            mechListMic.ifPresent(mic -> NegTokenInit.octets(w, 0xA3, mic));
        });
        byte[] sequence = WireWriter.toByteArray(w -> NegTokenInit.wrap(w, Ber.SEQUENCE, body));
        NegTokenInit.wrap(out, CHOICE, sequence);
    }
}
