package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.host.RdpHost;
import porthole.host.fault.Faults;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;

@Timeout(90)
class SupportBundleTest {
    private static final String PASSWORD = "S3cret-Pass-0ne";

    @TempDir
    Path folder;

    private Path bundle() {
        return folder.resolve("bundle.zip");
    }

    private Shell run(int expected, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(
                "--user",
                "CORPNET\\annabelle",
                "--password-file",
                Files.writeString(folder.resolve("password"), PASSWORD).toString(),
                "--certificate",
                "ignore",
                "--timeout",
                "20s",
                "--support-bundle",
                bundle().toString()));
        Shell shell = new Shell();
        assertThat(shell.run(all.toArray(String[]::new))).as(shell.err()).isEqualTo(expected);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
        assertThat(String.join("\n", files(bundle()).values()))
                .doesNotContainIgnoringCase("annabelle")
                .doesNotContain("CORPNET", PASSWORD, "127.0.0.1");
        return shell;
    }

    private static Map<String, String> files(Path zip) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void aSessionThatWentWell() throws IOException {
        try (RdpHost host = RdpHost.builder().tls().start()) {
            run(0, "connect", "127.0.0.1:" + host.port());
        }
        Map<String, String> files = files(bundle());
        assertThat(files.keySet())
                .contains(
                        "README.txt",
                        "about.json",
                        "left-out.json",
                        "attempt-1/result.jsonl",
                        "attempt-1/findings.json",
                        "attempt-1/certificates.json",
                        "attempt-1/connection-1.porthole");
        assertThat(files.get("about.json"))
                .contains("\"exitCode\" : 0", "\"java\"", "\"h264\"", "\"--certificate\"", "\"ignore\"", "\"20s\"");
        assertThat(files.get("attempt-1/certificates.json")).contains("\"keyBits\" : 2048", "host-1");
        assertThat(files.get("attempt-1/result.jsonl")).contains("\"stage\":\"first-frame\"", "address-1");
        assertThat(files.get("left-out.json")).contains("FastPathOutput");
        Shell shell = new Shell();
        assertThat(shell.run("replay", bundle().toString())).as(shell.err()).isZero();
        assertThat(shell.out()).contains("active, 0 frames");
        assertThat(shell.run("decode", bundle().toString())).isZero();
        assertThat(shell.out()).contains("ClientInfoPdu", "user-1");
        assertThat(shell.run("explain", bundle().toString())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "negotiation-failure-ssl-not-allowed-by-server, negotiation-failure",
        "license-err-no-license, licence-refused",
    })
    void aHostThatRefuses(String fault, String cause) throws IOException {
        int code;
        try (RdpHost host =
                RdpHost.builder().tls().faults(Faults.named(fault).get()).start()) {
            Shell shell = new Shell();
            code = shell.run("probe", "127.0.0.1:" + host.port(), "--until", "active", "--certificate", "ignore");
            run(code, "probe", "127.0.0.1:" + host.port(), "--until", "active");
        }
        Shell shell = new Shell();
        assertThat(shell.run("explain", bundle().toString())).isZero();
        assertThat(shell.out()).contains("1. " + cause);
        assertThat(shell.run("replay", bundle().toString())).isEqualTo(code);
    }

    @Test
    void aWrongPassword() throws IOException {
        NlaHost users = NlaHost.of(List.of(HostUser.of("annabelle", "another")), Runnable::run);
        try (RdpHost host = RdpHost.builder().nla(users).start()) {
            run(50, "connect", "127.0.0.1:" + host.port());
        }
        Shell shell = new Shell();
        assertThat(shell.run("explain", bundle().toString())).isZero();
        assertThat(shell.out()).contains("nla-");
    }

    @Test
    void anUntrustedCertificateIsShown() throws IOException {
        try (RdpHost host = RdpHost.builder().tls().start()) {
            Shell shell = new Shell();
            assertThat(shell.run(
                            "probe",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "strict",
                            "--support-bundle",
                            bundle().toString()))
                    .isEqualTo(57);
        }
        Map<String, String> files = files(bundle());
        assertThat(files.get("attempt-1/certificates.json")).contains("\"trusted\" : false", "\"keyBits\"");
        assertThat(files.get("attempt-1/result.jsonl")).contains("certificate-");
    }

    @Test
    void aConnectionFileIsLinted() throws IOException {
        Path file = Files.writeString(
                folder.resolve("office.rdp"),
                "full address:s:127.0.0.1:1\r\nusername:s:annabelle\r\nscreen mode id:i:77\r\nannabelle:s:x\r\n");
        run(13, "connect", file.toString());
        assertThat(files(bundle()).get("rdp-file.json")).contains("screen mode id", "\"severity\"");
        assertThat(files(bundle()).get("attempt-1/result.jsonl")).contains("\"stage\":\"connect\"");
    }

    @Test
    void severalTargetsAreSeveralAttempts() throws IOException {
        try (RdpHost host = RdpHost.builder().tls().start()) {
            run(13, "probe", "127.0.0.1:1", "127.0.0.1:" + host.port());
        }
        assertThat(files(bundle()).keySet()).contains("attempt-1/result.jsonl", "attempt-2/result.jsonl");
    }

    /** Control-C sends INT. */
    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void aSessionThatASignalEnds(String signal, int number) throws Exception {
        Path out = folder.resolve("out");
        try (RdpHost host = RdpHost.builder().tls().start()) {
            Process session = new ProcessBuilder(
                            "env",
                            "--default-signal", // a build in the background ignores INT, and so would what it starts
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Porthole.class.getName(),
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "ignore",
                            "--duration",
                            "80s",
                            "--support-bundle",
                            bundle().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                while (session.isAlive() && !Files.readString(out).contains("connected to")) {
                    Thread.onSpinWait();
                }
                assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(session.pid()))
                                .start()
                                .waitFor())
                        .isZero();
                assertThat(session.waitFor()).as(Files.readString(out)).isEqualTo(128 + number);
            } finally {
                session.destroyForcibly();
            }
        }
        assertThat(files(bundle()).get("attempt-1/result.jsonl")).contains("\"stage\":\"first-frame\"");
        Shell shell = new Shell();
        assertThat(shell.run("replay", bundle().toString())).as(shell.err()).isZero();
        assertThat(shell.out()).contains("active, ");
    }

    @Test
    void whatCannotBeWrittenIsSaidAtOnce() {
        Shell shell = new Shell();
        assertThat(shell.run(
                        "connect",
                        "127.0.0.1:1",
                        "--support-bundle",
                        folder.resolve("no/b.zip").toString()))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--support-bundle");
    }

    @Test
    void otherZipFilesAreRefused() throws IOException {
        Path zip = folder.resolve("other.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.txt"));
            out.closeEntry();
        }
        Shell shell = new Shell();
        assertThat(shell.run("replay", zip.toString())).isEqualTo(31);
        assertThat(shell.run("explain", zip.toString())).isEqualTo(2);
        assertThat(shell.err()).contains("no support bundle");
        Files.write(zip, Arrays.copyOf(Files.readAllBytes(zip), 20));
        assertThat(shell.run("replay", zip.toString())).isEqualTo(31);
    }
}
