package porthole.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.transport.CertificateHashes;

class KnownHostsTest {
    private static final CertificateHashes FIRST = new CertificateHashes("a1".repeat(32), "b1".repeat(32));
    private static final CertificateHashes RENEWED = new CertificateHashes("a2".repeat(32), "b1".repeat(32));
    private static final CertificateHashes OTHER = new CertificateHashes("a3".repeat(32), "b3".repeat(32));

    @TempDir
    private Path folder;

    private Path file;
    private KnownHosts hosts;

    @BeforeEach
    void open() {
        file = folder.resolve("deep/known-hosts");
        hosts = new KnownHosts(file);
    }

    @Test
    void theFirstIsKeptARenewalPassesAChangeDoesNot() throws IOException {
        assertThat(hosts.judge("Host.example:3389", FIRST)).isEqualTo(KnownHosts.Verdict.ADDED);
        assertThat(Files.readString(file)).isEqualTo("host.example:3389 " + FIRST + "\n");
        assertThat(hosts.judge("host.example:3389", FIRST)).isEqualTo(KnownHosts.Verdict.KNOWN);
        assertThat(hosts.judge("host.example:3389", RENEWED)).isEqualTo(KnownHosts.Verdict.RENEWED);
        assertThat(Files.readString(file)).isEqualTo("host.example:3389 " + RENEWED + "\n");
        assertThat(hosts.judge("host.example:3389", RENEWED)).isEqualTo(KnownHosts.Verdict.KNOWN);
        assertThat(hosts.judge("host.example:3389", OTHER)).isEqualTo(KnownHosts.Verdict.CHANGED);
        assertThat(Files.readString(file)).isEqualTo("host.example:3389 " + RENEWED + "\n");
    }

    @Test
    void onlyTheOwnerMayReadAndNothingElseIsLeft() throws IOException {
        hosts.judge("a:1", FIRST);
        hosts.judge("a:1", RENEWED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("known-hosts", "known-hosts.lock");
        }
    }

    @Test
    void linesOfTheOldFormAndSeveralForOneHost() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, "a:1 sha256:" + FIRST.certificate() + "\na:1 spki:" + OTHER.publicKeyBase64() + " since=2026\n");
        assertThat(hosts.judge("a:1", FIRST)).isEqualTo(KnownHosts.Verdict.KNOWN);
        assertThat(hosts.judge("a:1", RENEWED)).isEqualTo(KnownHosts.Verdict.CHANGED);
        assertThat(hosts.judge("a:1", OTHER)).isEqualTo(KnownHosts.Verdict.RENEWED);
        assertThat(hosts.find("a:1")).hasSize(2);
        assertThat(hosts.remove("A:1")).isEqualTo(2);
        assertThat(hosts.remove("a:1")).isZero();
        assertThat(hosts.list()).isEmpty();
    }

    @Test
    void garbageIsKeptAndNeverBreaksIt() throws IOException {
        byte[] garbage = new byte[200_000];
        new Random(7).nextBytes(garbage);
        Files.createDirectories(file.getParent());
        String before = "# mine\n\n \0\0\na:1\na:1 sha256:zz\nb:1 spki:\n" + "x".repeat(3_000_000) + " a:1 sha256:"
                + FIRST.certificate() + "\n";
        try (var out = Files.newOutputStream(file)) {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            out.write(garbage);
        }
        byte[] whole = Files.readAllBytes(file);
        assertThat(hosts.judge("a:1", FIRST)).isEqualTo(KnownHosts.Verdict.ADDED);
        assertThat(hosts.judge("a:1", FIRST)).isEqualTo(KnownHosts.Verdict.KNOWN);
        byte[] after = Files.readAllBytes(file);
        assertThat(Arrays.copyOf(after, whole.length)).isEqualTo(whole);
        assertThat(hosts.list()).hasSize(1);
        assertThat(hosts.remove("a:1")).isEqualTo(1);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .startsWith(before)
                .doesNotContain(FIRST.publicKeyBase64());
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = folder.resolve("real");
        Files.writeString(real, "# real\n");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, real);
        hosts.put("a:1", FIRST);
        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo("# real\na:1 " + FIRST + "\n");
        hosts.put("a:1", OTHER);
        assertThat(hosts.find("a:1")).hasSize(1).first().hasToString("a:1 " + OTHER);
    }

    @Test
    void manyAtOnceLoseNothing() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<KnownHosts.Verdict>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String endpoint = "host" + i % 20 + ":3389";
                tasks.add(() -> new KnownHosts(file).judge(endpoint, FIRST));
            }
            int added = 0;
            for (Future<KnownHosts.Verdict> verdict : pool.invokeAll(tasks)) {
                added += verdict.get() == KnownHosts.Verdict.ADDED ? 1 : 0;
            }
            assertThat(added).isEqualTo(20);
        } finally {
            pool.shutdownNow();
        }
        assertThat(hosts.list()).hasSize(20);
    }
}
