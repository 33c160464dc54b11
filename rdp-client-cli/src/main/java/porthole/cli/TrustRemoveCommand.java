package porthole.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import porthole.cli.base.UsageException;
import porthole.cli.option.KnownHostsOptions;
import porthole.cli.option.Values;
import porthole.transport.tls.KnownHosts;

/** Forgets hosts, so that the next use is a first one. */
@Command(
        name = "remove",
        sortOptions = false,
        description = "Forget one or more hosts: the next connection with tofu is a first use again.",
        footerHeading = "%nExample:%n",
        footer = {"  porthole trust remove host.example:3390"})
final class TrustRemoveCommand extends PortholeCommand {
    @Parameters(arity = "1..*", paramLabel = "HOST", description = "HOST, HOST:PORT or [IPv6]:PORT.")
    private List<String> targets;

    @Mixin
    private KnownHostsOptions knownHosts;

    @Override
    ExitCode run() throws IOException {
        List<String> endpoints =
                targets.stream().map(text -> Values.target(text).toString()).toList();
        KnownHosts hosts = new KnownHosts(knownHosts.file(surroundings()));
        int missing = 0;
        for (String endpoint : endpoints) {
            int lines = hosts.remove(endpoint);
            missing += lines == 0 ? 1 : 0;
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("endpoint", endpoint);
            object.put("removed", lines);
            output().data(lines == 0 ? endpoint + " was not known" : endpoint + " removed", object);
        }
        if (missing > 0) {
            throw new UsageException(missing == 1 ? "one host was not known" : missing + " hosts were not known");
        }
        return ExitCode.OK;
    }
}
