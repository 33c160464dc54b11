package porthole.cli.base;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command runs in, so that a test can run it in the same process.
 *
 * @param in standard input
 * @param out standard output, for data
 * @param err standard error, for people
 * @param environment environment variables by name
 * @param prompt asks for a line without echo; empty where nobody sits at a terminal
 * @param terminal whether standard error is a terminal that can show more than lines of text
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Optional<Function<String, char[]>> prompt,
        boolean terminal) {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /** Without a terminal. */
    public Surroundings(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Optional<Function<String, char[]>> prompt) {
        this(in, out, err, environment, prompt, false);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        Console console = System.console();
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                console == null ? Optional.empty() : Optional.of(text -> console.readPassword("%s", text)),
                isTerminal(System.getenv(), console != null));
    }

    /** Java knows of standard input and output alone; Linux says what standard error is. */
    private static boolean isTerminal(Map<String, String> environment, boolean otherwise) {
        if (!environment.containsKey("TERM") || environment.get("TERM").equals("dumb")) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return otherwise;
        }
    }
}
