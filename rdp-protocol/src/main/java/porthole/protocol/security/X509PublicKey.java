package porthole.protocol.security;

import java.math.BigInteger;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * Finds the RSA key in an X.509 certificate (RFC 5280 4.1).
 *
 * <p>The platform's certificate parser is not used because terminal servers name the key's algorithm by identifiers
 * that it refuses.
 */
final class X509PublicKey {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int SEQUENCE = 0x30;
    private static final int EXPLICIT_VERSION = 0xA0;

    private X509PublicKey() {}

    /** Reads the key of {@code certificate}; errors have offsets within the certificate. */
    static RsaPublicKey read(Bytes certificate, int offset) {
        WireReader in = WireReader.of(certificate, "ServerCertificate.x509At" + offset, "RFC 5280 4.1");
        WireReader body = element(element(in, SEQUENCE, "Certificate"), SEQUENCE, "tbsCertificate");
        if (body.peekU8("version") == EXPLICIT_VERSION) {
            element(body, EXPLICIT_VERSION, "version");
        }
        element(body, INTEGER, "serialNumber");
        for (String field : new String[] {"signature", "issuer", "validity", "subject"}) {
            element(body, SEQUENCE, field);
        }
        WireReader info = element(body, SEQUENCE, "subjectPublicKeyInfo");
        element(info, SEQUENCE, "algorithm");
        WireReader bits = element(info, BIT_STRING, "subjectPublicKey");
        bits.expect(bits.u8("unusedBits"), 0, 1, "unusedBits");
        WireReader key = element(bits, SEQUENCE, "RSAPublicKey");
        BigInteger modulus = integer(key, "modulus");
        BigInteger exponent = integer(key, "publicExponent");
        key.check(
                RsaPublicKey.isUsable(modulus, exponent), "modulus", modulus.bitLength() + " bits", RsaPublicKey.RULE);
        return new RsaPublicKey(modulus, exponent);
    }

    private static BigInteger integer(WireReader in, String field) {
        WireReader value = element(in, INTEGER, field);
        value.check(value.hasRemaining(), field, "no octets", "an integer");
        return new BigInteger(1, value.rest("value").toArray());
    }

    private static WireReader element(WireReader in, int tag, String field) {
        in.expect(in.u8(field), tag, 1, field);
        int length = in.u8("length");
        if (length >= 0x80) {
            int octets = length & 0x7F;
            in.check(octets >= 1 && octets <= 3, "length", octets + " octets of length", "1 to 3");
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | in.u8("length");
            }
        }
        return in.sub(length, field);
    }
}
