package porthole.host.session;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.security.RsaPrivateKey;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.wire.Bytes;

/**
 * What a host with standard RDP security has for all its connections (MS-RDPBCGR 5.3.1 to 5.3.3).
 *
 * @param level {@link ServerSecurityData#LEVEL_NONE} to {@link ServerSecurityData#LEVEL_FIPS}
 * @param certificate carries the public half of {@code key}
 */
public record StandardHost(int level, RsaPrivateKey key, ServerCertificate certificate) {
    private static final int CHAIN_PADDING = 16;

    /**
     * A host with the key of {@code identity}, which has to be an RSA key.
     *
     * @param chain whether its X.509 certificate is shown; otherwise a proprietary one is made
     */
    public static StandardHost of(HostIdentity identity, int level, boolean chain) {
        if (level < ServerSecurityData.LEVEL_NONE || level > ServerSecurityData.LEVEL_FIPS) {
            throw new IllegalArgumentException("no encryption level " + level);
        }
        if (!(identity.key() instanceof RSAPrivateKey own)
                || !(identity.certificate().getPublicKey() instanceof RSAPublicKey shown)) {
            throw new IllegalArgumentException("standard RDP security needs an RSA key");
        }
        RsaPublicKey key = new RsaPublicKey(shown.getModulus(), shown.getPublicExponent());
        return new StandardHost(
                level,
                new RsaPrivateKey(own.getModulus(), own.getPrivateExponent()),
                chain ? chain(identity, key) : ServerCertificate.Proprietary.of(key));
    }

    private static ServerCertificate chain(HostIdentity identity, RsaPublicKey key) {
        try {
            Bytes own = Bytes.of(identity.certificate().getEncoded());
            // at least two: the first one is the authority, here the certificate itself
            return new ServerCertificate.X509Chain(
                    ServerCertificate.CERT_CHAIN_VERSION_2, List.of(own, own), key, Bytes.of(new byte[CHAIN_PADDING]));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    /** The same host with a certificate for a key that is not its own. */
    StandardHost withOtherModulus() {
        BigInteger other =
                key.modulus().subtract(BigInteger.TWO.pow(key.modulus().bitLength() / 2));
        RsaPublicKey shown = new RsaPublicKey(other, certificate.publicKey().exponent());
        return new StandardHost(level, key, ServerCertificate.Proprietary.of(shown));
    }

    /** The strongest method that the client offers and the level allows. */
    int method(int offered) {
        int allowed = switch (level) {
            case ServerSecurityData.LEVEL_NONE -> EncryptionMethod.NONE;
            case ServerSecurityData.LEVEL_HIGH -> EncryptionMethod.BITS_128;
            case ServerSecurityData.LEVEL_FIPS -> EncryptionMethod.FIPS;
            default ->
                EncryptionMethod.BITS_40 | EncryptionMethod.BITS_56 | EncryptionMethod.BITS_128 | EncryptionMethod.FIPS;
        };
        for (int method : new int[] {
            EncryptionMethod.BITS_128, EncryptionMethod.FIPS, EncryptionMethod.BITS_56, EncryptionMethod.BITS_40
        }) {
            if ((offered & allowed & method) != 0) {
                return method;
            }
        }
        if (level == ServerSecurityData.LEVEL_NONE) {
            return EncryptionMethod.NONE;
        }
        throw new SequenceException(
                "encryption methods " + EncryptionMethod.describe(offered),
                "one of " + EncryptionMethod.describe(allowed) + ", as the encryption level wants it",
                "MS-RDPBCGR 5.3.2");
    }
}
