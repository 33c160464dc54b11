package porthole.cli.conformance;

import static porthole.cli.conformance.Gfx.BLUE;
import static porthole.cli.conformance.Gfx.GREEN;
import static porthole.cli.conformance.Gfx.RED;
import static porthole.cli.conformance.Gfx.YELLOW;
import static porthole.cli.conformance.Gfx.rect;
import static porthole.cli.conformance.Pictures.shows;

import java.util.List;
import porthole.graphics.picture.Picture;
import porthole.protocol.rdpgfx.BitmapCommand;

/** ClearCodec in the graphics channel. */
final class ClearCases {
    private static final int LONGEST_SIDE = 32_766;
    private static final int GLYPH = 999;
    private static final int RLEX = 2;

    private ClearCases() {}

    private static byte[] bitmap(int x, int y, int width, int height, byte[] clear) {
        return Gfx.bitmap(1, BitmapCommand.CODECID_CLEARCODEC, rect(x, y, width, height), clear);
    }

    private static void green(GraphicsHost h) {
        h.frame(Gfx.surface(1, 256, 192), Gfx.fill(1, GREEN, rect(0, 0, 256, 192)));
    }

    /** A band of 50 x 20: blue below a first row in red. */
    private static Clear band() {
        return new Clear().band(0, 0, 50, 20, RED, BLUE);
    }

    private static void showsBand(GraphicsHost h, int x, int y) {
        Picture picture = h.live.picture();
        shows(picture, x, y, 50, 1, RED);
        shows(picture, x, y + 1, 50, 19, BLUE);
    }

