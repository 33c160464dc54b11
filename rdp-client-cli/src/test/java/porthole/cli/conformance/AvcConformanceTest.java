package porthole.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static porthole.cli.conformance.Gfx.rect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.client.GraphicsOffer;
import porthole.client.RdpClient;
import porthole.graphics.picture.Picture;
import porthole.protocol.rdpgfx.CapsSet;

/**
 * RDPEGFX_H264Codec_* of the suite. The streams were made by x264 of pictures that are slopes in luma and chroma; each picture must
 * come out as it went in, as far as a lossy codec can.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AvcConformanceTest {
    private static final int AVC420 = 0x0B;
    private static final int AVC444 = 0x0E;
    private static final int AVC444V2 = 0x0F;
    private static final int OFF = 9;

    private static RdpClient client;
    private static GraphicsHost host;

    @BeforeAll
    static void open() {
        client = new RdpClient();
        host = new GraphicsHost(client, GraphicsOffer.AVC444);
    }

    @AfterAll
    static void close() {
        host.close();
        client.close();
    }

    /** Access units, each behind its length in two octets. */
    private static List<byte[]> units(String name) {
        try (InputStream in = AvcConformanceTest.class.getResourceAsStream(name + ".avc")) {
            byte[] all = in.readAllBytes();
            List<byte[]> units = new ArrayList<>();
            for (int at = 0; at < all.length; ) {
                int length = all[at] & 0xFF | (all[at + 1] & 0xFF) << 8;
                units.add(Arrays.copyOfRange(all, at + 2, at + 2 + length));
                at += 2 + length;
            }
            return units;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** RFX_AVC420_BITMAP_STREAM with one rectangle. */
    private static byte[] avc420(int width, int height, byte[] unit) {
        return new Octets()
                .u32(1)
                .u16(0, 0, width, height)
                .u8(22, 100)
                .raw(unit)
                .done();
    }

    /** RFX_AVC444_BITMAP_STREAM: both pictures, or luma alone, or chroma alone. */
    private static byte[] avc444(int lc, byte[] first, byte[] second) {
        return new Octets()
                .u32((long) lc << 30 | (lc == 0 ? first.length : 0))
                .raw(first, second)
                .done();
    }

    /** The picture that was encoded: slopes of luma and chroma, brighter from frame to frame. */
    private static void shows(Picture picture, int width, int height, int frame) {
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                double luma = Math.min(235, 40 + x * 128 / width + y / 2 * 64 / width + 8 * frame);
                double u = 90 + x * 60 / width - 128;
                double v = 160 - y * 60 / width - 128;
                int argb = picture.argb(x, y);
                near(argb >> 16 & 0xFF, luma + 1.5748 * v, x, y);
                near(argb >> 8 & 0xFF, luma - 0.1873 * u - 0.4681 * v, x, y);
                near(argb & 0xFF, luma + 1.8556 * u, x, y);
            }
        }
    }

    private static void near(int seen, double wanted, int x, int y) {
        double clipped = Math.max(0, Math.min(255, wanted));
        if (Math.abs(seen - clipped) > OFF) {
            assertThat((double) seen).as("pixel %d, %d", x, y).isEqualTo(clipped);
        }
    }

    static List<Case<GraphicsHost>> cases() {
        return List.of(
                Case.of("H264Support", h -> {
                    List<CapsSet> sets = h.advertisement().capsSets();
                    assertThat(sets)
                            .anyMatch(set -> set.version() == CapsSet.CAPVERSION_81
                                    && (set.flags().orElseThrow() & CapsSet.FLAG_AVC420_ENABLED) != 0);
                    assertThat(sets)
                            .anyMatch(set -> set.version() == CapsSet.CAPVERSION_10
                                    && (set.flags().orElseThrow() & CapsSet.FLAG_AVC_DISABLED) == 0);
                }),
                Case.of("AVC420_BaseProfile", h -> avc420(h, "base")),
                Case.of("AVC420_MainProfile", h -> avc420(h, "main")),
                Case.of("AVC420_MainProfile_CABACEnabled", h -> avc420(h, "main-cabac")),
                Case.of("AVC420_HighProfile", h -> avc420(h, "high")),
                Case.of("AVC444_YUV420Only_BaseProfile", h -> lumaOnly(h, "base", 64, 64)),
                Case.of("AVC444_YUV420Only_MainProfile", h -> lumaOnly(h, "main", 64, 64)),
                Case.of("AVC444_YUV420Only_MainProfile_CABACEnabled", h -> lumaOnly(h, "main-cabac", 64, 64)),
                Case.of("AVC444_YUV420Only_MainProfile_ISliceOnly", h -> lumaOnly(h, "main-islice", 64, 64)),
                Case.of("AVC444_YUV420Only_MainProfile_LargeSize", h -> lumaOnly(h, "main-large", 320, 256)),
                Case.of("AVC444_YUV420Only_HighProfile", h -> lumaOnly(h, "high", 64, 64)),
                Case.of("AVC444_YUV420Chroma420Together_MainProfile", h -> together(h, AVC444, "main-444", 64, 64)),
                Case.of(
                        "AVC444_YUV420Chroma420Together_MainProfile_LargeSize",
                        h -> together(h, AVC444, "main-444-large", 320, 256)),
                Case.of("AVC444_YUV420Chroma420Separated_MainProfile", AvcConformanceTest::separated),
                Case.of("AVC444v2", h -> together(h, AVC444V2, "main-444v2", 64, 64)));
    }

    private static void avc420(GraphicsHost h, String name) {
        List<byte[]> units = units(name);
        for (int i = 0; i < units.size(); i++) {
            h.frame(Gfx.bitmap(1, AVC420, rect(0, 0, 64, 64), avc420(64, 64, units.get(i))));
            shows(h.live.picture(), 64, 64, i);
        }
    }

    private static void lumaOnly(GraphicsHost h, String name, int width, int height) {
        List<byte[]> units = units(name);
        for (int i = 0; i < units.size(); i++) {
            byte[] stream = avc444(1, avc420(width, height, units.get(i)), new byte[0]);
            h.frame(Gfx.bitmap(1, AVC444, rect(0, 0, width, height), stream));
            shows(h.live.picture(), width, height, i);
        }
    }

    private static void together(GraphicsHost h, int codec, String name, int width, int height) {
        List<byte[]> units = units(name);
        for (int i = 0; i + 1 < units.size(); i += 2) {
            byte[] stream = avc444(0, avc420(width, height, units.get(i)), avc420(width, height, units.get(i + 1)));
            h.frame(Gfx.bitmap(1, codec, rect(0, 0, width, height), stream));
            shows(h.live.picture(), width, height, i / 2);
        }
    }

    private static void separated(GraphicsHost h) {
        List<byte[]> units = units("main-444");
        for (int i = 0; i + 1 < units.size(); i += 2) {
            for (int lc = 1; lc <= 2; lc++) {
                byte[] stream = avc444(lc, avc420(64, 64, units.get(i + lc - 1)), new byte[0]);
                h.frame(Gfx.bitmap(1, AVC444, rect(0, 0, 64, 64), stream));
                shows(h.live.picture(), 64, 64, i / 2);
            }
        }
    }

    @ParameterizedTest(name = "RDPEGFX_H264Codec_PositiveTest_{0}")
    @MethodSource("cases")
    void positive(Case<GraphicsHost> positive) {
        host.confirmed();
        host.frame(Gfx.reset(320, 256), Gfx.surface(1, 320, 256));
        positive.steps().accept(host);
    }
}
