package porthole.protocol.licensing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import porthole.protocol.crypto.Rc4;
import porthole.protocol.wire.Bytes;

/**
 * The keys of one licensing exchange, which both sides derive from three random values (MS-RDPELE 5.1.2, 5.1.3 and 5.1.4).
 *
 * @param macSaltKey 16 octets
 * @param licensingEncryptionKey 16 octets
 */
public record LicenseKeys(Bytes macSaltKey, Bytes licensingEncryptionKey) {
    /** Octets of a MAC. */
    public static final int MAC_SIZE = 16;

    /** Octets of the premaster secret. */
    public static final int PREMASTER_SIZE = 48;

    /** Octets of each side's random. */
    public static final int RANDOM_SIZE = 32;

    private static final int KEY_SIZE = 16;
    private static final byte[] PAD_1 = filled(0x36, 40);
    private static final byte[] PAD_2 = filled(0x5C, 48);

    /**
     * Derives the keys.
     *
     * @param premasterSecret 48 octets
     * @param clientRandom 32 octets
     * @param serverRandom 32 octets
     */
    public static LicenseKeys derive(Bytes premasterSecret, Bytes clientRandom, Bytes serverRandom) {
        byte[] client = clientRandom.toArray();
        byte[] server = serverRandom.toArray();
        byte[] master = blob(premasterSecret.toArray(), client, server);
        byte[] session = blob(master, server, client);
        return new LicenseKeys(
                Bytes.of(Arrays.copyOf(session, KEY_SIZE)),
                Bytes.of(md5(Arrays.copyOfRange(session, KEY_SIZE, 2 * KEY_SIZE), client, server)));
    }

    /** 48 octets from a secret and two randoms: the master secret, and with the randoms swapped the session key blob. */
    private static byte[] blob(byte[] secret, byte[] first, byte[] second) {
        byte[] blob = new byte[3 * KEY_SIZE];
        for (int i = 0; i < 3; i++) {
            byte[] salt = filled('A' + i, i + 1);
            System.arraycopy(md5(secret, sha1(salt, secret, first, second)), 0, blob, i * KEY_SIZE, KEY_SIZE);
        }
        return blob;
    }

    /** The MAC of plain octets (MS-RDPELE 5.1.6). */
    public Bytes mac(Bytes plain) {
        byte[] salt = macSaltKey.toArray();
        byte[] octets = plain.toArray();
        int size = octets.length;
        byte[] length = {(byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) (size >> 24)};
        return Bytes.of(md5(salt, PAD_2, sha1(salt, PAD_1, length, octets)));
    }

    /** Whether {@code mac} is that of {@code plain}, in a time that does not depend on where they differ. */
    public boolean verifies(Bytes mac, Bytes plain) {
        return MessageDigest.isEqual(mac(plain).toArray(), mac.toArray());
    }

    /** Encrypts or decrypts; each blob begins the key stream anew. */
    public Bytes crypt(Bytes octets) {
        return Bytes.of(new Rc4(licensingEncryptionKey.toArray()).apply(octets.toArray()));
    }

    /** {@code plain} encrypted, in the blob in which messages carry it. */
    public LicenseBinaryBlob sealed(Bytes plain) {
        return new LicenseBinaryBlob(LicenseBinaryBlob.BB_ENCRYPTED_DATA_BLOB, crypt(plain));
    }

    private static byte[] md5(byte[]... parts) {
        return digest("MD5", parts);
    }

    private static byte[] sha1(byte[]... parts) {
        return digest("SHA-1", parts);
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    private static byte[] filled(int octet, int size) {
        byte[] octets = new byte[size];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "LicenseKeys[(redacted)]";
    }
}
