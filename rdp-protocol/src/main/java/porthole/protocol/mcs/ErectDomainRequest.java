package porthole.protocol.mcs;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Per;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client MCS Erect Domain Request (MS-RDPBCGR 2.2.1.5); the host ignores both numbers.
 *
 * @param subHeight 0 to 2^31-1
 * @param subInterval 0 to 2^31-1
 * @param otherForm four octets that are no such numbers, as rdesktop writes them; they win when written
 */
public record ErectDomainRequest(int subHeight, int subInterval, Bytes otherForm) implements DomainPdu {
    static final int CHOICE = 1 << 2;

    private static final int OTHER_FORM = 4;

    /** With both numbers zero, as every known client sends it. */
    public ErectDomainRequest() {
        this(0, 0);
    }

    public ErectDomainRequest(int subHeight, int subInterval) {
        this(subHeight, subInterval, Bytes.EMPTY);
    }

    public static ErectDomainRequest decode(WireReader frame) {
        WireReader in = frame.renamed("ErectDomainRequest", "MS-RDPBCGR 2.2.1.5");
        in.expect(in.u8("choice"), CHOICE, 1, "choice");
        // A number has at least one octet; rdesktop writes two numbers of 16 bits.
        ErectDomainRequest pdu = in.remaining() == OTHER_FORM && in.peekU8("subHeight") == 0
                ? new ErectDomainRequest(0, 0, in.bytes(OTHER_FORM, "subHeight"))
                : new ErectDomainRequest(Per.unsigned(in, "subHeight"), Per.unsigned(in, "subInterval"));
        in.end();
        return pdu;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(CHOICE).bytes(otherForm);
        if (otherForm.isEmpty()) {
            Per.unsigned(out, subHeight);
            Per.unsigned(out, subInterval);
        }
    }
}
