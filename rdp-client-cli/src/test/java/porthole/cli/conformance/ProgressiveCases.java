package porthole.cli.conformance;

import static porthole.cli.conformance.Gfx.GREEN;
import static porthole.cli.conformance.Gfx.rect;
import static porthole.cli.conformance.Pictures.grey;
import static porthole.cli.conformance.Pictures.shows;
import static porthole.cli.conformance.Progressive.DIFFERENCE;
import static porthole.cli.conformance.Progressive.EXTRAPOLATE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import porthole.fixtures.RlgrEncoder;
import porthole.protocol.rdpgfx.BitmapCommand;

/** RemoteFX Progressive and RemoteFX in the graphics channel. */
final class ProgressiveCases {
    private static final String GROUP = "RfxProgressiveCodec_";
    private static final int LUMA = 53;
    private static final int MORE = 30;
    private static final int OFF = 1;

    private ProgressiveCases() {}

    private static void green(GraphicsHost h, int width, int height) {
        h.frame(Gfx.surface(1, width, height), Gfx.fill(1, GREEN, rect(0, 0, width, height)));
    }

    static List<Case<GraphicsHost>> positive() {
        String test = GROUP + "PositiveTest_";
        List<Case<GraphicsHost>> cases = new ArrayList<>(List.of(
                Case.of(test + "NonProgressiveEncoding_Default", h -> simple(h, EXTRAPOLATE, 1)),
                Case.of(test + "NonProgressiveEncoding_ReduceExtrapolateDisabled", h -> simple(h, 0, 1)),
                Case.of(test + "NonProgressiveEncoding_SubBandDiffDisabled", h -> simple(h, EXTRAPOLATE, 0)),
                Case.of(test + "ProgressiveEncoding_Default", h -> progressive(h, EXTRAPOLATE, 1)),
                Case.of(test + "ProgressiveEncoding_ReduceExtrapolateDisabled", h -> progressive(h, 0, 1)),
                Case.of(test + "ProgressiveEncoding_SubBandDiffDisabled", h -> progressive(h, EXTRAPOLATE, 0)),
                Case.of(test + "NonProgressiveEncodingWithTileDiff", h -> {
                    green(h, 64, 64);
                    tiles(h, Progressive.simple(EXTRAPOLATE, 0, 0, LUMA, 0));
                    tiles(h, Progressive.simple(EXTRAPOLATE, 0, 0, MORE, DIFFERENCE));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA + MORE), OFF);
                }),
                Case.of(test + "ProgressiveEncodingWithTileDiff", h -> {
                    green(h, 64, 64);
                    tiles(h, Progressive.simple(EXTRAPOLATE, 0, 0, LUMA, 0));
                    tiles(h, Progressive.first(EXTRAPOLATE, 0, 0, MORE, DIFFERENCE));
                    int known = MORE >> Progressive.WITHHELD << Progressive.WITHHELD;
                    shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA + known), OFF);
                    tiles(h, Progressive.upgrade(EXTRAPOLATE, 0, 0, MORE));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA + MORE), OFF);
                }),
                Case.of(test + "NonProgressiveEncoding_SurfaceNotTileAligned", h -> {
                    green(h, 100, 70);
                    h.frame(Gfx.progressive(
                            1,
                            Progressive.stream(Progressive.region(
                                    EXTRAPOLATE,
                                    100,
                                    70,
                                    Progressive.simple(EXTRAPOLATE, 0, 0, LUMA, 0),
                                    Progressive.simple(EXTRAPOLATE, 1, 0, LUMA, 0),
                                    Progressive.simple(EXTRAPOLATE, 0, 1, LUMA, 0),
                                    Progressive.simple(EXTRAPOLATE, 1, 1, MORE, 0)))));
                    shows(h.live.picture(), 0, 0, 64, 70, grey(LUMA), OFF);
                    shows(h.live.picture(), 64, 64, 36, 6, grey(MORE), OFF);
                    shows(h.live.picture(), 100, 0, 64, 70, 0);
                }),
                Case.of(test + "ProgressiveEncoding_SurfaceNotTileAligned", h -> {
                    green(h, 100, 70);
                    h.frame(Gfx.progressive(
                            1,
                            Progressive.stream(Progressive.region(
                                    EXTRAPOLATE, 100, 70, Progressive.first(EXTRAPOLATE, 1, 1, LUMA, 0)))));
                    h.frame(Gfx.progressive(
                            1,
                            Progressive.stream(Progressive.region(
                                    EXTRAPOLATE, 100, 70, Progressive.upgrade(EXTRAPOLATE, 1, 1, LUMA)))));
                    shows(h.live.picture(), 64, 64, 36, 6, grey(LUMA), OFF);
                    shows(h.live.picture(), 0, 0, 64, 70, GREEN);
                }),
                Case.of(test + "WithSyncBlock", h -> {
                    green(h, 64, 64);
                    h.frame(Gfx.progressive(
                            1, new Octets().raw(Progressive.sync(), stream()).done()));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA), OFF);
                }),
                Case.of(test + "WithoutContextBlock", h -> {
                    green(h, 64, 64);
                    h.frame(Gfx.progressive(
                            1,
                            new Octets()
                                    .raw(Progressive.frameBegin(1), region(), Progressive.frameEnd())
                                    .done()));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA), OFF);
                }),
                Case.of(test + "DeleteContext", h -> {
                    green(h, 64, 64);
                    h.frame(Gfx.progressive(1, 7, stream()));
                    h.frame(Gfx.deleteContext(1, 7));
                    h.frame(Gfx.progressive(1, 7, stream()));
                    shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA), OFF);
                })));
        for (boolean image : new boolean[] {true, false}) {
            for (boolean rlgr3 : new boolean[] {false, true}) {
                String name = (image ? "ImageMode" : "VideoMode") + (rlgr3 ? "_RLGR3" : "_RLGR1");
                cases.add(Case.of("RemoteFXCodec_PositiveTest_" + name, h -> remoteFx(h, image, rlgr3)));
            }
        }
        return cases;
    }

    private static void tiles(GraphicsHost h, byte[]... tiles) {
        h.frame(Gfx.progressive(1, Progressive.stream(Progressive.region(EXTRAPOLATE, 64, 64, tiles))));
    }

    private static byte[] region() {
        return Progressive.region(EXTRAPOLATE, 64, 64, Progressive.simple(EXTRAPOLATE, 0, 0, LUMA, 0));
    }

    private static byte[] stream() {
        return Progressive.stream(region());
    }

    private static void simple(GraphicsHost h, int flags, int contextFlags) {
        green(h, 128, 64);
        byte[] region = Progressive.region(
                flags, 128, 64, Progressive.simple(flags, 0, 0, LUMA, 0), Progressive.simple(flags, 1, 0, MORE, 0));
        h.frame(Gfx.progressive(1, framed(contextFlags, region)));
        shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA), OFF);
        shows(h.live.picture(), 64, 0, 64, 64, grey(MORE), OFF);
    }

    private static void progressive(GraphicsHost h, int flags, int contextFlags) {
        green(h, 64, 64);
        h.frame(Gfx.progressive(
                1, framed(contextFlags, Progressive.region(flags, 64, 64, Progressive.first(flags, 0, 0, LUMA, 0)))));
        int known = LUMA >> Progressive.WITHHELD << Progressive.WITHHELD;
        shows(h.live.picture(), 0, 0, 64, 64, grey(known), OFF);
        h.frame(Gfx.progressive(
                1, framed(contextFlags, Progressive.region(flags, 64, 64, Progressive.upgrade(flags, 0, 0, LUMA)))));
        shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA), OFF);
    }

    private static byte[] framed(int contextFlags, byte[] region) {
        return new Octets()
                .raw(Progressive.context(contextFlags), Progressive.frameBegin(1), region, Progressive.frameEnd())
                .done();
    }

    private static void remoteFx(GraphicsHost h, boolean image, boolean rlgr3) {
        green(h, 128, 64);
        byte[] uneven = rlgr3 ? RlgrEncoder.encode3(Rfx.uneven(5)) : RlgrEncoder.encode(Rfx.uneven(5));
        byte[] message =
                Rfx.message(image, rlgr3, Rfx.region(0, 0, 128, 64), Rfx.tile(0, 0, LUMA), Rfx.tile(1, 0, uneven, 0));
        h.frame(Gfx.bitmap(1, BitmapCommand.CODECID_CAVIDEO, rect(0, 0, 128, 64), message));
        shows(h.live.picture(), 0, 0, 64, 64, grey(LUMA), OFF);
        // whichever way they were packed, the same coefficients are the same picture
        byte[] other = Rfx.message(
                image, false, Rfx.region(0, 0, 64, 64), Rfx.tile(0, 0, RlgrEncoder.encode(Rfx.uneven(5)), 0));
        h.frame(Gfx.bitmap(1, BitmapCommand.CODECID_CAVIDEO, rect(0, 0, 64, 64), other));
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                shows(h.live.picture(), x, y, 1, 1, h.live.picture().argb(64 + x, y) & 0xFFFFFF);
            }
        }
    }

    static List<Case<GraphicsHost>> negative() {
        String test = GROUP + "NegativeTest_";
        byte[] context = Progressive.context(1);
        byte[] begin = Progressive.frameBegin(1);
        byte[] end = Progressive.frameEnd();
        byte[] wrongSync = Rfx.block(
                0xCCC0, new Octets().u32(0xCACCACCAL).u16(0x0100).u8(0).done());
        byte[] longContext =
                Rfx.block(0xCCC3, new Octets().u8(0).u16(64).u8(1, 0).done());
        byte[] wideContext = Rfx.block(0xCCC3, new Octets().u8(0).u16(65).u8(1).done());
        byte[] longBegin = Rfx.block(0xCCC1, new Octets().u32(0).u16(1).u8(0).done());
        byte[] tile = Progressive.simple(EXTRAPOLATE, 0, 0, LUMA, 0);
        return List.of(
                refused(test + "SyncBlock_IncorrectBlockLen", wrongSync, context, begin, region(), end),
                refused(test + "DuplicatedFrameBeginBlock", context, begin, begin, region(), end),
                refused(test + "MissedFrameBeginBlock", context, region(), end),
                refused(test + "NestedFrameBlock", context, begin, begin, region(), end, end),
                refused(test + "FrameBeginBlock_IncorrectLength", context, longBegin, region(), end),
                refused(test + "MissedFrameEndBlock", context, begin, region()),
                refused(
                        test + "FrameEndBlockIncorrectLength",
                        context,
                        begin,
                        region(),
                        Rfx.block(0xCCC2, new byte[0], -1)),
                refused(test + "ContextBlock_IncorrectLength", longContext, begin, region(), end),
                refused(test + "ContextBlock_IncorrectTileSize", wideContext, begin, region(), end),
                refused(test + "RegionBlock_BeforeFrameBeginBlock", context, region(), begin, end),
                regionRefused(test + "RegionBlock_IncorrectLen", r -> r.delta = 1, tile),
                regionRefused(test + "RegionBlock_IncorrectTileSize", r -> r.tileSize = 0x41, tile),
                regionRefused(test + "RegionBlock_IncorrectRectsNumber", r -> r.rects = 2, tile),
                regionRefused(test + "RegionBlock_ZeroRectsNumber", r -> r.rects = 0, tile),
                regionRefused(test + "RegionBlock_IncorrectQuantNumber", r -> r.quants = 2, tile),
                regionRefused(test + "RegionBlock_ZeroQuantNumber", r -> r.quants = 0, tile),
                regionRefused(test + "RegionBlock_IncorrectProgQuantNumber", r -> r.progressiveQuants = 2, tile),
                regionRefused(test + "RegionBlock_IncorrectTileBlockNumber", r -> r.tileCount = 2, tile),
                regionRefused(test + "RegionBlock_InvalidTileBlockType", r -> {}, Rfx.block(0xFFFF, new byte[40])),
                refused(test + "RegionBlockNumberMismatch", context, Progressive.frameBegin(2), region(), end),
                Case.of(test + "InexistSurface", h -> h.refusedFrame(Gfx.delete(1), Gfx.progressive(1, stream()))),
                Case.of(test + "RegionBlock_DeleteInexistContext", h -> {
                    h.frame(Gfx.progressive(1, 7, stream()));
                    h.frame(Gfx.deleteContext(1, 7));
                    h.refusedFrame(Gfx.deleteContext(1, 7));
                }),
                Case.of(test + "DeleteContextFromInexistSurface", h -> {
                    h.frame(Gfx.progressive(1, 7, stream()));
                    h.refusedFrame(Gfx.delete(1), Gfx.deleteContext(1, 7));
                }));
    }

    private static Case<GraphicsHost> refused(String name, byte[]... blocks) {
        return Case.of(
                name,
                h -> h.refusedFrame(Gfx.progressive(1, new Octets().raw(blocks).done())));
    }

    private static Case<GraphicsHost> regionRefused(String name, Consumer<Progressive.Region> change, byte[] tile) {
        Progressive.Region region = new Progressive.Region(EXTRAPOLATE, 64, 64, tile);
        change.accept(region);
        return refused(name, Progressive.context(1), Progressive.frameBegin(1), region.done(), Progressive.frameEnd());
    }
}
