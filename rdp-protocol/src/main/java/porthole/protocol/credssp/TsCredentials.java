package porthole.protocol.credssp;

import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TSCredentials (MS-CSSP 2.2.1.2): what the host logs the user on with.
 *
 * @param credType {@link #PASSWORD} or another number of the specification
 * @param credentials the DER of the structure that belongs to the type
 * @param otherForm the whole structure as received where it has another form; else empty
 */
public record TsCredentials(long credType, Bytes credentials, Bytes otherForm) implements Pdu {
    /** The type of {@link TsPasswordCreds}. */
    public static final int PASSWORD = 1;

    private static final String SECTION = "MS-CSSP 2.2.1.2";

    public static TsCredentials of(TsPasswordCreds password) {
        return new TsCredentials(PASSWORD, Bytes.of(password.toByteArray()), Bytes.EMPTY);
    }

    public static TsCredentials decode(WireReader frame) {
        WireReader in = frame.renamed("TsCredentials", SECTION);
        int begin = in.offset();
        WireReader body = Ber.element(in, Ber.SEQUENCE, "sequence");
        in.end();
        WireReader type = Ber.element(body, 0xA0, "credType");
        long credType = Ber.unsigned(type, Ber.INTEGER, "value");
        type.end();
        WireReader inner = Ber.element(body, 0xA1, "credentials");
        Bytes credentials = Ber.octetString(inner, "value");
        inner.end();
        body.end();
        TsCredentials plain = new TsCredentials(credType, credentials, Bytes.EMPTY);
        return new TsCredentials(credType, credentials, in.otherForm(begin, plain));
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        TsRequest.wrap(out, Ber.SEQUENCE, body -> {
            TsRequest.wrap(body, 0xA0, value -> Ber.unsigned(value, Ber.INTEGER, credType));
            TsRequest.wrap(body, 0xA1, value -> Ber.octetString(value, credentials));
        });
    }

    @Override
    public String toString() {
        return "TsCredentials[credType=" + credType + "]";
    }
}
