package porthole.graphics.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.picture.Picture;
import porthole.graphics.rop.Rop3;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.graphics.SurfaceBits;
import porthole.protocol.graphics.SurfaceBits.BitmapDataEx;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.orders.CacheBitmapRev3;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A bitmap of a codec is the same in the bitmap cache as in a surface command. */
class CachedCodecBitmapsTest {
    private static final int NSCODEC = 1;
    private static final int REMOTEFX = 3;
    private static final int HEIGHT = 33;
    private static final int SET_SURFACE_BITS = 1;

    static Stream<Arguments> bitmaps() {
        Stream.Builder<Arguments> all = Stream.builder();
        for (int width : new int[] {1, 16, 23, 64}) {
            for (boolean first : new boolean[] {false, true}) {
                all.add(Arguments.of("RemoteFX, RLGR" + (first ? 3 : 1), REMOTEFX, width, first, false, 0));
                for (boolean runs : new boolean[] {false, true}) {
                    for (int loss = 1; loss <= 7; loss += 2) {
                        all.add(Arguments.of("NSCodec", NSCODEC, width, first, runs, loss));
                    }
                }
            }
        }
        return all.build();
    }

    @ParameterizedTest(name = "{0} {2} {3} {4} {5}")
    @MethodSource("bitmaps")
    void showsTheSamePixels(String name, int codec, int width, boolean first, boolean runs, int loss) {
        SplittableRandom random = new SplittableRandom(width);
        Bytes data = codec == NSCODEC
                ? CodecSamples.nsCodec(width, HEIGHT, loss, first, runs, random)
                : CodecSamples.remoteFx(width, HEIGHT, first, random);
        BitmapDataEx bitmap = new BitmapDataEx(32, 0, 0, codec, width, HEIGHT, data.size(), Optional.empty());
        Picture cached = cached(bitmap, data);
        assertThat(cached.differingPixels(sent(bitmap, data))).isZero();
        assertThat(Stream.iterate(0, y -> y + 1).limit(HEIGHT).map(y -> cached.argb(0, y)))
                .doesNotContain(0xFF00FF00)
                .anyMatch(argb -> argb != 0xFF000000);
    }

    private static Picture cached(BitmapDataEx bitmap, Bytes data) {
        Framebuffer screen = new Framebuffer(bitmap.width(), HEIGHT);
        new OrderPainter(screen, 32, OrderLimits.DEFAULT, OrderListener.NONE)
                .update(List.of(
                        CacheBitmapRev3.of(2, 9, 77, bitmap, data),
                        PrimaryDrawingOrder.of(new MemBlt(2, 0, 0, bitmap.width(), HEIGHT, Rop3.SRCCOPY, 0, 0, 9))));
        return screen.snapshot();
    }

    private static Picture sent(BitmapDataEx bitmap, Bytes data) {
        Framebuffer screen = new Framebuffer(bitmap.width(), HEIGHT);
        byte[] update = WireWriter.toByteArray(
                out -> out.pdu(new SurfaceBits(SET_SURFACE_BITS, 0, 0, bitmap.width(), HEIGHT, bitmap))
                        .bytes(data));
        new ScreenPainter(screen)
                .surfaceCommands(WireReader.of(update, "SurfaceCommands", SurfaceCommand.SECTION), marker -> {});
        return screen.snapshot();
    }
}
