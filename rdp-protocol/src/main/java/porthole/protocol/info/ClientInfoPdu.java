package porthole.protocol.info;

import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.1.11 Client Info PDU as enhanced security has it: a basic security header and TS_INFO_PACKET. */
public record ClientInfoPdu(BasicSecurityHeader securityHeader, InfoPacket infoPacket) implements Pdu {
    /** With the header that enhanced security asks for. */
    public static ClientInfoPdu of(InfoPacket infoPacket) {
        return new ClientInfoPdu(BasicSecurityHeader.of(BasicSecurityHeader.SEC_INFO_PKT), infoPacket);
    }

    /** Reads the whole PDU from its security header on. */
    public static ClientInfoPdu decode(WireReader in) {
        BasicSecurityHeader header =
                in.within("securityHeader", "MS-RDPBCGR 2.2.8.1.1.2.1", BasicSecurityHeader::decode);
        in.check(header.has(BasicSecurityHeader.SEC_INFO_PKT), "flags", header.flags(), "SEC_INFO_PKT");
        in.check(!header.has(BasicSecurityHeader.SEC_ENCRYPT), "flags", header.flags(), "no SEC_ENCRYPT");
        return new ClientInfoPdu(header, in.within("infoPacket", "MS-RDPBCGR 2.2.1.11.1.1", InfoPacket::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.pdu(securityHeader).pdu(infoPacket);
    }
}
