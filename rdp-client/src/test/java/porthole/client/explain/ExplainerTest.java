package porthole.client.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.Certainty;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.Finding;
import porthole.protocol.wire.Bytes;

class ExplainerTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("porthole.fixtures"));

    private static Explanation text(String text) {
        return Explainer.text(text, AssertionContext.NONE).orElseThrow();
    }

    private static Explanation recorded(String set, String name, AssertionContext context) throws Exception {
        return Explainer.file(RECORDINGS.resolve(set).resolve(name), context).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-2146893048",
                "2148074248",
                "0x80090308",
                "80090308",
                "SEC_E_INVALID_TOKEN",
                "sec_e_invalid_token",
                "{\"authentication_result\":-2146893048}",
                "{\"authentication_result\":\"0x80090308\"}",
                " {\"authentication_result\": 2148074248 }\n"
            })
    void aResultInAnySpelling(String spelling) {
        Explanation explanation = text(spelling);
        assertThat(explanation.subject()).contains("SEC_E_INVALID_TOKEN");
        assertThat(explanation.facts()).containsEntry("signed", -2146893048L);
        assertThat(explanation.findings()).hasSize(26).allMatch(f -> f.certainty() == Certainty.POSSIBLE);
        assertThat(explanation.findings().get(0).cause()).isEqualTo("no-zero-octet");
    }

    @ParameterizedTest
    @CsvSource({
        "0x80070005, vm-login-role",
        "-2147024891, vm-login-role",
        "0xD000006D, account-mapping",
        "0xC000006D, account-mapping",
        "0xD000005E, domain-controller",
        "0xD000006F, status-invalid-logon-hours",
        "0xD0000070, status-invalid-workstation",
        "0xD0000071, status-password-expired",
        "0xD0000072, status-account-disabled",
        "0xD0048016, key-mismatch",
        "0xC0000193, status-account-expired",
        "0x8BADF00D, unknown-code",
        "0, signed-in",
        "5, negotiation-failure",
        "neg:2, negotiation-failure",
        "HYBRID_REQUIRED_BY_SERVER, negotiation-failure",
        "errinfo:0x9, error-info",
        "0x112F, error-info",
        "ERRINFO_LOGOFF_BY_USER, error-info",
        "AADSTS700027, aadsts-700027",
        "aadsts293004, aadsts-293004",
        "53003, aadsts-53003",
        "aadsts:123456789, aadsts-123456789",
        "STATUS_ACCOUNT_LOCKED_OUT, status",
        "987654, unknown-code"
    })
    void aCode(String input, String cause) {
        Explanation explanation = text(input);
        assertThat(explanation.findings().get(0).cause())
                .as("%s", explanation.lines())
                .isEqualTo(cause);
        assertThat(explanation.findings())
                .allMatch(f -> !f.remedy().isEmpty() && !f.rule().isEmpty());
    }

    @Test
    void anErrorDocument() {
        Explanation explanation = text("{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50076: Due to a"
                + " change...\",\"error_codes\":[50076],\"claims\":\"{\\\"access_token\\\":{}}\"}");
        assertThat(explanation.findings())
                .extracting(Finding::cause)
                .containsExactly("aadsts-50076", "claims-challenge");
        assertThat(text("{\"error\":\"server_error\"}").findings().get(0).cause())
                .isEqualTo("entra-refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "99999999999999", "{}", "[1]", "{\"a\":1}", "0x123456789"})
    void whatIsNothingIsNothing(String text) {
        assertThat(Explainer.text(text, AssertionContext.NONE)).isEmpty();
    }

    /** FreeRDP's recorded sign-in, which its host refused on purpose: nothing that can be checked is wrong. */
    @Test
    void aRecordedRefusalWhoseAssertionIsRight() throws Exception {
        Explanation explanation =
                recorded("freerdp-aad-rejected", "sec-e-invalid-token", AssertionContext.NONE.withHost("rdphost"));
        assertThat(explanation.facts().get("answer").toString()).contains("SEC_E_INVALID_TOKEN");
        assertThat(explanation.isFaulty()).as("%s", explanation.lines()).isFalse();
        assertThat(explanation.of(Certainty.EXCLUDED))
                .extracting(Finding::cause)
                .contains("no-zero-octet", "bytes-around", "signature", "key-mismatch", "server-nonce", "other-device");
    }

    @ParameterizedTest
    @CsvSource({
        "entra-wrong-cnf, key-mismatch",
        "entra-expired-token, token-lifetime",
        "e-accessdenied, vm-login-role",
        "status-logon-failure, account-mapping",
        "status-password-expired, status-password-expired"
    })
    void recordedRefusals(String name, String cause) throws Exception {
        Explanation explanation = recorded("freerdp-aad-rejected", name, AssertionContext.NONE);
        assertThat(explanation.findings().get(0).cause())
                .as("%s", explanation.lines())
                .isEqualTo(cause);
    }

    @Test
    void aRecordedRefusalOfTheNegotiation() throws Exception {
        boolean seen = false;
        Path faults = RECORDINGS.resolve("freerdp-aad-faults");
        try (var names = Files.list(faults)) {
            for (Path each : names.filter(Files::isDirectory).sorted().toList()) {
                Optional<Explanation> explanation = Explainer.file(each, AssertionContext.NONE);
                assertThat(explanation).as("%s", each).isPresent();
                assertThat(explanation.get().findings()).as("%s", each).isNotEmpty();
                seen |= explanation.get().findings().get(0).cause().equals("negotiation-failure");
            }
        }
        assertThat(seen).isTrue();
    }

    @Test
    void savedResults(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("probe.jsonl");
        Files.writeString(
                file,
                "{\"event\":\"stage\",\"target\":\"h:3389\",\"stage\":\"aad-nonce\",\"ok\":true,\"ms\":1.5,"
                        + "\"evidence\":{\"clockOffsetSeconds\":900}}\n"
                        + "{\"event\":\"result\",\"target\":\"h:3389\",\"ok\":false,\"failure\":{\"kind\":\"refused\","
                        + "\"stage\":\"authentication\",\"cause\":\"authentication-result\",\"summary\":\"no\","
                        + "\"details\":{\"authority\":\"authentication_result\",\"code\":2148074248}}}\n");
        Explanation explanation = Explainer.file(file, AssertionContext.NONE).orElseThrow();
        assertThat(explanation.findings().get(0).cause()).isEqualTo("clock");
        assertThat(explanation.findings()).hasSize(26);
        assertThat(text("{\"event\":\"failure\",\"kind\":\"local\",\"stage\":\"tls\",\"cause\":\"tls\","
                                + "\"summary\":\"s\",\"seen\":\"x\",\"remedy\":\"r\"}")
                        .findings()
                        .get(0)
                        .cause())
                .isEqualTo("tls");
        assertThat(text("{\"event\":\"result\",\"ok\":true}").findings()).isEmpty();
    }

    @Test
    void octetsInHexadecimalHoweverMany() {
        Bytes pdu = Bytes.ascii("{\"rdp_assertion\":\"e30.e30.AA\"}\0");
        assertThat(text(pdu.toHex()).of(Certainty.EXCLUDED))
                .extracting(Finding::cause)
                .contains("no-zero-octet");
        assertThat(Explainer.text("ab ".repeat(300_000), AssertionContext.NONE)).isEmpty();
    }

    @Test
    void theOctetsOfAPduAreTakenAsTheyAre() {
        String pdu = "{\"rdp_assertion\":\"e30.e30.AA\"}";
        for (String text : List.of(pdu + "\0", pdu, "\uFEFF" + pdu + "\0")) {
            Explanation explanation = Explainer.octets(
                            Bytes.of(text.getBytes(StandardCharsets.UTF_8)), AssertionContext.NONE)
                    .orElseThrow();
            List<String> found = explanation.findings().stream()
                    .filter(f -> f.certainty().compareTo(Certainty.HARMLESS) < 0)
                    .map(Finding::cause)
                    .toList();
            assertThat(found.contains("no-zero-octet")).isEqualTo(text.equals(pdu));
            assertThat(found.contains("bytes-around")).isEqualTo(text.startsWith("\uFEFF"));
        }
        Explanation saved =
                Explainer.octets(Bytes.ascii(pdu + "\n"), AssertionContext.NONE).orElseThrow();
        assertThat(saved.of(Certainty.POSSIBLE)).extracting(Finding::cause).contains("no-zero-octet");
    }
}
