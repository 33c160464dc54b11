package porthole.aad.jwe;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.ContentCryptoProvider;
import com.nimbusds.jose.crypto.impl.RSACryptoProvider;
import com.nimbusds.jose.util.Base64URL;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import porthole.aad.credential.ClientCertificate;
import porthole.aad.token.AccessTokenText;

/**
 * Decrypts with an RSA key that stays in a PKCS#11 token: the JDK's provider for tokens knows no OAEP, so the token does the
 * RSA operation alone, and the padding is taken off here (RFC 8017 7.1.2).
 */
final class TokenKeyDecrypter extends RSACryptoProvider implements JWEDecrypter {
    private final ClientCertificate key;

    TokenKeyDecrypter(ClientCertificate key) {
        super(null);
        this.key = key;
    }

    @Override
    public byte[] decrypt(
            JWEHeader header,
            Base64URL encryptedKey,
            Base64URL iv,
            Base64URL cipherText,
            Base64URL authTag,
            byte[] additional)
            throws JOSEException {
        Digest digest = header.getAlgorithm().equals(JWEAlgorithm.RSA_OAEP_256) ? new SHA256Digest() : new SHA1Digest();
        OAEPEncoding oaep = new OAEPEncoding(new RawKey(), digest, digest, null);
        oaep.init(false, null);
        byte[] encrypted = encryptedKey.decode();
        try {
            return ContentCryptoProvider.decrypt(
                    header,
                    additional,
                    encryptedKey,
                    iv,
                    cipherText,
                    authTag,
                    new SecretKeySpec(oaep.processBlock(encrypted, 0, encrypted.length), "AES"),
                    getJCAContext(),
                    AccessTokenText.MAX_LENGTH);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new JOSEException("the content key does not decrypt", e);
        }
    }

    private final class RawKey implements AsymmetricBlockCipher {
        @Override
        public void init(boolean forEncryption, CipherParameters parameters) {
            // the key is known
        }

        @Override
        public int getInputBlockSize() {
            return key.keyOctets();
        }

        /** Of the encoded message, without the octet 0 before it. */
        @Override
        public int getOutputBlockSize() {
            return key.keyOctets() - 1;
        }

        /** An encoded message that does not begin with 0 stays one octet too long, which the padding does not take. */
        @Override
        public byte[] processBlock(byte[] in, int offset, int length) {
            byte[] message = key.decrypt(in, offset, length);
            return message[0] == 0 ? Arrays.copyOfRange(message, 1, message.length) : message;
        }
    }
}
