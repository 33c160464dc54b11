package porthole.protocol.mcs;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Client MCS Attach User Request (MS-RDPBCGR 2.2.1.6). */
public record AttachUserRequest() implements DomainPdu {
    static final int CHOICE = 10 << 2;

    public static AttachUserRequest decode(WireReader frame) {
        WireReader in = frame.renamed("AttachUserRequest", "MS-RDPBCGR 2.2.1.6");
        in.expect(in.u8("choice"), CHOICE, 1, "choice");
        in.end();
        return new AttachUserRequest();
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(CHOICE);
    }
}
