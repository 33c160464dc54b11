package porthole.host.avd;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import porthole.host.rdstls.RdstlsCheck;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsResult;
import porthole.protocol.wire.Bytes;
import porthole.transport.RandomSource;
import porthole.transport.Secret;

/** The key that the broker hands out for passwords, and the host's check of what clients make with it. */
public final class BrokerPasswords implements RdstlsCheck {
    private static final int KEY = 32;

    private final PrivateKey host;
    private final byte[] key;
    private final String guid;
    private final String user;
    private final Secret password;

    /**
     * @param host the RSA key of the certificate that the host shows
     * @param user who may sign in, without domain
     */
    public BrokerPasswords(PrivateKey host, String user, Secret password, RandomSource random) {
        this.host = host;
        this.key = random.octets(KEY);
        this.guid = "{" + UUID.nameUUIDFromBytes(random.octets(16)) + "}";
        this.user = user;
        this.password = password;
    }

    /** {@code redirectedAuthGuid}. */
    String guid() {
        return guid;
    }

    /** {@code redirectedAuthBlob} before it is encoded: a BCRYPT_KEY_DATA_BLOB behind the algorithm's name. */
    Bytes blob() {
        byte[] head = {'A', 0, 'E', 0, 'S', 0, 0, 0, 'K', 'D', 'B', 'M', 1, 0, 0, 0, KEY, 0, 0, 0};
        byte[] blob = Arrays.copyOf(head, head.length + KEY);
        System.arraycopy(key, 0, blob, head.length, KEY);
        return Bytes.of(blob);
    }

    @Override
    public Verdict check(RdstlsAuthenticationRequest request) {
        if (!(request instanceof RdstlsAuthenticationRequest.Password asked)
                || !asked.redirectionGuid().equals(Bytes.utf16le(guid + '\0'))) {
            return Verdict.refused(RdstlsResult.ACCESS_DENIED);
        }
        boolean right = asked.userNameText().equalsIgnoreCase(user) && isPassword(asked.password());
        return right
                ? new Verdict(RdstlsResult.SUCCESS, asked.userNameText())
                : Verdict.refused(RdstlsResult.LOGON_FAILURE);
    }

    private boolean isPassword(Bytes field) {
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.DECRYPT_MODE, host);
            byte[] sealed =
                    rsa.doFinal(Base64.getMimeDecoder().decode(field.toUtf16le().replace("\0", "")));
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            byte[] right = (password.reveal() + '\0').getBytes(StandardCharsets.UTF_16LE);
            return MessageDigest.isEqual(right, aes.doFinal(sealed));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return false;
        }
    }
}
