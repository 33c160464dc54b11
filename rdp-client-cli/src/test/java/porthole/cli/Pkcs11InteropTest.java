package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.credential.ClientCertificate;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.Wanted;
import porthole.aad.jwe.TokenDecryption;
import porthole.fixtures.HostCertificate;
import porthole.fixtures.peer.SoftHsm;
import porthole.host.entra.MockApplication;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.protocol.failure.Stage;

/** Client assertions and encrypted tokens with a key that stays in a PKCS#11 token, in processes of their own: a token is found by the environment. */
@Tag("interop")
class Pkcs11InteropTest {
    private static final String CLIENT = "00000000-0000-4000-8000-00000000c11e";

    @TempDir
    private Path folder;

    private record Ran(int status, String out, String err) {}

    private Ran run(SoftHsm hsm, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Porthole.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(hsm.environment());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Ran ran = new Ran(process.waitFor(), out, Files.readString(err));
        assertThat(ran.toString()).doesNotContain(SoftHsm.PIN);
        return ran;
    }

    @Test
    void aTokenSignsAssertionsThatTheAuthorityTakes() throws Exception {
        HostCertificate pair = HostCertificate.windowsLike();
        pair.writePem(folder);
        Path pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
        try (SoftHsm hsm = new SoftHsm(pair);
                MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults()
                        .applications(MockApplication.client(CLIENT, pair.certificate())))) {
            String[] token = {"--pkcs11", hsm.configuration().toString(), "--password-file", pin.toString()};
            Ran made = run(
                    hsm,
                    arguments(
                            token,
                            "token",
                            "assertion",
                            "--alias",
                            SoftHsm.ALIAS,
                            "--client-id",
                            CLIENT,
                            "--tenant",
                            "t.test"));
            assertThat(made.status()).as(made.err() + hsm.log()).isZero();
            String assertion = made.out().lines().findFirst().orElseThrow();
            assertThat(new Shell()
                            .run(
                                    "token",
                                    "assertion",
                                    "--check",
                                    assertion,
                                    "--certificate",
                                    folder.resolve("host.crt").toString(),
                                    "--client-id",
                                    CLIENT))
                    .as("signature and thumbprint")
                    .isZero();
            Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
            Ran asked = run(
                    hsm,
                    arguments(
                            token,
                            "token",
                            "request",
                            "--alg",
                            "RS256",
                            "--client-id",
                            CLIENT,
                            "--authority",
                            authority.hostAndPort(),
                            "--authority-ca-file",
                            ca.toString(),
                            "--scope",
                            "api://other/.default"));
            assertThat(asked.status()).as(asked.err()).isZero();
            assertThat(asked.out()).startsWith("Bearer token for api://other/.default until ");
            Files.writeString(pin, "000000\n");
            Ran wrong = run(hsm, arguments(token, "token", "assertion", "--client-id", CLIENT));
            assertThat(wrong.status()).isEqualTo(ExitCode.TOKEN.number());
            assertThat(wrong.err()).contains("PIN");
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA-OAEP, A256CBC-HS512", "RSA-OAEP-256, A128GCM"})
    void aTokenOpensWhatIsEncryptedToItsCertificate(String alg, String enc) throws Exception {
        HostCertificate pair = HostCertificate.windowsLike();
        pair.writePem(folder);
        ClientCertificate software = ClientCertificate.of(pair.privateKey(), List.of(pair.certificate()));
        Path pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
        try (SoftHsm hsm = new SoftHsm(pair);
                MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults()
                        .applications(
                                MockApplication.client(CLIENT, pair.certificate()),
                                MockApplication.encrypting(
                                        "resource",
                                        "api://secret",
                                        new MockApplication.Encryption(pair.certificate(), alg, enc, true))));
                EntraHttp http = EntraHttp.trusting(authority.clientTls(), Duration.ofSeconds(20))) {
            EntraEndpoints endpoints =
                    authority.authority().discover(http, Stage.TOKEN).join();
            Path jwks = Files.writeString(
                    folder.resolve("jwks.json"),
                    http.get(endpoints.jwksUri().orElseThrow()).join().body());
            ClientIdentity client =
                    new ClientIdentity.Certificate(CLIENT, software, ClientAssertion.Style.CURRENT, Clock.systemUTC());
            String token = new TokenClient(http, endpoints.tokenEndpoint(), client, Clock.systemUTC())
                    .clientCredentials(Wanted.bearer("api://secret/.default"))
                    .join()
                    .granted()
                    .accessToken();
            Ran opened = decrypt(hsm, pin, jwks, token);
            assertThat(opened.status()).as(opened.toString()).isZero();
            assertThat(opened.out())
                    .contains("api://secret", enc)
                    .doesNotContain(new TokenDecryption(List.of(software))
                            .decrypt(token)
                            .token());
            int inKey = token.indexOf('.') + 20;
            String altered =
                    token.substring(0, inKey) + (token.charAt(inKey) == 'A' ? 'B' : 'A') + token.substring(inKey + 1);
            Ran refused = decrypt(hsm, pin, jwks, altered);
            assertThat(refused.status()).isEqualTo(ExitCode.FAULTY.number());
            assertThat(refused.out()).contains("1 keys tried");
        }
    }

    private Ran decrypt(SoftHsm hsm, Path pin, Path jwks, String token) throws Exception {
        return run(
                hsm,
                "token",
                "decrypt",
                Files.writeString(folder.resolve("token.jwe"), token).toString(),
                "--pkcs11",
                hsm.configuration().toString(),
                "--password-file",
                pin.toString(),
                "--jwks",
                jwks.toString(),
                "--audience",
                "api://secret");
    }

    private static String[] arguments(String[] token, String... command) {
        List<String> all = new ArrayList<>(Arrays.asList(command));
        all.addAll(Arrays.asList(token));
        return all.toArray(String[]::new);
    }
}
