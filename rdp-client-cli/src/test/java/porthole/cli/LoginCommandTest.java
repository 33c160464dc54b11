package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.PopKey;
import porthole.aad.RdpResource;
import porthole.aad.entra.EntraHttp;
import porthole.aad.verify.Expectations;
import porthole.cli.output.TerminalQrTest;
import porthole.host.RdpHost;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.EntraFault;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.session.HostIdentity;

class LoginCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();
    private MockAuthority authority;
    private EntraHttp http;
    private Path cache;
    private Path ca;

    @BeforeEach
    void start() throws Exception {
        authority = MockAuthority.start(MockAuthoritySettings.defaults());
        http = EntraHttp.trusting(authority.clientTls(), PATIENCE);
        cache = folder.resolve("cache/tokens.json");
        ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    }

    @AfterEach
    void stop() {
        authority.close();
        http.close();
    }

    private int run(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--token-cache", cache.toString()));
        if (!List.of("logout", "token").contains(command[0])) {
            all.addAll(List.of("--authority", authority.hostAndPort(), "--authority-ca-file", ca.toString()));
        }
        return shell.run(all.toArray(String[]::new));
    }

    /** Every secret of the cache file. */
    private List<String> secrets() throws Exception {
        List<String> secrets = new ArrayList<>();
        Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(Files.readString(cache));
        while (token.find()) {
            secrets.add(token.group(1));
        }
        return secrets;
    }

    private void assertNoSecretWasPrinted() throws Exception {
        assertThat(secrets()).isNotEmpty().allSatisfy(secret -> {
            assertThat(shell.out()).doesNotContain(secret);
            assertThat(shell.err()).doesNotContain(secret);
        });
    }

    /** Waits for the URL that the command prints, goes there as a browser would, and gives where it is sent. */
    private CompletableFuture<String> browser() {
        return CompletableFuture.supplyAsync(() -> {
            Pattern url = Pattern.compile("https://\\S+/oauth2/v2.0/authorize\\S+\\s");
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until) {
                Matcher printed = url.matcher(shell.err());
                if (printed.find()) {
                    return http.get(URI.create(printed.group().strip()))
                            .join()
                            .location()
                            .orElseThrow();
                }
                Thread.onSpinWait();
            }
            throw new IllegalStateException("no URL was printed");
        });
    }

    @Test
    void aDeviceCodeSignsInAndConnectGetsItsTokensFromTheCache() throws Exception {
        assertThat(run("login")).as(shell.err()).isZero();
        assertThat(shell.err()).containsPattern("Open https://\\S+ and enter the code [A-Z]{9}");
        assertThat(shell.out()).contains("alice@lab.test is signed in for https://www.wvd.microsoft.com/.default");
        assertNoSecretWasPrinted();
        HostIdentity identity = HostIdentity.selfSigned("rdphost", new SecureRandom());
        try (RdpHost host = RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .aad(new EntraAssertionCheck(
                        Expectations.host(RdpResource.named("rdphost"), authority.keys(), authority),
                        Clock.systemUTC(),
                        Runnable::run))
                .start()) {
            assertThat(run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--security",
                            "aad",
                            "--entra-name",
                            "rdphost",
                            "--certificate",
                            "pin:" + host.certificateSha256()))
                    .as(shell.err())
                    .isZero();
        }
        assertNoSecretWasPrinted();
    }

    @Test
    void theAddressOfTheDeviceCodeIsShownForACamera() throws Exception {
        assertThat(run("login", "--qr", "always")).as(shell.err()).isZero();
        Matcher said = Pattern.compile("Open (https://\\S+) and enter").matcher(shell.err());
        assertThat(said.find()).isTrue();
        assertThat(TerminalQrTest.read(shell.err())).isEqualTo(said.group(1));
        assertThat(shell.out()).doesNotContain("\u2588");
        assertThat(run("login")).isZero();
        assertThat(shell.err()).as("no terminal").doesNotContain("\u2588");
    }

    @Test
    void theBrowserComesBackToTheLoopbackAddress() throws Exception {
        CompletableFuture<HttpResponse<String>> page = browser().thenApply(location -> {
            try {
                URI uri = URI.create(location);
                HttpClient client = HttpClient.newHttpClient();
                client.send(
                        HttpRequest.newBuilder(uri.resolve("/favicon.ico")).build(),
                        HttpResponse.BodyHandlers.ofString());
                return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(run("login", "--browser", "--client-id", "own-client", "--wait", "30s"))
                .as(shell.err())
                .isZero();
        assertThat(page.join().body()).contains("part of the sign-in is done");
        assertNoSecretWasPrinted();
    }

    @Test
    void aPastedRedirectSignsIn() throws Exception {
        PipedOutputStream typed = new PipedOutputStream();
        shell.in(new PipedInputStream(typed));
        CompletableFuture<Void> person = browser().thenAccept(location -> {
            try {
                typed.write((location + "\n").getBytes(StandardCharsets.UTF_8));
                typed.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(run("login", "--paste", "--user", "alice@lab.test", "--json"))
                .as(shell.err())
                .isZero();
        person.join();
        assertThat(shell.objects().get(0))
                .containsEntry("user", "alice@lab.test")
                .containsEntry("refreshToken", true);
        assertNoSecretWasPrinted();
    }

    /** The client of Azure Virtual Desktop has no redirect to a loopback address. */
    @Test
    void theBrowserEndsAtAPageToPasteWhereTheClientAllowsNothingElse() throws Exception {
        PipedOutputStream typed = new PipedOutputStream();
        shell.in(new PipedInputStream(typed));
        CompletableFuture<Void> person = browser().thenAccept(location -> {
            try {
                assertThat(location).startsWith("https://login.microsoftonline.com/common/oauth2/nativeclient?code=");
                typed.write((location + "\n").getBytes(StandardCharsets.UTF_8));
                typed.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(run("login", "--browser")).as(shell.err()).isZero();
        person.join();
        assertThat(shell.err()).contains("paste the URL of the page that follows");
    }

    @Test
    void aTokenForAKeyThatIsUsedAgainIsKeptWithIt() throws Exception {
        assertThat(run("login")).as(shell.err()).isZero();
        Path key = folder.resolve("key.jwk");
        PopKey pop = PopKey.generate(new SecureRandom());
        pop.write(key);
        for (int i = 0; i < 2; i++) {
            run(
                    "connect",
                    "127.0.0.1:1",
                    "--security",
                    "aad",
                    "--entra-name",
                    "rdphost",
                    "--pop-key-file",
                    key.toString());
        }
        run("connect", "127.0.0.1:1", "--security", "aad", "--entra-name", "rdphost");
        assertThat(run("token", "show", "--json")).isZero();
        assertThat(shell.objects())
                .filteredOn(o -> o.get("popKey") != null)
                .singleElement()
                .satisfies(o -> assertThat(o)
                        .containsEntry("popKey", pop.thumbprint())
                        .containsEntry("scope", RdpResource.named("rdphost").scope()));
    }

    @Test
    void ofSeveralWhoAreSignedInTheNamedOneIsTakenElseTheLastAndThatIsSaid() throws Exception {
        assertThat(run("login")).as(shell.err()).isZero();
        PipedOutputStream typed = new PipedOutputStream();
        shell.in(new PipedInputStream(typed));
        CompletableFuture<Void> person = browser().thenAccept(location -> {
            try {
                typed.write((location + "\n").getBytes(StandardCharsets.UTF_8));
                typed.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(run("login", "--paste", "--user", "bert@lab.test"))
                .as(shell.err())
                .isZero();
        person.join();
        String several = "signed in are bert@lab.test, alice@lab.test: this is bert@lab.test, who was the last";
        assertThat(userOfTheTokenOf("connect", "127.0.0.1:1")).isEqualTo("bert@lab.test");
        assertThat(shell.err()).containsOnlyOnce(several);
        assertThat(userOfTheTokenOf("connect", "127.0.0.1:1", "--user", "Alice@lab.test"))
                .isEqualTo("alice@lab.test");
        assertThat(shell.err()).doesNotContain("signed in are");
        // hers was used last, and still she is not taken for him
        assertThat(userOfTheTokenOf("probe", "127.0.0.1:1", "--until", "active", "--user", "bert@lab.test"))
                .isEqualTo("bert@lab.test");
        Path file = Files.writeString(
                folder.resolve("a.rdp"), "full address:s:127.0.0.1:1\r\nusername:s:alice@lab.test\r\n");
        assertThat(userOfTheTokenOf("connect", file.toString())).isEqualTo("alice@lab.test");
        assertThat(run("connect", "127.0.0.1:1", "--security", "aad", "--user", "carl@lab.test"))
                .isEqualTo(ExitCode.TOKEN.number());
        assertThat(shell.err())
                .contains("this user is not signed in", "and carl@lab.test; signed in are", "name with --user");
        // with a password the user is the host's, who need not be the one who signed in
        assertThat(userOfTheTokenOf(
                        "connect",
                        "127.0.0.1:1",
                        "--user",
                        "carl@lab.test",
                        "--password-file",
                        Files.writeString(folder.resolve("password"), "x").toString()))
                .isEqualTo("alice@lab.test");
    }

    /** Runs a command with a key of its own, and tells from the cache whose token it got. */
    private Object userOfTheTokenOf(String... command) throws Exception {
        PopKey key = PopKey.generate(new SecureRandom());
        Path file = folder.resolve(key.thumbprint() + ".jwk");
        key.write(file);
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--security", "aad", "--entra-name", "rdphost", "--pop-key-file", file.toString()));
        assertThat(run(all.toArray(String[]::new))).as(shell.err()).isEqualTo(ExitCode.CONNECT.number());
        Shell show = new Shell();
        assertThat(show.run("token", "show", "--json", "--token-cache", cache.toString()))
                .isZero();
        return show.objects().stream()
                .filter(o -> key.thumbprint().equals(o.get("popKey")))
                .findFirst()
                .orElseThrow()
                .get("user");
    }

    @Test
    void whatIsPastedHasToBeTheRedirectOfThisRequest() {
        for (String pasted : List.of(
                "https://login.microsoftonline.com/common/wrongplace",
                "https://x/?code=abcdefghijkl&state=other",
                "https://x/?error=access_denied&error_description=AADSTS65004%3A+declined",
                "")) {
            shell.in(pasted + "\n");
            assertThat(run("login", "--paste")).isEqualTo(ExitCode.TOKEN.number());
            assertThat(shell.err()).contains("remedy").doesNotContain("abcdefghijkl");
        }
        assertThat(shell.err()).contains("a URL without a code");
    }

    @Test
    void showAndLogout() throws Exception {
        assertThat(run("login")).isZero();
        assertThat(run("token", "show")).isZero();
        assertThat(shell.out()).contains("refresh  alice@lab.test", "access   alice@lab.test", "until ");
        assertNoSecretWasPrinted();
        assertThat(run("token", "show", "--print-token", "--json")).isZero();
        assertThat(shell.objects()).extracting(o -> o.get("token")).containsExactlyInAnyOrderElementsOf(secrets());
        assertThat(run("logout", "--user", "somebody")).isZero();
        assertThat(shell.out()).contains("forgot 0 tokens");
        assertThat(run("logout")).isZero();
        assertThat(shell.out()).contains("forgot 2 tokens");
        assertThat(run("connect", "127.0.0.1:1", "--security", "aad")).isEqualTo(ExitCode.TOKEN.number());
        assertThat(shell.err()).contains("nobody is signed in", "porthole login");
    }

    @Test
    void aClaimsChallengeIsPassedOn() throws Exception {
        assertThat(run("login")).isZero();
        authority.setFaults(Set.of(EntraFault.CLAIMS_CHALLENGE));
        assertThat(run("connect", "127.0.0.1:1", "--security", "aad", "--entra-name", "rdphost"))
                .isEqualTo(ExitCode.TOKEN.number());
        Matcher claims = Pattern.compile("porthole login --claims '([^']+)'").matcher(shell.err());
        assertThat(claims.find()).as(shell.err()).isTrue();
        assertThat(run("login", "--claims", claims.group(1))).as(shell.err()).isZero();
    }

    @Test
    void aSlowAuthorityAndARefusedOne() {
        authority.setFaults(Set.of(EntraFault.TOKEN_REFUSED));
        assertThat(run("login")).isEqualTo(ExitCode.TOKEN.number());
        assertThat(shell.err()).contains("AADSTS50079");
        assertThat(run("login", "--paste", "--browser")).isEqualTo(2);
    }
}
