package porthole.cli.option;

import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.rdpfile.signature.SignerTrust;

/** Whose signatures of connection files are trusted. */
public final class SignerOptions {
    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Authorities for the signer of the file, PEM, instead of the system's.")
    String authoritiesFile;

    public SignerTrust trust(Surroundings surroundings) {
        return trust(authoritiesFile, surroundings);
    }

    static SignerTrust trust(String authoritiesFile, Surroundings surroundings) {
        return new SignerTrust(
                HostOptions.value(authoritiesFile, surroundings, "PORTHOLE_CA_FILE")
                        .map(Path::of)
                        .map(authority -> HostOptions.readable("--ca-file", authority)),
                Clock.systemUTC().instant());
    }
}
