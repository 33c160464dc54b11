package porthole.cli.base;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Optional<Function<String, char[]>> prompt) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        Console console = System.console();
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                console == null ? Optional.empty() : Optional.of(text -> console.readPassword("%s", text)));
    }
}
