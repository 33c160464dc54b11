package porthole.transport.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of TLS secrets in the form of {@code SSLKEYLOGFILE} (draft-ietf-tls-keylogfile), by which Wireshark decrypts a capture.
 *
 * <p>Whoever reads it can read the recorded sessions, passwords included: it is created for its owner only. Usable from any thread.
 */
public final class TlsKeyLog implements AutoCloseable {
    private final FileChannel file;

    private TlsKeyLog(FileChannel file) {
        this.file = file;
    }

    /** Opens the file for appending, and creates it with mode 0600 where it does not exist. */
    public static TlsKeyLog open(Path file) throws IOException {
        return new TlsKeyLog(OwnFiles.append(file));
    }

    /** For the secrets of one connection. */
    Session session() {
        return new Session();
    }

    private void write(String line) {
        try {
            file.write(StandardCharsets.US_ASCII.encode(line + "\n")); // one write, as others may append too
        } catch (IOException e) {
            throw new UncheckedIOException("the TLS key log cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The secrets of one connection, written as soon as its client random is known as well. */
    final class Session {
        private final Map<String, byte[]> waiting = new LinkedHashMap<>();
        private byte[] random;

        private Session() {}

        /** The random of the Client Hello, by which a reader finds the connection. */
        synchronized void clientRandom(byte[] value) {
            random = value.clone();
            waiting.forEach(this::line);
            waiting.clear();
        }

        synchronized void secret(String label, byte[] secret) {
            if (random == null) {
                waiting.put(label, secret.clone());
            } else {
                line(label, secret);
            }
        }

        private void line(String label, byte[] secret) {
            HexFormat hex = HexFormat.of();
            write(label + " " + hex.formatHex(random) + " " + hex.formatHex(secret));
        }
    }
}
