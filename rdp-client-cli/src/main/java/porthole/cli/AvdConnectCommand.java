package porthole.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import porthole.cli.option.AvdOptions;

/** A session with a resource of the feed. */
@Command(
        name = "connect",
        sortOptions = false,
        description = "Connect to a desktop of Azure Virtual Desktop; all options of porthole connect.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole avd connect Office/Desktop --screenshot desktop.png",
            "  porthole avd connect 5fe25b36-0000-4000-8000-000000000001/b2d4c2a0-0000-4000-8000-00000000a0d1 --control -",
            "  porthole avd connect Desktop --boot-timeout 10m --duration 8h",
            "",
            "Without sign-in yet: porthole login. The names: porthole avd list."
        })
final class AvdConnectCommand extends SessionCommand {
    @Parameters(
            paramLabel = "WORKSPACE/RESOURCE",
            description = "By names or ids, as porthole avd list shows them; the workspace may be left out where the "
                    + "resource's name is the only one; or ms-avd:connect?...")
    private String resource;

    @Override
    String target() {
        return AvdOptions.isResource(resource) ? resource : AvdOptions.RESOURCE + resource;
    }
}
