package porthole.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code porthole} command. */
@Command(name = "porthole", mixinStandardHelpOptions = true)
public final class Porthole {
    private Porthole() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Porthole()).execute(arguments));
    }
}
