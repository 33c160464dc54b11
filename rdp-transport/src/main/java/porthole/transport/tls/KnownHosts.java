package porthole.transport.tls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Certificates by endpoint in a text file: one line {@code host:port sha256:HEX} each, others are left as they are. */
final class KnownHosts {
    private static final String MARK = "sha256:";
    private final Path file;

    KnownHosts(Path file) {
        this.file = file;
    }

    Optional<String> find(String endpoint) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = line.trim().split("\\s+");
            if (words.length >= 2 && words[0].equals(endpoint) && words[1].startsWith(MARK)) {
                return Optional.of(words[1].substring(MARK.length()));
            }
        }
        return Optional.empty();
    }

    void add(String endpoint, String sha256) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                FileLock lock = channel.lock()) {
            if (lock.isValid()) {
                channel.write(StandardCharsets.UTF_8.encode(endpoint + " " + MARK + sha256 + "\n"));
            }
        }
    }
}
