package porthole.protocol.security;

import java.math.BigInteger;
import java.util.Arrays;
import porthole.protocol.wire.Bytes;

/**
 * The host's half of the key in its certificate (MS-RDPBCGR 5.3.4.2).
 *
 * @param modulus positive
 * @param exponent private
 */
public record RsaPrivateKey(BigInteger modulus, BigInteger exponent) {
    /**
     * Undoes {@link RsaPublicKey#encrypt}.
     *
     * @param encrypted little-endian, with or without the zero octets behind it
     * @param octets of the plain number that are kept, from the least significant one on
     */
    public Bytes decrypt(Bytes encrypted, int octets) {
        BigInteger number = new BigInteger(1, RsaPublicKey.reversed(encrypted.toArray()));
        byte[] plain = RsaPublicKey.reversed(number.modPow(exponent, modulus).toByteArray());
        return Bytes.of(Arrays.copyOf(plain, octets));
    }

    /** Says the size alone. */
    @Override
    public String toString() {
        return "RsaPrivateKey[" + modulus.bitLength() + " bits]";
    }
}
