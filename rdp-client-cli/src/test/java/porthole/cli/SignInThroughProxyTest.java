package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.aad.RdpResource;
import porthole.aad.verify.Expectations;
import porthole.host.RdpHost;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.session.HostIdentity;

/** The authority has a name that only the proxy can resolve, so whatever gets there went through the proxy. */
class SignInThroughProxyTest {
    private static final String NAME = "login.corporation.invalid";

    @TempDir
    private static Path folder;

    private static MockAuthority authority;
    private static Path ca;
    private static Path password;

    private final Shell shell = new Shell();
    private Path cache;

    @BeforeAll
    static void start() throws Exception {
        authority = MockAuthority.start(MockAuthoritySettings.defaults().named(NAME));
        ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        password = Files.writeString(folder.resolve("password"), ConnectProxy.PASSWORD + "\n");
    }

    @AfterAll
    static void stop() {
        authority.close();
    }

    @BeforeEach
    void cache() throws Exception {
        cache = Files.createTempDirectory(folder, "cache").resolve("tokens.json");
    }

    private int run(String command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--authority", authority.hostAndPort(), "--authority-ca-file", ca.toString()));
        all.addAll(List.of("--token-cache", cache.toString()));
        all.addAll(List.of(more));
        int status = shell.run(all.toArray(String[]::new));
        assertThat(shell.out() + shell.err()).doesNotContain(ConnectProxy.PASSWORD);
        return status;
    }

    @ParameterizedTest
    @EnumSource
    void signsIn(ConnectProxy.SignIn how) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(how)) {
            assertThat(run(
                            "login",
                            "--proxy",
                            proxy.url(),
                            "--proxy-user",
                            ConnectProxy.USER,
                            "--proxy-password-file",
                            password.toString()))
                    .as(shell.err())
                    .isZero();
            assertThat(proxy.opened())
                    .as("configuration, device code, one poll that is early and one that is not")
                    .hasSize(4)
                    .containsOnly(authority.hostAndPort());
        }
    }

    @Test
    void theEnvironmentNamesTheProxyAndWhoIsReachedWithoutIt() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(ConnectProxy.SignIn.NONE)) {
            shell.with("https_proxy", proxy.url());
            assertThat(run("login")).as(shell.err()).isZero();
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
            assertThat(proxy.opened())
                    .as("token and nonce went through the proxy, the host on this machine did not")
                    .hasSizeGreaterThan(6)
                    .containsOnly(authority.hostAndPort());
            int before = proxy.opened().size();
            shell.with("no_proxy", "corporation.invalid");
            assertThat(run("login")).isEqualTo(ExitCode.TOKEN.number());
            assertThat(shell.err()).contains("the authority's name does not resolve");
            assertThat(proxy.opened()).hasSize(before);
        }
    }

    @Test
    void whatTheProxyRefusesIsSaidOfTheProxy() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(ConnectProxy.SignIn.BASIC)) {
            assertThat(run("login", "--proxy", proxy.url())).isEqualTo(ExitCode.TOKEN.number());
            assertThat(shell.err()).contains("the proxy wants a user and a password", "--proxy-user");
            shell.with("WRONG", "not-the-word");
            assertThat(run("login", "--proxy", proxy.url(), "--proxy-user", "anna", "--proxy-password-env", "WRONG"))
                    .isEqualTo(ExitCode.TOKEN.number());
            assertThat(shell.err())
                    .contains("the proxy did not accept user and password")
                    .doesNotContain("not-the-word");
            assertThat(proxy.opened()).isEmpty();
        }
        assertThat(run("login", "--proxy", "http://127.0.0.1:1")).isEqualTo(ExitCode.TOKEN.number());
        assertThat(shell.err()).contains("no connection to the authority", "http://127.0.0.1:1");
    }
}
