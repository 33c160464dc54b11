package porthole.aad.avd;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.Credentials;

/**
 * The password of RDSTLS behind the broker: what the user typed, encrypted with the broker's AES key and then for the host's
 * certificate.
 */
public final class RedirectedPassword {
    /** The domain of a user who names none. */
    public static final String DOMAIN = "AzureAD";

    private static final String MAGIC_TEXT = "AES\0";
    private static final long MAGIC = 0x4D42444BL;
    private static final int LINE = 64;

    private RedirectedPassword() {}

    /** The request that answers the host's RDSTLS capabilities. */
    public static RdstlsAuthenticationRequest request(BrokerAnswer answer, Credentials user) {
        if (!answer.hasRdstls()) {
            throw BrokerAnswer.unusable(
                            "no redirectedAuthGuid, redirectedAuthBlob or redirectedServerCert",
                            "all three, as the connection file does not say enablerdsaadauth:i:1")
                    .in(Stage.BROKER);
        }
        if (user.user().isEmpty() && answer.userName().isEmpty()
                || user.password().isEmpty()) {
            throw new LocalFailure(
                            "no-credentials",
                            "this host takes a user and a password, and there are none",
                            "no user, or no password",
                            "both, as the connection file does not say enablerdsaadauth:i:1",
                            "give --user and --password-file, or --security aad where the host takes Entra ID")
                    .in(Stage.TOKEN);
        }
        String name = answer.userName().orElse(user.user());
        return RdstlsAuthenticationRequest.Password.of(
                Bytes.utf16le(answer.authGuid().orElseThrow() + '\0'),
                name,
                user.domain().isEmpty() ? DOMAIN : user.domain(),
                encrypted(
                        answer.authBlob().orElseThrow(),
                        answer.certificate().orElseThrow(),
                        user.password().reveal()));
    }

    private static Bytes encrypted(Bytes blob, Bytes certificate, String password) {
        byte[] key = key(blob);
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            byte[] sealed = aes.doFinal((password + '\0').getBytes(StandardCharsets.UTF_16LE));
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, publicKey(certificate));
            String lines = Base64.getMimeEncoder(LINE, "\r\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(rsa.doFinal(sealed));
            return Bytes.utf16le(lines + "\r\n\0");
        } catch (GeneralSecurityException e) {
            throw new LocalFailure(
                            "avd-rdstls-key",
                            "the password cannot be encrypted for the host",
                            e.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                            "a certificate with an RSA key that is long enough for the password",
                            "see the host's certificate; a shorter password, or Entra ID sign-in, may do",
                            e)
                    .in(Stage.BROKER);
        }
    }

    private static PublicKey publicKey(Bytes certificate) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.toArray()))
                .getPublicKey();
    }

    /** The AES key of a BCRYPT_KEY_DATA_BLOB behind the name of its algorithm. */
    static byte[] key(Bytes blob) {
        try {
            WireReader in = WireReader.of(blob, "redirectedAuthBlob", "BCRYPT_KEY_DATA_BLOB_HEADER");
            String algorithm = in.bytes(2 * MAGIC_TEXT.length(), "algorithm").toUtf16le();
            long magic = in.u32le("magic");
            long version = in.u32le("version");
            int size = in.count(in.u32le("keySize"), 1, "keySize");
            byte[] key = in.bytes(size, "key").toArray();
            if (algorithm.equals(MAGIC_TEXT)
                    && magic == MAGIC
                    && version == 1
                    && (size == 16 || size == 24 || size == 32)) {
                return key;
            }
        } catch (WireException e) {
            // said below, without the octets
        }
        throw BrokerAnswer.unusable(
                        "redirectedAuthBlob of " + blob.size() + " octets that is no AES key",
                        "AES, KDBM, version 1, and a key of 16, 24 or 32 octets")
                .in(Stage.BROKER);
    }
}
