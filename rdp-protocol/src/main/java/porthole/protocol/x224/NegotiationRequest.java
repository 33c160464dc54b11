package porthole.protocol.x224;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** RDP Negotiation Request, RDP_NEG_REQ (MS-RDPBCGR 2.2.1.1.1). */
public record NegotiationRequest(int flags, SecurityProtocols requestedProtocols) implements Pdu {
    public static final int RESTRICTED_ADMIN_MODE_REQUIRED = 0x01;
    public static final int REDIRECTED_AUTHENTICATION_MODE_REQUIRED = 0x02;
    public static final int CORRELATION_INFO_PRESENT = 0x08;

    static final String SECTION = "MS-RDPBCGR 2.2.1.1.1";
    static final int TYPE = 0x01;
    static final int SIZE = 1 /* type */ + 1 /* flags */ + 2 /* length */ + 4 /* requestedProtocols */;

    public static NegotiationRequest decode(WireReader in) {
        in.expect(in.u8("type"), TYPE, 1, "type");
        int flags = in.u8("flags");
        in.expect(in.u16le("length"), SIZE, 2, "length");
        return new NegotiationRequest(flags, new SecurityProtocols(in.s32le("requestedProtocols")));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(TYPE).u8(flags).u16le(SIZE).u32le(requestedProtocols.bits());
    }
}
