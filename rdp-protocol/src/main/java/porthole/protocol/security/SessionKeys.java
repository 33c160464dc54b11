package porthole.protocol.security;

import java.util.Arrays;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.wire.Bytes;

/**
 * The initial keys of standard RDP security, derived from the two randoms (MS-RDPBCGR 5.3.5).
 *
 * @param encryptionMethod one of {@link EncryptionMethod}, other than none
 * @param macKey 8, 16 or, with FIPS, 20 octets
 * @param clientToServer 8, 16 or, with FIPS, 24 octets
 * @param serverToClient as long as {@code clientToServer}
 */
public record SessionKeys(int encryptionMethod, Bytes macKey, Bytes clientToServer, Bytes serverToClient) {
    /** Octets of each random. */
    public static final int RANDOM_SIZE = 32;

    private static final int KEY_SHARE = 24;
    private static final int HALF = 16;
    private static final int FIPS_BITS = 168;

    /**
     * Derives the keys that both sides use.
     *
     * @param encryptionMethod exactly one method
     * @param clientRandom {@value #RANDOM_SIZE} octets
     * @param serverRandom {@value #RANDOM_SIZE} octets
     */
    public static SessionKeys derive(int encryptionMethod, Bytes clientRandom, Bytes serverRandom) {
        if (clientRandom.size() != RANDOM_SIZE || serverRandom.size() != RANDOM_SIZE) {
            throw new IllegalArgumentException("randoms of " + clientRandom.size() + " and " + serverRandom.size());
        }
        byte[] client = clientRandom.toArray();
        byte[] server = serverRandom.toArray();
        return switch (encryptionMethod) {
            case EncryptionMethod.BITS_40, EncryptionMethod.BITS_56, EncryptionMethod.BITS_128 ->
                nonFips(encryptionMethod, client, server);
            case EncryptionMethod.FIPS -> fips(client, server);
            default -> throw new IllegalArgumentException(EncryptionMethod.describe(encryptionMethod));
        };
    }

    /** MS-RDPBCGR 5.3.5.1. */
    private static SessionKeys nonFips(int method, byte[] client, byte[] server) {
        byte[] both = concat(client, server);
        byte[] preMaster = concat(Arrays.copyOf(client, KEY_SHARE), Arrays.copyOf(server, KEY_SHARE));
        byte[] master = salted(preMaster, both, 'A');
        byte[] blob = salted(master, both, 'X');
        return new SessionKeys(
                method,
                strength(method, Arrays.copyOf(blob, 16)),
                strength(method, Digests.md5(Arrays.copyOfRange(blob, 32, 48), both)),
                strength(method, Digests.md5(Arrays.copyOfRange(blob, 16, 32), both)));
    }

    /** SaltedHash with one, two and three times a letter: 48 octets. */
    private static byte[] salted(byte[] secret, byte[] randoms, char first) {
        byte[] all = new byte[48];
        for (int n = 0; n < 3; n++) {
            byte[] letters = new byte[n + 1];
            Arrays.fill(letters, (byte) (first + n));
            byte[] hash = Digests.md5(secret, Digests.sha1(letters, secret, randoms));
            System.arraycopy(hash, 0, all, 16 * n, 16);
        }
        return all;
    }

    private static Bytes strength(int method, byte[] key128) {
        return Bytes.of(reduce(method, key128));
    }

    /** Brings a key of 16 octets, or one that has been brought there before, to the strength of the method. */
    static byte[] reduce(int method, byte[] key) {
        if (method == EncryptionMethod.BITS_128) {
            return key;
        }
        byte[] weak = Arrays.copyOf(key, 8);
        weak[0] = (byte) 0xD1;
        if (method == EncryptionMethod.BITS_40) {
            weak[1] = 0x26;
            weak[2] = (byte) 0x9E;
        }
        return weak;
    }

    /** MS-RDPBCGR 5.3.5.2. */
    private static SessionKeys fips(byte[] client, byte[] server) {
        byte[] upstream = Digests.sha1(
                Arrays.copyOfRange(client, HALF, RANDOM_SIZE), Arrays.copyOfRange(server, HALF, RANDOM_SIZE));
        byte[] downstream = Digests.sha1(Arrays.copyOf(client, HALF), Arrays.copyOf(server, HALF));
        return new SessionKeys(
                EncryptionMethod.FIPS,
                Bytes.of(Digests.sha1(downstream, upstream)),
                Bytes.of(expand(upstream)),
                Bytes.of(expand(downstream)));
    }

    /**
     * Makes a 3DES key of 160 bits and the first eight of them again: seven bits for each octet, the least significant first.
     *
     * <p>The parity bit takes the place of the first bit of each seven, as everybody implements it.
     */
    private static byte[] expand(byte[] key) {
        byte[] expanded = new byte[FIPS_BITS / 7];
        for (int bit = 0; bit < FIPS_BITS; bit++) {
            int octet = key[bit / 8 % key.length];
            if ((octet >> bit % 8 & 1) != 0) {
                expanded[bit / 7] |= (byte) (1 << bit % 7);
            }
        }
        for (int n = 0; n < expanded.length; n++) {
            int seven = expanded[n] & 0xFE;
            expanded[n] = (byte) (seven | Integer.bitCount(seven) + 1 & 1);
        }
        return expanded;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** Says the method alone. */
    @Override
    public String toString() {
        return "SessionKeys[" + EncryptionMethod.describe(encryptionMethod) + "]";
    }
}
