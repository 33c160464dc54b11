package porthole.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.protocol.wire.Bytes;

/**
 * What an argument stands for: itself, a file's content, or with {@code -} standard input. May hold a secret.
 *
 * @param octets as they were read
 * @param file where they came from, if from a file
 */
public record InputText(Bytes octets, Optional<Path> file) {
    private static final int MAXIMUM = 1 << 20;
    private static final int LONGEST_NAME = 4096;

    /** Reads an argument; a file goes before a text that happens to be its name. */
    public static InputText of(Surroundings surroundings, String what, String argument) throws IOException {
        if (argument.equals("-")) {
            return new InputText(read(what, surroundings.in()), Optional.empty());
        }
        Optional<Path> file = file(argument);
        if (file.isPresent()) {
            try (InputStream in = Files.newInputStream(file.get())) {
                return new InputText(read(what, in), file);
            }
        }
        return new InputText(Bytes.of(argument.getBytes(StandardCharsets.UTF_8)), Optional.empty());
    }

    private static Optional<Path> file(String argument) {
        try {
            return argument.length() > LONGEST_NAME
                    ? Optional.empty()
                    : Optional.of(Path.of(argument)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Bytes read(String what, InputStream in) throws IOException {
        byte[] octets = in.readNBytes(MAXIMUM + 1);
        if (octets.length > MAXIMUM) {
            throw new UsageException(what + ": more than " + MAXIMUM + " octets");
        }
        return Bytes.of(octets);
    }

    /** The octets as UTF-8 without white space at either end. */
    public String text() {
        return new String(octets.toArray(), StandardCharsets.UTF_8).strip();
    }

    /** The length only. */
    @Override
    public String toString() {
        return "InputText[" + octets.size() + " octets]";
    }
}
