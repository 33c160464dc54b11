package porthole.aad.signin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import porthole.aad.PrivateFiles;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/** The key of an encrypted token cache: AES-256-GCM with the SHA-256 of a key file. Its text form shows nothing. */
public final class CacheKey {
    private static final int LEAST_OCTETS = 32;
    private static final int MOST_OCTETS = 64 * 1024;
    private static final int IV_OCTETS = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_OCTETS = 8;

    private final SecretKeySpec key;
    private final String id;

    private CacheKey(SecretKeySpec key, String id) {
        this.key = key;
        this.id = id;
    }

    /** Reads 32 random octets or more; blocks. */
    public static CacheKey read(Path file) {
        try {
            byte[] octets = Files.size(file) > MOST_OCTETS ? new byte[0] : Files.readAllBytes(file);
            if (octets.length < LEAST_OCTETS) {
                throw new LocalFailure(
                                "cache-key",
                                "this cannot be the key of the token cache",
                                file + " has " + Files.size(file) + " octets",
                                "a file of " + LEAST_OCTETS + " random octets or more",
                                "make one with: head -c 32 /dev/urandom > FILE")
                        .in(Stage.TOKEN);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            Arrays.fill(octets, (byte) 0);
            Mac name = Mac.getInstance("HmacSHA256");
            name.init(new SecretKeySpec(digest, "HmacSHA256"));
            byte[] id = Arrays.copyOf(name.doFinal("name of the key".getBytes(StandardCharsets.US_ASCII)), ID_OCTETS);
            return new CacheKey(new SecretKeySpec(digest, "AES"), HexFormat.of().formatHex(id));
        } catch (IOException e) {
            throw PrivateFiles.unreadable("cache-key", "key file of the token cache", file, e)
                    .in(Stage.TOKEN);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256 with HMAC", e);
        }
    }

    /** A name for the key that tells nothing of it: 16 hexadecimal digits. */
    String id() {
        return id;
    }

    /** IV, cipher text and tag. */
    byte[] encrypt(byte[] text, SecureRandom random) {
        byte[] iv = new byte[IV_OCTETS];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(text);
            byte[] all = Arrays.copyOf(iv, IV_OCTETS + sealed.length);
            System.arraycopy(sealed, 0, all, IV_OCTETS, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES-GCM", e);
        }
    }

    /** Throws where the key is another one, or the octets were altered. */
    byte[] decrypt(byte[] octets) throws GeneralSecurityException {
        if (octets.length < IV_OCTETS) {
            throw new GeneralSecurityException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(octets, IV_OCTETS))
                .doFinal(octets, IV_OCTETS, octets.length - IV_OCTETS);
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }

    @Override
    public String toString() {
        return "CacheKey[]";
    }
}
