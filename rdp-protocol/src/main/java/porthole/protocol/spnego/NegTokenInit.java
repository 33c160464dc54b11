package porthole.protocol.spnego;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * NegTokenInit (RFC 4178 4.2.1) in its GSS-API frame; elements that are not named here are kept in {@code otherForm}.
 *
 * @param mechTypes the mechanisms, best first
 * @param mechToken the first token of the best one
 * @param otherForm the whole token as received where it has more or another form; else empty
 */
public record NegTokenInit(List<Oid> mechTypes, Optional<Bytes> mechToken, Optional<Bytes> mechListMic, Bytes otherForm)
        implements SpnegoToken {
    private static final String SECTION = "RFC 4178 4.2.1";
    private static final int CHOICE = 0xA0;
    private static final int MOST_MECHANISMS = 32;

    public NegTokenInit {
        mechTypes = List.copyOf(mechTypes);
    }

    public static NegTokenInit of(List<Oid> mechTypes, Bytes mechToken) {
        return new NegTokenInit(mechTypes, Optional.of(mechToken), Optional.empty(), Bytes.EMPTY);
    }

    /** Reads one token, which is all that {@code token} has. */
    public static NegTokenInit decode(WireReader token) {
        WireReader in = token.renamed("NegTokenInit", SECTION);
        int begin = in.offset();
        WireReader frame = Ber.element(in, SpnegoToken.GSS_API, "initialContextToken");
        in.end();
        Oid mechanism = Oid.decode(frame, "thisMech");
        frame.check(mechanism.equals(Oid.SPNEGO), "thisMech", mechanism, "SPNEGO, " + Oid.SPNEGO);
        WireReader choice = Ber.element(frame, CHOICE, "negTokenInit");
        frame.end();
        WireReader body = Ber.element(choice, Ber.SEQUENCE, "sequence");
        choice.end();
        List<Oid> types = List.of();
        Optional<Bytes> mechToken = Optional.empty();
        Optional<Bytes> mic = Optional.empty();
        while (body.hasRemaining()) {
            switch (body.peekU8("tag")) {
                case 0xA0 -> types = types(Ber.element(body, 0xA0, "mechTypes"));
                case 0xA2 -> mechToken = Optional.of(octets(body, 0xA2, "mechToken"));
                case 0xA3 -> mic = micOrHints(Ber.element(body, 0xA3, "mechListMIC"));
                case 0xA4 -> mic = Optional.of(octets(body, 0xA4, "mechListMIC"));
                default -> {
                    int tag = body.u8("unknown.tag");
                    body.skip(Ber.length(body, "unknown"), "unknown" + tag);
                }
            }
        }
        NegTokenInit plain = new NegTokenInit(types, mechToken, mic, Bytes.EMPTY);
        return new NegTokenInit(types, mechToken, mic, in.otherForm(begin, plain));
    }

    private static List<Oid> types(WireReader element) {
        WireReader list = Ber.element(element, Ber.SEQUENCE, "list");
        element.end();
        List<Oid> types = new ArrayList<>();
        while (list.hasRemaining()) {
            list.check(types.size() < MOST_MECHANISMS, "mechTypes", "more", "at most " + MOST_MECHANISMS);
            types.add(Oid.decode(list, "mechType"));
        }
        return types;
    }

    /** The element that RFC 4178 has for the MIC is the negHints of a server in MS-SPNG 2.2.1. */
    private static Optional<Bytes> micOrHints(WireReader element) {
        if (element.hasRemaining() && element.peekU8("tag") == Ber.OCTET_STRING) {
            return Optional.of(Ber.octetString(element, "value"));
        }
        element.rest("negHints");
        return Optional.empty();
    }

    static Bytes octets(WireReader in, int tag, String field) {
        WireReader element = Ber.element(in, tag, field);
        Bytes octets = Ber.octetString(element, "value");
        element.end();
        return octets;
    }

    /** The DER of the list, which the mechListMIC is made over (RFC 4178 5). */
    public Bytes mechTypeList() {
        return mechTypeList(mechTypes);
    }

    /** The DER of a list, which the mechListMIC is made over (RFC 4178 5). */
    public static Bytes mechTypeList(List<Oid> mechTypes) {
        byte[] list = WireWriter.toByteArray(out -> mechTypes.forEach(out::pdu));
        return Bytes.of(WireWriter.toByteArray(out -> {
            Ber.header(out, Ber.SEQUENCE, list.length);
            out.bytes(list);
        }));
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        byte[] body = WireWriter.toByteArray(w -> {
            wrap(w, 0xA0, mechTypeList().toArray());
            mechToken.ifPresent(token -> octets(w, 0xA2, token));
            mechListMic.ifPresent(mic -> octets(w, 0xA3, mic));
        });
        byte[] choice = WireWriter.toByteArray(w -> wrap(w, Ber.SEQUENCE, body));
        byte[] frame = WireWriter.toByteArray(w -> wrap(w.pdu(Oid.SPNEGO), CHOICE, choice));
        wrap(out, SpnegoToken.GSS_API, frame);
    }

    static void octets(WireWriter out, int tag, Bytes octets) {
        wrap(out, tag, WireWriter.toByteArray(w -> Ber.octetString(w, octets)));
    }

    static void wrap(WireWriter out, int tag, byte[] contents) {
        Ber.header(out, tag, contents.length);
        out.bytes(contents);
    }
}
