package porthole.aad.credential;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** How a client assertion is signed (RFC 7518 3.3, 3.5). */
public enum SigningAlgorithm {
    /** RSASSA-PSS with SHA-256: what the authority's documentation asks for today. */
    PS256 {
        @Override
        Signature signature() throws GeneralSecurityException {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return signature;
        }
    },
    /** RSASSA-PKCS1-v1_5 with SHA-256: what older documentation and most libraries use. */
    RS256 {
        @Override
        Signature signature() throws GeneralSecurityException {
            return Signature.getInstance("SHA256withRSA");
        }
    };

    abstract Signature signature() throws GeneralSecurityException;

    /** Signs; the key may live in a token of PKCS#11. */
    byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signature = signature();
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    /** Whether {@code signed} is the signature; false also for a signature or key that cannot be one. */
    public boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = signature();
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
