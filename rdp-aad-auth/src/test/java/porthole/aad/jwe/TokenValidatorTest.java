package porthole.aad.jwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.TestTokens;
import porthole.aad.credential.ClientCertificate;
import porthole.aad.credential.Thumbprint;
import porthole.aad.json.Base64Url;
import porthole.aad.verify.TokenKeys;
import porthole.fixtures.HostCertificate;
import porthole.protocol.failure.LocalFailure;

class TokenValidatorTest {
    private static final ClientCertificate KEY = key();
    private static final ClientCertificate OTHER = key();
    private static final TokenKeys JWKS = TokenKeys.ofJwks(TestTokens.JWKS);
    private static final TokenPolicy POLICY = new TokenPolicy(
            Optional.of("https://login.lab.test/tenant/v2.0"),
            Optional.of(TestTokens.HOST.uri()),
            Optional.of("tenant"),
            Optional.of("client"),
            Optional.of("2"),
            Duration.ofMinutes(5));

    private static ClientCertificate key() {
        HostCertificate made = HostCertificate.options().create();
        return ClientCertificate.of(made.privateKey(), List.of(made.certificate()));
    }

    private static ObjectNode claims() {
        return TestTokens.claims().put("azp", "client").put("azpacr", "2").put("ver", "2.0");
    }

    private static String encrypt(String header, String token) throws Exception {
        JWEObject object = new JWEObject(JWEHeader.parse(header), new Payload(token));
        object.encrypt(new RSAEncrypter((RSAPublicKey) KEY.certificate().getPublicKey()));
        return object.serialize();
    }