    static List<Case<GraphicsHost>> positive() {
        return List.of(
                Case.of("ClearCodec_PositiveTest_ResidualBandLayer", h -> {
                    green(h);
                    h.frame(bitmap(
                            8,
                            8,
                            64,
                            64,
                            new Clear()
                                    .residual(RED, 64 * 32, YELLOW, 64 * 32)
                                    .band(0, 32, 64, 10, GREEN, BLUE)
                                    .done(Clear.CACHE_RESET, -1)));
                    shows(h.live.picture(), 8, 8, 64, 32, RED);
                    shows(h.live.picture(), 8, 40, 64, 1, GREEN);
                    shows(h.live.picture(), 8, 41, 64, 9, BLUE);
                    shows(h.live.picture(), 8, 50, 64, 22, YELLOW);
                }),
                Case.of("ClearCodec_PositiveTest_ResidualSubcodecLayer", h -> {
                    green(h);
                    byte[] rlex = new Octets()
                            .u8(2)
                            .bgr(BLUE, YELLOW)
                            .u8(0, 31, 1, 31)
                            .done();
                    h.frame(bitmap(
                            0,
                            0,
                            64,
                            64,
                            new Clear()
                                    .residual(RED, 64 * 64)
                                    .subcodec(8, 8, 8, 8, RLEX, rlex)
                                    .done()));
                    shows(h.live.picture(), 8, 8, 8, 4, BLUE);
                    shows(h.live.picture(), 8, 12, 8, 4, YELLOW);
                    shows(h.live.picture(), 0, 0, 64, 8, RED);
                }),
                Case.of("ClearCodec_PositiveTest_NotResetVBarCache", h -> {
                    green(h);
                    h.frame(bitmap(0, 0, 50, 20, band().done()));
                    showsBand(h, 0, 0);
                }),
                Case.of("ClearCodec_PositiveTest_MultipleBands", h -> {
                    green(h);
                    h.frame(bitmap(
                            0,
                            0,
                            50,
                            40,
                            band().band(0, 20, 50, 20, YELLOW, RED).done()));
                    showsBand(h, 0, 0);
                    shows(h.live.picture(), 0, 20, 50, 1, YELLOW);
                    shows(h.live.picture(), 0, 21, 50, 19, RED);
                }),
                Case.of("ClearCodec_PositiveTest_MultipleFramesPduWithCache", h -> {
                    green(h);
                    h.frame(bitmap(
                            0, 0, 64, 64, band().residual(YELLOW, 64 * 64).done(Clear.CACHE_RESET, -1)));
                    h.frame(bitmap(
                            64,
                            64,
                            64,
                            64,
                            new Clear()
                                    .residual(GREEN, 64 * 64)
                                    .bandOfKept(4, 4, 50, 20, 0)
                                    .done()));
                    showsBand(h, 0, 0);
                    showsBand(h, 68, 68);
                }),
                Case.of("ClearCodec_PositiveTest_SubCodecUncompressed", h -> {
                    green(h);
                    h.frame(bitmap(
                            0,
                            0,
                            64,
                            64,
                            new Clear().uncompressed(4, 4, 20, 10, RED).done()));
                    shows(h.live.picture(), 4, 4, 20, 10, RED);
                    shows(h.live.picture(), 0, 0, 64, 4, GREEN);
                }),
                Case.of("ClearCodec_PositiveTest_MultipleSubCodecArea", h -> {
                    green(h);
                    h.frame(bitmap(
                            0,
                            0,
                            64,
                            64,
                            new Clear()
                                    .uncompressed(0, 0, 20, 10, RED)
                                    .uncompressed(44, 54, 20, 10, BLUE)
                                    .uncompressed(10, 5, 20, 10, YELLOW)
                                    .done()));
                    shows(h.live.picture(), 0, 0, 10, 10, RED);
                    shows(h.live.picture(), 44, 54, 20, 10, BLUE);
                    shows(h.live.picture(), 10, 5, 20, 10, YELLOW);
                }),
                Case.of("ClearCodec_PositiveTest_GlyphIndexEnabled", h -> {
                    green(h);
                    h.frame(bitmap(0, 0, 50, 20, band().done(Clear.GLYPH_INDEX, GLYPH)));
                    showsBand(h, 0, 0);
                }),
                Case.of("ClearCodec_PositiveTest_MaxGlyphSize", h -> {
                    green(h);
                    h.frame(bitmap(
                            0,
                            0,
                            64,
                            16,
                            new Clear().band(0, 0, 64, 16, RED, BLUE).done(Clear.GLYPH_INDEX, GLYPH)));
                    h.frame(bitmap(64, 64, 64, 16, Clear.hit(GLYPH)));
                    shows(h.live.picture(), 64, 65, 64, 15, BLUE);
                }),
                Case.of("ClearCodec_PositiveTest_MaxNumGlyphSlot", h -> {
                    green(h);
                    byte[][] glyphs = new byte[4000][];
                    for (int i = 0; i < glyphs.length; i++) {
                        glyphs[i] = bitmap(
                                i % 256,
                                i / 256 * 2,
                                1,
                                2,
                                new Clear().band(0, 0, 1, 2, i, i).done(Clear.GLYPH_INDEX, i));
                    }
                    h.frame(glyphs);
                    h.frame(bitmap(200, 100, 1, 2, Clear.hit(0)), bitmap(201, 100, 1, 2, Clear.hit(3999)));
                    shows(h.live.picture(), 200, 100, 1, 2, 0);
                    shows(h.live.picture(), 201, 100, 1, 2, 3999);
                }),
                Case.of("ClearCodec_PositiveTest_GlyphHitEnabled_SameRect", h -> {
                    green(h);
                    h.frame(bitmap(0, 0, 50, 20, band().done(Clear.GLYPH_INDEX, 0)));
                    h.frame(bitmap(100, 100, 50, 20, Clear.hit(0)));
                    showsBand(h, 100, 100);
                }),
                Case.of("ClearCodec_PositiveTest_GlyphHitEnabled_DiffRect", h -> {
                    green(h);
                    h.frame(bitmap(0, 0, 50, 20, band().done(Clear.GLYPH_INDEX, 0)));
                    h.frame(bitmap(100, 100, 20, 50, Clear.hit(0)));
                    shows(h.live.picture(), 100, 103, 20, 47, BLUE);
                }),
                Case.of("ClearCodec_PositiveTest_MaxWidthBitmap", h -> longest(h, LONGEST_SIDE, 256)),
                Case.of("ClearCodec_PositiveTest_MaxHeightBitmap", h -> longest(h, 256, LONGEST_SIDE)),
                Case.of("ClearCodec_PositiveTest_Residual_ZeroRunLengthFactor", h -> {
                    green(h);
                    h.frame(bitmap(
                            0,
                            0,
                            16,
                            16,
                            new Clear().residual(BLUE, 0, RED, 256).done()));
                    shows(h.live.picture(), 0, 0, 16, 16, RED);
                }),
                Case.of("ClearCodec_PositiveTest_MaxBandHeight", h -> {
                    green(h);
                    h.frame(bitmap(
                            0,
                            0,
                            64,
                            52,
                            new Clear().band(0, 0, 64, 52, RED, BLUE).done()));
                    shows(h.live.picture(), 0, 1, 64, 51, BLUE);
                }),
                Case.of("ClearCodec_PositiveTest_Subcodec_MaxPlatteColor", h -> {
                    green(h);
                    Octets rlex = new Octets().u8(127);
                    for (int color = 0; color < 127; color++) {
                        rlex.bgr(color);
                    }
                    for (int color = 0; color < 127; color++) {
                        rlex.u8(color, 1); // a run of one, and a suite of one
                    }
                    h.frame(bitmap(
                            0,
                            0,
                            254,
                            1,
                            new Clear()
                                    .subcodec(0, 0, 254, 1, RLEX, rlex.done())
                                    .done()));
                    for (int color = 0; color < 127; color++) {
                        shows(h.live.picture(), 2 * color, 0, 2, 1, color);
                    }
                }));
    }

