package porthole.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * Bouncy Castle's TLS crypto without its refusal of certificates that lack the digitalSignature key usage, which the
 * ones that Windows creates for itself do, and with AES from the JDK, which is many times faster.
 */
final class LenientTlsCrypto extends JcaTlsCrypto {
    private LenientTlsCrypto(ProviderJcaJceHelper helper, SecureRandom entropy, SecureRandom nonces) {
        super(helper, entropy, nonces);
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        return new LenientCertificate(this, encoding);
    }

    private static final class LenientCertificate extends JcaTlsCertificate {
        LenientCertificate(JcaTlsCrypto crypto, byte[] encoding) throws IOException {
            super(crypto, encoding);
        }

        @Override
        protected boolean supportsKeyUsageBit(int bit) {
            return true;
        }

        @Override
        protected void validateKeyUsageBit(int bit) {}
    }

    private static final class JdkAesHelper extends ProviderJcaJceHelper {
        private final Optional<TlsKeyLog.Session> log;

        JdkAesHelper(Optional<TlsKeyLog.Session> log) {
            super(new BouncyCastleProvider());
            this.log = log;
        }

        @Override
        public Mac createMac(String algorithm) throws java.security.NoSuchAlgorithmException {
            Mac mac = super.createMac(algorithm);
            return log.isPresent() ? new KeyLogMac(mac, log.get()) : mac;
        }

        @Override
        public Cipher createCipher(String algorithm)
                throws java.security.NoSuchAlgorithmException, javax.crypto.NoSuchPaddingException {
            if (algorithm.startsWith("AES/GCM") || algorithm.startsWith("AES/CBC")) {
                return Cipher.getInstance(algorithm);
            }
            return super.createCipher(algorithm);
        }
    }

    /** Makes the lenient crypto for a {@code BouncyCastleJsseProvider}. */
    static final class Provider extends JcaTlsCryptoProvider {
        private final Optional<TlsKeyLog.Session> log;

        /** @param log for the secrets of the one connection that this crypto serves; empty for any number of them */
        Provider(Optional<TlsKeyLog.Session> log) {
            this.log = log;
        }

        @Override
        public JcaTlsCrypto create(SecureRandom entropy) {
            try {
                SecureRandom random =
                        entropy == null ? SecureRandom.getInstance("DEFAULT", new BouncyCastleProvider()) : entropy;
                return create(random, random);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no random source", e);
            }
        }

        @Override
        public JcaTlsCrypto create(SecureRandom keys, SecureRandom nonces) {
            return new LenientTlsCrypto(new JdkAesHelper(log), keys, nonces);
        }
    }
}
