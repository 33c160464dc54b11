package porthole.aad;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import porthole.aad.json.Base64Url;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/**
 * The RSA key of which the client proves possession (MS-RDPBCGR 4.11.4): the access token names its thumbprint, the
 * assertion is signed with it. Immutable; its text form shows the thumbprint only.
 */
public final class PopKey {
    private static final int BITS = 2048;
    private static final int MAX_FILE = 64 * 1024;
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    private final RSAPublicKey publicKey;
    private final RSAPrivateCrtKey privateKey;
    private final String e;
    private final String n;
    private final String thumbprint;

    private PopKey(RSAPrivateCrtKey privateKey) throws GeneralSecurityException {
        this.privateKey = privateKey;
        this.publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        this.e = encode(publicKey.getPublicExponent());
        this.n = encode(publicKey.getModulus());
        this.thumbprint = thumbprint(e, n);
    }

    /** A new key, made on {@code executor}: it takes some 200 ms of processor time. */
    public static CompletableFuture<PopKey> generate(SecureRandom random, Executor executor) {
        return CompletableFuture.supplyAsync(() -> generate(random), executor);
    }

    /** A new key, made on the calling thread, which must not be an event loop. */
    public static PopKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4), random);
            return of(generator.generateKeyPair());
        } catch (GeneralSecurityException ex) {
            throw new AssertionError("every Java platform has RSA-2048", ex);
        }
    }

    /** The key of an RSA pair of 2048 bits or more. */
    public static PopKey of(KeyPair pair) {
        return of(pair.getPrivate());
    }

    private static PopKey of(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw unusable("a key that is not RSA, or lacks its primes");
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < BITS) {
            throw unusable("an RSA key of " + bits + " bits");
        }
        try {
            return new PopKey(rsa);
        } catch (GeneralSecurityException ex) {
            throw unusable("an RSA key that does not hold together");
        }
    }

    /** Reads a key from PKCS#8 PEM or JWK text; what is wrong with it is said without showing it. */
    public static PopKey parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("{")) {
            try {
                return of(RSAKey.parse(trimmed).toRSAPrivateKey());
            } catch (ParseException | JOSEException | RuntimeException ex) {
                throw ex instanceof RdpFailure known ? known : unusable("a JWK that is not a private RSA key");
            }
        }
        int begin = trimmed.indexOf(PEM_BEGIN);
        int end = begin < 0 ? -1 : trimmed.indexOf(PEM_END, begin + PEM_BEGIN.length());
        if (end < 0) {
            throw unusable(trimmed.startsWith("-----BEGIN") ? "PEM of another kind" : "neither PEM nor JWK");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(trimmed.substring(begin + PEM_BEGIN.length(), end));
            return of(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException ex) {
            throw unusable("PEM that does not hold an RSA key");
        }
    }

    /** Reads a key file; blocks. */
    public static PopKey read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw unusable("a file of " + Files.size(file) + " octets");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException ex) {
            throw PrivateFiles.unreadable("pop-key", "key file", file, ex).in(Stage.TOKEN);
        }
    }

    /** Writes a file that only the owner can read, as JWK where its name ends in {@code .jwk} or {@code .json}; blocks. */
    public void write(Path file) {
        String name = file.getFileName().toString();
        try {
            PrivateFiles.write(file, name.endsWith(".jwk") || name.endsWith(".json") ? toJwk() + "\n" : toPem());
        } catch (IOException ex) {
            throw PrivateFiles.unwritable("pop-key", "key file", file, ex).in(Stage.TOKEN);
        }
    }

    /** The private key as PKCS#8 PEM. */
    public String toPem() {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return PEM_BEGIN + "\n" + lines.encodeToString(privateKey.getEncoded()) + "\n" + PEM_END + "\n";
    }

    /** The private key as JWK. */
    public String toJwk() {
        return new RSAKey.Builder(publicKey).privateKey(privateKey).build().toJSONString();
    }

    public RSAPublicKey publicKey() {
        return publicKey;
    }

    /** The public exponent, base64url. */
    public String e() {
        return e;
    }

    /** The modulus, base64url, without a sign octet. */
    public String n() {
        return n;
    }

    /** RFC 7638 thumbprint: 43 characters of base64url. */
    public String thumbprint() {
        return thumbprint;
    }

    /** The {@code req_cnf} parameter of the token request: the thumbprint wrapped once (MS-RDPBCGR 4.11.4). */
    public String reqCnf() {
        return reqCnf(thumbprint);
    }

    /** RSASSA-PKCS1-v1_5 with SHA-256; takes 1 to 2 ms. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException ex) {
            throw unusable("an RSA key that cannot sign");
        }
    }

    /** The wrapped form of any thumbprint. */
    public static String reqCnf(String thumbprint) {
        return Base64Url.encode("{\"kid\":\"" + thumbprint + "\"}");
    }

    /** RFC 7638 thumbprint of a public RSA key whose members are base64url already. */
    public static String thumbprint(String e, String n) {
        String canonical = "{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(digest);
        } catch (GeneralSecurityException ex) {
            throw new AssertionError("every Java platform has SHA-256", ex);
        }
    }

    private static String encode(BigInteger value) {
        byte[] octets = value.toByteArray();
        int from = octets[0] == 0 ? 1 : 0; // the sign octet is not part of the magnitude
        return Base64Url.encode(Arrays.copyOfRange(octets, from, octets.length));
    }

    private static RdpFailure unusable(String seen) {
        return new LocalFailure(
                        "pop-key",
                        "the proof-of-possession key cannot be used",
                        seen,
                        "a private RSA key of " + BITS + " bits or more, as PKCS#8 PEM or as JWK with its primes",
                        "make one with: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048,"
                                + " and get a token for it")
                .in(Stage.TOKEN);
    }

    /** The thumbprint only. */
    @Override
    public String toString() {
        return "PopKey[" + thumbprint + "]";
    }
}
