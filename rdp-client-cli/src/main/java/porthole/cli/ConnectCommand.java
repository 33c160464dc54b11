package porthole.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A session with a host, or with what a connection file names. */
@Command(
        name = "connect",
        sortOptions = false,
        description = "Connect to an RDP host, type, take a picture, record; or drive the session with --control -.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole connect host.example --user anna --certificate tofu --screenshot desktop.png",
            "  porthole connect host.example:3390 --security tls --certificate pin:1f2e... --type 'hello' --screenshot a.png",
            "  porthole connect cloudpc --security aad --token-command ./get-token --screenshot desktop.png",
            "  porthole connect office.rdp --duration 30s --record session.porthole",
            "  porthole connect host.example --control -      (see: porthole help control)",
            "  porthole connect host.example --support-bundle bundle.zip; porthole explain bundle.zip",
            "",
            "Without --duration the session ends as soon as the first frame was seen and everything asked for is done.",
            "Exit codes: porthole help exit-codes. Environment variables: porthole help environment."
        })
final class ConnectCommand extends SessionCommand {
    @Parameters(
            paramLabel = "TARGET|FILE.rdp",
            description = "HOST, HOST:PORT or [IPv6]:PORT; or a connection file; or of Azure Virtual Desktop "
                    + "avd:WORKSPACE/RESOURCE or ms-avd:connect?...")
    private String target;

    @Override
    String target() {
        return target;
    }
}
