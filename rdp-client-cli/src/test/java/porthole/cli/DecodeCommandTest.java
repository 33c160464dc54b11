package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("porthole.fixtures"));
    private static final String REQUEST = "030000130ee000000000000100080010000000";
    private final Shell shell = new Shell();

    @Test
    void namesOnePduInHexadecimal() {
        assertThat(shell.run("decode", REQUEST)).isZero();
        assertThat(shell.out()).contains("c2s").contains("ConnectionRequest");
        assertThat(shell.run("decode", "--json", REQUEST)).isZero();
        Map<String, Object> pdu = shell.objects().get(0);
        assertThat(pdu).containsEntry("name", "ConnectionRequest").containsEntry("length", 19L);
        assertThat((List<?>) pdu.get("fields"))
                .anySatisfy(field ->
                        assertThat(((Map<?, ?>) field).get("path").toString()).endsWith("requestedProtocols"));
    }

    @Test
    void readsHexadecimalFromStandardInputWithSpacesAndPrefixes() {
        StringBuilder spaced = new StringBuilder();
        for (int i = 0; i < REQUEST.length(); i += 2) {
            spaced.append("0x").append(REQUEST, i, i + 2).append(", ");
        }
        assertThat(shell.in(spaced + "\n").run("decode", "-", "--json")).isZero();
        assertThat(shell.objects()).hasSize(1);
    }

    @Test
    void readsARecordingAndShowsNoSecretOfIt() {
        Path folder = RECORDINGS.resolve("freerdp-aad/xrdp-login-screen");
        assertThat(shell.run("decode", "--json", folder.toString())).isZero();
        List<Map<String, Object>> pdus = shell.objects();
        assertThat(pdus).hasSizeGreaterThan(40);
        assertThat(pdus.get(0)).containsEntry("name", "ConnectionRequest");
        // every JWT begins like this: the assertion, and the token in it
        assertThat(shell.out()).doesNotContain("eyJ").contains("(secret, ");
        assertThat(shell.run("decode", "--json", "--no-fields", folder.toString()))
                .isZero();
        assertThat(shell.objects()).hasSameSizeAs(pdus).allMatch(pdu -> !pdu.containsKey("fields"));
    }

    @Test
    void aMessageThatCannotBeReadIsShownWithItsProblem() {
        assertThat(shell.run("decode", "--json", "030000130ee000000000000100090010000000"))
                .isEqualTo(ExitCode.UNREADABLE.number());
        assertThat(shell.objects().get(0).get("problem"))
                .isInstanceOfSatisfying(
                        Map.class, problem -> assertThat(problem.get("kind")).isEqualTo("wire"));
    }

    @Test
    void whatIsNoCaptureIsUnreadable(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "no capture");
        assertThat(shell.run("decode", file.toString())).isEqualTo(ExitCode.UNREADABLE.number());
        assertThat(shell.err()).contains("a.txt");
        assertThat(shell.run("decode", folder.resolve("missing").toString())).isEqualTo(ExitCode.UNREADABLE.number());
        assertThat(shell.run("decode", "--direction", "up", REQUEST)).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.err()).contains("none of c2s, s2c");
    }

    @Test
    void decryptsStandardSecurityWithTheKeysAndSaysSoWithoutThem(@TempDir Path folder) throws Exception {
        Path recording = RECORDINGS.resolve("freerdp-rdp-xrdp/fips");
        for (String file : List.of("c2s.bin", "s2c.bin", "timing.json")) {
            Files.copy(recording.resolve(file), folder.resolve(file));
        }
        assertThat(shell.run("decode", "--no-fields", folder.toString())).isZero();
        assertThat(shell.err()).contains("messages are encrypted; --keys FILE");
        assertThat(shell.out()).contains("ClientInfoPdu (encrypted)").doesNotContain("DemandActivePdu");

        Shell knowing = new Shell();
        String keys = recording.resolve("keys.json").toString();
        assertThat(knowing.run("decode", folder.toString(), "--keys", keys)).isZero();
        assertThat(knowing.out()).contains("DemandActivePdu", "FontMapPdu").doesNotContain("(encrypted)");
        assertThat(knowing.err()).isEmpty();
        assertThat(knowing.out()).contains("(secret, ");

        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"clientRandom\": \"" + "00".repeat(32) + "\"}");
        Shell mistaken = new Shell();
        assertThat(mistaken.run("decode", folder.toString(), "--keys", wrong.toString()))
                .isEqualTo(ExitCode.UNREADABLE.number());
        assertThat(mistaken.out()).contains("PROBLEM").contains("dataSignature");

        Path none = Files.writeString(folder.resolve("none.json"), "{\"clientRandom\": \"12\"}");
        Shell careless = new Shell();
        assertThat(careless.run("decode", folder.toString(), "--keys", none.toString()))
                .isEqualTo(ExitCode.UNREADABLE.number());
        assertThat(careless.err()).contains("clientRandom");
    }
}
