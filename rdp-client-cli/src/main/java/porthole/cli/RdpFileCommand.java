package porthole.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is in a connection file. */
@Command(
        name = "rdp-file",
        subcommands = {
            RdpFileLintCommand.class,
            RdpFileShowCommand.class,
            RdpFileVerifyCommand.class,
            RdpFileKeysCommand.class
        },
        description = "Check, show and verify .rdp files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole rdp-file lint office.rdp",
            "  porthole rdp-file show office.rdp",
            "  porthole rdp-file verify --ca-file publisher.pem office.rdp",
            "  porthole rdp-file keys"
        })
final class RdpFileCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