    private static void longest(GraphicsHost h, int width, int height) {
        h.frame(Gfx.reset(width, height), Gfx.surface(1, width, height));
        h.frame(bitmap(
                0, 0, width, height, new Clear().residual(RED, width * height).done()));
        Picture picture = h.live.picture();
        shows(picture, 0, 0, 64, 64, RED);
        shows(picture, width - 64, height - 64, 64, 64, RED);
    }

    static List<Case<GraphicsHost>> negative() {
        return List.of(
                Case.of(
                        "ClearCodec_NegativeTest_TooBigWidthBitmap",
                        h -> h.refusedFrame(
                                Gfx.create(2, LONGEST_SIDE, 64),
                                Gfx.bitmap(
                                        2,
                                        BitmapCommand.CODECID_CLEARCODEC,
                                        rect(0, 0, LONGEST_SIDE + 1, 64),
                                        new Clear()
                                                .residual(RED, (LONGEST_SIDE + 1) * 64)
                                                .done()))),
                Case.of(
                        "ClearCodec_NegativeTest_TooBigHeightBitmap",
                        h -> h.refusedFrame(
                                Gfx.create(2, 64, LONGEST_SIDE),
                                Gfx.bitmap(
                                        2,
                                        BitmapCommand.CODECID_CLEARCODEC,
                                        rect(0, 0, 64, LONGEST_SIDE + 1),
                                        new Clear()
                                                .residual(RED, (LONGEST_SIDE + 1) * 64)
                                                .done()))),
                Case.of(
                        "ClearCodec_NegativeTest_TooBigGlyph",
                        h -> h.refusedFrame(bitmap(
                                0,
                                0,
                                41,
                                25,
                                new Clear().band(0, 0, 41, 25, RED, BLUE).done(Clear.GLYPH_INDEX, GLYPH)))),
                Case.of(
                        "ClearCodec_NegativeTest_GlyphHitFlagSet_GlyphIndexFlagNotSet",
                        h -> h.refusedFrame(bitmap(0, 0, 50, 20, band().done(Clear.GLYPH_HIT, -1)))),
                Case.of(
                        "ClearCodec_NegativeTest_UnusedGlyphIndex",
                        h -> h.refusedFrame(bitmap(0, 0, 50, 20, Clear.hit(GLYPH)))),
                Case.of(
                        "ClearCodec_NegativeTest_TooBigGlyphIndex",
                        h -> h.refusedFrame(bitmap(0, 0, 50, 20, Clear.hit(4000)))),
                Case.of("ClearCodec_NegativeTest_TooMuchGlyphSlot", h -> {
                    byte[][] glyphs = new byte[4001][];
                    for (int i = 0; i < glyphs.length; i++) {
                        glyphs[i] = bitmap(
                                0, 0, 1, 2, new Clear().band(0, 0, 1, 2, i, i).done(Clear.GLYPH_INDEX, i));
                    }
                    h.refusedFrame(glyphs);
                }),
                Case.of("ClearCodec_NegativeTest_GlyphIndexHitSet_CompositePayloadExists", h -> {
                    h.frame(bitmap(0, 0, 50, 20, band().done(Clear.GLYPH_INDEX, GLYPH)));
                    h.refusedFrame(bitmap(64, 64, 50, 20, band().done(Clear.GLYPH_INDEX | Clear.GLYPH_HIT, GLYPH)));
                }),
                Case.of(
                        "ClearCodec_NegativeTest_RedundantRunLengthFactor2",
                        h -> residual(h, new Octets().bgr(RED).u8(0x0F).u16(0xF0F0))),
                Case.of(
                        "ClearCodec_NegativeTest_AbsentRunLengthFactor2",
                        h -> residual(h, new Octets().bgr(RED).u8(0xFF))),
                Case.of(
                        "ClearCodec_NegativeTest_RedundantRunLengthFactor3",
                        h -> residual(
                                h, new Octets().bgr(RED).u8(0xFF).u16(0x0F0F).u32(0xF0F0F0F0L))),
                Case.of(
                        "ClearCodec_NegativeTest_AbsentRunLengthFactor3",
                        h -> residual(h, new Octets().bgr(RED).u8(0xFF).u16(0xFFFF))),
                Case.of(
                        "ClearCodec_NegativeTest_TooBigBandHeight",
                        h -> h.refusedFrame(bitmap(
                                0,
                                0,
                                64,
                                53,
                                new Clear().band(0, 0, 64, 53, RED, BLUE).done()))),
                Case.of("ClearCodec_NegativeTest_SubCodecRLEX_EncodedBytesTooMuch", h -> {
                    Octets rlex = new Octets().u8(16);
                    for (int color = 0; color < 16; color++) {
                        rlex.bgr(color);
                    }
                    for (int pixel = 0; pixel < 128; pixel++) { // each with a long length of nothing
                        rlex.u8(pixel % 16, 0xFF).u16(0);
                    }
                    h.refusedFrame(bitmap(
                            0,
                            0,
                            64,
                            64,
                            new Clear().subcodec(0, 0, 16, 8, RLEX, rlex.done()).done()));
                }),
                Case.of("ClearCodec_NegativeTest_SubCodecRLEX_IncorrectPlatteCount", h -> {
                    Octets rlex = new Octets().u8(17);
                    for (int color = 0; color < 16; color++) {
                        rlex.bgr(color);
                    }
                    for (int color = 0; color < 16; color++) {
                        rlex.u8(color, 7);
                    }
                    h.refusedFrame(bitmap(
                            0,
                            0,
                            64,
                            64,
                            new Clear().subcodec(0, 0, 16, 8, RLEX, rlex.done()).done()));
                }));
    }

    private static void residual(GraphicsHost h, Octets residual) {
        h.refusedFrame(
                bitmap(0, 0, 64, 64, new Clear().residualOctets(residual.done()).done()));
    }
}
