package porthole.protocol.spnego;

import porthole.protocol.wire.Bytes;

/** The wrap token of Kerberos (RFC 4121 4.2.6.2). */
public final class GssWrapToken {
    private static final int HEADER = 16;
    private static final int CONFOUNDER = 16;
    private static final int TOK_ID = 0x0504;
    private static final int RRC_AT = 6;

    private GssWrapToken() {}

    /**
     * The encrypted {@code token} of a message of {@code messageSize} octets with the copy of its header and its checksum
     * rotated to the front, where Windows and FreeRDP have them (MS-KILE 3.4.5.4.1); RRC is not encrypted, so that no key
     * is needed. A token of another kind, or one that is rotated already, stays as it is.
     */
    public static Bytes rotated(Bytes token, int messageSize) {
        int count = token.size() - HEADER - CONFOUNDER - messageSize;
        boolean plain = token.size() >= HEADER
                && (token.at(0) << 8 | token.at(1)) == TOK_ID
                && (token.at(RRC_AT) | token.at(RRC_AT + 1)) == 0;
        if (!plain || count <= 0) {
            return token;
        }
        byte[] octets = token.toArray();
        byte[] rotated = octets.clone();
        System.arraycopy(octets, octets.length - count, rotated, HEADER, count);
        System.arraycopy(octets, HEADER, rotated, HEADER + count, octets.length - HEADER - count);
        rotated[RRC_AT] = (byte) (count >> 8);
        rotated[RRC_AT + 1] = (byte) count;
        return Bytes.of(rotated);
    }
}
