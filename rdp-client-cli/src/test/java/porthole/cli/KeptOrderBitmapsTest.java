package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.wire.Bytes;

/** Bitmaps that a host sent once are drawn by later sessions without being sent again. */
class KeptOrderBitmapsTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int SIDE = 16;
    private static final int CACHE = 2;
    /** More than the keys of one PDU. */
    private static final int BITMAPS = 200;

    @TempDir
    Path folder;

    private final Shell shell = new Shell();
    private final List<Object> keys = new CopyOnWriteArrayList<>();
    private String certificate = "";

    private static DrawingOrder background() {
        return PrimaryDrawingOrder.of(new OpaqueRect(0, 0, WIDTH, HEIGHT, 0, 0, 0x80));
    }

    private static List<DrawingOrder> sent() {
        List<DrawingOrder> orders = new ArrayList<>(List.of(background()));
        for (int i = 0; i < BITMAPS; i++) {
            byte[] pixels = new byte[SIDE * SIDE * 4];
            Arrays.fill(pixels, (byte) i);
            OptionalLong key = OptionalLong.of(0x1122334455667700L + i);
            orders.add(CacheBitmapRev2.of(false, CACHE, i, SIDE, SIDE, 32, key, Bytes.of(pixels)));
        }
        orders.add(CacheBitmapRev2.of(
                false, CACHE, BITMAPS, 1, 1, 32, OptionalLong.empty(), Bytes.hex("01020304"))); // dies with the session
        return orders;
    }

    /** Draws the bitmaps at three places of the list, and one behind its end. */
    private static List<DrawingOrder> drawn() {
        return List.of(
                background(),
                PrimaryDrawingOrder.of(new MemBlt(CACHE, 0, 0, SIDE, SIDE, 0xCC, 0, 0, 1)),
                PrimaryDrawingOrder.of(new MemBlt(CACHE, 50, 0, SIDE, SIDE, 0xCC, 0, 0, 170)),
                PrimaryDrawingOrder.of(new MemBlt(CACHE, 100, 0, SIDE, SIDE, 0xCC, 0, 0, BITMAPS - 1)),
                PrimaryDrawingOrder.of(new MemBlt(CACHE, 150, 0, SIDE, SIDE, 0xCC, 0, 0, BITMAPS)));
    }

    /** Runs a session against a new host at {@code port}; returns the port. */
    private int session(int port, List<DrawingOrder> orders, Path screenshot) throws Exception {
        keys.clear();
        try (RdpHost host = RdpHost.builder()
                .tls()
                .port(port)
                .orders(orders)
                .observer(event -> {
                    if (event.name().equals("persistent-keys")) {
                        keys.add(event.facts().get("keys"));
                    }
                })
                .start()) {
            certificate = host.certificateSha256();
            assertThat(shell.run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "pin:" + certificate,
                            "--user",
                            "alice",
                            "--size",
                            WIDTH + "x" + HEIGHT,
                            "--bitmap-cache-dir",
                            folder.resolve("kept").toString(),
                            "--screenshot",
                            screenshot.toString()))
                    .as(shell.err())
                    .isZero();
            return host.port();
        }
    }

    @Test
    void theNextSessionHasTheBitmapsOfTheLast() throws Exception {
        Path seen = folder.resolve("seen.png");
        int port = session(0, sent(), seen);
        assertThat(keys).as("nothing is there at first").containsExactly(0);
        session(port, drawn(), seen);
        assertThat(keys).as("169 keys fit into one PDU").containsExactly(169, 31);
        BufferedImage picture = ImageIO.read(seen.toFile());
        assertThat(at(picture, 5)).isEqualTo(0x010101);
        assertThat(at(picture, 55)).isEqualTo(0xAAAAAA);
        assertThat(at(picture, 105)).isEqualTo(0xC7C7C7);
        assertThat(at(picture, 155)).as("what nobody keeps is not drawn").isEqualTo(0x000080);
    }

    @Test
    void filesThatSomebodyChangedAreNotRead() throws Exception {
        Path seen = folder.resolve("seen.png");
        int port = session(0, sent(), seen);
        try (var files = Files.list(folder.resolve("kept"))) {
            for (Path file : files.toList()) {
                byte[] octets = Files.readAllBytes(file);
                octets[octets.length / 2] ^= 1;
                Files.write(file, octets);
            }
        }
        session(port, drawn(), seen);
        assertThat(keys).containsExactly(0);
        assertThat(at(ImageIO.read(seen.toFile()), 5)).isEqualTo(0x000080);
    }

    private static int at(BufferedImage picture, int x) {
        return picture.getRGB(x, 5) & 0xFFFFFF;
    }
}
