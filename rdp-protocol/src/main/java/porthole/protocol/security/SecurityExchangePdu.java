package porthole.protocol.security;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.10 Client Security Exchange PDU (TS_SECURITY_PACKET) with its basic security header.
 *
 * @param encryptedClientRandom as {@link RsaPublicKey#encrypt} gives it, the eight octets of padding included
 */
public record SecurityExchangePdu(BasicSecurityHeader securityHeader, Bytes encryptedClientRandom, Bytes trailing)
        implements Pdu {
    /** Reads the whole PDU from its security header on. */
    public static SecurityExchangePdu decode(WireReader in) {
        BasicSecurityHeader header =
                in.within("basicSecurityHeader", "MS-RDPBCGR 2.2.8.1.1.2.1", BasicSecurityHeader::decode);
        in.check(header.has(BasicSecurityHeader.SEC_EXCHANGE_PKT), "flags", header.flags(), "SEC_EXCHANGE_PKT");
        int length = in.count(in.u32le("length"), 1, "length");
        return new SecurityExchangePdu(header, in.bytes(length, "encryptedClientRandom"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.pdu(securityHeader)
                .u32le(encryptedClientRandom.size())
                .bytes(encryptedClientRandom)
                .bytes(trailing);
    }
}
