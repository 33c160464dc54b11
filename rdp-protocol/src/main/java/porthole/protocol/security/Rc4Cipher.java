package porthole.protocol.security;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;
import porthole.protocol.crypto.Rc4;
import porthole.protocol.wire.WireReader;

/** RC4 under 40, 56 or 128 bits with a new key every 4096 messages, and the MAC of MS-RDPBCGR 5.3.6.1. */
final class Rc4Cipher extends StandardCipher {
    private static final int MESSAGES_PER_KEY = 4096;
    private static final byte[] PAD_1 = filled(40, 0x36);
    private static final byte[] PAD_2 = filled(48, 0x5C);

    private final int method;
    private final byte[] macKey;
    private final byte[] firstKey;
    private final MessageDigest sha1 = Digests.named("SHA-1");
    private final MessageDigest md5 = Digests.named("MD5");
    private final byte[] number = new byte[4];
    private final byte[] inner = new byte[20];
    private final Rc4 rc4;
    private byte[] key;
    private int used;

    Rc4Cipher(int method, byte[] macKey, byte[] key) {
        this.method = method;
        this.macKey = macKey;
        this.firstKey = key;
        this.key = key;
        this.rc4 = new Rc4(key);
    }

    @Override
    public int headerSize() {
        return SIGNATURE_SIZE;
    }

    @Override
    int padding(int length) {
        return 0;
    }

    @Override
    void writeInformation(ByteBuf out, int at, int padding) {}

    @Override
    int readInformation(WireReader in) {
        return 0;
    }

    @Override
    void sign(byte[] octets, int length, boolean salted) {
        sha1.update(macKey);
        sha1.update(PAD_1);
        littleEndian(number, length);
        sha1.update(number);
        sha1.update(octets, 0, length);
        if (salted) {
            littleEndian(number, count);
            sha1.update(number);
        }
        digest(sha1);
        md5.update(macKey);
        md5.update(PAD_2);
        md5.update(inner);
        digest(md5);
        System.arraycopy(inner, 0, signature, 0, SIGNATURE_SIZE);
    }

    private void digest(MessageDigest digest) {
        try {
            digest.digest(inner, 0, inner.length);
        } catch (java.security.DigestException e) {
            throw new IllegalStateException("20 octets are enough for " + digest.getAlgorithm(), e);
        }
    }

    @Override
    void encrypt(byte[] octets, int length) {
        if (used == MESSAGES_PER_KEY) {
            update();
        }
        rc4.applyTo(octets, 0, length);
        used++;
    }

    @Override
    void decrypt(byte[] octets, int length) {
        encrypt(octets, length);
    }

    /** MS-RDPBCGR 5.3.7. */
    private void update() {
        byte[] temporary = Digests.md5(firstKey, PAD_2, Digests.sha1(firstKey, PAD_1, key));
        byte[] next = Arrays.copyOf(temporary, key.length);
        rc4.rekey(next);
        key = SessionKeys.reduce(method, rc4.apply(next));
        rc4.rekey(key);
        used = 0;
    }
}
