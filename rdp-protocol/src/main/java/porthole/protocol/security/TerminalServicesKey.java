package porthole.protocol.security;

import java.math.BigInteger;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/**
 * The key that proprietary certificates are signed with (MS-RDPBCGR 5.3.3.1.1 and 5.3.3.1.2).
 *
 * <p>Both halves are published, so a right signature proves nothing about the host; a wrong one says that it follows another
 * implementation, and is worth a note.
 */
public final class TerminalServicesKey {
    private static final BigInteger MODULUS = littleEndian("""
            3d3a5ebd72433ec94dbbc11e4aba5fcb3e882087eff5c1e2d7b76b9af2524595
            ce63656b583afeef7ce7bffe3df65c7d6c5e06091af561bb2093095f056dea87""");
    private static final BigInteger PUBLIC_EXPONENT = littleEndian("5b7b88c0");
    private static final BigInteger PRIVATE_EXPONENT = littleEndian("""
            87a71932da11875558001616256568f8243ee6fae9674994cf92cc3399e80860
            179a129f24ddb12499c73ab80a7b0ddd350779170b519bb3c7100113e73ff35f""");

    private static final int SIZE = 64;
    private static final int HASH = 16;
    private static final int PADDING = 8;

    private TerminalServicesKey() {}

    private static BigInteger littleEndian(String hex) {
        return new BigInteger(1, RsaPublicKey.reversed(Bytes.hex(hex).toArray()));
    }

    /** Whether the signature of the certificate is this key's. */
    public static boolean signed(ServerCertificate.Proprietary certificate) {
        byte[] blob = certificate.signatureBlob().toArray();
        BigInteger signature = new BigInteger(1, RsaPublicKey.reversed(blob));
        return signature.compareTo(MODULUS) < 0
                && signature.modPow(PUBLIC_EXPONENT, MODULUS).equals(padded(certificate));
    }

    /** The signature of the certificate, with its eight octets of padding. */
    public static Bytes sign(ServerCertificate.Proprietary certificate) {
        byte[] signature = RsaPublicKey.reversed(
                padded(certificate).modPow(PRIVATE_EXPONENT, MODULUS).toByteArray());
        byte[] blob = new byte[SIZE + PADDING];
        System.arraycopy(signature, 0, blob, 0, Math.min(signature.length, SIZE));
        return Bytes.of(blob);
    }

    /** MD5 over what is signed, then 00 FF...FF 01, as a little-endian number of 63 octets (MS-RDPBCGR 5.3.3.1.2). */
    private static BigInteger padded(ServerCertificate.Proprietary c) {
        byte[] hash = Digests.md5(WireWriter.toByteArray(out -> out.u32le(c.version())
                .u32le(c.sigAlgId())
                .u32le(c.keyAlgId())
                .u16le(c.publicKeyBlobType())
                .u16le(c.publicKeyBlob().size())
                .bytes(c.publicKeyBlob())));
        byte[] number = StandardCipher.filled(SIZE - 1, 0xFF);
        System.arraycopy(hash, 0, number, 0, HASH);
        number[HASH] = 0;
        number[SIZE - 2] = 1;
        return new BigInteger(1, RsaPublicKey.reversed(number));
    }
}