    private static TokenValidator validator(ClientCertificate... keys) {
        return new TokenValidator(new TokenDecryption(List.of(keys)), Optional.of(JWKS), POLICY);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-OAEP, A256CBC-HS512", "RSA-OAEP, A128CBC-HS256", "RSA-OAEP, A128GCM", "RSA-OAEP, A256GCM",
        "RSA-OAEP-256, A256CBC-HS512", "RSA-OAEP-256, A128CBC-HS256", "RSA-OAEP-256, A128GCM", "RSA-OAEP-256, A256GCM"
    })
    void everyEncryptionThatThereIs(String alg, String enc) throws Exception {
        String token = encrypt(
                "{\"alg\":\"" + alg + "\",\"enc\":\"" + enc + "\",\"zip\":\"DEF\",\"cty\":\"JWT\"}",
                TestTokens.token(claims()));
        TokenValidator.Verdict verdict = validator(OTHER, KEY).check(token, TestTokens.NOW);
        assertThat(verdict.isAccepted()).as("%s", verdict).isTrue();
        assertThat(verdict.acceptedClaims().get("upn").asText()).isEqualTo("alice@lab.test");
        assertThat(verdict.explanation().facts())
                .containsEntry("keyChosenBy", "trial")
                .containsEntry("enc", enc);
    }

    @Test
    void theKeyIsTheOneThatTheHeaderNames() throws Exception {
        for (String by : List.of("x5t", "x5t#S256", "kid")) {
            String value = by.equals("x5t#S256")
                    ? Thumbprint.X5T_S256.of(KEY.certificate())
                    : by.equals("kid") ? Thumbprint.X5T.hex(KEY.certificate()) : Thumbprint.X5T.of(KEY.certificate());
            String token = encrypt(
                    "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256CBC-HS512\",\"" + by + "\":\"" + value + "\"}",
                    TestTokens.token(claims()));
            assertThat(new TokenDecryption(List.of(OTHER, KEY)).decrypt(token).chosenBy())
                    .isEqualTo(by);
        }
    }

    /** A256CBC-HS512 and RSA-OAEP with the JDK alone, by RFC 7518 5.2. */
    @Test
    void agreesWithAnEncryptionMadeByHand() throws Exception {
        SecureRandom random = new SecureRandom();
        byte[] cek = new byte[64];
        byte[] iv = new byte[16];
        random.nextBytes(cek);
        random.nextBytes(iv);
        String header = Base64Url.encode("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256CBC-HS512\"}");
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, KEY.certificate().getPublicKey());
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(cek, 32, 32, "AES"), new IvParameterSpec(iv));
        byte[] text = aes.doFinal(TestTokens.token(claims()).getBytes(StandardCharsets.US_ASCII));
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(cek, 0, 32, "HmacSHA512"));
        byte[] aad = header.getBytes(StandardCharsets.US_ASCII);
        mac.update(aad);
        mac.update(iv);
        mac.update(text);
        byte[] tag = Arrays.copyOf(
                mac.doFinal(ByteBuffer.allocate(8).putLong(8L * aad.length).array()), 32);
        String token = String.join(
                ".",
                header,
                Base64Url.encode(rsa.doFinal(cek)),
                Base64Url.encode(iv),
                Base64Url.encode(text),
                Base64Url.encode(tag));
        assertThat(validator(KEY).check(token, TestTokens.NOW).isAccepted()).isTrue();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                claim("issuer", c -> c.put("iss", "https://elsewhere.test")),
                claim("audience", c -> c.put("aud", "other")),
                claim("tenant", c -> c.remove("tid")),
                claim("client", c -> c.put("azp", "another")),
                claim("client-credential", c -> c.put("azpacr", "1")),
                claim("client-credential", c -> c.put("azpacr", 2)),
                claim("expired", c -> c.put("exp", TestTokens.NOW.getEpochSecond() - 400)),
                claim("not-yet-valid", c -> c.put("nbf", TestTokens.NOW.getEpochSecond() + 400)),
                claim("lifetime", c -> c.remove("exp")),
                Arguments.of(
                        "signature-key",
                        TestTokens.sign(TestTokens.header().put("kid", "x"), claims(), TestTokens.AUTHORITY_KEY)),
                Arguments.of(
                        "signature-algorithm",
                        TestTokens.sign(TestTokens.header().put("alg", "none"), claims(), TestTokens.AUTHORITY_KEY)),
                Arguments.of("signature", TestTokens.sign(TestTokens.header(), claims(), TestTokens.KEY)),
                Arguments.of("malformed", "Bearer x"));
    }

    private static Arguments claim(String cause, Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return Arguments.of(cause, TestTokens.token(claims));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(String cause, String token) throws Exception {
        for (String text : List.of(token, encrypt("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}", token))) {
            TokenValidator.Verdict verdict = validator(KEY).check(text, TestTokens.NOW);
            assertThat(verdict.isAccepted()).isFalse();
            assertThat(verdict.explanation().findings().get(0).cause()).isEqualTo(cause);
            assertThatThrownBy(verdict::acceptedClaims)
                    .isInstanceOfSatisfying(
                            LocalFailure.class, f -> assertThat(f.causeName()).isEqualTo("token-" + cause));
            assertThat(verdict.toString()).doesNotContain("alice@lab.test");
        }
    }

    @Test
    void versionOneNamesItsClientOtherwise() {
        ObjectNode claims =
                TestTokens.claims().put("appid", "client").put("appidacr", "2").put("ver", "1.0");
        assertThat(validator().check(TestTokens.token(claims), TestTokens.NOW).isAccepted())
                .isTrue();
    }

    @Test
    void withoutTheAuthoritysKeysNothingIsAccepted() {
        TokenValidator without = new TokenValidator(new TokenDecryption(List.of()), Optional.empty(), TokenPolicy.ANY);
        assertThat(without.check(TestTokens.token(claims()), TestTokens.NOW).isAccepted())
                .isFalse();
    }

    @Test
    void whatCannotBeDecryptedSaysWhy() throws Exception {
        String token = encrypt("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}", TestTokens.token(claims()));
        assertThatThrownBy(() -> new TokenDecryption(List.of(OTHER)).decrypt(token))
                .hasMessageContaining("none opens it");
        String named = encrypt(
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"x5t\":\"" + Thumbprint.X5T.of(KEY.certificate()) + "\"}",
                TestTokens.token(claims()));
        int middle = named.lastIndexOf('.') - 4;
        String altered =
                named.substring(0, middle) + (named.charAt(middle) == 'A' ? 'B' : 'A') + named.substring(middle + 1);
        assertThatThrownBy(() -> new TokenDecryption(List.of(KEY)).decrypt(altered))
                .hasMessageContaining("altered");
        String old = Base64Url.encode("{\"alg\":\"RSA1_5\",\"enc\":\"A256GCM\"}") + token.substring(token.indexOf('.'));
        assertThatThrownBy(() -> new TokenDecryption(List.of(KEY)).decrypt(old))
                .isInstanceOfSatisfying(
                        LocalFailure.class, f -> assertThat(f.causeName()).isEqualTo("token-encryption-algorithm"));
    }

    @Test
    void anythingAtAllIsAnswered() throws Exception {
        String token = encrypt("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}", TestTokens.token(claims()));
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(token.substring(0, random.nextInt(token.length())));
            for (int k = 0; k < 3 && text.length() > 0; k++) {
                text.setCharAt(random.nextInt(text.length()), (char) (33 + random.nextInt(94)));
            }
            assertThat(validator(KEY).check(text.toString(), TestTokens.NOW).isAccepted())
                    .isFalse();
        }
    }
}
