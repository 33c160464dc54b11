package porthole.protocol.credssp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TSRequest (MS-CSSP 2.2.1), the one message of CredSSP.
 *
 * @param version 2 to 6; a higher one counts as the receiver's highest
 * @param negoTokens tokens of the security mechanism; mostly one, or none
 * @param authInfo the encrypted {@link TsCredentials}
 * @param pubKeyAuth the encrypted binding to the host's public key
 * @param errorCode an NTSTATUS, as an unsigned number
 * @param clientNonce 32 octets, from version 5 on
 * @param otherForm the whole message as received where it has more or another form; else empty
 */
public record TsRequest(
        long version,
        List<Bytes> negoTokens,
        Optional<Bytes> authInfo,
        Optional<Bytes> pubKeyAuth,
        OptionalLong errorCode,
        Optional<Bytes> clientNonce,
        Bytes otherForm)
        implements Pdu {
    private static final String SECTION = "MS-CSSP 2.2.1";
    private static final int MOST_TOKENS = 16;

    public TsRequest {
        negoTokens = List.copyOf(negoTokens);
    }

    /** A request with nothing but its version. */
    public static TsRequest of(long version) {
        return new TsRequest(
                version,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Bytes.EMPTY);
    }

    public TsRequest withNegoToken(Bytes token) {
        return new TsRequest(version, List.of(token), authInfo, pubKeyAuth, errorCode, clientNonce, Bytes.EMPTY);
    }

    public TsRequest withAuthInfo(Bytes value) {
        return new TsRequest(version, negoTokens, Optional.of(value), pubKeyAuth, errorCode, clientNonce, Bytes.EMPTY);
    }

    public TsRequest withPubKeyAuth(Bytes value) {
        return new TsRequest(version, negoTokens, authInfo, Optional.of(value), errorCode, clientNonce, Bytes.EMPTY);
    }

    public TsRequest withErrorCode(long value) {
        return new TsRequest(
                version,
                negoTokens,
                authInfo,
                pubKeyAuth,
                OptionalLong.of(value & 0xFFFFFFFFL),
                clientNonce,
                Bytes.EMPTY);
    }

    public TsRequest withClientNonce(Bytes value) {
        return new TsRequest(version, negoTokens, authInfo, pubKeyAuth, errorCode, Optional.of(value), Bytes.EMPTY);
    }

    /** Reads one message, which is all that {@code frame} has. */
    public static TsRequest decode(WireReader frame) {
        WireReader in = frame.renamed("TsRequest", SECTION);
        int begin = in.offset();
        WireReader body = Ber.element(in, Ber.SEQUENCE, "sequence");
        in.end();
        WireReader first = Ber.element(body, 0xA0, "version");
        long version = Ber.unsigned(first, Ber.INTEGER, "value");
        first.end();
        List<Bytes> tokens = List.of();
        Optional<Bytes> authInfo = Optional.empty();
        Optional<Bytes> pubKeyAuth = Optional.empty();
        OptionalLong errorCode = OptionalLong.empty();
        Optional<Bytes> nonce = Optional.empty();
        while (body.hasRemaining()) {
            switch (body.peekU8("tag")) {
                case 0xA1 -> tokens = tokens(Ber.element(body, 0xA1, "negoTokens"));
                case 0xA2 -> authInfo = Optional.of(octets(body, 0xA2, "authInfo"));
                case 0xA3 -> pubKeyAuth = Optional.of(octets(body, 0xA3, "pubKeyAuth"));
                case 0xA4 -> errorCode = OptionalLong.of(status(Ber.element(body, 0xA4, "errorCode")));
                case 0xA5 -> nonce = Optional.of(octets(body, 0xA5, "clientNonce"));
                default -> {
                    body.u8("unknown.tag");
                    body.skip(Ber.length(body, "unknown"), "unknown");
                }
            }
        }
        TsRequest plain = new TsRequest(version, tokens, authInfo, pubKeyAuth, errorCode, nonce, Bytes.EMPTY);
        return new TsRequest(version, tokens, authInfo, pubKeyAuth, errorCode, nonce, in.otherForm(begin, plain));
    }

    private static List<Bytes> tokens(WireReader element) {
        WireReader list = Ber.element(element, Ber.SEQUENCE, "list");
        element.end();
        List<Bytes> tokens = new ArrayList<>();
        while (list.hasRemaining()) {
            list.check(tokens.size() < MOST_TOKENS, "negoTokens", "more", "at most " + MOST_TOKENS);
            WireReader item = Ber.element(list, Ber.SEQUENCE, "item");
            tokens.add(octets(item, 0xA0, "negoToken"));
            item.end();
        }
        return tokens;
    }

    private static long status(WireReader element) {
        WireReader value = Ber.element(element, Ber.INTEGER, "value");
        element.end();
        int octets = value.remaining();
        value.check(octets >= 1 && octets <= 5, "value", octets + " octets", "a number of 32 bits");
        long status = value.peekU8("value") >= 0x80 ? -1 : 0;
        while (value.hasRemaining()) {
            status = status << 8 | value.u8("octet");
        }
        return status & 0xFFFFFFFFL;
    }

    private static Bytes octets(WireReader in, int tag, String field) {
        WireReader element = Ber.element(in, tag, field);
        Bytes octets = Ber.octetString(element, "value");
        element.end();
        return octets;
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        wrap(out, Ber.SEQUENCE, this::body);
    }

    private void body(WireWriter out) {
        wrap(out, 0xA0, value -> Ber.unsigned(value, Ber.INTEGER, version));
        if (!negoTokens.isEmpty()) {
            wrap(
                    out,
                    0xA1,
                    element -> wrap(
                            element,
                            Ber.SEQUENCE,
                            list -> negoTokens.forEach(
                                    token -> wrap(list, Ber.SEQUENCE, item -> octets(item, 0xA0, token)))));
        }
        authInfo.ifPresent(octets -> octets(out, 0xA2, octets));
        pubKeyAuth.ifPresent(octets -> octets(out, 0xA3, octets));
        errorCode.ifPresent(code -> wrap(out, 0xA4, value -> signed(value, (int) code)));
        clientNonce.ifPresent(octets -> octets(out, 0xA5, octets));
    }

    private static void signed(WireWriter out, int value) {
        int octets = 1;
        while (octets < 4 && value >> (8 * octets - 1) != value >> 31) {
            octets++;
        }
        Ber.header(out, Ber.INTEGER, octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.u8(value >> shift);
        }
    }

    private static void octets(WireWriter out, int tag, Bytes octets) {
        wrap(out, tag, value -> Ber.octetString(value, octets));
    }

    static void wrap(WireWriter out, int tag, Consumer<WireWriter> contents) {
        byte[] octets = WireWriter.toByteArray(contents);
        Ber.header(out, tag, octets.length);
        out.bytes(octets);
    }

    /** Which elements there are, and how long. */
    @Override
    public String toString() {
        return "TsRequest[version=" + version
                + ", negoTokens=" + negoTokens.stream().map(Bytes::size).toList()
                + ", authInfo=" + authInfo.map(Bytes::size).orElse(0)
                + ", pubKeyAuth=" + pubKeyAuth.map(Bytes::size).orElse(0)
                + ", errorCode=" + (errorCode.isPresent() ? String.format("0x%08X", errorCode.getAsLong()) : "none")
                + ", clientNonce=" + clientNonce.map(Bytes::size).orElse(0) + "]";
    }
}
