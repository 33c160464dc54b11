package porthole.cli.option;

import picocli.CommandLine.Option;

/** What every command can be told about its output. */
public final class OutputOptions {
    @Option(names = "--json", description = "Write data as JSON, one object a line.")
    public boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log stages and messages to standard error.")
    public boolean verbose;
}
