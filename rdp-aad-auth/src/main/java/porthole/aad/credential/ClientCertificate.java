package porthole.aad.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import porthole.aad.PrivateFiles;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.Secret;

/**
 * A certificate with its private RSA key, from PEM, PKCS#12 or a PKCS#11 token. The key may stay inside a token; the text
 * form shows the subject only. Immutable.
 */
public final class ClientCertificate {
    private static final int MIN_BITS = 2048;
    private static final int MAX_FILE = 256 * 1024;

    private final PrivateKey key;
    private final Optional<Provider> provider;
    private final List<X509Certificate> chain;

    private ClientCertificate(PrivateKey key, Optional<Provider> provider, List<X509Certificate> chain) {
        this.key = key;
        this.provider = provider;
        this.chain = List.copyOf(chain);
    }

    /**
     * Puts key and certificates together.
     *
     * @param chain the key's own certificate first
     */
    public static ClientCertificate of(PrivateKey key, List<X509Certificate> chain) {
        return of(key, Optional.empty(), chain);
    }

    private static ClientCertificate of(PrivateKey key, Optional<Provider> provider, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw unusable("no certificate", "give the certificate beside the key");
        }
        if (!(chain.get(0).getPublicKey() instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() < MIN_BITS) {
            throw unusable(
                    "a " + chain.get(0).getPublicKey().getAlgorithm() + " key", "use an RSA certificate of 2048 bits");
        }
        byte[] probe = new byte[32];
        new SecureRandom().nextBytes(probe);
        try {
            byte[] signed = SigningAlgorithm.RS256.sign(key, provider, probe);
            if (!SigningAlgorithm.RS256.verifies(rsa, probe, signed)) {
                throw unusable("a private key that does not belong to the certificate", "give the pair that belongs");
            }
        } catch (GeneralSecurityException | ProviderException e) {
            if (provider.isEmpty()) { // a token may let a key decrypt alone
                throw unusable(
                        "a private key that cannot sign (" + e.getClass().getSimpleName() + ")", "check the key");
            }
        }
        return new ClientCertificate(key, provider, chain);
    }

    /**
     * Reads a PEM file with certificate and key, or a PKCS#12 file; blocks.
     *
     * @param keyFile the key where it is in a PEM file of its own
     * @param password of an encrypted key or a PKCS#12 file
     */
    public static ClientCertificate read(Path file, Optional<Path> keyFile, Secret password) {
        byte[] octets = octets(file);
        if (PemFile.looksLike(octets)) {
            PemFile certificates = PemFile.parse(octets);
            PemFile keys = keyFile.map(k -> PemFile.parse(octets(k))).orElse(certificates);
            return of(keys.privateKey(password), certificates.certificates());
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (var in = new ByteArrayInputStream(octets)) {
                store.load(in, password.reveal().toCharArray());
            }
            return first(store, password, Optional.empty(), Optional.empty());
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("a file that is neither PEM nor a PKCS#12 file of this password", "check file and password");
        }
    }

    /**
     * Takes a key of a PKCS#11 token, which never leaves it; blocks.
     *
     * @param configuration a file in the form of the JDK's SunPKCS11 provider: {@code name = ...}, {@code library = ...}
     * @param alias of the key; empty takes the first one
     */
    public static ClientCertificate pkcs11(Path configuration, Secret pin, Optional<String> alias) {
        try {
            Provider generic = Security.getProvider("SunPKCS11");
            if (generic == null) {
                throw unusable("a Java platform without PKCS#11", "use a JDK with the module jdk.crypto.cryptoki");
            }
            Provider token = generic.configure(configuration.toString());
            KeyStore store = KeyStore.getInstance("PKCS11", token);
            store.load(null, pin.isEmpty() ? null : pin.reveal().toCharArray());
            return first(store, pin, alias, Optional.of(token));
        } catch (IOException | GeneralSecurityException | ProviderException | InvalidParameterException e) {
            throw unusable(
                    "a PKCS#11 token that does not open (" + e.getClass().getSimpleName() + ")",
                    "check the configuration file, the library it names, the token and the PIN");
        }
    }

    private static ClientCertificate first(
            KeyStore store, Secret password, Optional<String> alias, Optional<Provider> provider)
            throws GeneralSecurityException {
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name) && alias.map(name::equals).orElse(true)) {
                Key key = store.getKey(name, password.reveal().toCharArray());
                List<X509Certificate> chain = new ArrayList<>();
                for (Certificate certificate : store.getCertificateChain(name)) {
                    chain.add((X509Certificate) certificate);
                }
                if (key instanceof PrivateKey privateKey) {
                    return of(privateKey, provider, chain);
                }
            }
        }
        throw unusable("no private key" + alias.map(a -> " of this alias").orElse(""), "give a store with one");
    }

    private static byte[] octets(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw unusable("a file of " + Files.size(file) + " octets", "give a certificate file");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw PrivateFiles.unreadable("client-certificate", "certificate file", file, e)
                    .in(Stage.TOKEN);
        }
    }

    static RdpFailure unusable(String seen, String remedy) {
        return new LocalFailure(
                        "client-certificate",
                        "the client certificate cannot be used",
                        seen,
                        "an RSA certificate with its private key",
                        remedy)
                .in(Stage.TOKEN);
    }

    /** The certificate of the key. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The certificate of the key first, then its issuers as far as they are known. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The private key, which may live in a token. */
    public PrivateKey privateKey() {
        return key;
    }

    /** Signs; takes 1 to 2 ms, with a token much longer. */
    public byte[] sign(SigningAlgorithm algorithm, byte[] message) {
        try {
            return algorithm.sign(key, provider, message);
        } catch (GeneralSecurityException | ProviderException e) {
            throw unusable(
                    "a key that cannot sign with " + algorithm + " ("
                            + e.getClass().getSimpleName() + ")",
                    "use the other algorithm");
        }
    }

    /** Whether the private key lives in a token, and only its own provider can use it. */
    public boolean isInToken() {
        return provider.isPresent();
    }

    /** The octets of the RSA modulus. */
    public int keyOctets() {
        return (((RSAPublicKey) certificate().getPublicKey()).getModulus().bitLength() + 7) / 8;
    }

    /** The plain RSA operation of a key in a token, padding included in the result; takes as long as the token does. */
    public byte[] decrypt(byte[] octets, int offset, int length) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding", provider.orElseThrow());
            cipher.init(Cipher.DECRYPT_MODE, key);
            return cipher.doFinal(octets, offset, length);
        } catch (GeneralSecurityException | ProviderException e) {
            throw unusable(
                    "a key that cannot decrypt (" + e.getClass().getSimpleName() + ")",
                    "give the key of the certificate for encryption, and let it decrypt");
        }
    }

    /** The subject; nothing of the key. */
    @Override
    public String toString() {
        return "ClientCertificate[" + certificate().getSubjectX500Principal().getName() + "]";
    }
}
