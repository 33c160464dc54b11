package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.cli.rdpfile.RdpDocument;

class RdpFileCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String resource(String name) throws Exception {
        try (InputStream in = RdpDocument.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes()).toString();
        }
    }

    @Test
    void lintEndsAsTheWorstFindingDoes() throws Exception {
        String good = file("good.rdp", "full address:s:h\n");
        String doubtful = file("doubtful.rdp", "full address:s:h\nredirectdrives:i:1\n");
        String bad = file("bad.rdp", "full address:s:h\nserver port:i:99999\n");
        assertThat(shell.run("rdp-file", "lint", good)).isZero();
        assertThat(shell.run("rdp-file", "lint", good, doubtful)).isEqualTo(32);
        assertThat(shell.out())
                .contains("doubtful.rdp:2:18: warning: 'redirectdrives'")
                .contains("[redirection]");
        assertThat(shell.run("rdp-file", "lint", bad, doubtful)).isEqualTo(33);
        assertThat(shell.out()).contains("bad.rdp:2:15: error: 'server port' is 99999, not within 1 to 65535 [value]");
        assertThat(shell.run("rdp-file", "lint", "--json", bad)).isEqualTo(33);
        assertThat(shell.objects())
                .anySatisfy(finding -> assertThat(finding)
                        .containsEntry("severity", "error")
                        .containsEntry("key", "server port")
                        .containsEntry("code", "value"));
        assertThat(shell.run("rdp-file", "lint", folder.resolve("none.rdp").toString()))
                .isEqualTo(2);
    }

    @Test
    void showTellsWhatEachSettingDoesAndHidesCredentials() throws Exception {
        String file = file(
                "a.rdp",
                "full address:s:h\naudiomode:i:0\nmy password:s:hunter2\npassword:s:hunter2\nfull address:s:i\nx:s:y\n");
        assertThat(shell.run("rdp-file", "show", file)).isZero();
        assertThat(shell.out())
                .contains("repeated   full address = h")
                .contains("used       full address = i  (the target)")
                .contains("ignored    audiomode = 0")
                .contains("secret     password = (hidden)")
                .contains("unknown    x = y")
                .doesNotContain("hunter2");
        assertThat(shell.run("rdp-file", "show", "--json", file)).isZero();
        assertThat(shell.objects()).hasSize(6);
        assertThat(shell.out()).doesNotContain("hunter2");
    }

    @Test
    void verifyKnowsASignedFileFromAnAlteredOne() throws Exception {
        String signed = resource("signed.rdp");
        String authority = resource("publisher-authority.pem");
        assertThat(shell.run("rdp-file", "verify", "--ca-file", authority, signed))
                .as(shell.out())
                .isZero();
        assertThat(shell.out()).contains("valid").contains("CN=Test publisher");
        assertThat(shell.run("rdp-file", "verify", "--json", signed)).isEqualTo(34);
        assertThat(shell.objects())
                .singleElement()
                .satisfies(report -> assertThat(report)
                        .containsEntry("state", "untrusted")
                        .containsEntry("trusted", false)
                        .containsEntry("signer", "CN=Test publisher"));
        String altered = altered(signed);
        shell.with("PORTHOLE_CA_FILE", authority);
        assertThat(shell.run("rdp-file", "verify", altered, signed)).isEqualTo(34);
        assertThat(shell.out()).contains("altered.rdp: altered");
        assertThat(shell.run(
                        "rdp-file",
                        "verify",
                        "--ca-file",
                        folder.resolve("no.pem").toString(),
                        signed))
                .isEqualTo(2);
    }

    private String altered(String signed) throws Exception {
        String text = Files.readString(Path.of(signed), StandardCharsets.UTF_16LE);
        return Files.writeString(
                        folder.resolve("altered.rdp"),
                        text.replace("host.example", "evil.example"),
                        StandardCharsets.UTF_16LE)
                .toString();
    }

    @Test
    void anAlteredFileIsNotConnectedTo() throws Exception {
        assertThat(shell.run("connect", altered(resource("signed.rdp")))).isEqualTo(2);
        assertThat(shell.err()).contains("the signed lines are not those");
    }

    @Test
    void keysListsTheTable() {
        assertThat(shell.run("rdp-file", "keys", "--json")).isZero();
        assertThat(shell.objects())
                .anySatisfy(key -> assertThat(key)
                        .containsEntry("key", "full address")
                        .containsEntry("type", "s")
                        .containsEntry("effect", "used"));
    }
}
