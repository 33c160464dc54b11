package porthole.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.transport.Approach;
import porthole.transport.Credentials;
import porthole.transport.ProxyServer;
import porthole.transport.RouteSettings;
import porthole.transport.Target;
import porthole.transport.Trust;

class RouteOptionsTest {
    private static final String VM = "b2d4c2a0-0000-4000-8000-0000000000b1";

    @Command
    private static final class Holder {
        @Mixin
        private HostOptions host;
    }

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path folder;

    private Surroundings surroundings() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new Surroundings(
                new ByteArrayInputStream("from stdin\n".getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                environment,
                Optional.empty());
    }

    private static HostOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.host;
    }

    private Optional<ProxyServer> proxy(String host, String... arguments) {
        return options(arguments)
                .route(surroundings(), RdpFile.empty(), Credentials.NONE)
                .proxy()
                .before(host);
    }

    @Test
    void aProxyComesFromTheOptionOrElseFromTheEnvironment() {
        assertThat(proxy("host.test")).isEmpty();
        environment.put("https_proxy", "http://env.test:3128");
        environment.put("no_proxy", "lan.test");
        assertThat(proxy("host.test").orElseThrow()).hasToString("http://env.test:3128");
        assertThat(proxy("host.lan.test")).isEmpty();
        assertThat(proxy("localhost")).isEmpty();
        assertThat(proxy("host.lan.test", "--proxy", "socks5://flag.test").orElseThrow())
                .hasToString("socks5://flag.test:1080");
        assertThat(proxy("host.test", "--proxy", "none")).isEmpty();
    }

    @Test
    void theProxysPasswordComesFromWhereNobodyElseSeesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "geheim\n");
        String[] withFile = {
            "--proxy", "http://p.test", "--proxy-user", "LAB\\anna", "--proxy-password-file", file.toString()
        };
        ProxyServer proxy = proxy("host.test", withFile).orElseThrow();
        assertThat(proxy.user()).isEqualTo("LAB\\anna");
        assertThat(proxy.password().reveal()).isEqualTo("geheim");

        environment.put("SECRET", "other");
        assertThat(proxy("host.test", "--proxy", "http://anna@p.test", "--proxy-password-env", "SECRET")
                        .orElseThrow()
                        .password()
                        .reveal())
                .isEqualTo("other");
        HostOptions fromInput = options("--proxy", "http://anna@p.test", "--proxy-password-file", "-");
        assertThat(fromInput.readsStandardInput()).isTrue();
        assertThat(fromInput
                        .route(surroundings(), RdpFile.empty(), Credentials.NONE)
                        .proxy()
                        .server()
                        .orElseThrow()
                        .password()
                        .reveal())
                .isEqualTo("from stdin");
        assertThatThrownBy(() ->
                        proxy("x", "--proxy-password-file", "a", "--proxy-password-env", "b", "--proxy", "p.test"))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void aBadProxyIsAMistakeOfTheUserAndNeverShowsItsPassword() {
        environment.put("all_proxy", "ftp://me:geheim@p.test");
        assertThatThrownBy(() -> proxy("host.test"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("all_proxy")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> proxy("host.test", "--proxy", "http://me:geheim@:80"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--proxy")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void anHttpsProxyHasItsOwnAuthorities() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "");
        assertThat(proxy("host.test", "--proxy", "https://p.test", "--proxy-ca-file", file.toString())
                        .orElseThrow()
                        .trust())
                .isEqualTo(new Trust.Strict(Optional.of(file)));
        assertThatThrownBy(() -> proxy("host.test", "--proxy", "https://p.test", "--proxy-ca-file", "/none/at/all"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--proxy-ca-file");
    }

    @Test
    void aUnixSocketTakesThePlaceOfTheAddressAlone() {
        Target target = options("--unix-socket", "/run/rdp.sock").target("host.test:3390", RdpFile.empty());
        assertThat(target.unixSocket()).contains("/run/rdp.sock");
        assertThat(target.tlsName()).isEqualTo("host.test");
        assertThat(options().target("unix:/run/rdp.sock", RdpFile.empty()).unixSocket())
                .contains("/run/rdp.sock");
    }

    private RouteSettings route(String... arguments) {
        return options(arguments).route(surroundings(), RdpFile.empty(), Credentials.NONE);
    }

    @Test
    void theAddressToComeFromIsAnAddress() throws IOException {
        assertThat(route("--bind-address", "192.0.2.7").bindAddress()).contains(InetAddress.getByName("192.0.2.7"));
        assertThatThrownBy(() -> route("--bind-address", "eth0"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--bind-address");
    }

    @Test
    void addressesMayHaveAZone() {
        Target target = options().target("[fe80::1%eth0]:3390", RdpFile.empty());
        assertThat(target.host()).isEqualTo("fe80::1%eth0");
        assertThat(target.port()).isEqualTo(3390);
        assertThat(target.tlsName()).isEqualTo("fe80::1");
    }

    @Test
    void preconnectionTextAndId() {
        assertThat(options().approach(RdpFile.empty())).isEqualTo(Approach.NEGOTIATED);
        assertThat(options("--pcid", "0x10").approach(RdpFile.empty()).preconnection())
                .contains(PreconnectionPdu.ofId(16));
        assertThat(options("--pcb", "x", "--pcid", "7")
                        .approach(RdpFile.empty())
                        .preconnection())
                .contains(PreconnectionPdu.of(7, "x"));
        assertThat(options("--direct").approach(RdpFile.empty())).isEqualTo(new Approach(Optional.empty(), true));
        assertThatThrownBy(() -> options("--pcid", "-1").approach(RdpFile.empty()))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> options("--pcb", "x".repeat(40_000)).approach(RdpFile.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--pcb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                VM + "|" + VM,
                VM + ",enhanced|" + VM + ";EnhancedMode=1",
                VM + ";EnhancedMode=1|" + VM + ";EnhancedMode=1",
                VM + ";EnhancedMode=0|" + VM
            })
    void aVirtualMachineHasItsPortAndItsText(String option, String text) {
        HostOptions options = options("--vmconnect", option);
        assertThat(options.approach(RdpFile.empty()))
                .isEqualTo(new Approach(Optional.of(PreconnectionPdu.of(0, text)), true));
        assertThat(options.target("hyperv.test", RdpFile.empty()).port()).isEqualTo(2179);
        assertThat(options.target("hyperv.test:3000", RdpFile.empty()).port()).isEqualTo(3000);
        assertThat(options.security(surroundings(), RdpFile.empty())).isEqualTo(HostOptions.Security.NLA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my machine", VM + ",basic", "b2d4c2a0"})
    void whatIsNoMachineIsRefused(String id) {
        assertThatThrownBy(() -> options("--vmconnect", id).approach(RdpFile.empty()))
                .isInstanceOf(UsageException.class);
    }
}
