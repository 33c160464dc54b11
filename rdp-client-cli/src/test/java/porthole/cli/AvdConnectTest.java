package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.host.avd.AvdFault;
import porthole.host.avd.AvdHost;
import porthole.host.avd.AvdHostSettings;
import porthole.host.avd.BrokerPasswords;
import porthole.host.session.HostIdentity;
import porthole.transport.Secret;

class AvdConnectTest {
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhdmQifQ.c2ln";
    private static final String PASSWORD = "tr0ub4dor&3";

    @TempDir
    Path folder;

    private Shell connect(int expected, String target, AvdFault... faults) throws Exception {
        SecureRandom random = new SecureRandom();
        HostIdentity service = HostIdentity.selfSigned("localhost", random);
        HostIdentity identity = HostIdentity.selfSigned("cloudpc-1", random);
        BrokerPasswords passwords =
                new BrokerPasswords(identity.key(), "alice", Secret.of(PASSWORD), random::nextBytes);
        Path authorities = folder.resolve("ca.pem");
        CertificateFile.write(authorities, List.of(service.certificate()));
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Shell shell = new Shell();
        try (RdpHost host = RdpHost.builder()
                        .certificate(identity.key(), identity.certificate())
                        .rdstls(passwords)
                        .start();
                AvdHost avd = AvdHost.start(
                        0,
                        new AvdHostSettings(
                                "localhost",
                                service,
                                host.address(),
                                identity,
                                "cloudpc-1",
                                TOKEN::equals,
                                Optional.of(passwords),
                                0,
                                Set.of(faults)))) {
            int code = shell.run(
                    "connect",
                    target,
                    "--feed",
                    avd.discovery().toString(),
                    "--avd-token-file",
                    token.toString(),
                    "--avd-ca-file",
                    authorities.toString(),
                    "--user",
                    "alice",
                    "--password-file",
                    password.toString(),
                    "--boot-timeout",
                    "0s",
                    "--screenshot",
                    folder.resolve("a.png").toString());
            assertThat(shell.out() + shell.err()).doesNotContain(TOKEN, PASSWORD);
            assertThat(code).as(shell.out() + shell.err()).isEqualTo(expected);
        }
        return shell;
    }

    @Test
    void aResourceByName() throws Exception {
        connect(0, "avd:Demo/Desktop");
        assertThat(folder.resolve("a.png")).isNotEmptyFile();
    }

    @Test
    void failuresHaveTheirCodes() throws Exception {
        assertThat(connect(43, "avd:Demo/Nothing").err()).contains("1 resources");
        assertThat(connect(43, "avd:Demo/Desktop", AvdFault.FEED_TWINS).err())
                .contains("'Demo/Desktop': 2 of them: Demo/Desktop (")
                .containsPattern("a0d0/b2d4c2a0\\S+a0d2\\); Demo/Desktop \\(\\S+a0d0/b2d4c2a0\\S+a0d6\\)")
                .contains("use ids, as shown here");
        assertThat(connect(44, "avd:Demo/Desktop", AvdFault.BROKER_NO_HOST).err())
                .contains("drain mode");
        connect(45, "avd:Demo/Desktop", AvdFault.BROKER_ALWAYS_BOOTING);
        connect(41, "avd:Demo/Desktop", AvdFault.UPGRADE_GONE);
        connect(57, "avd:Demo/Desktop", AvdFault.BROKER_OTHER_CERTIFICATE);
        connect(2, "ms-avd:connect?workspaceid=x");
    }
}
