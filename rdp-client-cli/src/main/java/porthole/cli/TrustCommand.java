package porthole.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code --certificate tofu} remembers, by hand. */
@Command(
        name = "trust",
        subcommands = {TrustAddCommand.class, TrustListCommand.class, TrustRemoveCommand.class},
        description = "Add, list and remove the certificates that --certificate tofu remembers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole trust add host.example",
            "  porthole trust list --json",
            "  porthole trust remove host.example:3390"
        })
final class TrustCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
