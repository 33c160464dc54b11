package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.host.session.HostEvent;

class ConnectCommandTest {
    private static final List<HostEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static RdpHost host;
    private static String where;
    private static String pin;

    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        host = RdpHost.builder().name("card.test").observer(EVENTS::add).start();
        where = "127.0.0.1:" + host.port();
        pin = "pin:" + host.certificateSha256();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void connectsTypesAndWritesThePicture() throws Exception {
        Path png = folder.resolve("a.png");
        assertThat(shell.run(
                        "connect",
                        where,
                        "--security",
                        "tls",
                        "--certificate",
                        pin,
                        "--size",
                        "640x480",
                        "--bpp",
                        "16",
                        "--user",
                        "anna",
                        "--type",
                        "hi",
                        "--screenshot",
                        png.toString(),
                        "--pointer"))
                .as(shell.err())
                .isZero();
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(640);
        assertThat(picture.getHeight()).isEqualTo(480);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("connected to 127.0.0.1").contains("wrote ");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(png);
        }
    }

    @Test
    void networkLevelAuthenticationIsNotGivenUpForPlainTls() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "hunter2-nla\n");
        for (String security : List.of("nla", "nla-ext")) {
            assertThat(shell.run(
                            "connect",
                            where,
                            "--security",
                            security,
                            "--certificate",
                            pin,
                            "--user",
                            "LAB\\anna",
                            "--password-file",
                            secret.toString()))
                    .isEqualTo(ExitCode.SECURITY_REFUSED.number());
            assertThat(shell.err()).contains("(" + security + ")").doesNotContain("hunter2");
        }
    }

    @Test
    void networkLevelAuthenticationNeedsAPassword() {
        assertThat(shell.run("connect", where, "--security", "nla", "--certificate", pin))
                .isEqualTo(ExitCode.SECURITY_REFUSED.number());
        assertThat(shell.err()).contains("--password-file");
        assertThat(shell.run("probe", where, "--certificate", pin, "--until", "tls"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).contains("offered [nla-ext, tls] (TLS|HYBRID|HYBRID_EX), the host selected TLS: tls");
    }

    @Test
    void jsonTellsStagesDesktopAndEnd() {
        assertThat(shell.run("connect", where, "--json", "--certificate", pin)).isZero();
        List<Map<String, Object>> events = shell.objects();
        assertThat(events).extracting(event -> event.get("event")).contains("stage", "desktop", "ended");
        assertThat(events)
                .filteredOn(event -> event.get("event").equals("ended"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("kind", "local"));
    }

    @Test
    void thePasswordReachesTheHostAndNoOutput() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "hunter2-\u00E4\n");
        Path recording = folder.resolve("a.porthole");
        assertThat(shell.run(
                        "connect",
                        where,
                        "--json",
                        "-v",
                        "--certificate",
                        pin,
                        "--user",
                        "EXAMPLE\\anna",
                        "--password-file",
                        secret.toString(),
                        "--record",
                        recording.toString()))
                .isZero();
        assertThat(shell.out() + shell.err()).doesNotContain("hunter2");
        String utf16 = new String("hunter2".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        assertThat(Files.readString(recording, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2", utf16);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recording)))
                .isEqualTo("rw-------");
        assertThat(shell.run("decode", "--json", recording.toString())).isZero();
        assertThat(shell.objects())
                .extracting(pdu -> pdu.get("name"))
                .contains("ConnectionRequest", "ConnectionConfirm");
        assertThat(shell.out()).doesNotContain("hunter2");
        assertThat(EVENTS)
                .anySatisfy(event -> assertThat(event.facts().toString()).contains("anna"));
    }

    @Test
    void aFileGivesWhatNeitherFlagNorEnvironmentDoes() throws Exception {
        Path file = folder.resolve("card.rdp");
        Files.write(
                file,
                ("\uFEFFfull address:s:127.0.0.1\r\nserver port:i:" + host.port()
                                + "\r\ndesktopwidth:i:800\r\ndesktopheight:i:600\r\nusername:s:fromfile\r\naudiomode:i:2\r\n")
                        .getBytes(StandardCharsets.UTF_16LE));
        Path png = folder.resolve("a.png");
        String[] command = {"connect", file.toString(), "--certificate", pin, "--screenshot", png.toString()};
        assertThat(shell.run(command)).as(shell.err()).isZero();
        assertThat(shell.err()).contains("no effect here: audiomode");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(800);
        assertThat(EVENTS)
                .anySatisfy(event -> assertThat(event.facts().toString()).contains("fromfile"));
        shell.with("PORTHOLE_SIZE", "720x576");
        assertThat(shell.run(command)).isZero();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(720);
    }

    @Test
    void everyKindOfFailureHasItsCode() {
        assertThat(shell.run("connect", where, "--certificate", "strict"))
                .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(shell.err()).contains("tls: ").contains("remedy");
        assertThat(shell.run("connect", where, "--json", "--certificate", "pin:" + "0".repeat(64)))
                .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("failure"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event).containsEntry("stage", "tls").containsKey("cause"));
        assertThat(shell.run("connect", "127.0.0.1:1", "--timeout", "5s")).isEqualTo(ExitCode.CONNECT.number());
        assertThat(shell.run("connect", "nowhere.invalid")).isEqualTo(ExitCode.RESOLVE.number());
        assertThat(shell.run("connect", where, "--certificate", pin, "--security", "aad", "--token-command", "exit 3"))
                .isEqualTo(ExitCode.TOKEN.number());
    }

    @Test
    void wrongUseIsToldBeforeAnythingIsTried() {
        for (String[] wrong : new String[][] {
            {"connect"},
            {"connect", "host", "--security", "kerberos"},
            {"connect", "host", "--security", "aad"},
            {"connect", "host", "--certificate", "pin:12"},
            {"connect", "host", "--certificate", "maybe"},
            {"connect", "host", "--size", "big"},
            {"connect", "host", "--bpp", "17"},
            {"connect", "host", "--timeout", "0"},
            {"connect", "host", "--password-env", "NO_SUCH_VARIABLE"},
            {"connect", "host", "--password-file", "/no/such/file"},
            {"connect", "host", "--control", "x"},
            {"connect", "host", "--control", "-", "--type", "a"},
            {"connect", "host", "--control", "-", "--password-file", "-"},
            {"connect", "host", "--password", "x"},
            {"connect", "missing.rdp"},
            {"connect", "a b"},
            {"connect", "host", "--ca-file", "/no/such/file"},
            {"connect", "host", "--access-token-file", "t"},
            {"connect", "host", "--security", "aad", "--authority", "http://192.0.2.1"},
        }) {
            assertThat(shell.run(wrong)).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE.number());
            assertThat(shell.err()).as(String.join(" ", wrong)).isNotEmpty();
        }
    }

    @Test
    void tofuRemembersTheCertificate() throws Exception {
        Path known = folder.resolve("known");
        String[] command = {"connect", where, "--certificate", "tofu", "--known-hosts", known.toString()};
        assertThat(shell.run(command)).isZero();
        assertThat(Files.readString(known)).contains(host.certificateSha256());
        assertThat(shell.run(command)).isZero();
        String kept = Files.readString(known);
        String anotherForTheSameKey = kept.replace(host.certificateSha256(), "0".repeat(64));
        Files.writeString(known, anotherForTheSameKey);
        assertThat(shell.run(command)).as("a renewal").isZero();
        assertThat(Files.readString(known)).isEqualTo(kept);
        Files.writeString(known, anotherForTheSameKey.replaceAll(" spki:\\S+", ""));
        assertThat(shell.run(command)).isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
    }

    @Test
    void aSessionThatTheHostEndsEarlyIsNoSuccess() {
        Thread ending = new Thread(() -> {
            while (host.sessions().isEmpty()) {
                Thread.onSpinWait();
            }
            host.sessions().forEach(session -> session.disconnect(0x0C));
        });
        long before = host.connectionsSoFar();
        ending.start();
        assertThat(shell.run("connect", where, "--certificate", pin, "--duration", "20s"))
                .isNotZero();
        assertThat(host.connectionsSoFar()).isGreaterThan(before);
    }
}
