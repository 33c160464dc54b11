package porthole.protocol.credssp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import porthole.protocol.wire.Bytes;

/**
 * The contents of pubKeyAuth in clear (MS-CSSP 3.1.5): proof that both ends see the same TLS key, so that nobody sits in
 * between.
 *
 * @param version the negotiated one: up to 4 the key itself, from 5 on a hash with the client's nonce
 * @param clientNonce 32 octets; unused up to version 4
 * @param subjectPublicKey the contents of the bit string of the certificate's SubjectPublicKeyInfo
 */
public record PublicKeyBinding(long version, Bytes clientNonce, Bytes subjectPublicKey) {
    /** Octets of the client's nonce. */
    public static final int NONCE = 32;

    /** The first version with hashes. */
    public static final int FIRST_HASHED = 5;

    private static final Bytes CLIENT_TO_SERVER = Bytes.ascii("CredSSP Client-To-Server Binding Hash\0");
    private static final Bytes SERVER_TO_CLIENT = Bytes.ascii("CredSSP Server-To-Client Binding Hash\0");

    /** What the client sends. */
    public Bytes fromClient() {
        return version < FIRST_HASHED ? subjectPublicKey : hash(CLIENT_TO_SERVER);
    }

    /** What the host has to answer: up to version 4 the same octets, the first one higher by one. */
    public Bytes fromServer() {
        if (version >= FIRST_HASHED) {
            return hash(SERVER_TO_CLIENT);
        }
        byte[] echo = subjectPublicKey.toArray();
        if (echo.length > 0) {
            echo[0]++;
        }
        return Bytes.of(echo);
    }

    private Bytes hash(Bytes magic) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(magic.toArray());
            digest.update(clientNonce.toArray());
            digest.update(subjectPublicKey.toArray());
            return Bytes.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
