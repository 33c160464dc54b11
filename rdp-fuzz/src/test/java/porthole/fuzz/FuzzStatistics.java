package porthole.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The slowest input and the one that took most memory, kept in a file for {@code fuzz.sh}; off without its name. */
final class FuzzStatistics {
    private static final String FILE = System.getenv("FUZZ_STATISTICS");
    /** Classes are loaded and methods compiled before it is worth to compare. */
    private static final int WARM = 1000;

    private static long runs;
    private static long octets;
    private static long nanos;

    private FuzzStatistics() {}

    static synchronized void add(long taken, long spent) {
        if (FILE == null || ++runs < WARM || taken <= octets && spent <= nanos) {
            return;
        }
        octets = Math.max(octets, taken);
        nanos = Math.max(nanos, spent);
        try {
            Files.writeString(Path.of(FILE), nanos / 1000 + " " + octets + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
