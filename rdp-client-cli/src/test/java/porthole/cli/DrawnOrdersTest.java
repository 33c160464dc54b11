package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.CreateOffscreenBitmap;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.EllipseSc;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.PatBlt;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrder;
import porthole.protocol.orders.SwitchSurface;
import porthole.protocol.orders.TsColor;
import porthole.protocol.wire.Bytes;

/** A host that draws with orders, seen by a session and by its replay. */
class DrawnOrdersTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int SRCCOPY = 0xCC;

    @TempDir
    Path folder;

    private final Shell shell = new Shell();

    private static List<DrawingOrder> orders() {
        byte[] pixels = new byte[16 * 16 * 4];
        Arrays.fill(pixels, (byte) 0x40);
        return List.of(
                PrimaryDrawingOrder.of(new OpaqueRect(0, 0, WIDTH, HEIGHT, 0, 0, 0x80)),
                CacheBitmapRev2.of(false, 1, 9, 16, 16, 32, OptionalLong.empty(), Bytes.of(pixels)),
                PrimaryDrawingOrder.of(new MemBlt(1, 100, 100, 16, 16, SRCCOPY, 0, 0, 9)),
                PrimaryDrawingOrder.of(
                        new OpaqueRect(0, 0, WIDTH, HEIGHT, 0xFF, 0, 0), new OrderBounds(10, 20, 19, 29)),
                new CreateOffscreenBitmap(1, 8, 8, Optional.empty()),
                new SwitchSurface(1),
                PrimaryDrawingOrder.of(new OpaqueRect(0, 0, 8, 8, 0, 0xFF, 0)),
                new SwitchSurface(SwitchSurface.SCREEN_BITMAP_SURFACE),
                PrimaryDrawingOrder.of(new MemBlt(PrimaryOrder.SCREEN_CACHE, 200, 200, 8, 8, SRCCOPY, 0, 0, 1)),
                PrimaryDrawingOrder.of(new EllipseSc(40, 40, 60, 60, 13, 1, new TsColor(1, 2, 3))),
                PrimaryDrawingOrder.of(new PatBlt(
                        100, 100, 8, 8, 0x5A, TsColor.ZERO, new TsColor(0xFF, 0xFF, 0xFF), OrderBrush.ZERO)));
    }

    @Test
    void theSessionAndItsReplayShowTheOrders() throws Exception {
        Path seen = folder.resolve("seen.png");
        Path replayed = folder.resolve("replayed.png");
        Path recording = folder.resolve("a.porthole");
        try (RdpHost host = RdpHost.builder().tls().orders(orders()).start()) {
            assertThat(shell.run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "pin:" + host.certificateSha256(),
                            "--user",
                            "alice",
                            "--size",
                            WIDTH + "x" + HEIGHT,
                            "--record",
                            recording.toString(),
                            "--screenshot",
                            seen.toString()))
                    .as(shell.err())
                    .isZero();
        }
        BufferedImage picture = ImageIO.read(seen.toFile());
        assertThat(at(picture, 0, 0)).isEqualTo(0x000080);
        assertThat(at(picture, 10, 20)).isEqualTo(0xFF0000);
        assertThat(at(picture, 20, 20)).isEqualTo(0x000080);
        assertThat(at(picture, 100, 100)).isEqualTo(0xBFBFBF);
        assertThat(at(picture, 110, 110)).isEqualTo(0x404040);
        assertThat(at(picture, 207, 207)).isEqualTo(0x00FF00);
        assertThat(at(picture, 50, 50)).isEqualTo(0x010203);
        assertThat(shell.run("replay", recording.toString(), "--screenshot", replayed.toString()))
                .as(shell.err())
                .isZero();
        assertThat(Files.readAllBytes(replayed)).isEqualTo(Files.readAllBytes(seen));
    }

    private static int at(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & 0xFFFFFF;
    }
}
