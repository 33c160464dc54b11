package porthole.transport;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the host's certificate is judged. */
public sealed interface Trust {
    /** A chain to a known authority and a matching name (RFC 6125); the authorities are the system's or the file's. */
    record Strict(Optional<Path> authorities) implements Trust {}

    /** A certificate or public key that is known beforehand; any one of the pins is enough. */
    record Pin(List<CertificatePin> pins) implements Trust {
        public Pin {
            pins = List.copyOf(pins);
            if (pins.isEmpty()) {
                throw new IllegalArgumentException("a pin is missing");
            }
        }

        /** Pins as {@link CertificatePin#parse} reads them, with commas between. */
        public Pin(String pins) {
            this(Arrays.stream(pins.split(",", -1)).map(CertificatePin::parse).toList());
        }
    }

    /**
     * Whatever the host showed the first time, kept in {@code knownHosts}, or a later certificate for the same public key;
     * a chain that is valid by itself passes too.
     */
    record OnFirstUse(Path knownHosts) implements Trust {}

    /** Anything at all: for laboratories only, as whoever is in the path can then read and change everything. */
    record Ignore() implements Trust {}
}
