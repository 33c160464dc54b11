package porthole.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static porthole.cli.conformance.Pictures.grey;
import static porthole.cli.conformance.Pictures.shows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.client.RdpClient;
import porthole.fixtures.RlgrEncoder;
import porthole.graphics.picture.Picture;

/** Rdprfx_* of the suite, over surface commands on the fast path; every frame must be acknowledged. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RemoteFxConformanceTest {
    private static final int GREEN = 0x00FF00;
    private static final int ONE = 20;
    private static final int OTHER = -40;
    private static final int OFF = 1;

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

    private static byte[] whole() {
        return Rfx.region(0, 0, 192, 192);
    }

    static List<Case<SurfaceHost>> positive() {
        List<Case<SurfaceHost>> cases = new ArrayList<>(List.of(
                Case.of("VerifyClientCoreData", h -> {
                    byte[] blocks = h.live.said((byte) 'D', (byte) 'u', (byte) 'c', (byte) 'a');
                    byte[] core = Arrays.copyOfRange(blocks, 4 + ((blocks[4] & 0x80) == 0 ? 1 : 2), blocks.length);
                    assertThat(core).startsWith(0x01, 0xC0); // CS_CORE
                    assertThat(core[142] & 8).as("32 bits a pixel").isEqualTo(8);
                    assertThat(core[144] & 2).as("32 bits a pixel are wanted").isEqualTo(2);
                    assertThat(core[144] & 0x20).as("a connection type").isEqualTo(0x20);
                    assertThat(core[210]).as("a fast network, or detection").isBetween((byte) 6, (byte) 7);
                }),
                Case.of("VerifyClientCapabilities", h -> {
                    byte[] commands = h.live.said((byte) 0x1C, (byte) 0, (byte) 0x0C, (byte) 0);
                    assertThat(commands[4] & 0x52)
                            .as("surface and stream bits, markers")
                            .isEqualTo(0x52);
                    assertThat(h.live.said(guid()).length).isPositive();
                    byte[] fragments = h.live.said((byte) 0x1A, (byte) 0, (byte) 0x08, (byte) 0);
                    assertThat(LiveHost.u32(fragments, 4)).isGreaterThanOrEqualTo(38_055); // MS-RDPBCGR 2.2.7.2.6
                }),
                order("VersionsChannelsContext", Rfx.versions(), Rfx.channels(192, 192), Rfx.context(true, false)),
                order("ChannelsVersionsContext", Rfx.channels(192, 192), Rfx.versions(), Rfx.context(true, false)),
                order("ContextVersionsChannels", Rfx.context(true, false), Rfx.versions(), Rfx.channels(192, 192)),
                order("VersionsContextChannels", Rfx.versions(), Rfx.context(true, false), Rfx.channels(192, 192)),
                channel(1, 1),
                channel(2, 2),
                channel(4095, 2047),
                channel(4096, 2048),
                Case.of("PositiveTest_ImageWithoutEncoding", h -> {
                    Octets pixels = new Octets();
                    for (int i = 0; i < 64 * 64; i++) {
                        pixels.bgr(0x123456).u8(0);
                    }
                    h.frame(SurfaceHost.bits(0, 64, 64, pixels.done()));
                    shows(h.live.picture(), 0, 0, 64, 64, 0x123456);
                })));
        for (boolean image : new boolean[] {true, false}) {
            cases.addAll(modes(image));
        }
        cases.addAll(images());
        cases.addAll(videos());
        return cases;
    }

    private static byte[] guid() {
        return new Octets()
                .u32(0x76772F12)
                .u16(0xBD72, 0x4463)
                .u8(0xAF, 0xB3, 0xB7, 0x3C, 0x9C, 0x6F, 0x78, 0x86)
                .done();
    }

    private static Case<SurfaceHost> order(String name, byte[]... headers) {
        return Case.of("HeaderMessage_PositiveTest_OrderTest_" + name, h -> {
            h.remoteFx(new Octets()
                    .raw(Rfx.sync())
                    .raw(headers)
                    .raw(Rfx.frame(whole(), Rfx.tileset(false, Rfx.tile(0, 0, ONE))))
                    .done());
            shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
        });
    }

    private static Case<SurfaceHost> channel(int width, int height) {
        String name = "HeaderMessage_PositiveTest_ChannelBoundaryTest_" + width + "x" + height + "Channel";
        return Case.of(name, h -> {
            h.remoteFx(new Octets()
                    .raw(Rfx.sync(), Rfx.versions(), Rfx.channels(width, height), Rfx.context(true, false))
                    .raw(Rfx.frame(
                            Rfx.region(0, 0, Math.min(64, width), Math.min(64, height)),
                            Rfx.tileset(false, Rfx.tile(0, 0, ONE))))
                    .done());
            shows(h.live.picture(), 0, 0, Math.min(64, width), Math.min(64, height), grey(ONE), OFF);
            shows(h.live.picture(), 64, 0, 64, 64, GREEN);
        });
    }

    /** What the suite asks of both modes. */
    private static List<Case<SurfaceHost>> modes(boolean image) {
        String test = (image ? "ImageMode" : "VideoMode") + "_PositiveTest_";
        return List.of(
                Case.of(test + "RLGR1", h -> entropy(h, image, false)),
                Case.of(test + "RLGR3", h -> entropy(h, image, true)),
                Case.of(test + "FourTilesComposeOneRectWithoutCommonBoundary", h -> {
                    h.remoteFx(four(image, Rfx.region(30, 30, 68, 68)));
                    shows(h.live.picture(), 30, 30, 34, 34, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 64, 34, 34, grey(OTHER), OFF);
                    shows(h.live.picture(), 0, 0, 30, 192, GREEN);
                    shows(h.live.picture(), 98, 0, 30, 192, GREEN);
                }),
                Case.of(test + "FourTilesComposeOneRectWithCommonBoundary", h -> {
                    h.remoteFx(four(image, Rfx.region(0, 0, 128, 128)));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 64, 64, 64, grey(OTHER), OFF);
                    shows(h.live.picture(), 128, 0, 64, 192, GREEN);
                }),
                Case.of(test + "ListOfRects", h -> {
                    h.remoteFx(four(image, Rfx.region(0, 0, 64, 64, 64, 64, 64, 64)));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 64, 64, 64, grey(OTHER), OFF);
                    shows(h.live.picture(), 64, 0, 64, 64, GREEN);
                }),
                Case.of(test + "ListOfRectsOverlap", h -> {
                    h.remoteFx(four(image, Rfx.region(0, 0, 100, 100, 20, 20, 108, 108)));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 64, 64, 64, grey(OTHER), OFF);
                    shows(h.live.picture(), 101, 0, 27, 20, GREEN);
                }),
                Case.of(test + "ListOfRectsOverlapWithDuplicateTiles", h -> {
                    h.remoteFx(Rfx.message(
                            image,
                            false,
                            Rfx.region(0, 0, 128, 128, 64, 64, 128, 128),
                            Rfx.tile(0, 0, ONE),
                            Rfx.tile(1, 0, ONE),
                            Rfx.tile(0, 1, ONE),
                            Rfx.tile(1, 1, ONE),
                            Rfx.tile(1, 1, OTHER),
                            Rfx.tile(1, 2, OTHER),
                            Rfx.tile(2, 1, OTHER),
                            Rfx.tile(2, 2, OTHER)));
                    shows(h.live.picture(), 0, 0, 128, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 64, 128, 128, grey(OTHER), OFF);
                    shows(h.live.picture(), 128, 0, 64, 64, GREEN);
                }),
                Case.of(test + "numRectsSetToZero", h -> {
                    h.remoteFx(four(image, Rfx.region()));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 64, 64, 64, grey(OTHER), OFF);
                }),
                Case.of(test + "OutOfRects", h -> {
                    h.remoteFx(four(image, Rfx.region(0, 0, 64, 64)));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 0, 128, 192, GREEN);
                    shows(h.live.picture(), 0, 64, 192, 128, GREEN);
                }));
    }

    private static byte[] four(boolean image, byte[] region) {
        return Rfx.message(
                image,
                false,
                region,
                Rfx.tile(0, 0, ONE),
                Rfx.tile(1, 0, ONE),
                Rfx.tile(0, 1, ONE),
                Rfx.tile(1, 1, OTHER));
    }

    /** The same coefficients make the same picture, however they were packed; a video has several frames. */
    private static void entropy(SurfaceHost h, boolean image, boolean rlgr3) {
        byte[] packed = rlgr3 ? RlgrEncoder.encode3(Rfx.uneven(8)) : RlgrEncoder.encode(Rfx.uneven(8));
        h.remoteFx(Rfx.message(image, rlgr3, whole(), Rfx.tile(0, 0, packed, 0), Rfx.tile(2, 2, ONE)));
        Picture first = h.live.picture();
        shows(first, 128, 128, 64, 64, grey(ONE), OFF);
        int[] tile = pixels(first, 0, 0);
        assertThat(Arrays.stream(tile).distinct().count()).isGreaterThan(50);
        for (int frame = 1; frame < (image ? 2 : 4); frame++) {
            h.remoteFx(
                    Rfx.message(image, false, whole(), Rfx.tile(1, frame % 3, RlgrEncoder.encode(Rfx.uneven(8)), 0)));
            assertThat(pixels(h.live.picture(), 64, 64 * (frame % 3))).isEqualTo(tile);
        }
    }

    private static int[] pixels(Picture picture, int x, int y) {
        int[] pixels = new int[64 * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = picture.argb(x + i % 64, y + i / 64);
        }
        return pixels;
    }

    private static List<Case<SurfaceHost>> images() {
        String test = "ImageMode_PositiveTest_";
        return List.of(
                Case.of(test + "ClippedByRegion", h -> {
                    h.remoteFx(Rfx.message(true, false, Rfx.region(10, 12, 30, 20), Rfx.tile(0, 0, ONE)));
                    shows(h.live.picture(), 10, 12, 30, 20, grey(ONE), OFF);
                    shows(h.live.picture(), 0, 0, 64, 12, GREEN);
                    shows(h.live.picture(), 40, 12, 24, 20, GREEN);
                }),
                Case.of(test + "MultiQuantVals", h -> {
                    byte[] quants = new Octets()
                            .raw(Rfx.QUANT)
                            .u8(0x67, 0x66, 0x66, 0x66, 0x66)
                            .done();
                    h.remoteFx(new Octets()
                            .raw(Rfx.headers(true, false))
                            .raw(Rfx.frame(
                                    whole(),
                                    Rfx.tileset(
                                            1,
                                            quants,
                                            Rfx.tile(0, 0, Rfx.grey(ONE), 0),
                                            Rfx.tile(1, 0, Rfx.grey(ONE), 1))))
                            .done());
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 0, 64, 64, grey(2 * ONE), OFF);
                }));
    }

    private static List<Case<SurfaceHost>> videos() {
        String test = "VideoMode_PositiveTest_";
        return List.of(
                inStream(test + "SendTsRfxSyncInStream", Rfx.sync()),
                inStream(test + "SendTsRfxCodecVersioinsInStream", Rfx.versions()),
                inStream(test + "SendTsRfxChannelsInStream", Rfx.channels(192, 192)),
                inStream(test + "SendTsRfxContextInStream", Rfx.context(false, false)),
                Case.of(test + "Differencing", h -> {
                    h.remoteFx(Rfx.message(false, false, whole(), Rfx.tile(0, 0, ONE)));
                    byte[] second = Rfx.frame(Rfx.region(64, 0, 64, 64), Rfx.tileset(false, Rfx.tile(1, 0, OTHER)));
                    h.remoteFx(second);
                    h.remoteFx(Rfx.frame(whole(), Rfx.tileset(false))); // nothing has changed
                    shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
                    shows(h.live.picture(), 64, 0, 64, 64, grey(OTHER), OFF);
                }));
    }

    private static Case<SurfaceHost> inStream(String name, byte[] message) {
        return Case.of(name, h -> {
            h.remoteFx(Rfx.message(false, false, whole(), Rfx.tile(0, 0, ONE)));
            h.remoteFx(new Octets()
                    .raw(message, Rfx.frame(whole(), Rfx.tileset(false, Rfx.tile(1, 0, OTHER))))
                    .done());
            shows(h.live.picture(), 0, 0, 64, 64, grey(ONE), OFF);
            shows(h.live.picture(), 64, 0, 64, 64, grey(OTHER), OFF);
        });
    }

    @ParameterizedTest(name = "Rdprfx_{0}")
    @MethodSource("positive")
    void positive(Case<SurfaceHost> positive) {
        host.clear(GREEN);
        positive.steps().accept(host);
    }

    static List<Case<SurfaceHost>> negative() {
        byte[] frame = Rfx.frame(whole(), Rfx.tileset(false, Rfx.tile(0, 0, ONE)));
        byte[] shortSync =
                Rfx.block(0xCCC0, new Octets().u32(0xCACCACCAL).u16(0x0100).done(), -1);
        byte[] wrongMagic =
                Rfx.block(0xCCC0, new Octets().u32(0xBBBBBBBBL).u16(0x0100).done());
        byte[] wrongVersion =
                Rfx.block(0xCCC0, new Octets().u32(0xCACCACCAL).u16(0).done());
        byte[] wrongChannel =
                Rfx.block(0xCCC2, new Octets().u8(1, 1).u16(192, 192).done());
        byte[] other =
                Rfx.block(0xCCCF, new Octets().u32(0xCACCACCAL).u16(0x0100).done());
        byte[] duplicates = Rfx.tileset(
                false,
                Rfx.tile(1, 1, OTHER),
                Rfx.tile(0, 0, ONE),
                Rfx.tile(1, 0, ONE),
                Rfx.tile(0, 1, ONE),
                Rfx.tile(1, 1, ONE));
        byte[] duplicated = Rfx.frame(Rfx.region(0, 0, 128, 128), duplicates);
        byte[] entropy = Rfx.frame(whole(), Rfx.tileset(2, Rfx.QUANT, Rfx.tile(0, 0, ONE)));
        return List.of(
                bad("HeaderMessage_NegativeTest_TsRfxSync_InvalidBlockLen", shortSync, headers(), frame),
                bad("HeaderMessage_NegativeTest_UnspecifiedMessage", other, headers(), frame),
                bad("MUST_NegativeTest_TsRfxSync (magic)", wrongMagic, headers(), frame),
                bad("MUST_NegativeTest_TsRfxSync (version)", wrongVersion, headers(), frame),
                bad("MUST_NegativeTest_TsRfxChannels", Rfx.sync(), Rfx.versions(), wrongChannel, frame),
                bad("MUST_NegativeTest_TsRfxCodecChannelT (codecId)", headers(), begin(0, 0, 0), frame),
                bad("MUST_NegativeTest_TsRfxCodecChannelT (channelId)", headers(), begin(1, 1, 0), frame),
                bad("ImageMode_NegativeTest_TsRfxFrameBegin_InvalidBlockLen", headers(), begin(1, 0, -1), frame),
                bad("ImageMode_NegtiveTest_DuplicatedTile", headers(), duplicated),
                bad(
                        "VideoMode_NegativeTest_TsRfxFrameBegin_InvalidBlockLen",
                        Rfx.headers(false, false),
                        begin(1, 0, -1),
                        frame),
                bad("VideoMode_NegativeTest_UnsupportedEntropyAlgorithm", Rfx.headers(false, false), entropy),
                bad("VideoMode_NegtiveTest_DuplicatedTile", Rfx.headers(false, false), duplicated));
    }

    private static byte[] headers() {
        return Rfx.headers(true, false);
    }

    private static byte[] begin(int codecId, int channelId, int delta) {
        return Rfx.block(
                0xCCC4, new Octets().u8(codecId, channelId).u32(0).u16(1).done(), delta);
    }

    private static Case<SurfaceHost> bad(String name, byte[]... blocks) {
        return Case.of(name, h -> h.refusedRemoteFx(new Octets().raw(blocks).done()));
    }

    @ParameterizedTest(name = "Rdprfx_{0}")
    @MethodSource("negative")
    void negative(Case<SurfaceHost> negative) {
        SurfaceHost bad = new SurfaceHost(client);
        negative.steps().accept(bad);
        assertThat(bad.live.failure().cause()).isNotEmpty();
    }
}
