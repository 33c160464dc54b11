package porthole.protocol.security;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import porthole.protocol.wire.WireReader;

/** 3DES in one CBC chain over all messages, and HMAC-SHA1 that always counts them (MS-RDPBCGR 5.3.6.2). */
final class FipsCipher extends StandardCipher {
    private static final int HEADER_LENGTH = 0x10;
    private static final int VERSION = 1;
    private static final int INFORMATION_SIZE = 4;
    private static final int BLOCK = 8;
    private static final byte[] IV = {0x12, 0x34, 0x56, 0x78, (byte) 0x90, (byte) 0xAB, (byte) 0xCD, (byte) 0xEF};

    private final SecretKeySpec key;
    private final Mac mac;
    private final byte[] number = new byte[4];
    private Cipher cipher;

    FipsCipher(byte[] macKey, byte[] key) {
        this.key = new SecretKeySpec(key, "DESede");
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(macKey, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    @Override
    public int headerSize() {
        return INFORMATION_SIZE + SIGNATURE_SIZE;
    }

    @Override
    int padding(int length) {
        return -length & BLOCK - 1;
    }

    @Override
    void writeInformation(ByteBuf out, int at, int padding) {
        out.setShortLE(at, HEADER_LENGTH);
        out.setByte(at + 2, VERSION);
        out.setByte(at + 3, padding);
    }

    @Override
    int readInformation(WireReader in) {
        in.expect(in.u16le("fipsInformation.length"), HEADER_LENGTH, 2, "fipsInformation.length");
        in.expect(in.u8("fipsInformation.version"), VERSION, 1, "fipsInformation.version");
        int padding = in.u8("fipsInformation.padlen");
        in.check(padding < BLOCK, 1, "fipsInformation.padlen", padding, "less than a block of 8 octets");
        return padding;
    }

    @Override
    void sign(byte[] octets, int length, boolean salted) {
        mac.update(octets, 0, length);
        littleEndian(number, count);
        System.arraycopy(mac.doFinal(number), 0, signature, 0, SIGNATURE_SIZE);
    }

    @Override
    void encrypt(byte[] octets, int length) {
        apply(Cipher.ENCRYPT_MODE, octets, length);
    }

    @Override
    void decrypt(byte[] octets, int length) {
        apply(Cipher.DECRYPT_MODE, octets, length);
    }

    /** Goes on with the chain; never finishes it. */
    private void apply(int mode, byte[] octets, int length) {
        try {
            if (cipher == null) {
                cipher = Cipher.getInstance("DESede/CBC/NoPadding");
                cipher.init(mode, key, new IvParameterSpec(IV));
            }
            int done = length == 0 ? 0 : cipher.update(octets, 0, length, octets, 0);
            if (done != length) {
                throw new IllegalStateException(done + " of " + length + " octets came back from 3DES");
            }
        } catch (ShortBufferException e) {
            throw new IllegalStateException("3DES does not make whole blocks longer", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no 3DES, which FIPS level security is made of", e);
        }
    }
}
