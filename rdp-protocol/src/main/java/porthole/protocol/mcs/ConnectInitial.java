package porthole.protocol.mcs;

import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client MCS Connect Initial (MS-RDPBCGR 2.2.1.3, T.125 7 Connect-Initial).
 *
 * @param userData the GCC conference create request
 * @param otherForm the whole PDU as received, where the peer took longer forms of lengths or numbers; else empty
 */
public record ConnectInitial(
        Bytes callingDomainSelector,
        Bytes calledDomainSelector,
        boolean upwardFlag,
        DomainParameters targetParameters,
        DomainParameters minimumParameters,
        DomainParameters maximumParameters,
        Bytes userData,
        Bytes otherForm)
        implements Pdu {
    static final int TAG = 0x7F65;
    private static final Bytes SELECTOR = Bytes.of((byte) 1);

    public ConnectInitial(
            Bytes callingDomainSelector,
            Bytes calledDomainSelector,
            boolean upwardFlag,
            DomainParameters targetParameters,
            DomainParameters minimumParameters,
            DomainParameters maximumParameters,
            Bytes userData) {
        this(
                callingDomainSelector,
                calledDomainSelector,
                upwardFlag,
                targetParameters,
                minimumParameters,
                maximumParameters,
                userData,
                Bytes.EMPTY);
    }

    /** With the selectors and parameters of every known client. */
    public static ConnectInitial of(Bytes userData) {
        return new ConnectInitial(
                SELECTOR,
                SELECTOR,
                true,
                DomainParameters.TARGET,
                DomainParameters.MINIMUM,
                DomainParameters.MAXIMUM,
                userData);
    }

    /** Decodes the body of an X.224 data TPDU. */
    public static ConnectInitial decode(WireReader frame) {
        WireReader in = frame.renamed("ConnectInitial", "MS-RDPBCGR 2.2.1.3");
        int start = in.offset();
        in.expect(in.u16be("tag"), TAG, 2, "tag");
        WireReader body = in.sub(Ber.length(in, "body"), "body");
        in.end();
        ConnectInitial plain = new ConnectInitial(
                Ber.octetString(body, "callingDomainSelector"),
                Ber.octetString(body, "calledDomainSelector"),
                Ber.bool(body, "upwardFlag"),
                DomainParameters.element(body, "targetParameters"),
                DomainParameters.element(body, "minimumParameters"),
                DomainParameters.element(body, "maximumParameters"),
                Ber.octetString(body, "userData"));
        body.end();
        Bytes otherForm = in.otherForm(start, plain);
        return otherForm.isEmpty() ? plain : plain.withOtherForm(otherForm);
    }

    private ConnectInitial withOtherForm(Bytes octets) {
        return new ConnectInitial(
                callingDomainSelector,
                calledDomainSelector,
                upwardFlag,
                targetParameters,
                minimumParameters,
                maximumParameters,
                userData,
                octets);
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
        Ber.octetString(out, callingDomainSelector);
        Ber.octetString(out, calledDomainSelector);
        Ber.bool(out, upwardFlag);
        targetParameters.encodeElement(out);
        minimumParameters.encodeElement(out);
        maximumParameters.encodeElement(out);
        Ber.octetString(out, userData);
    }
}
