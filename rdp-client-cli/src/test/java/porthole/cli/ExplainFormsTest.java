package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.cli.output.JsonText;
import porthole.host.RdpHost;
import porthole.host.fault.Faults;

/** Every kind of input in the spellings in which people have it at hand. */
class ExplainFormsTest {
    private static final Path RECORDED =
            Path.of(System.getProperty("porthole.fixtures"), "freerdp-aad-rejected", "sec-e-invalid-token");

    @TempDir
    Path folder;

    private final Shell shell = new Shell();

    private static String assertion() throws IOException {
        String octets = Files.readString(RECORDED.resolve("c2s.bin"), StandardCharsets.ISO_8859_1);
        int from = octets.indexOf("\"rdp_assertion\":\"") + 17;
        return octets.substring(from, octets.indexOf('"', from));
    }

    private void explains(String expected, String... command) {
        assertThat(shell.run(command)).as(shell.err()).isZero();
        assertThat(shell.out()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-2146893048",
                "2148074248",
                "0x80090308",
                "0X80090308",
                "80090308",
                " 0x80090308 ",
                "\"-2146893048\"",
                "'0x80090308'",
                "SEC_E_INVALID_TOKEN",
                "sec_e_invalid_token",
                "result:-2146893048",
                "HRESULT 0x80090308",
                "error code: 0x80090308.",
                "authentication_result: -2146893048",
                "\"authentication_result\": \"0x80090308\"",
                "{\"authentication_result\":-2146893048}",
                "{\"authentication_result\":-2146893048.0}",
                "{\"authentication_result\":-2.146893048E9}",
                "{\"authentication_result\":\"-2146893048\"}",
                "{ \"authentication_result\" : \"0x80090308\" }\n",
                "\uFEFF-2146893048\r\n"
            })
    void anAuthenticationResult(String spelling) throws IOException {
        explains("no-zero-octet", "explain", spelling);
        Path file = Files.writeString(folder.resolve("result.txt"), spelling);
        explains("no-zero-octet", "explain", file.toString());
        shell.in(spelling);
        explains("no-zero-octet", "explain", "-");
        Path wide = Files.write(folder.resolve("wide.txt"), ("\uFEFF" + spelling).getBytes(StandardCharsets.UTF_16LE));
        explains("no-zero-octet", "explain", wide.toString());
    }

    static Stream<String> assertions() throws IOException {
        String assertion = assertion();
        String pdu = "{\"rdp_assertion\":\"" + assertion + "\"}";
        String hex = HexFormat.of().formatHex((pdu + "\0").getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                assertion,
                assertion + "\n",
                "  " + assertion + "\r\n",
                "\uFEFF" + assertion,
                pdu,
                pdu + "\0",
                pdu + "\r\n",
                "{ \"rdp_assertion\" :\n \"" + assertion + "\" }",
                "{\"assertion\":\"" + assertion + "\"}",
                hex,
                hex.toUpperCase(Locale.ROOT),
                "0x" + hex,
                hex.replaceAll("(..)", "$1 "),
                hex.replaceAll("(..)", "$1:").replaceFirst(":$", ""),
                hex.replaceAll("(.{32})", "$1\n"));
    }

    @ParameterizedTest
    @MethodSource("assertions")
    void anAssertion(String form) throws IOException {
        Path file = Files.writeString(folder.resolve("assertion"), form);
        explains("cnf.kid is the thumbprint of cnf.jwk", "explain", file.toString());
        shell.in(form);
        explains("cnf.kid is the thumbprint of cnf.jwk", "explain", "-");
        assertThat(shell.out()).doesNotContain(assertion().split("\\.")[2]);
    }

