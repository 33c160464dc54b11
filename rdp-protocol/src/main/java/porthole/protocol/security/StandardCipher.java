package porthole.protocol.security;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.wire.WireReader;

/**
 * One direction of standard RDP security: cipher, MAC and counters, which go on from message to message (MS-RDPBCGR 5.3.6).
 *
 * <p>Both work in place on the octets of a message. Not thread-safe.
 */
public abstract sealed class StandardCipher permits Rc4Cipher, FipsCipher {
    /** Octets of {@code dataSignature}. */
    public static final int SIGNATURE_SIZE = 8;

    static final String SECTION = "MS-RDPBCGR 5.3.6";

    final byte[] signature = new byte[SIGNATURE_SIZE];

    /** Messages that have passed. */
    int count;

    private byte[] work = new byte[4096];

    /** What the client sends. */
    public static StandardCipher clientToServer(SessionKeys keys) {
        return of(keys, keys.clientToServer().toArray());
    }

    /** What the host sends. */
    public static StandardCipher serverToClient(SessionKeys keys) {
        return of(keys, keys.serverToClient().toArray());
    }

    private static StandardCipher of(SessionKeys keys, byte[] key) {
        byte[] macKey = keys.macKey().toArray();
        return keys.encryptionMethod() == EncryptionMethod.FIPS
                ? new FipsCipher(macKey, key)
                : new Rc4Cipher(keys.encryptionMethod(), macKey, key);
    }

    /** Octets that stand between the basic header, or the fast-path length, and the encrypted data. */
    public abstract int headerSize();

    /** Zero octets that have to follow a message of {@code length} octets before it is encrypted. */
    abstract int padding(int length);

    /** Writes what stands in front of the signature at {@code at}. */
    abstract void writeInformation(ByteBuf out, int at, int padding);

    /** Reads what stands in front of the signature; returns the octets of padding. */
    abstract int readInformation(WireReader in);

    /** Computes {@link #signature} over the plain octets. */
    abstract void sign(byte[] octets, int length, boolean salted);

    abstract void encrypt(byte[] octets, int length);

    abstract void decrypt(byte[] octets, int length);

    /**
     * Signs and encrypts a message in place.
     *
     * @param out holds {@link #headerSize} octets for the header at {@code at} and the plain message behind them, up to its
     *     writer index; padding is appended
     * @param salted whether the MAC counts messages (SEC_SECURE_CHECKSUM)
     */
    public final void seal(ByteBuf out, int at, boolean salted) {
        int from = at + headerSize();
        int plain = out.writerIndex() - from;
        int padding = padding(plain);
        out.writeZero(padding);
        byte[] octets = room(plain + padding);
        out.getBytes(from, octets, 0, plain + padding);
        sign(octets, plain, salted);
        encrypt(octets, plain + padding);
        count++;
        writeInformation(out, at, padding);
        out.setBytes(from - SIGNATURE_SIZE, signature);
        out.setBytes(from, octets, 0, plain + padding);
    }

    /**
     * Decrypts a message in place and compares its MAC.
     *
     * @param in stands behind the basic header or the fast-path length, and is read to its end
     * @param salted whether the MAC counts messages (SEC_SECURE_CHECKSUM)
     * @return the plain octets where they lie, a view of the frame; empty where the MAC is another
     */
    public final Optional<ByteBuf> open(WireReader in, boolean salted) {
        int padding = readInformation(in);
        in.require(SIGNATURE_SIZE, "dataSignature");
        ByteBuf sent = in.slice(SIGNATURE_SIZE, "dataSignature");
        int length = in.remaining();
        in.check(length >= padding, "encryptedData", length + " octets", "the " + padding + " octets of its padding");
        in.check(padding(length) == 0, "encryptedData", length + " octets", "whole blocks of 8 octets");
        ByteBuf data = in.slice(length, "encryptedData");
        byte[] octets = room(length);
        data.getBytes(data.readerIndex(), octets, 0, length);
        decrypt(octets, length);
        sign(octets, length - padding, salted);
        count++;
        int different = 0;
        for (int n = 0; n < SIGNATURE_SIZE; n++) {
            different |= signature[n] ^ sent.getByte(sent.readerIndex() + n);
        }
        if (different != 0) {
            return Optional.empty();
        }
        data.setBytes(data.readerIndex(), octets, 0, length);
        return Optional.of(data.slice(data.readerIndex(), length - padding));
    }

    private byte[] room(int length) {
        if (work.length < length) {
            work = new byte[Math.max(length, Math.min(work.length * 2, 1 << 16))];
        }
        return work;
    }

    static void littleEndian(byte[] octets, int value) {
        for (int n = 0; n < 4; n++) {
            octets[n] = (byte) (value >>> 8 * n);
        }
    }

    static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
