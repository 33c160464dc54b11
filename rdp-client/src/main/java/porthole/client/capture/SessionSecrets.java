package porthole.client.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import porthole.protocol.security.SessionKeys;
import porthole.protocol.wire.Bytes;

/**
 * What decrypts a capture of standard RDP security (MS-RDPBCGR 5.3.5); the rest is in the capture itself.
 *
 * @param clientRandom 32 octets
 */
public record SessionSecrets(Bytes clientRandom) {
    /** The name of the file in the folder of a recording. */
    static final String FILE = "keys.json";

    /** The name of the one thing that is needed. */
    static final String CLIENT_RANDOM = "clientRandom";

    public SessionSecrets {
        if (clientRandom.size() != SessionKeys.RANDOM_SIZE) {
            throw new IllegalArgumentException("a client random of " + clientRandom.size() + " octets");
        }
    }

    /** Reads a JSON object whose {@code clientRandom} is hexadecimal; its other members are not needed. */
    public static SessionSecrets read(Path file) throws IOException {
        return of(
                file,
                CLIENT_RANDOM,
                RecordedFolder.json(file).path(CLIENT_RANDOM).asText());
    }

    static SessionSecrets of(Path file, String where, String hex) throws CaptureException {
        try {
            return new SessionSecrets(Bytes.of(HexFormat.of().parseHex(hex)));
        } catch (IllegalArgumentException e) {
            throw new CaptureException(file, where, "not the 64 hexadecimal digits of a client random");
        }
    }

    /** Says nothing of the random. */
    @Override
    public String toString() {
        return "SessionSecrets[]";
    }
}
