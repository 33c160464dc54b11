package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.host.RdpHost;
import porthole.host.card.TestCard;
import porthole.host.gateway.GatewayFaults;
import porthole.host.gateway.GatewayHost;
import porthole.host.gateway.GatewayHostBuilder;
import porthole.host.gateway.GatewaySignIn;

class GatewayCommandTest {
    private static final String PASSWORD = "g4teway-Secret";
    private static final String TOKEN = "t0ken-for-the-gateway";
    private static RdpHost host;

    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        host = RdpHost.builder().tls().start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static GatewayHostBuilder gateway() {
        return GatewayHost.builder()
                .user("gina", PASSWORD)
                .token(TOKEN)
                .signIns(EnumSet.complementOf(EnumSet.of(GatewaySignIn.ANONYMOUS)))
                .allow("127.0.0.1", host.port());
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private int connect(GatewayHost gateway, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "connect",
                "127.0.0.1:" + host.port(),
                "--security",
                "tls",
                "--certificate",
                "pin:" + host.certificateSha256(),
                "--gateway",
                "127.0.0.1:" + gateway.port(),
                "--verbose"));
        if (!List.of(more).contains("--gateway-certificate")) {
            arguments.addAll(
                    List.of("--gateway-certificate", "pin:" + gateway.identity().sha256()));
        }
        arguments.addAll(List.of(more));
        int code = shell.run(arguments.toArray(String[]::new));
        assertThat(shell.out() + shell.err()).doesNotContain(PASSWORD, TOKEN);
        return code;
    }

    private static void assertIsTheCard(Path picture) throws Exception {
        var image = ImageIO.read(picture.toFile());
        int half = TestCard.MARKER / 2;
        int right = image.getWidth() - half;
        int bottom = image.getHeight() - half;
        assertThat(List.of(
                        image.getRGB(half, half) & 0xFFFFFF,
                        image.getRGB(right, half) & 0xFFFFFF,
                        image.getRGB(half, bottom) & 0xFFFFFF,
                        image.getRGB(right, bottom) & 0xFFFFFF))
                .isEqualTo(TestCard.MARKER_COLOURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "http"})
    void aPictureThroughTheGateway(String transport) throws Exception {
        Path picture = folder.resolve("card.png");
        String password = file("password", PASSWORD + "\n").toString();
        try (GatewayHost gateway = gateway()
                .consent("Only for work.")
                .serviceMessage("We close at six.")
                .start()) {
            int code = connect(
                    gateway,
                    "--gateway-transport",
                    transport,
                    "--gateway-user",
                    "gina",
                    "--gateway-password-file",
                    password,
                    "--gateway-accept-consent",
                    "--screenshot",
                    picture.toString());
            assertThat(code).as(shell.err()).isZero();
            assertIsTheCard(picture);
        }
    }

    @Test
    void tokensAndFilesServeAsWell() throws Exception {
        String token = file("token", TOKEN + "\n").toString();
        try (GatewayHost gateway = gateway().start()) {
            assertThat(connect(gateway, "--gateway-token-file", token))
                    .as(shell.err())
                    .isZero();
            assertThat(connect(gateway, "--gateway-token-file", token, "--gateway-auth", "cookie"))
                    .as(shell.err())
                    .isZero();
            assertThat(connect(gateway, "--gateway-token-command", "cat '" + token + "'"))
                    .as(shell.err())
                    .isZero();
            Path rdp = file(
                    "host.rdp",
                    "full address:s:127.0.0.1:" + host.port() + "\r\ngatewayhostname:s:127.0.0.1:" + gateway.port()
                            + "\r\ngatewayusagemethod:i:1\r\ngatewaycredentialssource:i:5\r\ngatewayaccesstoken:s:"
                            + TOKEN
                            + "\r\n");
            int code = shell.run(
                    "connect",
                    rdp.toString(),
                    "--security",
                    "tls",
                    "--certificate",
                    "ignore",
                    "--gateway-certificate",
                    "ignore",
                    "--verbose");
            assertThat(code).as(shell.err()).isZero();
            assertThat(shell.out() + shell.err()).doesNotContain(TOKEN);
        }
    }

    @Test
    void eachHopThatFailsHasItsOwnExitCode() throws Exception {
        String wrong = file("wrong", "wr0ng").toString();
        String right = file("right", PASSWORD).toString();
        try (GatewayHost gateway = gateway().consent("Only for work.").start()) {
            assertThat(connect(gateway, "--gateway-certificate", "strict")).isEqualTo(ExitCode.GATEWAY_TLS.number());
            assertThat(connect(gateway, "--gateway-user", "gina", "--gateway-password-file", wrong))
                    .isEqualTo(ExitCode.GATEWAY_AUTHENTICATION.number());
            assertThat(shell.err()).contains("user and password").doesNotContain("wr0ng");
            assertThat(connect(gateway, "--gateway-user", "gina", "--gateway-password-file", right))
                    .isEqualTo(ExitCode.GATEWAY_TUNNEL.number());
            assertThat(shell.err()).contains("Only for work.", "--gateway-accept-consent");
        }
        try (GatewayHost gateway = gateway()
                .faults(GatewayFaults.named("channel-e-proxy-ts-connectfailed").orElseThrow())
                .start()) {
            assertThat(shell.run(
                            "probe",
                            "127.0.0.1:" + host.port(),
                            "--gateway",
                            "127.0.0.1:" + gateway.port(),
                            "--gateway-certificate",
                            "ignore",
                            "--gateway-user",
                            "gina",
                            "--gateway-password-file",
                            right))
                    .isEqualTo(ExitCode.GATEWAY_TUNNEL.number());
            assertThat(shell.out() + shell.err()).contains("E_PROXY_TS_CONNECTFAILED");
        }
    }

    @Test
    void listsItsFaultsOnceEach() {
        assertThat(shell.run("gateway", "--list-faults", "--json")).isZero();
        Set<Object> names = new HashSet<>();
        shell.objects()
                .forEach(fault -> assertThat(names.add(fault.get("name"))).isTrue());
        assertThat(names).hasSameSizeAs(GatewayFaults.list());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String[] arguments : new String[][] {
            {"gateway"},
            {"gateway", "--to", "127.0.0.1", "--fault", "nosuch"},
            {"gateway", "--to", "127.0.0.1", "--auth", "magic"},
            {"gateway", "--to", "127.0.0.1", "--user", "x"},
            {"connect", "h", "--gateway", "g", "--gateway-auth", "magic"},
            {"connect", "h", "--gateway", "g", "--gateway-token-file", "/no/such/file"},
            {"connect", "h", "--gateway", "g", "--gateway-certificate", "none"}
        }) {
            assertThat(shell.run(arguments)).as(String.join(" ", arguments)).isEqualTo(ExitCode.USAGE.number());
        }
    }

    @Test
    void runsUntilStandardInputEnds() throws Exception {
        PipedOutputStream keep = new PipedOutputStream();
        Shell server = new Shell().in(new PipedInputStream(keep));
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> server.run(
                "gateway", "--port", "0", "--to", "127.0.0.1:" + host.port(), "--auth", "anonymous", "--json"));
        while (!server.out().contains("\n")) {
            Thread.sleep(10);
        }
        Map<String, Object> listening = server.objects().get(0);
        int code = shell.run(
                "connect",
                "whatever.example",
                "--security",
                "tls",
                "--certificate",
                "ignore",
                "--gateway",
                "127.0.0.1:" + listening.get("port"),
                "--gateway-certificate",
                "pin:" + listening.get("certificateSha256"));
        assertThat(code).as(shell.err()).isZero();
        keep.close();
        assertThat(running.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(server.objects()).extracting(event -> event.get("event")).contains("connected");
    }
}