    @Test
    void anAccessToken() throws IOException {
        String payload = new String(Base64.getUrlDecoder().decode(assertion().split("\\.")[1]), StandardCharsets.UTF_8);
        String token = payload.replaceAll("(?s).*\"at\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        for (String form : new String[] {
            token, token + "\r\n", "\uFEFF" + token, "{\"token_type\":\"pop\",\"access_token\":\"" + token + "\"}"
        }) {
            Path file = Files.writeString(folder.resolve("token"), form);
            explains("ms-device-service://termsrv.wvd.microsoft.com/name/", "explain", file.toString());
            assertThat(shell.out()).doesNotContain(token.split("\\.")[2]);
        }
        explains("damaged-token", "explain", "Bearer " + token);
    }

    @ParameterizedTest
    @CsvSource({
        "AADSTS50076, aadsts-50076",
        "aadsts50076, aadsts-50076",
        "50076, aadsts-50076",
        "AADSTS 53003: Access has been blocked, aadsts-53003",
        "'{\"error\":\"invalid_grant\",\"error_codes\":[50076]}', aadsts-50076",
        "neg:5, negotiation-failure",
        "5, negotiation-failure",
        "HYBRID_REQUIRED_BY_SERVER, negotiation-failure",
        "errinfo:0xC, error-info",
        "ERRINFO_LOGOFF_BY_USER, error-info",
        "0xC000006D, account-mapping",
        "-1073741715, account-mapping",
        "-805306259, account-mapping",
        "3489661037, account-mapping",
        "STATUS_LOGON_FAILURE, account-mapping",
    })
    void codes(String input, String cause) {
        explains("1. " + cause, "explain", input);
    }

    @Test
    void aSavedResultAndABundle() throws IOException {
        Path bundle = folder.resolve("bundle.zip");
        int code;
        try (RdpHost host = RdpHost.builder()
                .tls()
                .faults(Faults.named("negotiation-failure-hybrid-required-by-server")
                        .orElseThrow())
                .start()) {
            code = shell.run("probe", "127.0.0.1:" + host.port(), "--json", "--support-bundle", bundle.toString());
        }
        assertThat(code).isNotZero();
        String saved = shell.out();
        String failing = shell.objects().stream()
                .filter(event -> "result".equals(event.get("event")))
                .findFirst()
                .map(JsonText::line)
                .orElseThrow();
        for (String form : new String[] {
            saved,
            "\uFEFF" + saved,
            saved.replace("\n", "\r\n"),
            failing,
            "[" + failing + "]",
            failing.replace(",", ",\n  ")
        }) {
            Path file = Files.writeString(folder.resolve("saved.jsonl"), form);
            explains("negotiation-failure", "explain", file.toString());
            shell.in(form);
            explains("negotiation-failure", "explain", "-");
        }
        explains("negotiation-failure", "explain", bundle.toString());
        shell.in(new ByteArrayInputStream(Files.readAllBytes(bundle)));
        explains("negotiation-failure", "explain", "-");
    }

    @Test
    void theQuestionThatBeganThisProject() throws IOException {
        Path file = Files.writeString(folder.resolve("assertion.jwt"), assertion());
        explains("remaining: 11 causes", "explain", file.toString(), "--result", "-2146893048");
        String out = shell.out();
        String[] order = {
            "1. no-zero-octet (possible",
            "2. other-device (possible",
            "3. other-tenant (possible",
            "4. server-nonce-expired (possible",
            "5. aad-nonce (possible",
            "6. bytes-around (possible",
            "7. server-nonce (possible",
            "8. clock (possible",
            "9. host-cannot-validate (possible",
            "10. state-mix-up (possible",
            "11. other-cloud (possible",
            "Checked and as it should be:"
        };
        int at = 0;
        for (String each : order) {
            assertThat(out.indexOf(each)).as(each).isGreaterThanOrEqualTo(at);
            at = out.indexOf(each);
        }
        assertThat(out.split("confirm: ", -1)).hasSize(12);
        assertThat(out).contains("answer: authentication_result SEC_E_INVALID_TOKEN");
        // the more is known, the fewer remain
        explains(
                "remaining: 8 causes",
                "explain",
                file.toString(),
                "--result",
                "0x80090308",
                "--host",
                "rdphost",
                "--tenant",
                "11111111-2222-4333-8444-555555555555",
                "--authority",
                "https://login.lab.test:8443/");
        explains("1. vm-login-role", "explain", file.toString(), "--result", "E_ACCESSDENIED");
        explains(
                "1. other-device (certain",
                "explain",
                file.toString(),
                "--result",
                "-2147024891",
                "--host",
                "elsewhere");
        assertThat(shell.run("explain", file.toString(), "--result", "nonsense"))
                .isEqualTo(2);
    }
}
