package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.orders.OrderListener;
import porthole.graphics.orders.OrderPainter;
import porthole.graphics.picture.Picture;
import porthole.graphics.screen.Framebuffer;
import porthole.host.card.TileEncoder;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.wire.Bytes;

/** FreeRDP draws the very same orders to the very same pixels. */
@Tag("interop")
class OrderCardInteropTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @ParameterizedTest
    @CsvSource({"2,8", "2,16", "2,24", "2,32", "3,8", "3,15", "3,16", "3,32"})
    void eachCellHasTheSamePixels(int version, int bitsPerPixel) throws Exception {
        OrderCard card = new OrderCard(bitsPerPixel, 5);
        Picture ours = ours(card, bitsPerPixel);
        try (RdpHost host = RdpHost.builder().tls().orders(card.orders()).start();
                Xvfb display = Xvfb.start(Card.WIDTH, Card.HEIGHT);
                FreeRdpClient client = start(version, display, host.port(), bitsPerPixel)) {
            awaitLastOrder(display, client);
            Map<String, Integer> differences = differences(card, ours, display.screenshot());
            for (int i = 0; i < 10 && !differences.isEmpty(); i++) {
                Thread.sleep(250); // the display has the last pixel, but maybe not yet all others
                differences = differences(card, ours, display.screenshot());
            }
            assertThat(differences).as(client.log()).isEmpty();
        }
    }

    private static Picture ours(Card card, int bitsPerPixel) {
        Framebuffer screen = new Framebuffer(Card.WIDTH, Card.HEIGHT);
        OrderPainter painter = new OrderPainter(screen, bitsPerPixel, OrderLimits.DEFAULT, OrderListener.NONE);
        painter.palette(new PaletteUpdate(0, TileEncoder.palette(), Bytes.EMPTY));
        painter.update(card.orders());
        return screen.snapshot();
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

    private static void awaitLastOrder(Xvfb display, FreeRdpClient client) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        BufferedImage picture;
        do {
            assertThat(System.nanoTime())
                    .as("the last order was not drawn; " + client.log())
                    .isLessThan(end);
            Thread.sleep(250);
            picture = display.screenshot();
        } while ((picture.getRGB(Card.LAST_X, Card.LAST_Y) & 0xFFFFFF) != 0xFFFFFF);
    }

    /** How many pixels differ in each cell, and between the cells. */
    private static Map<String, Integer> differences(Card card, Picture ours, BufferedImage theirs) {
        Map<String, Integer> differences = new LinkedHashMap<>();
        boolean[] inCell = new boolean[Card.WIDTH * Card.HEIGHT];
        card.cells().forEach((name, cell) -> {
            for (int y = cell.y(); y < cell.bottom(); y++) {
                for (int x = cell.x(); x < cell.right(); x++) {
                    inCell[y * Card.WIDTH + x] = true;
                    count(differences, name, ours, theirs, x, y);
                }
            }
        });
        for (int i = 0; i < inCell.length; i++) {
            if (!inCell[i]) {
                count(differences, "between", ours, theirs, i % Card.WIDTH, i / Card.WIDTH);
            }
        }
        return differences;
    }

    private static void count(
            Map<String, Integer> differences, String name, Picture ours, BufferedImage theirs, int x, int y) {
        if ((ours.argb(x, y) ^ theirs.getRGB(x, y)) << 8 != 0) {
            differences.merge(name, 1, Integer::sum);
        }
    }
}
