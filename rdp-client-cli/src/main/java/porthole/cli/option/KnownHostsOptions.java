package porthole.cli.option;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;

/** Where the certificates of known hosts are kept. */
public final class KnownHostsOptions {
    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "Where tofu remembers certificates (default: ~/.config/porthole/known-hosts).")
    String knownHosts;

    /** The file, which need not exist yet. */
    public Path file(Surroundings surroundings) {
        return HostOptions.value(knownHosts, surroundings, "PORTHOLE_KNOWN_HOSTS")
                .map(Path::of)
                .orElseGet(() -> home(surroundings.environment()).resolve(".config/porthole/known-hosts"));
    }

    static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }
}
