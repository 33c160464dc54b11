package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.host.avd.AvdEvent;
import porthole.transport.Credentials;
import porthole.transport.Secret;

/** One sign-in, and then lists and sessions of Azure Virtual Desktop without another one. */
class AvdCommandTest {
    private static final Credentials ALICE = new Credentials("alice", "", Secret.of("tr0ub4dor&3"));
    private static final String WORKSPACE = "b2d4c2a0-0000-4000-8000-00000000a0d0";
    private static final Queue<AvdEvent> EVENTS = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path folder;

    private static EmbeddedAvd avd;

    private final Shell shell = new Shell();

    @BeforeAll
    static void start() throws Exception {
        avd = EmbeddedAvd.start(
                RdpHost.builder(), EmbeddedAvd.Plan.of("cloudpc-1", ALICE).withObserver(EVENTS::add));
        CertificateFile.write(folder.resolve("ca.pem"), avd.certificates());
        Files.writeString(folder.resolve("password"), ALICE.password().reveal());
        // a device code, which the mock authority takes at once
        assertThat(new Shell().run(options(List.of("login")))).isZero();
    }

    @AfterAll
    static void stop() {
        avd.close();
    }

    private static String[] options(List<String> command) {
        String ca = folder.resolve("ca.pem").toString();
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--token-cache", folder.resolve("tokens.json").toString()));
        all.addAll(List.of("--authority", avd.authority().hostAndPort(), "--authority-ca-file", ca));
        if (!command.get(0).equals("login")) {
            all.addAll(List.of("--avd-ca-file", ca));
            boolean known = command.stream().anyMatch(option -> option.endsWith(".rdpw"));
            all.addAll(known ? List.of() : List.of("--feed", avd.discovery().toString()));
        }
        return all.toArray(String[]::new);
    }

    private int run(String... command) throws Exception {
        int code = shell.run(options(List.of(command)));
        assertThat(shell.out() + shell.err()).doesNotContain("eyJ").doesNotContain("mock-refresh", "tr0ub4dor");
        return code;
    }

    @Test
    void listsWhatThereIs() throws Exception {
        assertThat(run("avd", "list")).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("desktop  Demo/Desktop", "Demo/Desktop with a password", "host pool demo-pool", ".rdp");
        assertThat(run("avd", "list", "--json")).isZero();
        assertThat(shell.objects()).hasSize(2);
        assertThat(shell.objects().get(0))
                .containsEntry("workspace", "Demo")
                .containsEntry("workspaceId", WORKSPACE)
                .containsEntry("name", "Desktop")
                .containsEntry("kind", "desktop")
                .containsEntry("hostPool", "demo-pool")
                .containsKeys("id", "alias", "armPath", "file");
    }

    @Test
    void byNameWithEntraIdAndTheTokenForTheHostComesFromTheSameSignIn() throws Exception {
        Path png = folder.resolve("a.png");
        assertThat(run("avd", "connect", "demo/desktop", "--screenshot", png.toString(), "--json"))
                .as(shell.err())
                .isZero();
        assertThat(png).isNotEmptyFile();
        List<Map<String, Object>> stages = shell.objects().stream()
                .filter(event -> event.get("event").equals("stage"))
                .toList();
        assertThat(stages)
                .extracting(event -> event.get("stage"))
                .containsSubsequence(
                        "broker",
                        "token",
                        "aad-nonce",
                        "gateway-tls",
                        "gateway-authentication",
                        "tls",
                        "authentication");
        // address, TLS name and Entra name are three values, and the last one is the broker's
        assertThat(shell.out()).contains("termsrv.wvd.microsoft.com/name/cloudpc-1", "CN=cloudpc-1", "CN=localhost");
    }

    @Test
    void byIdWithAPassword() throws Exception {
        assertThat(run(
                        "avd",
                        "connect",
                        WORKSPACE + "/b2d4c2a0-0000-4000-8000-00000000a0d2",
                        "--user",
                        "alice",
                        "--password-file",
                        folder.resolve("password").toString(),
                        "--screenshot",
                        folder.resolve("b.png").toString()))
                .as(shell.err())
                .isZero();
        assertThat(shell.err()).contains("connected to cloudpc-1 through localhost:");
    }

    @Test
    void aLaunchUriAndAFileLeadThereToo() throws Exception {
        String uri = "ms-avd:connect?workspaceid=" + WORKSPACE + "&resourceid=b2d4c2a0-0000-4000-8000-00000000a0d1";
        assertThat(run("avd", "connect", uri)).as(shell.err()).isZero();
        Path file = folder.resolve("desktop.rdpw");
        String service = avd.discovery().getAuthority();
        Files.writeString(
                file,
                String.join(
                        "\r\n",
                        "full address:s:rdgateway.example",
                        "resourceprovider:s:arm",
                        "gatewayhostname:s:" + service,
                        "gatewayusagemethod:i:1",
                        "loadbalanceinfo:s:mth://localhost/b2d4c2a0-0000-4000-8000-000000000001/" + WORKSPACE,
                        "remoteapplicationprogram:s:||b2d4c2a0-0000-4000-8000-00000000a0d1",
                        "remoteapplicationmode:i:0",
                        "pcb:s:not for this host",
                        // the sign-in named no tenant; its refresh token serves this one, too
                        "aadtenantid:s:" + avd.authority().tenantId(),
                        "enablerdsaadauth:i:1",
                        ""));
        assertThat(run("connect", file.toString())).as(shell.err()).isZero();
        assertThat(shell.err())
                .contains("connected to cloudpc-1 through localhost:", "no effect here: remoteapplicationmode\n");
    }

    @Test
    void namesThatMeanNothingOrTooMuchListTheCandidates() throws Exception {
        assertThat(run("avd", "connect", "Demo/Nothing")).isEqualTo(43);
        assertThat(shell.err()).contains("2 resources, none of which is it", "Demo/Desktop (" + WORKSPACE + "/");
        assertThat(run("avd", "connect", "Nowhere/Desktop")).isEqualTo(43);
    }

    @Test
    void withoutASignInThereIsNoToken() {
        Shell other = new Shell();
        assertThat(other.run(
                        "avd",
                        "list",
                        "--feed",
                        avd.discovery().toString(),
                        "--token-cache",
                        folder.resolve("nobody.json").toString()))
                .isEqualTo(10);
        assertThat(other.err()).contains("porthole login");
    }
}
