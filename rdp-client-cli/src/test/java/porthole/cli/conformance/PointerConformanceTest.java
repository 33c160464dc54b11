package porthole.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static porthole.cli.conformance.Pictures.shows;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.client.RdpClient;
import porthole.graphics.picture.Picture;

/** S10_FastPathOutput of the suite: what the pointer looks like, and where. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PointerConformanceTest {
    private static final int NULL = 5;
    private static final int POSITION = 8;
    private static final int COLOR = 9;
    private static final int CACHED = 10;
    private static final int NEW = 11;
    private static final int LARGE = 12;
    private static final int BLACK = 0;
    private static final int RED = 0xFF0000;
    private static final int BLUE = 0x0000FF;

    private static RdpClient client;
    private static SurfaceHost host;

    @BeforeAll
    static void open() {
        client = new RdpClient();
        host = new SurfaceHost(client);
    }

    @AfterAll
    static void close() {
        host.close();
        client.close();
    }

    /** A pointer of one colour, whose rows are padded to two octets. */
    private record Shape(int cacheIndex, int width, int height, int hotX, int hotY, int rgb) {
        Shape(int cacheIndex, int rgb) {
            this(cacheIndex, 32, 32, 0, 0, rgb);
        }

        private byte[] xorMask(int bpp) {
            Octets mask = new Octets();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    mask.bgr(rgb);
                    if (bpp == 32) {
                        mask.u8(0xFF);
                    }
                }
                mask.times(width * bpp / 8 % 2, 0);
            }
            return mask.done();
        }

        private byte[] andMask() {
            return new byte[(width + 15) / 16 * 2 * height];
        }

        /** TS_COLORPOINTERATTRIBUTE. */
        byte[] color(int bpp) {
            byte[] xor = xorMask(bpp);
            return new Octets()
                    .u16(cacheIndex, hotX, hotY, width, height, andMask().length, xor.length)
                    .raw(xor, andMask())
                    .done();
        }

        /** TS_POINTERATTRIBUTE. */
        byte[] created(int bpp) {
            return new Octets().u16(bpp).raw(color(bpp)).done();
        }

        /** TS_FP_LARGEPOINTERATTRIBUTE. */
        byte[] large() {
            byte[] xor = xorMask(32);
            return new Octets()
                    .u16(32, cacheIndex, hotX, hotY, width, height)
                    .u32(andMask().length, xor.length)
                    .raw(xor, andMask())
                    .done();
        }
    }

    private static void moveTo(SurfaceHost h, int x, int y) {
        h.pointer(POSITION, new Octets().u16(x, y).done());
    }

    private static void cached(SurfaceHost h, int index) {
        h.pointer(CACHED, new Octets().u16(index).done());
    }

    /** The whole pointer is to be seen with its hot spot at 200, 150. */
    private static void seen(SurfaceHost h, Shape shape) {
        Picture picture = h.live.pictureWithPointer();
        int x = 200 - shape.hotX();
        int y = 150 - shape.hotY();
        shows(picture, x, y, shape.width(), shape.height(), shape.rgb());
        shows(picture, x - 1, y, 1, shape.height(), BLACK);
        shows(picture, x + shape.width(), y, 1, shape.height(), BLACK);
        shows(picture, x, y + shape.height(), shape.width(), 1, BLACK);
        shows(h.live.picture(), x, y, shape.width(), shape.height(), BLACK);
    }

    /** How many pointers the client says that it keeps: those of all kinds, or colour pointers. */
    private static int announced(SurfaceHost h, boolean color) {
        byte[] set = h.live.said((byte) 8, (byte) 0, (byte) 10, (byte) 0);
        int at = color ? 6 : 8;
        return set[at] & 0xFF | (set[at + 1] & 0xFF) << 8;
    }

    static List<Case<SurfaceHost>> cases() {
        return List.of(
                Case.of("PointerHidden", h -> {
                    h.pointer(NEW, new Shape(0, RED).created(24));
                    h.pointer(NULL, new byte[0]);
                    assertThat(h.live.pictureWithPointer()).isEqualTo(h.live.picture());
                }),
                Case.of("PointerPosUpdate_PointerMove", h -> {
                    h.pointer(NEW, new Shape(0, RED).created(24));
                    moveTo(h, 60, 70);
                    shows(h.live.pictureWithPointer(), 60, 70, 32, 32, RED);
                    moveTo(h, 200, 150);
                    shows(h.live.pictureWithPointer(), 60, 70, 32, 32, BLACK);
                    seen(h, new Shape(0, RED));
                }),
                Case.of("PointerPosUpdate_PointerOnTheBorderOfScreen", h -> {
                    h.pointer(NEW, new Shape(0, RED).created(24));
                    moveTo(h, LiveHost.WIDTH - 1, 0);
                    shows(h.live.pictureWithPointer(), LiveHost.WIDTH - 1, 0, 1, 32, RED);
                    moveTo(h, LiveHost.WIDTH - 1, LiveHost.HEIGHT - 1);
                    shows(h.live.pictureWithPointer(), LiveHost.WIDTH - 1, LiveHost.HEIGHT - 1, 1, 1, RED);
                    moveTo(h, 0, LiveHost.HEIGHT - 1);
                    shows(h.live.pictureWithPointer(), 0, LiveHost.HEIGHT - 1, 32, 1, RED);
                    moveTo(h, 0, 0);
                    shows(h.live.pictureWithPointer(), 0, 0, 32, 32, RED);
                }),
                color("ColorPointer_InitPointer", new Shape(0, RED)),
                Case.of("ColorPointer_UpdatePointer", h -> {
                    h.pointer(COLOR, new Shape(0, RED).color(24));
                    h.pointer(COLOR, new Shape(0, BLUE).color(24));
                    seen(h, new Shape(0, BLUE));
                }),
                color("ColorPointer_MaxAllowedWidthHeightLargePointerNotSupported", new Shape(0, 32, 32, 0, 0, RED)),
                Case.of("ColorPointer_MaxAllowedCacheIndex", h -> {
                    Shape shape = new Shape(announced(h, true) - 1, RED);
                    h.pointer(COLOR, shape.color(24));
                    seen(h, shape);
                }),
                color("ColorPointer_HotSpotOnTheBorderOfPointer", new Shape(0, 32, 32, 31, 31, RED)),
                color("ColorPointer_OddWidth", new Shape(0, 31, 32, 0, 0, RED)),
                created("NewPointer_InitPointer", new Shape(0, RED), 24),
                Case.of("NewPointer_UpdatePointer", h -> {
                    h.pointer(NEW, new Shape(0, RED).created(24));
                    h.pointer(NEW, new Shape(0, BLUE).created(24));
                    seen(h, new Shape(0, BLUE));
                }),
                created(
                        "NewPointer_MaxAllowedWidthHeightLargePointerNotSupported",
                        new Shape(0, 32, 32, 0, 0, RED),
                        24),
                Case.of("NewPointer_MaxAllowedCacheIndex", h -> {
                    Shape shape = new Shape(announced(h, false) - 1, RED);
                    h.pointer(NEW, shape.created(24));
                    seen(h, shape);
                }),
                created("NewPointer_HotSpotOnTheBorderOfPointer", new Shape(0, 32, 32, 31, 31, RED), 24),
                created("NewPointer_OddWidth", new Shape(0, 31, 32, 0, 0, RED), 24),
                created("NewPointer_XorBpp_32", new Shape(0, RED), 32),
                Case.of("CachedPointer_WithColorPointer", h -> {
                    h.pointer(COLOR, new Shape(1, RED).color(24));
                    h.pointer(NULL, new byte[0]);
                    cached(h, 1);
                    seen(h, new Shape(1, RED));
                }),
                Case.of("CachedPointer_WithNewPointer", h -> {
                    h.pointer(NEW, new Shape(1, RED).created(24));
                    h.pointer(NULL, new byte[0]);
                    cached(h, 1);
                    seen(h, new Shape(1, RED));
                }),
                Case.of("CachedPointer_WithNewPointer_MultiCachedPointers", h -> {
                    h.pointer(NEW, new Shape(0, RED).created(24));
                    h.pointer(NEW, new Shape(1, BLUE).created(24));
                    cached(h, 0);
                    seen(h, new Shape(0, RED));
                    cached(h, 1);
                    seen(h, new Shape(1, BLUE));
                }),
                Case.of("CachedPointer_WithNewPointer_ReuseCacheIndex", h -> {
                    h.pointer(NEW, new Shape(0, RED).created(24));
                    h.pointer(NULL, new byte[0]);
                    h.pointer(NEW, new Shape(0, BLUE).created(24));
                    h.pointer(NULL, new byte[0]);
                    cached(h, 0);
                    seen(h, new Shape(0, BLUE));
                }),
                large("LargePointer_Small", 32),
                large("LargePointer_Medium", 96),
                large("LargePointer_Large", 256),
                large("LargePointer_ExtraLarge", 384));
    }

    private static Case<SurfaceHost> color(String name, Shape shape) {
        return Case.of(name, h -> {
            h.pointer(COLOR, shape.color(24));
            seen(h, shape);
        });
    }

    private static Case<SurfaceHost> created(String name, Shape shape, int bpp) {
        return Case.of(name, h -> {
            h.pointer(NEW, shape.created(bpp));
            seen(h, shape);
        });
    }

    /** Up to 96 pixels a side in a New Pointer Update, beyond in a Large Pointer Update. */
    private static Case<SurfaceHost> large(String name, int side) {
        Shape shape = new Shape(2, side, side, side / 4, side / 4, BLUE);
        return Case.of(name, h -> {
            h.pointer(LARGE, shape.large());
            h.pointer(NULL, new byte[0]);
            cached(h, 2);
            seen(h, shape);
            if (side <= 96) {
                Shape other = new Shape(3, side, side, 0, 0, RED);
                h.pointer(NEW, other.created(32));
                seen(h, other);
            }
        });
    }

    @ParameterizedTest(name = "S10_FastPathOutput_PositiveTest_{0}")
    @MethodSource("cases")
    void positive(Case<SurfaceHost> positive) {
        host.clear(BLACK);
        moveTo(host, 200, 150);
        positive.steps().accept(host);
    }
}
