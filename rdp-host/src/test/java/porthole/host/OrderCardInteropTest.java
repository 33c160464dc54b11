package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xvfb;

/** FreeRDP draws the very same orders to the very same pixels, and lists the bitmaps that it kept. */
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

    /**
     * MS-RDPBCGR 2.2.1.17: FreeRDP lists up to 2042 keys of its cache file in one PDU, from the first cache on, and an empty list
     * where it has no file.
     */
    @Test
    void listsTheKeysOfItsFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("kept.bmc");
        for (int bitmaps : new int[] {0, 700}) {
            if (bitmaps > 0) {
                Files.write(file, cacheFile(bitmaps));
            }
            BlockingQueue<String> lists = new LinkedBlockingQueue<>();
            try (RdpHost host = RdpHost.builder()
                            .tls()
                            .orders(List.of())
                            .observer(event -> {
                                if (event.name().equals("persistent-keys")) {
                                    lists.add(event.facts().toString());
                                } else if (event.name().equals("active")) {
                                    lists.add("active");
                                }
                            })
                            .start();
                    Xvfb display = Xvfb.start(Card.WIDTH, Card.HEIGHT);
                    FreeRdpClient client = FreeRdpClient.startVersion3(
                            display,
                            "/v:127.0.0.1:" + host.port(),
                            "/u:alice",
                            "/p:x",
                            "/sec:tls",
                            "/cache:bitmap:on,persist:on,persist-file:" + file)) {
                String counts = bitmaps == 0 ? "[0, 0, 0, 0, 0]" : "[600, 100, 0, 0, 0]";
                assertThat(lists.poll(40, TimeUnit.SECONDS))
                        .as(client.log())
                        .isEqualTo("{keys=" + bitmaps + ", numEntries=" + counts + ", totalEntries=" + counts
                                + ", first=true, last=true}");
                assertThat(lists.poll(40, TimeUnit.SECONDS)).as(client.log()).isEqualTo("active");
            }
        }
    }

    /** FreeRDP's own form: a signature and flags, and each bitmap behind its key and size. */
    private static byte[] cacheFile(int bitmaps) {
        ByteBuf out = Unpooled.buffer();
        out.writeCharSequence("RDP8bmp\0", StandardCharsets.US_ASCII);
        out.writeIntLE(6);
        for (int i = 0; i < bitmaps; i++) {
            out.writeLongLE(0x0102030405060000L + i)
                    .writeShortLE(2)
                    .writeShortLE(2)
                    .writeZero(16);
        }
        return ByteBufUtil.getBytes(out);
    }
}
