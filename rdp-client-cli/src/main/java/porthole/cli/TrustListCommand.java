package porthole.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import porthole.cli.option.KnownHostsOptions;
import porthole.transport.CertificatePin;
import porthole.transport.tls.KnownHosts;

/** Prints the known hosts. */
@Command(
        name = "list",
        sortOptions = false,
        description = "List the known hosts with the SHA-256 of their certificates and public keys.",
        footerHeading = "%nExamples:%n",
        footer = {"  porthole trust list", "  porthole trust list --json"})
final class TrustListCommand extends PortholeCommand {
    @Mixin
    private KnownHostsOptions knownHosts;

    @Override
    ExitCode run() throws IOException {
        for (KnownHosts.Entry entry : new KnownHosts(knownHosts.file(surroundings())).list()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("endpoint", entry.endpoint());
            object.put(
                    "pins", entry.pins().stream().map(CertificatePin::toString).toList());
            output().data(entry.toString(), object);
        }
        return ExitCode.OK;
    }
}
