package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.graphics.codec.BitmapDecoder;
import porthole.graphics.codec.ClearCodec;
import porthole.graphics.codec.Progressive;
import porthole.graphics.codec.ProgressiveSurface;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.pointer.PointerState;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.wire.WireReader;

/** Codecs and painting: all pixels are there and opaque, none outside the screen. */
class GraphicsFuzzTest {
    private static final int[] DEPTHS = {8, 15, 16, 24, 32};
    private static final int SIDE = 64;
    private static final int[] PALETTE = new int[256];

    static {
        Arrays.setAll(PALETTE, i -> 0xFF000000 | i * 0x010203);
    }

    /** Depth, compression, width and height in an octet each, then the bitmap. */
    @FuzzTest(maxDuration = "30s")
    void bitmap(byte[] input) {
        Cursor cursor = new Cursor(input);
        int how = cursor.u8();
        int bitsPerPixel = DEPTHS[(how & 0x7F) % DEPTHS.length];
        int width = cursor.u8();
        int height = cursor.u8();
        byte[] data = cursor.rest();
        Oracle.refusesOrEnds(input.length, () -> {
            int[] pixels = new BitmapDecoder()
                    .decode(
                            width,
                            height,
                            bitsPerPixel,
                            how >= 0x80,
                            Unpooled.wrappedBuffer(data),
                            PALETTE,
                            SIDE * SIDE);
            Oracle.require(pixels.length >= width * height, () -> pixels.length + " pixels");
            opaque(pixels, width * height);
        });
    }

    /** Updates, each behind its kind in an octet and its length in two. */
    @FuzzTest(maxDuration = "30s")
    void painter(byte[] input) {
        Framebuffer screen = new Framebuffer(SIDE, SIDE);
        ScreenPainter painter = new ScreenPainter(screen);
        PixelRect all = new PixelRect(0, 0, SIDE, SIDE);
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                int kind = cursor.u8();
                WireReader update = WireReader.of(cursor.part(cursor.u16()), "Fuzzed", "any");
                switch (kind % 3) {
                    case 0 -> painter.bitmapUpdate(update);
                    case 1 -> painter.palette(PaletteUpdate.decode(update));
                    default -> painter.surfaceCommands(update, marker -> {});
                }
            }
        });
        for (PixelRect rectangle : screen.takeDirty()) {
            Oracle.require(all.contains(rectangle) && !rectangle.isEmpty(), () -> "dirty " + rectangle);
        }
        opaque(screen.snapshot().toArray(), SIDE * SIDE);
    }

    static Stream<byte[]> progressiveSeeds() {
        return Stream.of(
                RecordedBitmaps.behindLengths(RecordedBitmaps.surfaceBitmaps("freerdp-gfx-shadow/gfx-progressive")));
    }

    /** RemoteFX Progressive streams, each behind its length in two octets. */
    @MethodSource("progressiveSeeds")
    @FuzzTest(maxDuration = "30s")
    void progressive(byte[] input) {
        Progressive progressive = new Progressive();
        ProgressiveSurface surface = new ProgressiveSurface(2 * SIDE, SIDE);
        PixelRect all = new PixelRect(0, 0, 2 * SIDE, SIDE);
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                byte[] stream = cursor.part(cursor.u16());
                progressive.decode(stream, 0, stream.length, surface, (x, y, width, height, argb, offset, stride) -> {
                    PixelRect part = new PixelRect(x, y, width, height);
                    Oracle.require(all.contains(part) && !part.isEmpty(), () -> "pixels " + part);
                });
            }
        });
    }

    /** ClearCodec bitmaps of one channel, each behind width and height in an octet each and its length in two. */
    @FuzzTest(maxDuration = "30s")
    void clearCodec(byte[] input) {
        ClearCodec codec = new ClearCodec();
        int stride = SIDE + 2;
        int[] target = new int[stride * (SIDE + 2)];
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                int width = cursor.u8() % (SIDE + 1);
                int height = cursor.u8() % (SIDE + 1);
                byte[] bitmap = cursor.part(cursor.u16());
                codec.decode(bitmap, 0, bitmap.length, width, height, target, stride + 1, stride);
            }
        });
        for (int i = 0; i < stride; i++) {
            int edge = i;
            Oracle.require(target[i] == 0 && target[target.length - 1 - i] == 0, () -> "a pixel outside at " + edge);
        }
    }

    /** Fast-path pointer updates, each behind its update code in an octet and its length in two. */
    @FuzzTest(maxDuration = "30s")
    void pointer(byte[] input) {
        PointerState pointer = new PointerState(8);
        Framebuffer screen = new Framebuffer(SIDE, SIDE);
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                int updateCode = cursor.u8() & 0xF;
                WireReader update = WireReader.of(cursor.part(cursor.u16()), "Fuzzed", "any");
                pointer.apply(FastPathPointer.decode(updateCode, update).update(), PALETTE);
                opaque(pointer.drawOnto(screen.snapshot()).toArray(), SIDE * SIDE);
            }
        });
    }

    private static void opaque(int[] pixels, int count) {
        int all = -1;
        for (int i = 0; i < count; i++) {
            all &= pixels[i];
        }
        int seen = all;
        Oracle.require(seen >>> 24 == 0xFF, () -> "a pixel is not opaque");
    }
}
