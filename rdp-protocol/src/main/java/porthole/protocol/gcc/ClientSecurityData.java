package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client Security Data, TS_UD_CS_SEC (MS-RDPBCGR 2.2.1.3.3).
 *
 * @param encryptionMethods the methods of standard RDP security that the client offers, see {@link EncryptionMethod}
 * @param extEncryptionMethods the same for French locales, which leave the first field zero
 */
public record ClientSecurityData(int encryptionMethods, int extEncryptionMethods, Bytes trailing)
        implements ClientDataBlock {
    public static final int TYPE = 0xC002;

    public ClientSecurityData(int encryptionMethods) {
        this(encryptionMethods, 0, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientSecurityData decode(WireReader in) {
        return new ClientSecurityData(
                in.s32le("encryptionMethods"), in.s32le("extEncryptionMethods"), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(encryptionMethods).u32le(extEncryptionMethods).bytes(trailing);
    }
}
