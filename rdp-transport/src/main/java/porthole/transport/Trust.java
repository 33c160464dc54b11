package porthole.transport;

import java.nio.file.Path;
import java.util.Optional;

/** How the host's certificate is judged. */
public sealed interface Trust {
    /** A chain to a known authority and a matching name (RFC 6125); the authorities are the system's or the file's. */
    record Strict(Optional<Path> authorities) implements Trust {}

    /** Exactly this certificate: the SHA-256 of its DER octets, as 64 lower-case hexadecimal digits. */
    record Pin(String sha256) implements Trust {
        public Pin {
            sha256 = sha256.replace(":", "").toLowerCase(java.util.Locale.ROOT);
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("a SHA-256 pin has 64 hexadecimal digits");
            }
        }
    }

    /** Whatever the host showed the first time, kept in {@code knownHosts}; a chain that is valid by itself passes too. */
    record OnFirstUse(Path knownHosts) implements Trust {}

    /** Anything at all: for laboratories only, as whoever is in the path can then read and change everything. */
    record Ignore() implements Trust {}
}
