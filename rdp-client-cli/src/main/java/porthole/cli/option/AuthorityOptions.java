package porthole.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraHttp;
import porthole.cli.base.Surroundings;

/** Which Entra authority is meant, and how it is reached. */
public final class AuthorityOptions {
    @Option(
            names = "--authority",
            paramLabel = "URL|CLOUD",
            description = "The Entra authority: a URL, or one of public, us-government, china (default: public).")
    String authority;

    @Option(
            names = "--authority-ca-file",
            paramLabel = "FILE",
            description = "Authorities for the certificate of --authority, PEM, instead of the system's.")
    Path authorityCaFile;

    @Option(names = "--tenant", paramLabel = "T", description = "Tenant id or domain (default: common).")
    String tenant;

    @Option(names = "--timeout", paramLabel = "TIME", description = "For one answer of the authority (default: 30s).")
    String timeout = "30s";

    @Mixin
    ProxyOptions proxies = new ProxyOptions();

    /** The authority that was given or the default. */
    public Authority authority(Surroundings surroundings) {
        return Authority.of(
                HostOptions.value(authority, surroundings, "PORTHOLE_AUTHORITY").orElse(Authority.PUBLIC_CLOUD),
                tenant(surroundings).orElse(Authority.ANY_TENANT));
    }

    /** Whether an authority was given. */
    public boolean isGiven(Surroundings surroundings) {
        return HostOptions.value(authority, surroundings, "PORTHOLE_AUTHORITY").isPresent();
    }

    /** The tenant that was given. */
    public Optional<String> tenant(Surroundings surroundings) {
        return HostOptions.value(tenant, surroundings, "PORTHOLE_TENANT");
    }

    /** The way to the authority. */
    public EntraHttp http(Authority to, Surroundings surroundings) {
        return EntraOptions.http(to, authorityCaFile, Values.duration(timeout)).through(proxies.settings(surroundings));
    }
}
