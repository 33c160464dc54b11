package porthole.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import porthole.host.RdpHost;
import porthole.host.avd.AvdFault;
import porthole.host.avd.AvdHost;
import porthole.host.avd.AvdHostSettings;
import porthole.host.avd.BrokerPasswords;
import porthole.host.session.HostIdentity;
import porthole.transport.Secret;

/** The embedded desktop service before an RDP host that takes its passwords, and what the command needs to get there. */
final class AvdLab implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HostIdentity SERVICE = HostIdentity.selfSigned("localhost", RANDOM);
    private static final HostIdentity IDENTITY = HostIdentity.selfSigned("cloudpc-1", RANDOM);

    private final RdpHost host;
    private final AvdHost service;
    private final Path token;
    private final Path authorities;

    private AvdLab(RdpHost host, AvdHost service, Path token, Path authorities) {
        this.host = host;
        this.service = service;
        this.token = token;
        this.authorities = authorities;
    }

    /**
     * Starts both.
     *
     * @param folder where the files go that the command needs
     * @param token which the service takes, of whoever brings it
     */
    static AvdLab start(Path folder, String user, String password, String token, Set<AvdFault> faults)
            throws IOException {
        Path files = Files.createTempDirectory(folder, "avd");
        Path authorities = files.resolve("ca.pem");
        CertificateFile.write(authorities, List.of(SERVICE.certificate()));
        BrokerPasswords passwords = new BrokerPasswords(IDENTITY.key(), user, Secret.of(password), RANDOM::nextBytes);
        RdpHost host = RdpHost.builder()
                .certificate(IDENTITY.key(), IDENTITY.certificate())
                .rdstls(passwords)
                .start();
        AvdHost service = AvdHost.start(
                0,
                new AvdHostSettings(
                        "localhost",
                        SERVICE,
                        host.address(),
                        IDENTITY,
                        "cloudpc-1",
                        token::equals,
                        Optional.of(passwords),
                        0,
                        faults));
        return new AvdLab(host, service, Files.writeString(files.resolve("token"), token + "\n"), authorities);
    }

    /** A command line that connects to {@code resource} and does not wait for a host that is being started. */
    String[] connect(String resource, String... more) {
        return Stream.concat(
                        Stream.of(
                                "connect",
                                resource,
                                "--feed",
                                service.discovery().toString(),
                                "--avd-token-file",
                                token.toString(),
                                "--avd-ca-file",
                                authorities.toString(),
                                "--boot-timeout",
                                "0s"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        service.close();
        host.close();
    }
}
