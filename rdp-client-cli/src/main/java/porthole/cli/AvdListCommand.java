package porthole.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import porthole.aad.avd.FeedClient;
import porthole.aad.avd.FeedResource;
import porthole.cli.option.AvdOptions;
import porthole.cli.option.EntraOptions;
import porthole.cli.option.HostOptions;
import porthole.client.RdpClient;

/** The resources of all workspaces of the user. */
@Command(
        name = "list",
        sortOptions = false,
        description = "List the desktops and programs of all workspaces, with what porthole avd connect takes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole avd list",
            "  porthole avd list --json",
            "  porthole avd list --feed us-government --authority us-government",
            "",
            "Without sign-in yet: porthole login."
        })
final class AvdListCommand extends PortholeCommand {
    private static final String PROGRAM = "remoteapp";

    @Mixin
    private AvdOptions avdOptions;

    @Mixin
    private EntraOptions entraOptions;

    @Mixin
    private HostOptions hostOptions;

    @Override
    ExitCode run() throws InterruptedException {
        entraOptions.signInAs(hostOptions, surroundings());
        List<FeedResource> resources;
        try (RdpClient client = hostOptions.client(surroundings())) {
            resources =
                    avdOptions.ask(FeedClient::resources, surroundings(), entraOptions, hostOptions, client.blocking());
        }
        resources.forEach(this::print);
        if (resources.isEmpty()) {
            output().say("there is nothing: no workspace has a resource that the user is assigned to");
        }
        return ExitCode.OK;
    }

    private void print(FeedResource resource) {
        String kind = resource.type().toLowerCase(Locale.ROOT).equals(PROGRAM)
                ? "app"
                : resource.type().toLowerCase(Locale.ROOT);
        Optional<String> pool = resource.armPath().map(path -> path.substring(path.lastIndexOf('/') + 1));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "resource");
        object.put("workspace", resource.workspace());
        object.put("workspaceId", resource.workspaceId());
        object.put("name", resource.title());
        object.put("alias", resource.alias());
        object.put("id", resource.id());
        object.put("kind", kind);
        object.put("hostPool", pool);
        object.put("armPath", resource.armPath());
        object.put("deviceState", resource.deviceState());
        object.put("file", resource.file().map(URI::toString));
        output().data(
                        String.format(
                                "%-8s %s/%s%n         id %s/%s%s%s%s",
                                kind,
                                resource.workspace(),
                                resource.title(),
                                resource.workspaceId(),
                                resource.id(),
                                pool.map(name -> "%n         host pool ".formatted() + name)
                                        .orElse(""),
                                resource.deviceState()
                                        .map(state -> ", " + state)
                                        .orElse(""),
                                resource.file()
                                        .map(uri -> "%n         file ".formatted() + uri)
                                        .orElse("")),
                        object);
    }
}
