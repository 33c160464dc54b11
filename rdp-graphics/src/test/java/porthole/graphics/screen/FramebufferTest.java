package porthole.graphics.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.BitmapHeader;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class FramebufferTest {
    private static final int BLACK = 0xFF000000;

    private final Framebuffer screen = new Framebuffer(8, 4);

    private static WireReader reader(byte[] update) {
        return WireReader.of(update, "Update", "test");
    }

    @Test
    void aBitmapIsPaintedBottomRowFirst() {
        screen.paintBottomUp(new PixelRect(1, 1, 2, 2), new int[] {3, 4, 1, 2}, 2, 2);
        Picture picture = screen.snapshot();
        assertThat(new int[] {picture.argb(1, 1), picture.argb(2, 1), picture.argb(1, 2), picture.argb(2, 2)})
                .containsExactly(1, 2, 3, 4);
        assertThat(picture.argb(0, 0)).isEqualTo(BLACK);
        assertThat(picture.argb(3, 1)).isEqualTo(BLACK);
    }

    @Test
    void nothingIsPaintedWhereTheCornerLiesOutsideTheScreen() {
        screen.takeDirty();
        Picture before = screen.snapshot();
        int[] bitmap = new int[64];
        for (PixelRect outside :
                List.of(new PixelRect(60, 1, 8, 8), new PixelRect(1, 60, 8, 8), new PixelRect(9000, 3, 2, 1))) {
            screen.paintBottomUp(outside, bitmap, 8, 8);
            screen.fill(outside, 0x123456);
        }
        assertThat(screen.snapshot()).isEqualTo(before);
        assertThat(screen.takeDirty()).isEmpty();
    }

    @Test
    void aBitmapIsCutToItsRectangleAndToTheScreen() {
        screen.takeDirty();
        int[] bitmap = {9, 9, 9, 9, 9, 9, 1, 2, 3}; // 3 x 3, the top row 1 2 3
        screen.paintBottomUp(new PixelRect(6, 3, 3, 3), bitmap, 3, 3);
        assertThat(screen.takeDirty()).containsExactly(new PixelRect(6, 3, 2, 1));
        screen.paintBottomUp(new PixelRect(0, 0, 2, 1), bitmap, 3, 3);
        assertThat(screen.takeDirty()).containsExactly(new PixelRect(0, 0, 2, 1));
        Picture picture = screen.snapshot();
        assertThat(List.of(picture.argb(6, 3), picture.argb(7, 3))).containsExactly(1, 2);
        assertThat(List.of(picture.argb(0, 0), picture.argb(1, 0), picture.argb(2, 0)))
                .containsExactly(1, 2, BLACK);
        for (int[] outside : new int[][] {{60000, 60000}, {60000, 0}, {0, 60000}, {8, 3}, {-3, 0}}) {
            screen.paintBottomUp(new PixelRect(outside[0], outside[1], 3, 3), bitmap, 3, 3);
            screen.fill(new PixelRect(outside[0], outside[1], 3, 3), 0xFFFFFF);
        }
        screen.paintBottomUp(PixelRect.ofEdges(5, 0, 2, 4), bitmap, 3, 3); // its edges cross
        assertThat(screen.takeDirty()).isEmpty();
        assertThat(screen.snapshot()).isEqualTo(picture);
    }

    @Test
    void dirtyRectanglesCoverAllThatWasPainted() {
        Framebuffer wide = new Framebuffer(300, 300);
        SplittableRandom random = new SplittableRandom(1);
        wide.takeDirty();
        List<PixelRect> painted = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            PixelRect rect = new PixelRect(random.nextInt(290), random.nextInt(290), 5, 5);
            painted.add(rect);
            wide.fill(rect, 0xFFFFFF);
        }
        List<PixelRect> dirty = wide.takeDirty();
        assertThat(dirty).hasSizeBetween(1, 32);
        assertThat(painted).allMatch(p -> dirty.stream().anyMatch(d -> d.contains(p)));
        assertThat(wide.takeDirty()).isEmpty();
    }

    @Test
    void neighboursBecomeOneRectangle() {
        screen.takeDirty();
        screen.fill(new PixelRect(0, 0, 2, 2), 0);
        screen.fill(new PixelRect(4, 0, 2, 2), 0);
        assertThat(screen.takeDirty()).containsExactly(new PixelRect(0, 0, 2, 2), new PixelRect(4, 0, 2, 2));
        screen.fill(new PixelRect(0, 0, 2, 2), 0);
        screen.fill(new PixelRect(4, 0, 2, 2), 0);
        screen.fill(new PixelRect(2, 0, 2, 2), 0);
        assertThat(screen.takeDirty()).containsExactly(new PixelRect(0, 0, 6, 2));
    }

    @Test
    void aNewSizeIsBlackAndDirtyAsAWhole() {
        screen.fill(new PixelRect(0, 0, 8, 4), 0x123456);
        screen.takeDirty();
        screen.resize(3, 2);
        assertThat(screen.snapshot().toArray()).hasSize(6).containsOnly(BLACK);
        assertThat(screen.takeDirty()).containsExactly(new PixelRect(0, 0, 3, 2));
        assertThat(List.of(screen.width(), screen.height())).containsExactly(3, 2);
    }

    @Test
    void aSizeBeyondTheLimitsIsRefused() {
        for (int[] size : new int[][] {{0, 1}, {1, 0}, {-1, 5}, {32767, 1}, {8192, 8192}, {65535, 65535}}) {
            assertThatThrownBy(() -> new Framebuffer(size[0], size[1]))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining(size[0] + " x " + size[1]);
            assertThatThrownBy(() -> screen.resize(size[0], size[1])).isInstanceOf(LocalFailure.class);
        }
        assertThat(screen.width()).isEqualTo(8);
    }

    @Test
    void aSnapshotNeverShowsHalfAFrame() throws InterruptedException {
        Framebuffer shared = new Framebuffer(64, 64);
        AtomicBoolean done = new AtomicBoolean();
        Thread painter = new Thread(() -> {
            for (int i = 0; i < 2_000; i++) {
                int color = i;
                shared.frame(() -> {
                    shared.fill(new PixelRect(0, 0, 64, 32), color);
                    shared.fill(new PixelRect(0, 32, 64, 32), color);
                });
            }
            done.set(true);
        });
        painter.start();
        int looked = 0;
        while (!done.get() || looked == 0) {
            Picture picture = shared.snapshot();
            assertThat(picture.argb(63, 63)).isEqualTo(picture.argb(0, 0));
            looked++;
        }
        painter.join();
        assertThat(shared.frames()).isEqualTo(2_000);
        assertThat(shared.snapshot().toArray()).containsOnly(BLACK | 1_999);
    }

    @Test
    void bitmapsOfEightBitsUseThePalette() {
        ScreenPainter painter = new ScreenPainter(screen);
        painter.palette(new PaletteUpdate(0, Bytes.hex("000000 102030 FF8040"), Bytes.EMPTY));
        BitmapUpdate update = BitmapUpdate.of(
                new BitmapUpdate.Rectangle(BitmapHeader.plain(0, 0, 4, 1, 8, 4), Bytes.hex("01020001")),
                new BitmapUpdate.Rectangle(
                        new BitmapHeader(4, 0, 7, 0, 4, 1, 8, 0x401, 2, Optional.empty()), Bytes.hex("6402")));
        painter.bitmapUpdate(reader(update.toByteArray()));
        assertThat(Arrays.copyOf(screen.snapshot().toArray(), 8))
                .containsExactly(
                        0xFF102030, 0xFFFF8040, BLACK, 0xFF102030, 0xFFFF8040, 0xFFFF8040, 0xFFFF8040, 0xFFFF8040);
        assertThat(screen.frames()).isEqualTo(1);
    }

    @Test
    void uncompressedSurfaceBitsArePaintedAndOthersRefused() {
        ScreenPainter painter = new ScreenPainter(screen);
        List<SurfaceCommand.FrameMarker> markers = new ArrayList<>();
        String header = "0600 0200 0100 0400 0300 20 00 00 %s 0200 0200 10000000";
        String pixels = "03000000 04000000 01000000 02000000";
        String marker = "0400 0100 2A000000";
        painter.surfaceCommands(
                reader(Bytes.hex(header.formatted("00") + pixels + marker).toArray()), markers::add);
        Picture picture = screen.snapshot();
        assertThat(List.of(picture.argb(2, 1), picture.argb(3, 1), picture.argb(2, 2), picture.argb(3, 2)))
                .containsExactly(BLACK | 1, BLACK | 2, BLACK | 3, BLACK | 4);
        assertThat(markers).hasSize(1);
        assertThat(markers.get(0).frameId()).hasValue(42);
        assertThatThrownBy(() -> painter.surfaceCommands(
                        reader(Bytes.hex(header.formatted("02") + pixels).toArray()), markers::add))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("codecID");
    }
}
