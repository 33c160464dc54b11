package porthole.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Azure Virtual Desktop: what the user has there, and sessions with it. */
@Command(
        name = "avd",
        subcommands = {AvdListCommand.class, AvdConnectCommand.class},
        description = "Azure Virtual Desktop: list what the user has there, and connect to it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole login",
            "  porthole avd list",
            "  porthole avd connect Office/Desktop --screenshot desktop.png"
        })
final class AvdCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
