package porthole.protocol.mcs;

import porthole.protocol.wire.Per;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client MCS Erect Domain Request (MS-RDPBCGR 2.2.1.5); the host ignores both numbers.
 *
 * @param subHeight 0 to 2^31-1
 * @param subInterval 0 to 2^31-1
 */
public record ErectDomainRequest(int subHeight, int subInterval) implements DomainPdu {
    static final int CHOICE = 1 << 2;

    /** With both numbers zero, as every known client sends it. */
    public ErectDomainRequest() {
        this(0, 0);
    }

    public static ErectDomainRequest decode(WireReader frame) {
        WireReader in = frame.renamed("ErectDomainRequest", "MS-RDPBCGR 2.2.1.5");
        in.expect(in.u8("choice"), CHOICE, 1, "choice");
        ErectDomainRequest pdu = new ErectDomainRequest(Per.unsigned(in, "subHeight"), Per.unsigned(in, "subInterval"));
        in.end();
        return pdu;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(CHOICE);
        Per.unsigned(out, subHeight);
        Per.unsigned(out, subInterval);
    }
}
