package porthole.cli.option;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.transport.Secret;

/** Reads secrets from where other users of the machine cannot see them; a command line is no such place. */
public final class SecretReader {
    private static final int MAXIMUM_SIZE = 64 * 1024;
    private final Surroundings surroundings;

    public SecretReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The text of a file without its last line break; {@code -} is the first line of standard input. */
    public Secret fromFile(String option, String name) {
        try {
            if (name.equals("-")) {
                return Secret.of(line(surroundings.in()));
            }
            try (InputStream in = Files.newInputStream(Path.of(name))) {
                byte[] octets = in.readNBytes(MAXIMUM_SIZE + 1);
                if (octets.length > MAXIMUM_SIZE) {
                    throw new UsageException(option + ": " + name + " is larger than a secret can be");
                }
                String text = new String(octets, StandardCharsets.UTF_8);
                Arrays.fill(octets, (byte) 0);
                return Secret.of(withoutLineBreak(text));
            }
        } catch (IOException e) {
            throw new UsageException(option + ": cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** The value of an environment variable. */
    Secret fromEnvironment(String option, String name) {
        String value = surroundings.environment().get(name);
        if (value == null) {
            throw new UsageException(option + ": there is no environment variable " + name);
        }
        return Secret.of(value);
    }

    /** What a person types without echo; empty where nobody sits there. */
    Secret fromPerson(String text) {
        if (surroundings.prompt().isEmpty()) {
            return Secret.NONE;
        }
        char[] typed = surroundings.prompt().get().apply(text);
        if (typed == null) {
            return Secret.NONE;
        }
        Secret secret = Secret.of(new String(typed));
        Arrays.fill(typed, '\0');
        return secret;
    }

    private static String withoutLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** One octet at a time, so that what follows the line is left for others. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (line.size() >= MAXIMUM_SIZE) {
                throw new IOException("the first line is longer than a secret can be");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
