package porthole.protocol.share;

import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.13.3.1 Enhanced Security Server Redirection PDU (TS_ENHANCED_SECURITY_SERVER_REDIRECTION).
 *
 * @param trailing the optional padding octet, and whatever else follows
 */
public record ServerRedirectionPdu(
        ShareControlHeader header, int pad2Octets, ServerRedirectionPacket serverRedirectionPdu, Bytes trailing)
        implements ShareControlPdu {
    /** Without padding behind the packet. */
    public static ServerRedirectionPdu of(int pduSource, ServerRedirectionPacket packet) {
        return new ServerRedirectionPdu(
                ShareControlPdu.header(
                        ShareControlHeader.PDUTYPE_SERVER_REDIR_PKT, pduSource, 2 + packet.toByteArray().length),
                0,
                packet,
                Bytes.EMPTY);
    }

    static ServerRedirectionPdu decode(ShareControlHeader header, WireReader in) {
        int pad = in.u16le("pad2Octets");
        ServerRedirectionPacket packet =
                in.within("serverRedirectionPdu", "MS-RDPBCGR 2.2.13.1", ServerRedirectionPacket::decode);
        return new ServerRedirectionPdu(header, pad, packet, in.rest("pad1Octet"));
    }

    @Override
    public void encode(WireWriter out) {
        Pdu body = o -> o.u16le(pad2Octets).pdu(serverRedirectionPdu).bytes(trailing);
        ShareControlPdu.write(out, header, body);
    }
}
