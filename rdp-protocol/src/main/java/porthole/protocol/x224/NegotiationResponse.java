package porthole.protocol.x224;

import porthole.protocol.wire.WireWriter;

/** RDP Negotiation Response, RDP_NEG_RSP: the host selected a protocol (MS-RDPBCGR 2.2.1.2.1). */
public record NegotiationResponse(int flags, SecurityProtocols selectedProtocol) implements Negotiation {
    public static final int EXTENDED_CLIENT_DATA_SUPPORTED = 0x01;
    public static final int DYNVC_GFX_PROTOCOL_SUPPORTED = 0x02;
    public static final int NEGRSP_FLAG_RESERVED = 0x04;
    public static final int RESTRICTED_ADMIN_MODE_SUPPORTED = 0x08;
    public static final int REDIRECTED_AUTHENTICATION_MODE_SUPPORTED = 0x10;

    static final int TYPE = 0x02;

    @Override
    public void encode(WireWriter out) {
        out.u8(TYPE).u8(flags).u16le(SIZE).u32le(selectedProtocol.bits());
    }
}
