package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.credential.Thumbprint;
import porthole.aad.entra.EntraHttp;
import porthole.aad.json.Base64Url;
import porthole.fixtures.HostCertificate;
import porthole.host.entra.MockApplication;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;

class TokenCommandTest {
    private static final String CLIENT = "00000000-0000-4000-8000-00000000c11e";
    private static final HostCertificate PAIR = HostCertificate.windowsLike();

    @TempDir
    private static Path folder;

    private static Path both;
    private static Path certificate;
    private final Shell shell = new Shell();

    @BeforeAll
    static void write() throws Exception {
        PAIR.writePem(folder);
        certificate = folder.resolve("host.crt");
        both = folder.resolve("app.pem");
        Files.writeString(both, Files.readString(folder.resolve("host.key")) + Files.readString(certificate));
    }

    private String make(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "token", "assertion", "--certificate", both.toString(), "--client-id", CLIENT, "--tenant", "t.test"));
        arguments.addAll(List.of(more));
        assertThat(shell.run(arguments.toArray(String[]::new))).isZero();
        return shell.out();
    }

    @Test
    void anAssertionIsMadeAndEachFieldExplained() throws Exception {
        String text = make("--thumbprint", "both", "--alg", "RS256");
        assertThat(text).contains("RFC 7515 4.1.7", "RFC 7515 4.1.8", "t.test/oauth2/v2.0/token", CLIENT, "jti");
        Path file = Files.writeString(
                folder.resolve("a.jwt"), text.lines().findFirst().orElseThrow() + "\n");
        assertThat(shell.run(
                        "token",
                        "assertion",
                        "--check",
                        file.toString(),
                        "--certificate",
                        certificate.toString(),
                        "--client-id",
                        CLIENT,
                        "--tenant",
                        "t.test",
                        "--authority",
                        "public"))
                .isZero();
        assertThat(shell.out()).contains("as it should be", "signature");
        assertThat(shell.run("token", "assertion", "--check", file.toString(), "--at", "2020-01-01T00:00:00Z"))
                .isEqualTo(ExitCode.FAULTY.number());
        assertThat(shell.out()).contains("not-yet-valid (certain; answer: AADSTS700024)");
    }

    @Test
    void theClassicMistakesAreNamed() {
        String[] parts =
                make("--json").split("\"assertion\":\"")[1].split("\"")[0].split("\\.");
        String hex = Base64Url.encode("{\"typ\":\"JWT\",\"alg\":\"PS256\",\"x5t\":\""
                + Base64Url.encode(Thumbprint.X5T.hex(PAIR.certificate())) + "\"}");
        String none = Base64Url.encode("{\"typ\":\"JWT\",\"alg\":\"PS256\"}");
        assertThat(shell.in(hex + "." + parts[1] + "." + parts[2]).run("token", "assertion", "--check", "-", "--json"))
                .isEqualTo(35);
        assertThat(shell.out())
                .contains("\"cause\":\"thumbprint-hex\"", "AADSTS700027")
                .doesNotContain(parts[2]);
        assertThat(shell.run("token", "assertion", "--check", none + "." + parts[1] + "." + parts[2]))
                .isEqualTo(35);
        assertThat(shell.out()).contains("AADSTS5002723");
    }

    @Test
    void tokensAreAskedForAndDecrypted() throws Exception {
        MockApplication.Encryption encryption =
                new MockApplication.Encryption(PAIR.certificate(), "RSA-OAEP", "A256CBC-HS512", true);
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults()
                        .applications(
                                MockApplication.client(CLIENT, PAIR.certificate()),
                                MockApplication.encrypting("resource", "api://secret", encryption)));
                EntraHttp http = EntraHttp.trusting(authority.clientTls(), Duration.ofSeconds(20))) {
            Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
            Path jwks = Files.writeString(
                    folder.resolve("jwks.json"),
                    http.get(URI.create("https://" + authority.hostAndPort() + "/common/discovery/v2.0/keys"))
                            .join()
                            .body());
            String[] request = {
                "token",
                "request",
                "--certificate",
                both.toString(),
                "--client-id",
                CLIENT,
                "--authority",
                authority.hostAndPort(),
                "--authority-ca-file",
                ca.toString(),
                "--tenant",
                authority.tenantId(),
                "--scope",
                "api://secret/.default"
            };
            assertThat(shell.run(request)).as(shell.err()).isZero();
            assertThat(shell.out()).startsWith("Bearer token for api://secret/.default until ");
            List<String> withToken = new ArrayList<>(List.of(request));
            withToken.addAll(List.of("--print-token", "--json"));
            assertThat(shell.run(withToken.toArray(String[]::new))).isZero();
            String token = (String) shell.objects().get(0).get("accessToken");
            assertThat(token.split("\\.")).hasSize(5);
            Path file = Files.writeString(folder.resolve("token.jwe"), token);
            String[] decrypt = {
                "token",
                "decrypt",
                file.toString(),
                "--certificate",
                both.toString(),
                "--jwks",
                jwks.toString(),
                "--audience",
                "api://secret",
                "--client",
                CLIENT,
                "--client-credential",
                "2",
                "--tenant",
                authority.tenantId(),
                "--issuer",
                authority.issuer()
            };
            assertThat(shell.run(decrypt)).as(shell.out()).isZero();
            assertThat(shell.out())
                    .contains("idtyp", "A256CBC-HS512", "keyChosenBy: x5t")
                    .doesNotContain(token);
            assertThat(shell.run("token", "decrypt", file.toString(), "--json")).isEqualTo(35);
            Map<String, Object> explanation = shell.objects().get(0);
            assertThat(explanation.toString()).contains("decryption", "0 keys tried");
        }
    }

    @Test
    void anAuthorityThatSaysNoIsQuoted() throws Exception {
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults()
                .applications(MockApplication.client(
                        CLIENT, HostCertificate.options().create().certificate())))) {
            Path ca = Files.writeString(folder.resolve("ca2.pem"), authority.certificatePem());
            assertThat(shell.run(
                            "token",
                            "request",
                            "--certificate",
                            both.toString(),
                            "--client-id",
                            CLIENT,
                            "--authority",
                            authority.hostAndPort(),
                            "--authority-ca-file",
                            ca.toString(),
                            "--scope",
                            "api://secret/.default"))
                    .isEqualTo(ExitCode.TOKEN.number());
            assertThat(shell.err()).contains("AADSTS700027", "remedy");
        }
    }
}
