package porthole.protocol.mcs;

import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server MCS Connect Response (MS-RDPBCGR 2.2.1.4, T.125 7 Connect-Response).
 *
 * @param result see {@link McsResult}
 * @param userData the GCC conference create response
 * @param otherForm the whole PDU as received, where the peer took longer forms of lengths or numbers; else empty
 */
public record ConnectResponse(
        int result, long calledConnectId, DomainParameters domainParameters, Bytes userData, Bytes otherForm)
        implements Pdu {
    static final int TAG = 0x7F66;

    public ConnectResponse(int result, long calledConnectId, DomainParameters domainParameters, Bytes userData) {
        this(result, calledConnectId, domainParameters, userData, Bytes.EMPTY);
    }

    /** A success with the parameters of every known host. */
    public static ConnectResponse of(Bytes userData) {
        return new ConnectResponse(McsResult.SUCCESSFUL.code(), 0, DomainParameters.HOST, userData);
    }

    /** Decodes the body of an X.224 data TPDU. */
    public static ConnectResponse decode(WireReader frame) {
        WireReader in = frame.renamed("ConnectResponse", "MS-RDPBCGR 2.2.1.4");
        int start = in.offset();
        in.expect(in.u16be("tag"), TAG, 2, "tag");
        WireReader body = in.sub(Ber.length(in, "body"), "body");
        in.end();
        long result = Ber.unsigned(body, Ber.ENUMERATED, "result");
        body.check(result <= 0xFF, "result", result, "a result of T.125, 0 to 15");
        ConnectResponse plain = new ConnectResponse(
                (int) result,
                Ber.unsigned(body, Ber.INTEGER, "calledConnectId"),
                DomainParameters.element(body, "domainParameters"),
                Ber.octetString(body, "userData"));
        body.end();
        Bytes otherForm = in.otherForm(start, plain);
        return otherForm.isEmpty() ? plain : plain.withOtherForm(otherForm);
    }

    private ConnectResponse withOtherForm(Bytes octets) {
        return new ConnectResponse(result, calledConnectId, domainParameters, userData, octets);
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        byte[] body = WireWriter.toByteArray(this::encodeBody);
        Ber.length(out.u16be(TAG), body.length);
        out.bytes(body);
    }

    private void encodeBody(WireWriter out) {
        Ber.unsigned(out, Ber.ENUMERATED, result);
        Ber.unsigned(out, Ber.INTEGER, calledConnectId);
        domainParameters.encodeElement(out);
        Ber.octetString(out, userData);
    }
}
