package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
    private static final Path RECORDED =
            Path.of(System.getProperty("porthole.fixtures"), "freerdp-aad-rejected", "sec-e-invalid-token");
    private final Shell shell = new Shell();

    private static String assertion() throws Exception {
        String octets = Files.readString(RECORDED.resolve("c2s.bin"), StandardCharsets.ISO_8859_1);
        Matcher assertion = Pattern.compile("\"rdp_assertion\":\"([^\"]+)\"").matcher(octets);
        assertThat(assertion.find()).isTrue();
        return assertion.group(1);
    }

    /** The question that began this project, by one command. */
    @Test
    void anAssertionThatLooksRightAndWasRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("assertion.jwt"), assertion());
        assertThat(shell.run("explain", file.toString())).isZero();
        String out = shell.out();
        assertThat(out)
                .contains("1. no-zero-octet (possible", "other-device (possible", "server-nonce-expired (possible")
                .contains("confirm: ", "FreeRDP issue 9800", "Microsoft-Windows-AAD/Operational")
                .contains("Checked and as it should be:", "cnf.kid is the thumbprint of cnf.jwk");
        assertThat(out.indexOf("no-zero-octet")).isLessThan(out.indexOf("other-device"));
        assertThat(shell.run("explain", file.toString(), "--host", "another", "--tenant", "t", "--json"))
                .isZero();
        Map<String, Object> explanation = shell.objects().get(0);
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> findings = (List<Map<String, Object>>) explanation.get("findings");
        assertThat(findings.get(0)).containsEntry("cause", "other-device").containsEntry("certainty", "certain");
        assertThat(findings.get(1)).containsEntry("cause", "other-tenant");
        assertThat(shell.out()).doesNotContain(assertion().split("\\.")[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2146893048", "0x80090308", "AADSTS700027", "HYBRID_REQUIRED_BY_SERVER", "errinfo:0x1129"})
    void codes(String code) {
        assertThat(shell.run("explain", code)).isZero();
        assertThat(shell.out()).contains("1. ", "rule: ", "do: ");
    }

    @Test
    void aCaptureAndStandardInput() throws Exception {
        assertThat(shell.run("explain", RECORDED.toString(), "--host", "rdphost"))
                .isZero();
        assertThat(shell.out()).contains("answer: authentication_result SEC_E_INVALID_TOKEN", "7D 00");
        assertThat(shell.in("{\"authentication_result\":-2147024891}").run("explain", "-"))
                .isZero();
        assertThat(shell.out()).contains("vm-login-role");
    }

    @Test
    void whatIsNothingIsWrongUse() {
        assertThat(shell.run("explain", "hello")).isEqualTo(2);
        assertThat(shell.run("explain", "--no-such-option")).isEqualTo(2);
        assertThat(shell.run("explain")).isEqualTo(2);
    }
}
