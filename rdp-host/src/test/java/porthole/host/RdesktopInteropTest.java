package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.peer.RdesktopClient;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.rop.Rop3;
import porthole.host.session.HostEvent;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.MemBlt;

/** rdesktop draws the very same orders to the very same pixels, and lists the bitmaps that it kept. */
@Tag("interop")
class RdesktopInteropTest {
    private static final int BITMAPS = 200;
    private static final int SIDE = 32;
    /** The only bitmap cache that rdesktop keeps. */
    private static final int KEPT_CACHE = 2;

    /** With fewer bits, rdesktop widens colours otherwise than FreeRDP. */
    @ParameterizedTest
    @CsvSource({"24,tls", "32,tls", "24,rdp"})
    void eachCellHasTheSamePixels(int bitsPerPixel, String security) throws Exception {
        ShapeCard card = new ShapeCard(bitsPerPixel, 5);
        RdpHostBuilder builder = RdpHost.builder();
        builder = security.equals("tls") ? builder.tls() : builder.rdp(ServerSecurityData.LEVEL_CLIENT_COMPATIBLE);
        try (RdpHost host = builder.mostBitsPerPixel(bitsPerPixel)
                        .orders(card.orders())
                        .start();
                Xvfb display = Xvfb.start(Card.WIDTH, Card.HEIGHT);
                RdesktopClient client = RdesktopClient.start(display, arguments(host, bitsPerPixel))) {
            Map<String, Integer> differences = Card.settled(card, display, client::log);
            assertThat(differences).as(client.log()).isEmpty();
        }
    }

    /** MS-RDPBCGR 2.2.1.17: at most 169 keys in each PDU, the number of all in each, the first and the last marked. */
    @Test
    void listsTheKeysOfKeptBitmaps(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve(".rdesktop/cache"));
        Card card = new KeptCard();
        BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
        try (RdpHost host = RdpHost.builder()
                        .tls()
                        .mostBitsPerPixel(24)
                        .orders(card.orders())
                        .observer(events::add)
                        .start();
                Xvfb display = Xvfb.start(Card.WIDTH, Card.HEIGHT)) {
            List<HostEvent> lists = List.of();
            for (int session = 0; session < 2; session++) {
                try (RdesktopClient client = RdesktopClient.start(display, home, arguments(host, 24, "-P"))) {
                    lists = until(events, "active", client);
                    assertThat(Card.settled(card, display, client::log)).isEmpty();
                    host.sessions().get(0).disconnect(0x0C);
                    until(events, "ended", client);
                }
            }
            assertThat(lists)
                    .extracting(event -> event.facts().toString())
                    .containsExactly(
                            "{keys=169, numEntries=[0, 0, 169, 0, 0], totalEntries=[0, 0, 200, 0, 0], first=true, last=false}",
                            "{keys=31, numEntries=[0, 0, 31, 0, 0], totalEntries=[0, 0, 200, 0, 0], first=false, last=true}");
        }
    }

    /** The key lists before an event. */
    private static List<HostEvent> until(BlockingQueue<HostEvent> events, String name, RdesktopClient client)
            throws InterruptedException {
        List<HostEvent> lists = new ArrayList<>();
        while (true) {
            HostEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("no " + name + "; " + client.log()).isNotNull();
            if (event.name().equals("persistent-keys")) {
                lists.add(event);
            } else if (event.name().equals(name)) {
                return lists;
            }
        }
    }

    /** Bitmaps with keys, the last of them on the screen. */
    private static final class KeptCard extends Card {
        KeptCard() {
            super(24, 3);
            for (int i = 0; i < BITMAPS; i++) {
                OptionalLong key = OptionalLong.of(random.nextLong());
                add(CacheBitmapRev2.of(false, KEPT_CACHE, i, SIDE, SIDE, 24, key, octets(3 * SIDE * SIDE)));
            }
            cell("kept", SIDE);
            add(new MemBlt(KEPT_CACHE, x, y, SIDE, CELL, Rop3.SRCCOPY, 0, 0, BITMAPS - 1));
            end();
        }
    }

    private static String[] arguments(RdpHost host, int bitsPerPixel, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "-u",
                "alice",
                "-p",
                "x",
                "-g",
                Card.WIDTH + "x" + Card.HEIGHT + "+0+0",
                "-a",
                String.valueOf(bitsPerPixel),
                "127.0.0.1:" + host.port()));
        return arguments.toArray(String[]::new);
    }
}
