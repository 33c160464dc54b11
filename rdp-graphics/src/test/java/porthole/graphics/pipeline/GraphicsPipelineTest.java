package porthole.graphics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.failure.WireException;
import porthole.protocol.rdpgfx.Point16;

class GraphicsPipelineTest {
    private static final int RED = 0xFFFF0000;
    private static final int BLUE = 0xFF0000FF;
    private static final int BLACK = 0xFF000000;

    private final Framebuffer screen = new Framebuffer(8, 4);
    private final GraphicsPipeline pipeline =
            new GraphicsPipeline(screen, new GraphicsLimits(200, 40, 3, 4), Optional.empty());

    @Test
    void aFrameShowsAtItsEnd() {
        pipeline.createSurface(1, 8, 4);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        long before = screen.frames();
        pipeline.startFrame();
        pipeline.solidFill(1, RED, List.of(rect(1, 1, 2, 2), rect(7, 3, 1, 1)));
        assertThat(pixel(1, 1)).isEqualTo(BLACK);
        assertThat(screen.frames()).isEqualTo(before);
        pipeline.endFrame();
        assertThat(screen.frames()).isEqualTo(before + 1);
        assertThat(pixel(1, 1)).isEqualTo(RED);
        assertThat(pixel(2, 2)).isEqualTo(RED);
        assertThat(pixel(7, 3)).isEqualTo(RED);
        assertThat(pixel(3, 1)).isEqualTo(BLACK);
    }

    @Test
    void surfacesThatAreNotMappedAreNotSeen() {
        pipeline.createSurface(1, 8, 4);
        pipeline.solidFill(1, RED, List.of(rect(0, 0, 8, 4)));
        assertThat(pixel(0, 0)).isEqualTo(BLACK);
        pipeline.mapSurfaceToOutput(1, 2, 0);
        assertThat(pixel(1, 0)).isEqualTo(BLACK);
        assertThat(pixel(2, 0)).isEqualTo(RED);
        pipeline.mapSurfaceToWindow(1);
        pipeline.solidFill(1, BLUE, List.of(rect(0, 0, 8, 4)));
        assertThat(pixel(2, 0)).isEqualTo(RED);
    }

    @Test
    void aRectangleMovesOverItself() {
        pipeline.createSurface(1, 8, 4);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        pipeline.solidFill(1, RED, List.of(rect(0, 0, 2, 1)));
        pipeline.solidFill(1, BLUE, List.of(rect(0, 1, 2, 1)));
        pipeline.surfaceToSurface(1, 1, rect(0, 0, 2, 2), List.of(new Point16(1, 1)));
        assertThat(pixel(1, 1)).isEqualTo(RED);
        assertThat(pixel(2, 2)).isEqualTo(BLUE);
        assertThat(pixel(0, 1)).isEqualTo(BLUE);
        pipeline.surfaceToSurface(1, 1, rect(1, 1, 2, 2), List.of(new Point16(1, 0), new Point16(6, 2)));
        assertThat(pixel(1, 0)).isEqualTo(RED);
        assertThat(pixel(1, 1)).isEqualTo(BLUE);
        assertThat(pixel(6, 2)).isEqualTo(BLUE);
    }

    @Test
    void theCacheGivesBackWhatItWasGiven() {
        pipeline.createSurface(1, 8, 4);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        pipeline.solidFill(1, RED, List.of(rect(0, 0, 2, 2)));
        pipeline.surfaceToCache(1, 70 + 3, 3, rect(1, 1, 2, 1));
        pipeline.solidFill(1, BLUE, List.of(rect(0, 0, 8, 4)));
        pipeline.cacheToSurface(3, 1, List.of(new Point16(0, 3), new Point16(6, 0)));
        assertThat(pixel(0, 3)).isEqualTo(RED);
        assertThat(pixel(1, 3)).isEqualTo(BLACK);
        assertThat(pixel(6, 0)).isEqualTo(RED);
        pipeline.evictCacheEntry(3);
        refused("cacheSlot", () -> pipeline.cacheToSurface(3, 1, List.of(new Point16(0, 0))));
    }

    @Test
    void aMessageMayPaintASurfaceSixtyFourTimes() {
        pipeline.createSurface(1, 8, 4);
        pipeline.surfaceToCache(1, 1, 1, rect(0, 0, 8, 4));
        List<Point16> often = Collections.nCopies(64, new Point16(0, 0));
        List<Point16> tooOften = Collections.nCopies(65, new Point16(0, 0));
        pipeline.solidFill(1, RED, Collections.nCopies(64, rect(0, 0, 8, 4)));
        pipeline.surfaceToSurface(1, 1, rect(0, 0, 8, 4), often);
        pipeline.cacheToSurface(1, 1, often);
        refused("fillRects", () -> pipeline.solidFill(1, RED, Collections.nCopies(65, rect(0, 0, 8, 4))));
        refused("destPts", () -> pipeline.surfaceToSurface(1, 1, rect(0, 0, 8, 4), tooOften));
        refused("destPts", () -> pipeline.cacheToSurface(1, 1, tooOften));
    }

