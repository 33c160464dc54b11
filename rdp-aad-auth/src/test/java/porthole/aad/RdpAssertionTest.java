package porthole.aad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Recording;
import porthole.protocol.failure.WireException;

class RdpAssertionTest {
    private static final String AT = "head.body.signature-of-the-token";

    static List<Recording> recordings() {
        return Recorded.withAssertion();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void saysTheSameOctetsAsTheReferenceClientForTheSameInputs(Recording recording) throws Exception {
        String compact = Recorded.assertion(recording);
        RdpAssertion recorded = RdpAssertion.parse(compact);
        JsonNode payload = new ObjectMapper().readTree(recorded.payload());
        JsonNode jwk = payload.path("cnf").path("jwk");
        String e = jwk.path("e").asText();
        String n = jwk.path("n").asText();
        RdpAssertion.Claims claims = new RdpAssertion.Claims(
                Recorded.serverNonce(recording),
                RdpAccessToken.of(payload.path("at").asText()),
                RdpResource.ofHost("rdphost.lab.test"),
                new ObjectMapper()
                        .readTree(payload.path("client_claims").asText())
                        .path("aad_nonce")
                        .asText(),
                Instant.ofEpochSecond(Long.parseLong(payload.path("ts").asText())));

        assertThat(RdpAssertion.headerText(PopKey.reqCnf(PopKey.thumbprint(e, n))))
                .isEqualTo(recorded.header());
        assertThat(RdpAssertion.payloadText(claims, e, n)).isEqualTo(recorded.payload());
        assertThat(recorded.compact()).isEqualTo(compact);
    }

    @Test
    void signsSoThatThePublicKeyVerifies() throws Exception {
        PopKey key = PopKey.generate(new SecureRandom());
        RdpAssertion assertion = RdpAssertion.sign(claims("n"), key);
        RdpAssertion received = RdpAssertion.parse(assertion.compact());
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key.publicKey());
        verifier.update(received.signingInput());
        assertThat(received).isEqualTo(assertion);
        assertThat(verifier.verify(received.signature().toArray())).isTrue();
        assertThat(received.signature().size()).isEqualTo(256);
    }

    @Test
    void escapesWhatAHostileNonceMayHold() throws Exception {
        String nonce = "q\"b\\s/\u00fc\u20ac\t\u0000";
        String payload = RdpAssertion.payloadText(claims(nonce), "AQAB", "AA");
        JsonNode read = new ObjectMapper().readTree(payload);
        assertThat(read.path("nonce").asText()).isEqualTo(nonce);
        assertThat(read.size()).isEqualTo(6);
        assertThat(new ObjectMapper()
                        .readTree(read.path("client_claims").asText())
                        .path("aad_nonce")
                        .asText())
                .isEqualTo("aad");
    }

    @Test
    void refusesWhatIsNoCompactJwsAndShowsNoneOfIt() {
        for (String text :
                List.of("", "a", "a.b", "a.b.c.d", "a+.b.c", "a==.YQ.YQ", "YR.YQ.YQ", "_w.YQ.YQ", "a".repeat(70_000))) {
            assertThatThrownBy(() -> RdpAssertion.parse(text))
                    .as(text)
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("rdp_assertion");
        }
    }

    @Test
    void showsNoSecretInItsTextForms() {
        RdpAssertion.Claims claims = claims("server-nonce");
        PopKey key = PopKey.generate(new SecureRandom());
        String shown = claims + " " + RdpAssertion.sign(claims, key) + " " + claims.token() + " " + key;
        assertThat(shown).doesNotContain(AT, "signature-of", "server-nonce", "aad_nonce");
        assertThat(shown).contains("ms-device-service://termsrv.wvd.microsoft.com/name/pc", key.thumbprint());
    }

    private static RdpAssertion.Claims claims(String nonce) {
        return new RdpAssertion.Claims(
                nonce, RdpAccessToken.of(AT), RdpResource.named("pc"), "aad", Instant.ofEpochSecond(1_767_225_600L));
    }
}
