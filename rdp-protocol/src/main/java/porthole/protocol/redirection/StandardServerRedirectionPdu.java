package porthole.protocol.redirection;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.13.2.1 Standard Security Server Redirection PDU Data behind its security header, once decrypted.
 *
 * <p>Under enhanced security the packet comes as {@link porthole.protocol.share.ServerRedirectionPdu}.
 */
public record StandardServerRedirectionPdu(ServerRedirectionPacket serverRedirectionPdu, Bytes trailing)
        implements Pdu {
    public static StandardServerRedirectionPdu decode(WireReader in) {
        return new StandardServerRedirectionPdu(
                in.within("serverRedirectionPdu", "MS-RDPBCGR 2.2.13.1", ServerRedirectionPacket::decode),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.pdu(serverRedirectionPdu).bytes(trailing);
    }
}
