package porthole.aad.entra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.aad.explain.Certainty;
import porthole.aad.explain.CodeExplainer;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.Finding;
import porthole.protocol.failure.Refused;

class AadstsTest {
    /** Every code that the sign-in, the tokens and the client assertions of RDP are known to meet. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                50005, 50011, 50012, 50013, 50027, 50048, 50076, 50079, 50158, 50173, 53000, 53001, 53003, 53004, 54005,
                65001, 65002, 65004, 70000, 70003, 70008, 70016, 70018, 70019, 70043, 90002, 90014, 90038, 293004,
                392200, 392204, 500011, 500133, 500181, 501481, 650041, 700005, 700016, 700021, 700023, 700024, 700025,
                700027, 700030, 700054, 700082, 700084, 900144, 900439, 900440, 1000502, 1002012, 5000224, 5002723,
                5002738, 7000214, 7000215, 7000218, 7000222, 7000274, 7000277, 9002313, 9002327
            })
    void everyCodeHasACauseAndARemedy(int code) {
        Aadsts.Entry entry = Aadsts.find(code).orElseThrow();
        assertThat(entry.meaning()).hasSizeGreaterThan(15).doesNotEndWith(".");
        assertThat(entry.remedy()).hasSizeGreaterThan(10);
        Refused refused = Aadsts.refused(code, "invalid_grant", "");
        assertThat(refused.report().summary() + refused.report().seen()).contains("AADSTS" + code);
        assertThat(refused.report().remedy()).isEqualTo(entry.remedy());
        for (String spelling : new String[] {
            "AADSTS" + code,
            "aadsts" + code + ": the authority's own words",
            "aadsts:" + code,
            "{\"error\":\"invalid_grant\",\"error_codes\":[" + code + "],\"error_description\":\"x\"}",
            "{\"error\":\"interaction_required\",\"error_description\":\"AADSTS" + code + ": x\\r\\nTrace ID: y\"}"
        }) {
            Explanation explanation = CodeExplainer.explain(spelling).orElseThrow();
            Finding first = explanation.findings().get(0);
            assertThat(first.cause()).as(spelling).isEqualTo("aadsts-" + code);
            assertThat(first.certainty()).isEqualTo(Certainty.CERTAIN);
            assertThat(first.rule()).isEqualTo(entry.meaning());
            assertThat(first.remedy()).isEqualTo(entry.remedy());
        }
    }

    @Test
    void aCodeThatIsNotKnownKeepsTheAuthoritysWords() {
        assertThat(Aadsts.refused(123456, "x", "something new").report().line())
                .contains("something new", "sign-in log");
        assertThat(Aadsts.all()).hasSizeGreaterThan(60);
    }
}