    @Test
    void aScaledSurfaceFillsItsPlace() {
        pipeline.createSurface(1, 4, 2);
        pipeline.mapSurfaceToScaledOutput(1, 0, 0, 8, 4);
        pipeline.solidFill(1, RED, List.of(rect(1, 1, 1, 1)));
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 8; x++) {
                assertThat(pixel(x, y)).isEqualTo(x / 2 == 1 && y / 2 == 1 ? RED : BLACK);
            }
        }
        pipeline.mapSurfaceToScaledOutput(1, 6, 3, 0xFFFF, 0xFFFF); // most of it is off the screen
        assertThat(pixel(7, 3)).isEqualTo(BLACK);
    }

    @Test
    void resetMakesTheOutputAnewAndKeepsSurfaces() {
        pipeline.createSurface(1, 8, 4);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        pipeline.solidFill(1, RED, List.of(rect(0, 0, 8, 4)));
        pipeline.resetGraphics(6, 6);
        assertThat(screen.width()).isEqualTo(6);
        assertThat(pixel(0, 0)).isEqualTo(BLACK);
        pipeline.mapSurfaceToOutput(1, 0, 2);
        assertThat(pixel(5, 5)).isEqualTo(RED);
    }

    @Test
    void uncompressedPixelsAreOpaqueWhereTheFormatSaysSo() {
        pipeline.createSurface(1, 8, 4);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        byte[] two = {0, 1, 2, 3, 0, 4, 5, 6, 7};
        pipeline.wireToSurface1(1, 0, 0x20, rect(2, 1, 2, 1), two, 1, 9);
        assertThat(pixel(2, 1)).isEqualTo(0xFF030201);
        assertThat(pixel(3, 1)).isEqualTo(0xFF060504);
        refused("bitmapDataLength", () -> pipeline.wireToSurface1(1, 0, 0x20, rect(2, 1, 2, 1), two, 0, 9));
    }

    @Test
    void theAlphaCodecLeavesColours() {
        pipeline.createSurface(1, 8, 4);
        pipeline.solidFill(1, RED, List.of(rect(0, 0, 8, 4)));
        byte[] alpha = {0x4C, 0x41, 1, 0, 0x10, 3, 0x20, (byte) 0xFF, 1, 0};
        pipeline.wireToSurface1(1, 12, 0x21, rect(0, 0, 2, 2), alpha, 0, alpha.length);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        assertThat(pixel(0, 0)).isEqualTo(RED);
        refused("alphaSig", () -> pipeline.wireToSurface1(1, 12, 0x21, rect(0, 0, 2, 2), new byte[8], 0, 8));
        refused("alphaValue", () -> pipeline.wireToSurface1(1, 12, 0x21, rect(0, 0, 2, 3), alpha, 0, alpha.length));
    }

    @Test
    void whatTheHostMayNotSayIsNamed() {
        pipeline.createSurface(1, 8, 4);
        refused("surfaceId", () -> pipeline.solidFill(2, RED, List.of()));
        refused("fillRects", () -> pipeline.solidFill(1, RED, List.of(rect(7, 0, 2, 1))));
        refused("fillRects", () -> pipeline.solidFill(1, RED, List.of(rect(3, 3, 0, 1))));
        refused("surfaceIdDest", () -> pipeline.surfaceToSurface(1, 9, rect(0, 0, 1, 1), List.of()));
        refused("rectSrc", () -> pipeline.surfaceToSurface(1, 1, rect(0, 3, 1, 2), List.of()));
        refused("destPts", () -> pipeline.surfaceToSurface(1, 1, rect(0, 0, 2, 2), List.of(new Point16(7, 0))));
        refused("cacheSlot", () -> pipeline.surfaceToCache(1, 70 + 0, 0, rect(0, 0, 1, 1)));
        refused("cacheSlot", () -> pipeline.surfaceToCache(1, 70 + 4, 4, rect(0, 0, 1, 1)));
        refused("destRect", () -> pipeline.wireToSurface1(1, 0, 0x20, rect(8, 4, 1, 1), new byte[4], 0, 4));
        refused("codecId", () -> pipeline.wireToSurface1(1, 0x77, 0x20, rect(0, 0, 1, 1), new byte[4], 0, 4));
        refused("codecId", () -> pipeline.wireToSurface1(1, 0x0B, 0x20, rect(0, 0, 1, 1), new byte[4], 0, 4));
        refused("codecId", () -> pipeline.wireToSurface2(1, 0x0B, 7, new byte[4], 0, 4));
        refused("width", () -> pipeline.createSurface(2, 0, 4));
        refused("width", () -> pipeline.createSurface(2, 0xFFFF, 0xFFFF));
    }

    @Test
    void budgetsHold() {
        pipeline.createSurface(1, 8, 4);
        pipeline.createSurface(2, 8, 4);
        pipeline.surfaceToCache(1, 70 + 1, 1, rect(0, 0, 8, 4));
        refused("cacheSlot", () -> pipeline.surfaceToCache(1, 70 + 2, 2, rect(0, 0, 8, 4)));
        pipeline.surfaceToCache(2, 70 + 1, 1, rect(0, 0, 8, 4)); // what it replaces makes room
        pipeline.wireToSurface2(1, 9, 7, new byte[0], 0, 0); // counts three times from now on
        pipeline.createSurface(3, 8, 4);
        pipeline.createSurface(4, 8, 1);
        refused("width", () -> pipeline.createSurface(5, 1, 1)); // too many
        pipeline.deleteSurface(4);
        refused("width", () -> pipeline.createSurface(5, 41, 1));
        refused("codecContextId", () -> pipeline.deleteEncodingContext(1, 8));
        pipeline.deleteEncodingContext(1, 7);
        refused("codecContextId", () -> pipeline.deleteEncodingContext(1, 7));
        pipeline.createSurface(5, 41, 1);
        refused("surfaceId", () -> pipeline.createSurface(5, 1, 1));
        pipeline.close();
        refused("surfaceId", () -> pipeline.deleteSurface(5));
    }

    private static PixelRect rect(int x, int y, int width, int height) {
        return new PixelRect(x, y, width, height);
    }

    private int pixel(int x, int y) {
        return screen.snapshot().argb(x, y);
    }

    private static void refused(String field, ThrowingCallable message) {
        assertThatThrownBy(message)
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
