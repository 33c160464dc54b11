package porthole.protocol.security;

import java.math.BigInteger;
import porthole.protocol.wire.Bytes;

/**
 * The RSA key of a server certificate, and the textbook encryption that MS-RDPBCGR 5.3.4.1 and MS-RDPELE 5.1.2.1 ask for.
 *
 * @param modulus positive and odd, at most {@value #MAXIMUM_BITS} bits
 * @param exponent odd, 3 or more, not longer than the modulus
 */
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) {
    /** A longer modulus would let a hostile server buy much computing time. */
    public static final int MAXIMUM_BITS = 8192;

    static final String RULE = "an odd modulus of 64 to 8192 bits and an odd exponent of 3 or more";

    private static final int PADDING = 8;

    public RsaPublicKey {
        if (!isUsable(modulus, exponent)) {
            throw new IllegalArgumentException("not an RSA key: " + modulus.bitLength() + " bits");
        }
    }

    static boolean isUsable(BigInteger modulus, BigInteger exponent) {
        return modulus.signum() > 0
                && modulus.testBit(0)
                && modulus.bitLength() >= 64
                && modulus.bitLength() <= MAXIMUM_BITS
                && exponent.signum() > 0
                && exponent.testBit(0)
                && exponent.bitLength() > 1 // 1 would leave everything as it is
                && exponent.bitLength() <= modulus.bitLength();
    }

    /** Octets of the modulus. */
    public int size() {
        return (modulus.bitLength() + 7) / 8;
    }

    /**
     * Encrypts a little-endian number without padding scheme.
     *
     * @param plain less than the modulus
     * @return little-endian, filled up to the modulus' size, and eight zero octets behind it
     */
    public Bytes encrypt(Bytes plain) {
        BigInteger number = new BigInteger(1, reversed(plain.toArray()));
        if (number.compareTo(modulus) >= 0) {
            throw new IllegalArgumentException(plain.size() + " octets are too many for " + size());
        }
        byte[] cipher = reversed(number.modPow(exponent, modulus).toByteArray());
        byte[] padded = new byte[size() + PADDING];
        System.arraycopy(cipher, 0, padded, 0, Math.min(cipher.length, size()));
        return Bytes.of(padded);
    }

    static byte[] reversed(byte[] octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return turned;
    }
}
