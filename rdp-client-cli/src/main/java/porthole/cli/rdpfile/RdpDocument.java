package porthole.cli.rdpfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import porthole.cli.base.UsageException;

/**
 * A connection file as text: lines of {@code key:type:value}, where the type is {@code s} (text), {@code i} (number) or
 * {@code b} (hexadecimal). Every line is kept, also those that mean nothing.
 *
 * @param name of the file, for messages
 */
public record RdpDocument(String name, RdpEncoding encoding, List<RdpLine> lines) {
    /** Octets; a real file has two thousand, a signed one ten. */
    static final int MAXIMUM_SIZE = 256 * 1024;

    private static final int MAXIMUM_LINES = 5000;

    public RdpDocument {
        lines = List.copyOf(lines);
    }

    /** Whether a target argument names a connection file rather than a host. */
    public static boolean isNamedBy(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        return lower.endsWith(".rdp") || lower.endsWith(".rdpw");
    }

    /** Reads a file; one that is too large, or no text, is a {@link UsageException}. */
    public static RdpDocument read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAXIMUM_SIZE + 1);
            if (octets.length > MAXIMUM_SIZE) {
                throw new UsageException(file + " is larger than " + MAXIMUM_SIZE + " octets: not a connection file");
            }
            return parse(file.toString(), octets);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e, e);
        }
    }

    /** The lines of {@code octets}, which end with CR LF, LF or CR. */
    public static RdpDocument parse(String name, byte[] octets) {
        RdpEncoding encoding = RdpEncoding.of(octets);
        String text = encoding.decode(name, octets);
        List<RdpLine> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            if (lines.size() == MAXIMUM_LINES) {
                throw new UsageException(name + " has more than " + MAXIMUM_LINES + " lines: not a connection file");
            }
            int to = from;
            while (to < text.length() && text.charAt(to) != '\r' && text.charAt(to) != '\n') {
                to++;
            }
            int next = text.startsWith("\r\n", to) ? to + 2 : Math.min(to + 1, text.length());
            lines.add(RdpLine.of(lines.size() + 1, text.substring(from, to), text.substring(to, next)));
            from = next;
        }
        return new RdpDocument(name, encoding, lines);
    }

    /** The same octets again. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append(line.end()));
        return encoding.encode(text.toString());
    }

    /** The line of a key that counts: the last one with a value. */
    public Optional<RdpLine> line(String key) {
        return settings(key).stream().filter(line -> !line.value().isEmpty()).reduce((earlier, later) -> later);
    }

    /** Every line of a key, in the order of the file. */
    public List<RdpLine> settings(String key) {
        return lines.stream().filter(line -> line.key().equals(key)).toList();
    }

    /** A place in the file, for messages. */
    String at(RdpLine line, int column) {
        return name + " line " + line.number() + " column " + column;
    }
}
