package porthole.cli.option;

import java.util.List;
import picocli.CommandLine.Option;

/** What a peer for tests is to do wrong. */
public final class FaultOptions {
    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "Do this wrong on every connection; may be repeated. See --list-faults.")
    List<String> names = List.of();

    @Option(names = "--list-faults", description = "Print the faults and what a good client makes of them.")
    boolean list;

    /** The names that were given. */
    public List<String> names() {
        return names;
    }

    /** Whether only a list of them is wanted. */
    public boolean isListWanted() {
        return list;
    }
}
