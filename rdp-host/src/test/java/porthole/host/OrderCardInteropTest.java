package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xvfb;

/** FreeRDP draws the very same orders to the very same pixels. */
@Tag("interop")
class OrderCardInteropTest {
    @ParameterizedTest
    @CsvSource({"2,8", "2,16", "2,24", "2,32", "3,8", "3,15", "3,16", "3,32"})
    void eachCellHasTheSamePixels(int version, int bitsPerPixel) throws Exception {
        OrderCard card = new OrderCard(bitsPerPixel, 5);
        try (RdpHost host = RdpHost.builder().tls().orders(card.orders()).start();
                Xvfb display = Xvfb.start(Card.WIDTH, Card.HEIGHT);
                FreeRdpClient client = start(version, display, host.port(), bitsPerPixel)) {
            Map<String, Integer> differences = Card.settled(card, display, client::log);
            assertThat(differences).as(client.log()).isEmpty();
        }
    }

    private static FreeRdpClient start(int version, Xvfb display, int port, int bitsPerPixel) {
        String[] common = {
            "/v:127.0.0.1:" + port,
            "/u:alice",
            "/p:x",
            "/sec:tls",
            "/size:" + Card.WIDTH + "x" + Card.HEIGHT,
            "/bpp:" + bitsPerPixel
        };
        return version == 2
                ? FreeRdpClient.start(
                        display, with(common, "/gdi:sw", "+bitmap-cache", "+offscreen-cache", "+glyph-cache"))
                : FreeRdpClient.startVersion3(
                        display, with(common, "/gdi:sw", "/cache:bitmap:on,offscreen:on,glyph:on"));
    }

    private static String[] with(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
