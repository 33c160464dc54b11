package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.fault.Faults;
import porthole.protocol.ntlm.Ntlm;

class HostCommandTest {
    private final Shell shell = new Shell();

    @Test
    void listsItsFaultsOnceEach() {
        assertThat(shell.run("host", "--list-faults", "--json")).isZero();
        Set<Object> names = new HashSet<>();
        shell.objects()
                .forEach(fault -> assertThat(names.add(fault.get("name"))).isTrue());
        assertThat(names).hasSizeGreaterThan(Faults.list().size());
        assertThat(shell.run("host", "--list-faults")).isZero();
        assertThat(shell.out()).contains(" -> ");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(shell.run("host", "--fault", "nosuch")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--security", "rdp2")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--security", "nla")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--security", "nla", "--user", "alice")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--security", "nla", "--no-ntlm")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--security", "nla", "--keytab", "/no/such/keytab"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--bpp", "17")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.run("host", "--bind", "no address")).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aPortThatIsTakenIsWrongUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(shell.run("host", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(ExitCode.USAGE.number());
            assertThat(shell.err()).contains("cannot listen").contains("another port");
        }
    }

    @Test
    @Timeout(60)
    void anotherCommandSignsInByNlaOrIsToldWhyNot(@TempDir Path folder) throws Exception {
        Path right = Files.writeString(folder.resolve("right"), "s3cret-word\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "other-word\n");
        Path hash = Files.writeString(
                folder.resolve("hash"), Ntlm.ntHash("s3cret-word").toHex() + "\n");
        Path picture = folder.resolve("card.png");
        CompletableFuture<Integer> status;
        try (PipedOutputStream input = new PipedOutputStream()) {
            shell.in(new PipedInputStream(input));
            status = CompletableFuture.supplyAsync(() -> shell.run(
                    "host",
                    "--security",
                    "nla",
                    "--port",
                    "0",
                    "--json",
                    "--user",
                    "LAB\\alice",
                    "--password-file",
                    right.toString()));
            while (!shell.out().contains("\n")) {
                assertThat(status).isNotDone();
                Thread.onSpinWait();
            }
            Map<String, Object> listening = shell.objects().get(0);
            Shell client = new Shell();
            assertThat(nla(client, picture, listening, "alice", "--password-file", right.toString()))
                    .as(client.err() + client.out())
                    .isZero();
            assertThat(nla(
                            client,
                            picture,
                            listening,
                            "LAB\\alice",
                            "--nla-mechanism",
                            "ntlm",
                            "--restricted-admin",
                            "--password-hash-file",
                            hash.toString()))
                    .as(client.err() + client.out())
                    .isZero();
            assertThat(nla(client, picture, listening, "alice", "--password-file", wrong.toString()))
                    .isEqualTo(ExitCode.WRONG_CREDENTIALS.number());
            assertThat(nla(client, picture, listening, "OTHER\\alice", "--password-file", right.toString()))
                    .isEqualTo(ExitCode.WRONG_CREDENTIALS.number());
            assertThat(nla(client, picture, listening, "alice", "--password-hash-file", wrong.toString()))
                    .isEqualTo(ExitCode.USAGE.number());
            assertThat(nla(
                            client,
                            picture,
                            listening,
                            "alice",
                            "--password-file",
                            right.toString(),
                            "--no-ntlm",
                            "--realm",
                            "LAB.TEST",
                            "--kdc",
                            "127.0.0.1:1"))
                    .isEqualTo(ExitCode.KERBEROS.number());
            assertThat(client.out() + client.err() + shell.out() + shell.err())
                    .contains("kerberos-kdc-unreachable")
                    .doesNotContain("s3cret-word")
                    .doesNotContain("other-word")
                    .doesNotContain(Ntlm.ntHash("s3cret-word").toHex());
        }
        assertThat(status.get(20, TimeUnit.SECONDS)).isZero();
    }

    private static int nla(Shell client, Path picture, Map<String, Object> listening, String user, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "connect",
                "127.0.0.1:" + listening.get("port"),
                "--security",
                "nla",
                "--user",
                user,
                "--certificate",
                "pin:" + listening.get("certificateSha256"),
                "--screenshot",
                picture.toString(),
                "--json"));
        arguments.addAll(List.of(more));
        return client.run(arguments.toArray(String[]::new));
    }

    @Test
    @Timeout(60)
    void anotherCommandSignsInWithEntraAsItIsTold(@TempDir Path folder) throws Exception {
        Path certificates = folder.resolve("authority.pem");
        CompletableFuture<Integer> status;
        try (PipedOutputStream input = new PipedOutputStream()) {
            shell.in(new PipedInputStream(input));
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> shell.run(
                    "host", "--security", "aad", "--port", "0", "--json", "--ca-file", certificates.toString()));
            while (!shell.out().contains("\n")) {
                assertThat(running).isNotDone();
                Thread.onSpinWait();
            }
            Map<String, Object> listening = shell.objects().get(0);
            assertThat(listening).containsEntry("event", "listening").containsEntry("security", "aad");
            Shell client = new Shell();
            assertThat(client.run(
                            "connect",
                            "127.0.0.1:" + listening.get("port"),
                            "--security",
                            "aad",
                            "--entra-name",
                            "localhost",
                            "--authority",
                            listening.get("authority").toString(),
                            "--authority-ca-file",
                            certificates.toString(),
                            "--certificate",
                            "pin:" + listening.get("certificateSha256"),
                            "--screenshot",
                            folder.resolve("card.png").toString()))
                    .as(client.err() + client.out())
                    .isZero();
            assertThat(Files.size(folder.resolve("card.png"))).isPositive();
            status = running;
        }
        assertThat(status.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(shell.objects()).extracting(event -> event.get("event")).contains("active", "ended");
        assertThat(shell.out()).doesNotContain("eyJ");
    }
}
