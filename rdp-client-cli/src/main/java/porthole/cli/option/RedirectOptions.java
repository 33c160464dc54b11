package porthole.cli.option;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.redirection.RedirectionBuilder;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.wire.Bytes;
import porthole.transport.Secret;
import porthole.transport.Target;

/** Where the built-in host sends its clients, and what it gives them for the way (MS-RDPBCGR 2.2.13.1). */
public final class RedirectOptions {
    @Option(
            names = "--redirect-to",
            paramLabel = "HOST[:PORT]",
            description =
                    "Send every client there once it is logged on. A redirection names no port: both hosts listen on "
                            + "the same one, for example on 127.0.0.1 and 127.0.0.2.")
    String address;

    @Option(
            names = "--redirect-addresses",
            split = ",",
            paramLabel = "ADDRESS",
            description = "All addresses of that host, with commas between.")
    List<String> addresses = List.of();

    @Option(names = "--redirect-name", paramLabel = "NAME", description = "That host's full name.")
    String fullName;

    @Option(names = "--redirect-netbios-name", paramLabel = "NAME", description = "That host's NetBIOS name.")
    String netBiosName;

    @Option(
            names = "--redirect-load-balance-info",
            paramLabel = "TEXT",
            description = "A routing token: the client comes back here with it, whatever the address.")
    String loadBalanceInfo;

    @Option(names = "--redirect-user", paramLabel = "NAME", description = "The user to sign in there.")
    String user;

    @Option(names = "--redirect-domain", paramLabel = "NAME", description = "That user's domain.")
    String domain;

    @Option(
            names = "--redirect-password-file",
            paramLabel = "FILE",
            description = "That user's password, sent in the clear, or by RDSTLS with --rdstls-secret-file.")
    String passwordFile;

    @Option(names = "--redirect-session-id", paramLabel = "N", description = "The session that the user has there.")
    String sessionId;

    @Option(
            names = "--redirect-certificate",
            paramLabel = "FILE.pem",
            description = "The only certificate that the client may take there.")
    Path certificate;

    @Option(
            names = "--redirect-guid",
            paramLabel = "GUID",
            description = "What the redirection is called; random where RDSTLS needs one.")
    String guid;

    @Option(
            names = "--rdstls-secret-file",
            paramLabel = "FILE",
            description = "What the hosts of one farm share: the redirecting one seals passwords with it, the one with "
                    + "--security rdstls opens them.")
    String secretFile;

    /** What the hosts share; wrong use where it was not given. */
    public RedirectionTickets tickets(Surroundings surroundings) {
        if (secretFile == null) {
            throw new UsageException("--security rdstls needs the --rdstls-secret-file of the redirecting host");
        }
        Secret secret = new SecretReader(surroundings).fromFile("--rdstls-secret-file", secretFile);
        return new RedirectionTickets(secret, new SecureRandom()::nextBytes);
    }

    /**
     * The packet that clients get, if they are sent away at all.
     *
     * @param ownPort on which this host listens
     */
    public Optional<ServerRedirectionPacket> packet(Surroundings surroundings, int ownPort) {
        RedirectionBuilder redirection = new RedirectionBuilder();
        if (address != null) {
            redirection.address(address(ownPort));
        }
        if (!addresses.isEmpty()) {
            redirection.addresses(addresses);
        }
        Optional.ofNullable(fullName).ifPresent(redirection::fullName);
        Optional.ofNullable(netBiosName).ifPresent(redirection::netBiosName);
        Optional.ofNullable(loadBalanceInfo).ifPresent(redirection::loadBalanceInfo);
        Optional.ofNullable(user).ifPresent(redirection::user);
        Optional.ofNullable(domain).ifPresent(redirection::domain);
        if (sessionId != null) {
            redirection.sessionId(Values.number("--redirect-session-id", sessionId, 0, 0xFFFFFFFFL));
        }
        if (certificate != null) {
            redirection.certificate(der(certificate));
        }
        if (passwordFile != null) {
            password(surroundings, redirection);
        } else if (guid != null) {
            redirection.redirectionGuid(guid());
        }
        return redirection.build();
    }

    private void password(Surroundings surroundings, RedirectionBuilder redirection) {
        Secret password = new SecretReader(surroundings).fromFile("--redirect-password-file", passwordFile);
        if (secretFile == null) {
            redirection.password(password);
        } else {
            redirection.password(password, tickets(surroundings), guid == null ? UUID.randomUUID() : guid());
        }
    }

    private String address(int ownPort) {
        Target target = Values.target(address);
        boolean named = address.endsWith(":" + target.port());
        if (named && target.port() != ownPort) {
            throw new UsageException("--redirect-to: a redirection names no port, so the client will look for port "
                    + ownPort + " there; let both hosts listen on the same port of different addresses");
        }
        return target.host();
    }

    private UUID guid() {
        try {
            return UUID.fromString(guid);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--redirect-guid: '" + guid + "' is no GUID", e);
        }
    }

    private static Bytes der(Path file) {
        try {
            return Bytes.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageException("--redirect-certificate: " + file + " is no certificate in PEM or DER", e);
        }
    }
}
