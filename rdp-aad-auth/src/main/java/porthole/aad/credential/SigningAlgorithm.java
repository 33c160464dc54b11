package porthole.aad.credential;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** How a client assertion is signed (RFC 7518 3.3, 3.5). */
public enum SigningAlgorithm {
    /** RSASSA-PSS with SHA-256: what the authority's documentation asks for today. */
    PS256 {
        @Override
        Signature signature(Optional<Provider> provider) throws GeneralSecurityException {
            Signature signature = named("RSASSA-PSS", provider);
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return signature;
        }
    },
    /** RSASSA-PKCS1-v1_5 with SHA-256: what older documentation and most libraries use. */
    RS256 {
        @Override
        Signature signature(Optional<Provider> provider) throws GeneralSecurityException {
            return named("SHA256withRSA", provider);
        }
    };

    abstract Signature signature(Optional<Provider> provider) throws GeneralSecurityException;

    private static Signature named(String name, Optional<Provider> provider) throws GeneralSecurityException {
        return provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
    }

    /**
     * Signs.
     *
     * @param provider whose key it is, for a key that lives in a token of PKCS#11
     */
    byte[] sign(PrivateKey key, Optional<Provider> provider, byte[] message) throws GeneralSecurityException {
        Signature signature = signature(provider);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    /** Whether {@code signed} is the signature; false also for a signature or key that cannot be one. */
    public boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = signature(Optional.empty());
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
