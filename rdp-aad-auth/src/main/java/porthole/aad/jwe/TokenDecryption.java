package porthole.aad.jwe;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.RSADecrypter;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import porthole.aad.credential.ClientCertificate;
import porthole.aad.credential.Thumbprint;
import porthole.aad.token.AccessTokenText;
import porthole.protocol.failure.LocalFailure;

/**
 * Decrypts encrypted access tokens (RFC 7516) with the keys of their resource. The header names the key by x5t, x5t#S256
 * or kid; where it names none that is known, every key is tried. Thread-safe; takes 2 to 3 ms for each key.
 */
public final class TokenDecryption {
    private static final Set<String> ALGORITHMS = Set.of("RSA-OAEP", "RSA-OAEP-256");
    private static final Set<String> METHODS =
            Set.of("A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM");

    private final List<ClientCertificate> keys;

    /** @param keys certificates with their private keys, of which the first that fits is used */
    public TokenDecryption(List<ClientCertificate> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * What came out.
     *
     * @param token the signed token inside; a secret
     * @param alg how its key was encrypted
     * @param enc how it was encrypted
     * @param chosenBy {@code x5t}, {@code x5t#S256}, {@code kid} or {@code trial}
     * @param certificate whose key it was
     */
    public record Decrypted(String token, String alg, String enc, String chosenBy, String certificate) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Decrypted[" + alg + ", " + enc + ", by " + chosenBy + ", " + certificate + "]";
        }
    }

    private record Candidate(ClientCertificate key, String chosenBy) {}

    /** The token inside; a failure says why there is none, and shows nothing of the token. */
    public Decrypted decrypt(String token) {
        if (token.length() > AccessTokenText.MAX_LENGTH) {
            throw failure("not-encrypted-token", token.length() + " characters", "an encrypted token");
        }
        JWEObject parsed;
        try {
            parsed = JWEObject.parse(token);
        } catch (ParseException | RuntimeException e) {
            throw failure("not-encrypted-token", "no encrypted token of five segments", "a JWE in compact form");
        }
        String alg = String.valueOf(parsed.getHeader().getAlgorithm());
        String enc = String.valueOf(parsed.getHeader().getEncryptionMethod());
        if (!ALGORITHMS.contains(alg) || !METHODS.contains(enc)) {
            throw failure(
                    "token-encryption-algorithm",
                    "alg " + shown(alg) + ", enc " + shown(enc),
                    "alg " + ALGORITHMS + ", enc " + METHODS);
        }
        List<Candidate> candidates = candidates(parsed);
        for (Candidate candidate : candidates) {
            Optional<String> inside = decrypt(token, candidate.key());
            if (inside.isPresent()) {
                return new Decrypted(
                        inside.get(),
                        alg,
                        enc,
                        candidate.chosenBy(),
                        candidate.key().certificate().getSubjectX500Principal().getName());
            }
        }
        boolean named = candidates.stream().anyMatch(c -> !c.chosenBy().equals("trial"));
        throw failure(
                "token-decryption",
                keys.size() + " keys tried, none opens it"
                        + (named ? ", not even the one that the header names: it was altered" : ""),
                "the private key of the certificate in the resource's keyCredentials with usage Encrypt");
    }

    private List<Candidate> candidates(JWEObject parsed) {
        List<Candidate> named = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        for (ClientCertificate key : keys) {
            Optional<String> by = namedBy(parsed, key);
            (by.isPresent() ? named : others).add(new Candidate(key, by.orElse("trial")));
        }
        named.addAll(others);
        return named;
    }

    private static Optional<String> namedBy(JWEObject parsed, ClientCertificate key) {
        for (Thumbprint kind : Thumbprint.values()) {
            Object value = parsed.getHeader().toJSONObject().get(kind.member());
            if (kind.of(key.certificate()).equals(value)) {
                return Optional.of(kind.member());
            }
        }
        String kid = parsed.getHeader().getKeyID();
        for (Thumbprint kind : Thumbprint.values()) {
            if (kid != null
                    && (kid.equalsIgnoreCase(kind.hex(key.certificate())) || kid.equals(kind.of(key.certificate())))) {
                return Optional.of("kid");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decrypt(String token, ClientCertificate key) {
        try {
            JWEObject fresh = JWEObject.parse(token); // an object that failed once cannot be tried again
            fresh.decrypt(key.isInToken() ? new TokenKeyDecrypter(key) : new RSADecrypter(key.privateKey()));
            return Optional.of(fresh.getPayload().toString());
        } catch (JOSEException | ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > 40 ? safe.substring(0, 40) + "..." : safe;
    }

    private static LocalFailure failure(String cause, String seen, String expected) {
        return new LocalFailure(
                cause,
                "the token cannot be decrypted",
                seen,
                expected,
                "give the certificate that the resource's tokenEncryptionKeyId points at, with its private key");
    }
}
