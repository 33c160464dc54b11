package porthole.cli.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 with a bound: a longer line is skipped to its end and reported. */
final class LineReader {
    /** Octets of one line. */
    static final int LONGEST = 1 << 20;

    private final InputStream in;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line without its end, or empty at the end of the input. */
    Optional<String> next() throws IOException, ControlException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octets = 0;
        int octet = in.read();
        if (octet < 0) {
            return Optional.empty();
        }
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            octets = Math.min(octets + 1, LONGEST + 1);
            if (octets <= LONGEST) {
                line.write(octet);
            }
        }
        if (octets > LONGEST) {
            throw new ControlException("bad-json", "the line is longer than " + LONGEST + " octets");
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
