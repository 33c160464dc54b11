package porthole.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xvfb;
import porthole.host.RdpHost;
import porthole.host.card.TestCard;

/** FreeRDP comes through this gateway to this host, by both transports, and sees its test card. */
@Tag("interop")
class FreeRdpGatewayInteropTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    @ParameterizedTest
    @CsvSource({
        "3, type:http, ntlm, websocket",
        "3, 'type:http,no-websockets', ntlm, http",
        "3, 'type:http,extauth-sspi-ntlm', tunnel ntlm, websocket",
        "3, 'type:http,access-token:" + GatewayClient.TOKEN + "', cookie, websocket",
        "3, 'type:http,bearer:" + GatewayClient.TOKEN + "', bearer, websocket",
        "2, type:http, ntlm, websocket",
    })
    void seesTheTestCard(int version, String how, String signIn, String transport) throws Exception {
        Queue<GatewayEvent> events = new ConcurrentLinkedQueue<>();
        try (RdpHost host = RdpHost.builder().tls().start();
                GatewayHost gateway = GatewayHost.builder()
                        .user(GatewayClient.USER, GatewayClient.PASSWORD)
                        .token(GatewayClient.TOKEN)
                        .signIns(EnumSet.complementOf(EnumSet.of(GatewaySignIn.ANONYMOUS)))
                        .chunked(false)
                        .allow("localhost", host.port())
                        .serviceMessage("Welcome.")
                        .keepalive(Duration.ofMillis(500))
                        .observer(events::add)
                        .start();
                Xvfb display = Xvfb.start(WIDTH, HEIGHT)) {
            String[] arguments = version == 2
                    ? new String[] {
                        "/v:localhost:" + host.port(),
                        "/g:localhost:" + gateway.port(),
                        "/gu:" + GatewayClient.USER,
                        "/gp:" + GatewayClient.PASSWORD,
                        "/gt:http",
                        "/u:alice",
                        "/p:x",
                        "/sec:tls",
                        "/size:" + WIDTH + "x" + HEIGHT
                    }
                    : new String[] {
                        "/v:localhost:" + host.port(),
                        "/gateway:g:localhost:" + gateway.port() + ",u:" + GatewayClient.USER + ",p:"
                                + GatewayClient.PASSWORD + "," + how,
                        "/u:alice",
                        "/p:x",
                        "/sec:tls",
                        "/size:" + WIDTH + "x" + HEIGHT
                    };
            try (FreeRdpClient client = version == 2
                    ? FreeRdpClient.start(display, arguments)
                    : FreeRdpClient.startVersion3(display, arguments)) {
                long end = System.nanoTime() + PATIENCE.toNanos();
                List<Integer> seen;
                do {
                    Thread.sleep(250);
                    seen = corners(display.screenshot());
                } while (!seen.equals(TestCard.MARKER_COLOURS) && System.nanoTime() < end);
                assertThat(seen).as(events + client.log()).isEqualTo(TestCard.MARKER_COLOURS);
                assertThat(events)
                        .filteredOn(event -> event.name().equals("signed-in"))
                        .extracting(event -> event.facts().get("by"))
                        .contains(signIn);
                assertThat(events)
                        .filteredOn(event -> event.name().equals("channel-open"))
                        .extracting(event -> event.facts().get("transport"))
                        .containsOnly(transport);
            }
        }
    }

    private static List<Integer> corners(BufferedImage picture) {
        int half = TestCard.MARKER / 2;
        return List.of(
                picture.getRGB(half, half) & 0xFFFFFF,
                picture.getRGB(WIDTH - half, half) & 0xFFFFFF,
                picture.getRGB(half, HEIGHT - half) & 0xFFFFFF,
                picture.getRGB(WIDTH - half, HEIGHT - half) & 0xFFFFFF);
    }
}
