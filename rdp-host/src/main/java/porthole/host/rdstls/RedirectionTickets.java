package porthole.host.rdstls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsResult;
import porthole.protocol.wire.Bytes;
import porthole.transport.RandomSource;
import porthole.transport.Secret;

/**
 * The password blobs that hosts which share a secret give out and take back, and the cookies of earlier sessions.
 *
 * <p>What a blob looks like is nobody's business but the hosts' (MS-RDPBCGR 2.2.13.1): here it is the password, sealed with
 * AES-GCM and bound to the redirection GUID, the user and the domain. Usable from any thread.
 */
public final class RedirectionTickets implements RdstlsCheck {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final RandomSource random;
    private final Map<Long, Cookie> cookies = new ConcurrentHashMap<>();

    private record Cookie(Bytes octets, String user) {}

    /** @param secret what the hosts share */
    public RedirectionTickets(Secret secret, RandomSource random) {
        this.random = random;
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
            this.key = new SecretKeySpec(digest, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A blob for the password field of a redirection with LB_PASSWORD_IS_PK_ENCRYPTED.
     *
     * @param guid the redirection GUID as the redirection carries it
     */
    public Bytes blob(Bytes guid, String user, String domain, Secret password) {
        byte[] nonce = random.octets(NONCE);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, guid, user, domain)
                    .doFinal(password.reveal().getBytes(StandardCharsets.UTF_8));
            byte[] blob = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, blob, NONCE, sealed.length);
            return Bytes.of(blob);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** Lets the holder of a cookie come back as {@code user} (MS-RDPBCGR 5.5). */
    public void accept(ArcScPrivatePacket cookie, String user) {
        cookies.put(cookie.logonId(), new Cookie(Bytes.of(cookie.toByteArray()), user));
    }

    private Cipher cipher(int mode, byte[] nonce, Bytes guid, String user, String domain)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(guid.toArray());
        cipher.updateAAD((user + '\0' + domain).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Takes a blob that one of the hosts made for this user and redirection, and a cookie that is known. */
    @Override
    public Verdict check(RdstlsAuthenticationRequest request) {
        if (request instanceof RdstlsAuthenticationRequest.Password password) {
            return isOurs(password)
                    ? new Verdict(RdstlsResult.SUCCESS, password.userNameText())
                    : Verdict.refused(RdstlsResult.ACCESS_DENIED);
        }
        if (request instanceof RdstlsAuthenticationRequest.AutoReconnectCookie cookie) {
            return Optional.ofNullable(cookies.get(cookie.sessionId()))
                    .filter(known -> MessageDigest.isEqual(
                            known.octets().toArray(),
                            cookie.autoReconnectCookie().toArray()))
                    .map(known -> new Verdict(RdstlsResult.SUCCESS, known.user()))
                    .orElse(Verdict.refused(RdstlsResult.LOGON_FAILURE));
        }
        return Verdict.refused(RdstlsResult.ACCESS_DENIED);
    }

    private boolean isOurs(RdstlsAuthenticationRequest.Password request) {
        byte[] blob = request.password().toArray();
        if (blob.length < NONCE + TAG_BITS / 8) {
            return false;
        }
        try {
            cipher(
                            Cipher.DECRYPT_MODE,
                            Arrays.copyOf(blob, NONCE),
                            request.redirectionGuid(),
                            request.userNameText(),
                            request.domainText())
                    .doFinal(blob, NONCE, blob.length - NONCE);
            return true;
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }
}
