package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.fixtures.peer.DebianProxy;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;

/** Sign-ins through Debian's proxies. */
@Tag("interop")
class SignInProxyInteropTest {
    @TempDir
    private Path folder;

    @Test
    void throughTinyproxyAndSquidWithAPassword() throws Exception {
        Shell shell = new Shell();
        Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults());
                DebianProxy tinyproxy = DebianProxy.tinyproxy(authority.port(), "anna", "s3cret");
                DebianProxy squid = DebianProxy.squidWithBasic(authority.port(), "anna", "s3cret")) {
            Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
            for (DebianProxy proxy : new DebianProxy[] {tinyproxy, squid}) {
                String[] command = {
                    "login",
                    "--authority",
                    authority.hostAndPort(),
                    "--authority-ca-file",
                    ca.toString(),
                    "--token-cache",
                    folder.resolve("tokens.json").toString(),
                    "--proxy",
                    "http://anna@127.0.0.1:" + proxy.port(),
                    "--proxy-password-file",
                    password.toString()
                };
                assertThat(shell.run(command)).as(shell.err() + proxy.log()).isZero();
                Files.writeString(password, "wrong\n");
                assertThat(shell.run(command)).isEqualTo(ExitCode.TOKEN.number());
                assertThat(shell.err()).contains("the proxy did not accept user and password");
                Files.writeString(password, "s3cret\n");
            }
        }
    }
}
