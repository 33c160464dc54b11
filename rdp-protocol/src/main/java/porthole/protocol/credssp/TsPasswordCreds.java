package porthole.protocol.credssp;

import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TSPasswordCreds (MS-CSSP 2.2.1.2.1).
 *
 * @param password never shown
 * @param otherForm the whole structure as received where it has another form; else empty
 */
public record TsPasswordCreds(String domainName, String userName, String password, Bytes otherForm) implements Pdu {
    private static final String SECTION = "MS-CSSP 2.2.1.2.1";

    public static TsPasswordCreds of(String domainName, String userName, String password) {
        return new TsPasswordCreds(domainName, userName, password, Bytes.EMPTY);
    }

    public static TsPasswordCreds decode(WireReader frame) {
        WireReader in = frame.renamed("TsPasswordCreds", SECTION);
        int begin = in.offset();
        WireReader body = Ber.element(in, Ber.SEQUENCE, "sequence");
        in.end();
        TsPasswordCreds plain =
                of(text(body, 0xA0, "domainName"), text(body, 0xA1, "userName"), text(body, 0xA2, "password"));
        body.end();
        return new TsPasswordCreds(plain.domainName, plain.userName, plain.password, in.otherForm(begin, plain));
    }

    private static String text(WireReader in, int tag, String field) {
        WireReader element = Ber.element(in, tag, field);
        WireReader octets = Ber.element(element, Ber.OCTET_STRING, "value");
        element.end();
        return octets.utf16le(octets.remaining(), "text");
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        TsRequest.wrap(out, Ber.SEQUENCE, body -> {
            text(body, 0xA0, domainName);
            text(body, 0xA1, userName);
            text(body, 0xA2, password);
        });
    }

    private static void text(WireWriter out, int tag, String text) {
        TsRequest.wrap(out, tag, element -> TsRequest.wrap(element, Ber.OCTET_STRING, value -> value.utf16le(text)));
    }

    @Override
    public String toString() {
        return "TsPasswordCreds[domainName=" + domainName + ", userName=" + userName + "]";
    }
}
